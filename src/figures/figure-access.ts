import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Clock } from '../kernel/dates.ts'
import { Forbidden, NotFound } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { isSchool, type School, type UnitStore } from '../organisations/index.ts'
import { mayFigure, WHO_MAY, type FigureRight, type FigureTarget } from './figure-policy.ts'
import type { Doc } from '../paper/index.ts'
import type { UploadShelf } from '../sheet-files/index.ts'
import type { FigureStore } from './figure-store.ts'
import type { ReserveStore } from './reserve-store.ts'
import type { StaffNorms } from './staff-norm.ts'

export interface FigureNeeds {
  readonly figures: FigureStore
  readonly units: UnitStore
  readonly now: Clock
}

/** A school that this person may read the figures of, with what policies ask about it. */
export interface FigurePlace {
  readonly school: School
  readonly target: FigureTarget
}

/** The school and policy target; not found for those who may not read. `year` is the year whose assessment is at work. */
export async function placeFor(
  needs: FigureNeeds,
  actor: Actor,
  schoolId: string,
  year: WorkingYear,
): Promise<FigurePlace> {
  const chain = await needs.units.chainOf(schoolId, dayOf(needs.now()))
  const [school, manager] = chain
  if (!school || !isSchool(school)) throw new NotFound(`school ${schoolId}`)
  const target = { schoolId, year, managerId: manager?.id ?? '', chain: chain.map(unit => unit.id) }
  if (!mayFigure.read(actor, target)) throw new NotFound(`figures of ${schoolId}`)
  return { school, target }
}

/** Refuses with whom to ask when this person may read but not do this. */
export function mustBeAllowed(actor: Actor, right: FigureRight, target: FigureTarget, what: string): void {
  if (!mayFigure[right](actor, target)) throw new Forbidden(what, WHO_MAY[right])
}

/** A file store as the reconciliation uses it; evidence, which comes later, owns the real one. */
export interface ScanStore {
  readonly keep: (file: { readonly path: string; readonly size: number; readonly sha256: string }) => Promise<void>
  readonly open: (sha256: string) => Promise<{ readonly path: string; readonly size: number }>
}

/** What the screens of figures need beyond the use cases. */
export interface FigureScreenNeeds extends FigureNeeds {
  readonly files: ScanStore
  readonly reserves: ReserveStore
  /** Uploaded sheets between dry run and confirmation. */
  readonly shelf: UploadShelf
  /** Teachers per class that count for a school in a year. */
  readonly norms: (schoolId: string, year: WorkingYear) => Promise<StaffNorms>
  readonly draw: (doc: Doc) => Promise<{ readonly bytes: Buffer }>
}
