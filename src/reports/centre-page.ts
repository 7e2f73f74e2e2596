import { assessmentHref, type Assessment } from '../assessments/index.ts'
import type { PageFrame } from '../http/shell.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf, printDay } from '../kernel/dates.ts'
import type { ReceivedLetter } from '../reviews/index.ts'
import { DRAFT_KINDS, FORMS, type DraftKind } from './forms.ts'
import { mayReadDraft, mayReadPaper, papersInForce } from './paper-policy.ts'
import type { Paper } from './paper.ts'
import { SHORT_HASH } from './seal.ts'

export const centreHref = (assessmentId: string): string => `${assessmentHref(assessmentId)}/giay-to`
export const draftHref = (assessmentId: string, kind: DraftKind): string =>
  `${centreHref(assessmentId)}/du-thao/${FORMS[kind].slug}`

interface Badge {
  readonly label: string
  readonly tone: 'grey' | 'green' | 'blue'
}

export interface PaperLine {
  readonly title: string
  readonly badge: Badge
  readonly numberAndDate: string
  readonly who: string
  readonly pages: number
  readonly hash: string
  readonly pdf: string
  /** The same words to go on working with; absent for what somebody else wrote. */
  readonly word?: string
  readonly preview: string
  readonly publicCopy?: string
}

export interface CentrePage extends PageFrame {
  readonly papers: readonly PaperLine[]
  readonly drafts: readonly {
    readonly name: string
    readonly note: string
    readonly progress: string
    readonly pdf: string
    readonly word: string
  }[]
  readonly verify: string
}

const DRAFT_NOTES: Readonly<Record<DraftKind, string>> = {
  decision: 'Theo danh sách hội đồng, nhóm thư ký và nhóm công tác đang soạn.',
  plan: 'Theo nội dung kế hoạch đang soạn.',
  report: 'Toàn bộ báo cáo theo những gì đang viết, có mục lục và danh mục minh chứng.',
  catalogue: 'Các minh chứng đã được mã hóa, khổ ngang.',
  boxLabels: 'Mỗi hộp minh chứng một nhãn, cắt ra để dán gáy hộp.',
}

/** What exists on paper of one assessment, and what can be printed of it now. */
export function centrePage(
  actor: Actor,
  assessment: Assessment,
  papers: readonly Paper[],
  received: readonly ReceivedLetter[],
): CentrePage {
  const inForce = papersInForce(assessment)
  const own = papers
    .filter(paper => mayReadPaper(actor, assessment, paper))
    .toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime() || (one.id < other.id ? -1 : 1))
    .map(paper => ({
      day: dayOf(paper.createdAt),
      line: lineOf(paper, inForce.has(paper.id), whoOf(assessment, paper)),
    }))
  const letters = received.map(letter => ({ day: letter.date, line: letterLine(letter) }))
  return {
    breadcrumbs: [
      { label: 'Tự đánh giá', href: '/danh-gia' },
      { label: `Năm học ${assessment.year}`, href: assessmentHref(assessment.id) },
    ],
    // Newest first; of one day, what was received answers what was sent.
    papers: [...letters.toReversed(), ...own].toSorted((a, b) => b.day.localeCompare(a.day)).map(({ line }) => line),
    drafts: DRAFT_KINDS.filter(kind => mayReadDraft(actor, assessment, kind)).map(kind => ({
      name: FORMS[kind].name,
      note: DRAFT_NOTES[kind],
      progress: draftHref(assessment.id, kind),
      pdf: `${draftHref(assessment.id, kind)}.pdf`,
      word: `${draftHref(assessment.id, kind)}.docx`,
    })),
    verify: '/xac-minh',
  }
}

function lineOf(paper: Paper, inForce: boolean, who: string): PaperLine {
  const pdf = `/giay-to/${paper.id}.pdf`
  return {
    title: paper.title,
    badge: badgeOf(paper, inForce),
    numberAndDate: numberAndDate(paper),
    who,
    pages: paper.pages,
    hash: paper.contentHash.slice(0, SHORT_HASH),
    pdf,
    word: `/giay-to/${paper.id}.docx`,
    preview: `/giay-to/${paper.id}/xem`,
    ...(paper.kind === 'report' && { publicCopy: `/giay-to/${paper.id}/cong-khai.pdf` }),
  }
}

const letterLine = (letter: ReceivedLetter): PaperLine => ({
  title: letter.title,
  badge: letter.stands ? { label: 'Văn bản đến', tone: 'blue' } : { label: 'Không còn hiệu lực', tone: 'grey' },
  numberAndDate: `số ${letter.number}, ngày ${printDay(letter.date)}`,
  who: letter.from,
  pages: letter.pages,
  hash: letter.sha256.slice(0, SHORT_HASH),
  pdf: letter.href,
  preview: letter.href,
})

export function badgeOf({ frozen }: Paper, inForce: boolean): Badge {
  if (!inForce) return { label: 'Không còn dùng', tone: 'grey' }
  return frozen ? { label: 'Đã ban hành', tone: 'green' } : { label: 'Dự thảo trình hội đồng', tone: 'blue' }
}

export function numberAndDate({ number, date, createdAt }: Paper): string {
  const day = printDay(date ?? dayOf(createdAt))
  return number === undefined ? `ngày ${day}` : `số ${number}, ngày ${day}`
}

const chairIn = (members: Assessment['council']['members'] | undefined): string =>
  members?.find(member => member.role === 'chair')?.name ?? ''

/** Who signed, approved or adopted it, as far as the record names a person. */
function whoOf(assessment: Assessment, { kind, id }: Paper): string {
  if (kind === 'decision') return chairIn(assessment.councilVersions.find(version => version.paperId === id)?.members)
  if (kind === 'plan') return chairIn(assessment.councilVersions.at(-1)?.members)
  return kind === 'report' ? (assessment.report.adopted?.name ?? '') : ''
}
