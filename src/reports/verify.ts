import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Assessment } from '../assessments/index.ts'
import { numberAndDate } from './centre-page.ts'
import { standingOf } from './paper-standing.ts'
import type { Paper } from './paper.ts'
import type { ReportNeeds, Verified } from './report-needs.ts'
import { SHORT_HASH } from './seal.ts'

type Needs = Pick<ReportNeeds, 'papers' | 'assessment' | 'elsewhere'>

export const UNKNOWN: Verified = { result: 'unknown' }

/** Looks a paper up by its content hash or its first characters as printed in the footer. */
export const verifyByHash =
  (needs: Needs) =>
  async (typed: string): Promise<Verified> => {
    const hash = typed.toLowerCase().replace(/[^0-9a-z]/g, '')
    if (!new RegExp(`^[0-9a-f]{${SHORT_HASH},64}$`).test(hash)) return UNKNOWN
    const elsewhere = (await needs.elsewhere?.byContent(hash)) ?? []
    return foundAmong(needs, await needs.papers.byContent(hash), elsewhere, false)
  }

const END_OF_FILE = Buffer.from('%%EOF')
/** A file signed over and over has a revision for each signature; more than this many is no paper of ours. */
const MOST_REVISIONS = 20

/**
 * Looks a file up by its bytes. A signed PDF is the frozen one with more behind it, so every revision of the file, which
 * ends with `%%EOF`, is looked up too.
 */
export const verifyFile =
  (needs: Needs) =>
  async (path: string): Promise<Verified> => {
    const bytes = await readFile(path)
    const whole = sha256(bytes)
    const lookUp = (hashes: readonly string[]) =>
      Promise.all([needs.papers.bySha256(hashes), needs.elsewhere?.bySha256(hashes) ?? []])
    const [exact, exactElsewhere] = await lookUp([whole])
    if (exact.length + exactElsewhere.length > 0) return foundAmong(needs, exact, exactElsewhere, false)
    return foundAmong(needs, ...(await lookUp(revisionsOf(bytes).map(sha256))), true)
  }

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** The file up to the end of each revision, with and without the line end behind it. */
function revisionsOf(bytes: Buffer): readonly Buffer[] {
  const ends: number[] = []
  for (let at = bytes.indexOf(END_OF_FILE); at >= 0 && ends.length < MOST_REVISIONS;) {
    ends.push(at + END_OF_FILE.length)
    at = bytes.indexOf(END_OF_FILE, at + END_OF_FILE.length)
  }
  return ends.flatMap(end => [end, end + 1, end + 2].map(length => bytes.subarray(0, length)))
}

async function foundAmong(
  needs: Needs,
  papers: readonly Paper[],
  elsewhere: readonly Verified[],
  extended: boolean,
): Promise<Verified> {
  const known = await Promise.all(
    papers.map(async paper => ({ paper, assessment: await needs.assessment(paper.assessmentId) })),
  )
  const told = [...known.map(({ paper, assessment }) => tell(paper, assessment)), ...elsewhere].map(one => ({
    ...one,
    extended,
  }))
  return told.find(one => one.result === 'inForce') ?? told[0] ?? UNKNOWN
}

function tell(paper: Paper, assessment: Assessment | undefined): Verified {
  return {
    ...standingOf(paper, assessment),
    title: paper.title,
    numberAndDate: numberAndDate(paper),
    year: paper.year,
    hash: paper.contentHash.slice(0, SHORT_HASH),
    pages: paper.pages,
  }
}
