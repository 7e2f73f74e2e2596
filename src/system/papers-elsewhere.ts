import { printDay } from '../kernel/dates.ts'
import { citationOf, type MinutesStore } from '../minutes/index.ts'
import type { ReportNeeds } from '../reports/index.ts'
import type { ReviewStore } from '../reviews/index.ts'

type Elsewhere = NonNullable<ReportNeeds['elsewhere']>

/**
 * Papers that other features keep, for the public check: annual reports by hash or file; letters of reviews and minutes
 * of meetings by their file alone, because they carry no QR code. Of minutes only number, day and body are told.
 */
export function papersElsewhere(
  annual: Elsewhere,
  { minutes, reviews }: { readonly minutes: MinutesStore; readonly reviews: ReviewStore },
): Elsewhere {
  return {
    byContent: annual.byContent,
    bySha256: async hashes => {
      const [reports, records, letters] = await Promise.all([
        annual.bySha256(hashes),
        minutes.bySha256(hashes),
        reviews.lettersBySha256(hashes),
      ])
      return [
        ...reports,
        ...records.map(record => ({
          result: record.state === 'signed' ? ('inForce' as const) : ('superseded' as const),
          title: citationOf(record, printDay),
          year: record.year,
        })),
        ...letters.map(({ letter, year }) => ({
          result: 'inForce' as const,
          title: letter.title,
          numberAndDate: `số ${letter.number}, ngày ${printDay(letter.date)}`,
          year,
          pages: letter.pages,
        })),
      ]
    },
  }
}
