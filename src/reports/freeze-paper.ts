import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Assessment, FrozenPaper, PaperKind } from '../assessments/index.ts'
import type { Doc } from '../paper/index.ts'
import { documentOf } from './gather.ts'
import type { Paper } from './paper.ts'
import type { ReportNeeds } from './report-needs.ts'
import { contentHashOf, sealed } from './seal.ts'

/**
 * Draws a paper of the assessment as a step would leave it and keeps it before the step is written. Bytes first, then
 * the paper that names them: a crash at any point leaves files or papers that no state refers to, and the step done
 * again gives the same paper.
 */
export const freezePaper =
  (needs: ReportNeeds) =>
  async (kind: PaperKind, after: Assessment): Promise<FrozenPaper> => {
    const frozen = kind !== 'draftReport'
    const gathered = await documentOf(needs)(after, frozen ? { kind, draft: false } : { kind: 'report', draft: true })
    const doc = frozen ? sealedFor(needs, kind, gathered, after) : gathered
    const { bytes, sha256, pages } = await needs.draw(doc)
    const [, docSha256] = await Promise.all([
      needs.files.keepBytes(bytes),
      needs.files.keepBytes(Buffer.from(JSON.stringify(doc))),
    ])
    const contentHash = contentHashOf(gathered)
    const paper: Paper = {
      id: idOf(kind, after, contentHash),
      kind,
      assessmentId: after.id,
      schoolId: after.schoolId,
      year: after.year,
      formId: doc.meta.formId ?? '',
      formVersion: doc.meta.formVersion ?? '',
      contentHash,
      sha256,
      docSha256,
      pages,
      title: doc.meta.title,
      ...numberOf(kind, after),
      createdAt: new Date(doc.meta.createdAt),
      frozen,
    }
    const kept = await needs.papers.keep(paper)
    return { id: kept.id, sha256: kept.sha256 }
  }

/** The same step on the same revision with the same words is the same paper. */
const idOf = (kind: PaperKind, { id, rev }: Assessment, contentHash: string): string =>
  `${kind}-${createHash('sha256').update(`${id}|${kind}|${rev}|${contentHash}`).digest('hex').slice(0, 24)}`

const sealedFor = ({ baseUrl }: ReportNeeds, kind: PaperKind, doc: Doc, { id, rev }: Assessment): Doc =>
  sealed(doc, { snapshot: `${id}/${rev}`, ...(kind === 'report' && { verifyUrl: `${baseUrl}/xac-minh` }) })

function numberOf(kind: PaperKind, after: Assessment): Pick<Paper, 'number' | 'date'> {
  const decision = after.councilVersions.at(-1)?.decision
  const { number, approvedOn } = after.plan
  const { adopted } = after.report
  if (kind === 'decision') return decision ?? {}
  if (kind === 'plan')
    return { ...(number !== undefined && { number }), ...(approvedOn !== undefined && { date: approvedOn }) }
  const supplement = after.supplements.at(-1)
  if (kind === 'supplement' && supplement) return { date: supplement.on }
  return kind === 'report' && adopted ? { date: adopted.on } : {}
}

/** The bytes of a kept paper; `NotFound` when there is none. */
export const paperBytes =
  ({ papers, files }: Pick<ReportNeeds, 'papers' | 'files'>) =>
  async (paperId: string): Promise<Buffer> => {
    const { sha256 } = await papers.get(paperId)
    return readFile((await files.open(sha256)).path)
  }

/** The blocks of a kept paper, for the preview on screen. */
export const paperDoc =
  ({ files }: Pick<ReportNeeds, 'files'>) =>
  async ({ docSha256 }: Pick<Paper, 'docSha256'>): Promise<Doc> => {
    const stored = await readFile((await files.open(docSha256)).path, 'utf8')
    // Written by `freezePaper` and named by its hash: nothing else can stand in that file.
    return JSON.parse(stored) as Doc
  }
