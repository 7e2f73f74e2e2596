import { isLevelFour, keyOf, type Assessment } from '../assessments/index.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import { renderPdf } from '../paper/index.ts'
import type { OnProgress } from './draw-print.ts'
import { FORMS, type PrintKind } from './forms.ts'
import { paperBytes, paperDoc } from './freeze-paper.ts'
import { documentOf } from './gather.ts'
import { papersInForce } from './paper-policy.ts'
import type { Paper } from './paper.ts'
import { publicCopyOf } from './public-copy.ts'
import type { ReportNeeds } from './report-needs.ts'

/** What somebody at the terminal asks for. */
export interface PrintOrder {
  readonly kind: PrintKind
  readonly code?: string
  /** What stands now, even where a signed paper exists. */
  readonly draft?: boolean
  readonly publicCopy?: boolean
  readonly onProgress?: OnProgress
}

export interface Printed {
  readonly bytes: Buffer
  readonly pages: number
  readonly sha256: string
  /** Id of the kept paper these bytes are; absent on a draft. */
  readonly paperId?: string
}

const KINDS: readonly string[] = Object.keys(FORMS)

/** The kind of paper typed at `--kind`; refuses with the list of kinds. */
export function printKindFrom(typed: string | undefined): PrintKind {
  const found = Object.entries(FORMS).find(([kind, form]) => kind === typed || form.slug === typed)
  if (!found) throw new InvalidInput({ kind: `--kind phải là một trong: ${KINDS.join(', ')}.` })
  // An entry of FORMS has one of its keys.
  return found[0] as PrintKind
}

/** The signed paper in force where there is one, else a draft of what stands now. */
export const printPaper =
  (needs: ReportNeeds) =>
  async (assessment: Assessment, { kind, code, draft, publicCopy, onProgress }: PrintOrder): Promise<Printed> => {
    if ((kind === 'sheet' || kind === 'analysis') && assessment.criteria[keyOf(code ?? '')] === undefined)
      throw new InvalidInput({ code: `--code phải là một tiêu chí của bộ, ví dụ 1.1${hintOf(assessment)}.` })
    const kept = draft === true ? undefined : await keptPaper(needs, assessment, kind)
    if (kept && publicCopy !== true)
      return { bytes: await paperBytes(needs)(kept.id), pages: kept.pages, sha256: kept.sha256, paperId: kept.id }
    const doc = kept
      ? await paperDoc(needs)(kept)
      : await documentOf(needs)(assessment, { kind, draft: true, ...(code !== undefined && { code }) })
    const { bytes, pages, sha256 } = await renderPdf(publicCopy === true ? publicCopyOf(doc) : doc, { onProgress })
    return { bytes, pages, sha256 }
  }

const hintOf = ({ criteria }: Assessment): string =>
  Object.values(criteria).some(decision => isLevelFour(decision.code)) ? ', hoặc một khoản của Mức 4, ví dụ 22.1' : ''

async function keptPaper({ papers }: ReportNeeds, assessment: Assessment, kind: PrintKind): Promise<Paper | undefined> {
  const inForce = papersInForce(assessment)
  const kept = (await papers.ofAssessment(assessment.id)).filter(
    paper => paper.kind === kind && paper.frozen && inForce.has(paper.id),
  )
  return kept.toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime()).at(-1)
}
