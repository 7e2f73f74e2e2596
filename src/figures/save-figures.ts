import type { Actor } from '../kernel/actor.ts'
import { InvalidInput, StaleWrite, StepRefused } from '../kernel/refusals.ts'
import { fiveYearsTo, type WorkingYear } from '../kernel/working-year.ts'
import { entryOf } from '../organisations/index.ts'
import { askedIn, typedCells, type FigureValues } from './figure-table.ts'
import { mustBeAllowed, placeFor, type FigureNeeds } from './figure-access.ts'
import { lintFigures, type FigureFault } from './figure-rules.ts'
import { againWhenOvertaken } from './overtaken.ts'
import { changesTo, conflictsOf, isLocked, valuesOf, withChanges, type FigureYear } from './figure-year.ts'
import { typedTablesFor } from './compared-rows.ts'
import { fieldOf } from './figure-input.ts'
import { touchesReconciled } from './reconciliation.ts'

export interface FiguresToSave {
  readonly schoolId: string
  /** The year whose assessment is at work; seats of this year count. */
  readonly forYear: WorkingYear
  /** The column that was typed into: one of its five years. */
  readonly year: WorkingYear
  readonly typed: FigureValues
  /** Revision of the column that the person saw. */
  readonly seenRev: number
}

/**
 * Saves typed numbers of one school year. Numbers that break a rule are refused at their cell; two people on different cells never
 * conflict; a change of a reconciled number takes the reconciliation back to its draft.
 */
export const saveFigures =
  (needs: FigureNeeds) =>
  (actor: Actor, wish: FiguresToSave): Promise<FigureYear> =>
    againWhenOvertaken(() => save(needs, actor, wish))

async function save(
  needs: FigureNeeds,
  actor: Actor,
  { schoolId, forYear, year, typed, seenRev }: FiguresToSave,
): Promise<FigureYear> {
  const { school, target } = await placeFor(needs, actor, schoolId, forYear)
  mustBeAllowed(actor, 'edit', target, 'Không được sửa số liệu của trường.')
  if (!fiveYearsTo(forYear).includes(year)) throw new InvalidInput({ year: 'Năm học nằm ngoài 5 năm của báo cáo.' })
  const before = await needs.figures.of(schoolId, year)
  if (isLocked(before))
    throw new StepRefused('Số liệu năm học này đã khóa theo báo cáo được thông qua.', [
      { code: 'figuresLocked', message: `Số liệu năm học ${year} đã khóa.` },
    ])

  const { levels } = school.school
  const asked = new Set(typedCells(typedTablesFor(levels)).flatMap(cell => (askedIn(cell.row, year) ? [cell.key] : [])))
  const known = Object.fromEntries(Object.entries(typed).filter(([key]) => asked.has(key)))
  const changes = changesTo(before, known)
  if (changes.length === 0) return before
  const conflicts = conflictsOf(before, changes, seenRev)
  if (conflicts.length > 0)
    throw new StaleWrite(
      'Có ô vừa được người khác sửa. Số mới nhất đang hiện ở bảng; xin xem lại rồi lưu lần nữa.',
      conflicts.map(({ key, from }) => ({ key, value: from })),
    )

  const values = { ...valuesOf(before), ...known }
  const errors = lintFigures(levels, year, values).filter(
    // A fault shown at a total belongs to whoever changed one of its parts, so every error stops a save that adds it.
    fault => fault.severity === 'error' && !hadFault(before, fault, levels),
  )
  if (errors.length > 0) throw refusalAt(errors, new Set(Object.keys(typed)))

  const { reconciliation } = before
  const redraft =
    reconciliation !== undefined &&
    reconciliation.state !== 'drafting' &&
    touchesReconciled(levels, valuesOf(before), values)
  const rev = before.rev + 1
  const entry = entryOf({ actor, at: needs.now() }, rev, {
    unitId: schoolId,
    year,
    subject: { kind: 'figures', id: before.id },
    event: 'saveFigures',
    facts: { changes, ...(redraft ? { reconciliation: 'drafting' } : {}) },
  })
  return needs.figures.save(
    before,
    {
      cells: withChanges(before, changes, rev),
      ...(redraft ? { reconciliation: { ...reconciliation, state: 'drafting' } } : {}),
    },
    entry,
  )
}

/** Faults at the posted cells stand beside them; those of other tables are told on top. */
function refusalAt(errors: readonly FigureFault[], posted: ReadonlySet<string>): InvalidInput {
  const fields = Object.fromEntries(errors.map(({ key, message }) => [fieldOf(key), message]))
  const elsewhere = errors.filter(({ key }) => !posted.has(key)).map(({ message }) => message)
  return elsewhere.length === 0 ? new InvalidInput(fields) : new InvalidInput(fields, [...new Set(elsewhere)].join(' '))
}

const hadFault = (
  before: FigureYear,
  fault: { readonly rule: string; readonly key: string },
  levels: Parameters<typeof lintFigures>[0],
): boolean =>
  lintFigures(levels, before.year, valuesOf(before)).some(
    old => old.severity === 'error' && old.rule === fault.rule && old.key === fault.key,
  )
