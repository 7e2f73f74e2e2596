import type { SchoolRow, TitleKind } from '../rollups/index.ts'
import type { AnnualFacts, PlannedTitle } from './annual-facts.ts'

/** A school of next year's plan, and whether a registration says so or the officer of the unit. */
export interface NextYearLine extends PlannedTitle {
  readonly row: SchoolRow
  readonly origin: 'registered' | 'typed'
}

const KINDS: readonly TitleKind[] = ['accreditation', 'national']

/** Registrations for external assessment that no team had reported on by the closing day, one line for each title asked. */
const registeredIn = (row: SchoolRow, { closingDay, batchOf }: AnnualFacts): readonly NextYearLine[] =>
  row.external
    .filter(run => run.registeredOn <= closingDay && (run.assessedOn === undefined || run.assessedOn > closingDay))
    .flatMap(({ asked, registeredOn }) =>
      KINDS.flatMap(kind => {
        const grade = asked?.[kind]
        return grade === undefined
          ? []
          : [{ schoolId: row.schoolId, row, kind, grade, batch: batchOf(registeredOn), origin: 'registered' as const }]
      }),
    )

/** Next year's plan: what the dossiers say, in the place of which a line of the officer for the same school and title stands. */
export function nextYearOf(facts: AnnualFacts): readonly NextYearLine[] {
  const rows = new Map(facts.rows.map(row => [row.schoolId, row]))
  const typed = facts.typed.plans.flatMap((plan): readonly NextYearLine[] => {
    const row = rows.get(plan.schoolId)
    return row ? [{ ...plan, row, origin: 'typed' }] : []
  })
  const isTyped = ({ schoolId, kind }: NextYearLine): boolean =>
    typed.some(line => line.schoolId === schoolId && line.kind === kind)
  const registered = facts.rows.flatMap(row => registeredIn(row, facts))
  return [...registered.filter(line => !isTyped(line)), ...typed]
}

/** Đợt of a line; what the officer wrote is marked as such. */
export const batchWords = ({ batch, origin }: NextYearLine): string =>
  origin === 'registered' ? batch : batch === '' ? 'Đơn vị nhập' : `${batch} (đơn vị nhập)`

export const NEXT_YEAR_NOTE =
  'Lấy từ hồ sơ đăng ký đánh giá ngoài chưa có kết quả đến ngày chốt; dòng ghi “đơn vị nhập” do đơn vị bổ sung hoặc sửa.'
