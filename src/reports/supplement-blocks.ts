import type { Assessment } from '../assessments/index.ts'
import { printDay, type Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { bold, paragraph, section, table, type Doc } from '../paper/index.ts'
import {
  centred,
  dayInWords,
  docOf,
  DOTS,
  FILED,
  letterhead,
  reportedTo,
  startOfDay,
  titleBlocks,
  yearWords,
} from './official.ts'
import type { SchoolOnDay } from './school-on-day.ts'

/** Everything the supplementary report prints; without a supplement it is the empty form. */
export interface SupplementOnPaper {
  readonly school: SchoolOnDay
  readonly year: WorkingYear
  readonly supplement: Assessment['supplements'][number] | undefined
  readonly adoptedOn: Day | undefined
  readonly chair: string
  readonly draft: boolean
  /** Day of the record that a draft stands on. */
  readonly recordDay: Day
}

/** Báo cáo tự đánh giá bổ sung: what has changed since the report was adopted (process § 3.7). */
export function supplementDoc(paper: SupplementOnPaper): Doc {
  const { school, year, supplement, adoptedOn, draft } = paper
  const date = draft ? undefined : supplement?.on
  const changes = supplement?.changes ?? []
  const lines = (supplement?.text ?? DOTS).split('\n').filter(line => line.trim() !== '')
  return docOf(
    'supplement',
    {
      title: `Báo cáo tự đánh giá bổ sung của ${school.name} ${yearWords(year)}`,
      author: school.name,
      createdAt: startOfDay(supplement?.on ?? paper.recordDay),
      draft,
    },
    [
      section([
        letterhead(school, { number: undefined, fallback: `BC-${school.symbol}`, date }),
        ...titleBlocks('BÁO CÁO TỰ ĐÁNH GIÁ BỔ SUNG', `${school.name} ${yearWords(year)}`),
        paragraph(
          `Báo cáo này bổ sung cho Báo cáo tự đánh giá đã được Hội đồng tự đánh giá thông qua ${
            adoptedOn === undefined ? dayInWords(undefined) : `ngày ${printDay(adoptedOn)}`
          }.`,
        ),
        paragraph(bold('1. Nội dung bổ sung'), { keepWithNext: true }),
        ...lines.map(line => paragraph(line)),
        paragraph(bold('2. Những thay đổi'), { keepWithNext: true }),
        changes.length === 0
          ? paragraph('Không có thay đổi nào ngoài nội dung trên.')
          : table({
              columns: [8, 92],
              head: ['TT', 'Thay đổi'],
              rows: changes.map((change, index) => [centred(String(index + 1)), change]),
            }),
        {
          kind: 'signature',
          signers: [{ position: 'CHỦ TỊCH HỘI ĐỒNG', name: paper.chair }],
          receivers: [...reportedTo(school), FILED],
        },
      ]),
    ],
  )
}
