import type { Assessment } from '../assessments/index.ts'
import { printDay } from '../kernel/dates.ts'
import { citationOf, type MinutesStore } from '../minutes/index.ts'
import type { ReportNeeds } from '../reports/index.ts'
import { letterStanding, type ReviewStore } from '../reviews/index.ts'

type Elsewhere = NonNullable<ReportNeeds['elsewhere']>

export interface ElsewhereNeeds {
  readonly minutes: MinutesStore
  readonly reviews: ReviewStore
  readonly assessment: (id: string) => Promise<Assessment | undefined>
}

/**
 * Papers that other features keep, for the public check: annual reports by hash or file; letters of reviews and minutes
 * of meetings by their file alone, because they carry no QR code. Of minutes only number, day and body are told.
 */
export function papersElsewhere(annual: Elsewhere, { minutes, reviews, assessment }: ElsewhereNeeds): Elsewhere {
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
          result: record.state === 'signed' ? ('inForce' as const) : ('withdrawn' as const),
          ...(record.withdrawn && { endedOn: record.withdrawn.on }),
          title: citationOf(record, printDay),
          year: record.year,
        })),
        ...(await Promise.all(
          letters.map(async ({ letter, review }) => ({
            ...letterStanding(letter, review, (await assessment(review.id))?.submissions ?? []),
            title: letter.title,
            numberAndDate: `số ${letter.number}, ngày ${printDay(letter.date)}`,
            year: review.year,
            pages: letter.pages,
          })),
        )),
      ]
    },
  }
}
