import type { Unmet } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { Assessment } from './assessment.ts'
import type { DrawerText } from './drawer-store.ts'
import { assessmentHref, sheetHref } from './links.ts'
import type { Between } from './mapping-between.ts'
import type { MovePreview } from './move-preview.ts'
import { printInstant } from '../kernel/dates.ts'

/** What a change would do, as tables; `answers` only where there are answers to keep. */
const previewModel = ({ lines, totals }: MovePreview, between: Between, answers: boolean) => ({
  proposed: between.index !== undefined && between.mapping === undefined,
  sets: between.index ? `${between.from.instrument} → ${between.to.instrument}` : '',
  facts: [
    { term: 'Phần giữ nguyên', text: String(totals.kept) },
    { term: 'Phần chuyển chỗ hoặc đổi yêu cầu', text: String(totals.moved) },
    { term: 'Phần vào ngăn nội dung cũ', text: String(totals.left) },
    { term: 'Minh chứng đi theo', text: String(totals.evidence - totals.evidenceLeft) },
    { term: 'Minh chứng ở lại tiêu chí cũ', text: String(totals.evidenceLeft) },
    { term: 'Việc cải tiến', text: String(totals.actions) },
    ...(answers
      ? [
          { term: 'Chỉ báo giữ kết quả', text: String(totals.answersKept) },
          { term: 'Chỉ báo phải đánh giá lại', text: String(totals.answersCleared) },
        ]
      : []),
  ],
  head: [
    'Tiêu chí cũ',
    'Sang',
    'Giữ',
    'Chuyển',
    'Vào ngăn cũ',
    'Minh chứng',
    'Cải tiến',
    ...(answers ? ['Giữ kết quả', 'Đánh giá lại'] : []),
  ].map((label, at) => (at < 2 ? label : { label, numeric: true })),
  rows: lines.map(line => [
    { text: line.code, note: line.title },
    line.to.length === 0 ? { badge: { label: 'Bỏ', tone: 'orange' } } : line.to.join('; '),
    line.kept,
    line.moved,
    line.left,
    line.evidence,
    line.actions,
    ...(answers ? [line.answersKept, line.answersCleared] : []),
  ]),
})

export interface OpeningView {
  readonly schoolId: string
  readonly schoolName: string
  readonly year: WorkingYear
  /** Adopted assessments of earlier years, newest first. */
  readonly sources: readonly Assessment[]
  readonly chosen: string
  readonly preview?: { readonly move: MovePreview; readonly between: Between }
  readonly setTitle: string
}

/** `/danh-gia/mo`: from which year a new one begins, and what would come along. */
export const openingPage = ({ schoolId, schoolName, year, sources, chosen, preview, setTitle }: OpeningView) => ({
  breadcrumbs: [{ label: 'Tự đánh giá', href: '/danh-gia' }],
  subtitle: `${schoolName} – năm học ${year}`,
  year,
  schoolId,
  setTitle,
  action: '/danh-gia',
  chosen,
  options: [
    ...sources.map(({ id, year: of }) => ({ value: id, label: `Chép từ năm học ${of}` })),
    { value: 'khong', label: 'Bắt đầu trống' },
  ],
  preview: preview && previewModel(preview.move, preview.between, false),
})

export interface NewVersionView {
  readonly assessment: Assessment
  readonly schoolName: string
  readonly unmet: readonly Unmet[]
  readonly mayTake: boolean
  readonly preview?: { readonly move: MovePreview; readonly between: Between }
}

/** `/danh-gia/:id/chuyen-bo-tieu-chi`: what a newer version would change, and the step itself. */
export const newVersionPage = ({ assessment, schoolName, unmet, mayTake, preview }: NewVersionView) => ({
  breadcrumbs: [{ label: 'Tự đánh giá', href: '/danh-gia' }],
  subtitle: `${schoolName} – năm học ${assessment.year}`,
  unmet,
  step:
    mayTake && unmet.length === 0
      ? {
          action: `${assessmentHref(assessment.id)}/chuyen-bo-tieu-chi`,
          label: 'Chuyển sang phiên bản mới',
          tone: 'primary',
          icon: 'check',
          confirm:
            'Chuyển đợt tự đánh giá sang phiên bản mới của bộ tiêu chí? Kết quả của các chỉ báo đã đổi sẽ bị xóa để đánh giá lại.',
        }
      : undefined,
  preview: preview && previewModel(preview.move, preview.between, true),
})

export interface DrawerView {
  readonly assessment: Assessment
  readonly texts: readonly DrawerText[]
  readonly maySettle: boolean
  /** Parts into which a text can be put: sheets that this person may write now. */
  readonly places: readonly { readonly value: string; readonly label: string }[]
}

/** `/danh-gia/:id/noi-dung-cu`: the drawer. */
export const drawerPage = ({ assessment, texts, maySettle, places }: DrawerView) => ({
  subtitle: `Nội dung của tiêu chí không còn trong bộ tiêu chí mới; đưa vào phiếu hoặc gác lại có lý do`,
  waiting: texts.filter(({ state }) => state === 'waiting').map(text => drawerLine(assessment.id, text)),
  settled: texts
    .filter(({ state }) => state !== 'waiting')
    .map(({ label, state, outcome, settledBy }) => [
      label,
      { badge: state === 'used' ? { label: 'Đã dùng', tone: 'green' } : { label: 'Gác lại', tone: 'grey' } },
      outcome ?? '',
      settledBy ? `${settledBy.name}, ${printInstant(settledBy.at)}` : '',
    ]),
  maySettle,
  places,
})

/** One waiting text with the addresses that settle it. */
export const drawerLine = (assessmentId: string, { id, label, text, near }: DrawerText) => ({
  id,
  label,
  text,
  near: near.map(code => ({ code, href: sheetHref(assessmentId, code) })),
  use: `${assessmentHref(assessmentId)}/noi-dung-cu/dung`,
  setAside: `${assessmentHref(assessmentId)}/noi-dung-cu/gac-lai`,
})
