import { REPORT } from '../assessments/index.ts'
import { changedFigures, type ChangedFigure, type SentFigures } from '../figures/index.ts'
import type { Pins } from './changed-evidence.ts'
import { figuresHref } from './review-facts.ts'
import type { Review } from './review.ts'

const FATES: Readonly<Record<ChangedFigure['fate'], string>> = {
  changed: '',
  added: 'dòng mới',
  removed: 'dòng không còn',
}

/** The changed numbers of Phần I for the page, or why they cannot be told; a number's note says its column. */
export function figureChanges(review: Review, beforePins: Pins, nowPins: Pins) {
  const [before, now] = [beforePins, nowPins].map(pins => pins.get(REPORT)?.figures)
  const tables = before && now ? changedFigures(before, now) : []
  return {
    count: tables.reduce((sum, { figures }) => sum + figures.length, 0),
    tables: tables.map(({ title, figures }) => ({
      title,
      lines: figures.map(({ row, column, was, is, fate }) => ({
        row,
        note: [columnName(column, now), FATES[fate]].filter(text => text !== '').join(', '),
        was,
        is,
      })),
    })),
    unknown: unknownWords(before, now),
    href: figuresHref(review),
  }
}

const columnName = (column: string, now: SentFigures | undefined): string =>
  now?.years.some(year => year === column) ? `Năm học ${column}` : column

/** Sendings of earlier programs kept their words alone: “nothing has changed” would be a guess. */
function unknownWords(before: SentFigures | undefined, now: SentFigures | undefined): string {
  if (before && now) return ''
  const which = now ? 'lần gửi trước' : before ? 'lần gửi này' : 'cả hai lần gửi'
  return `Số liệu Phần I của ${which} không được lưu kèm báo cáo nên không so sánh được.`
}
