import type { Day } from '../kernel/dates.ts'

/** Something that waits for the person who leaves a seat; `id` names it among those of that person. */
export interface OpenWork {
  readonly id: string
  /** What it is, in words. */
  readonly what: string
  /** The screen on which it can be settled by hand. */
  readonly href?: string
  /** The system can move it to the successor; else it is only listed. */
  readonly movable: boolean
}

/** What became of one piece of work: moved, or left with the reason. */
export interface HandoverItem extends OpenWork {
  readonly state: 'waiting' | 'moved' | 'left'
  readonly why?: string
}

/**
 * A seat that passed to a successor with its open work. The seats change in the same write that begins it; the work is
 * moved piece by piece afterwards, and a crash in between is found (`moving`) and finished.
 */
export interface Handover {
  readonly id: string
  readonly fromPersonId: string
  readonly toPersonId: string
  readonly post: string
  /** First day of the successor. */
  readonly on: Day
  readonly state: 'moving' | 'done'
  /** Who handed it over: the work is moved with the rights of this person. */
  readonly by: string
  readonly items: readonly HandoverItem[]
}

/** Work that stayed where it was and needs somebody's hand. */
export const leftOf = ({ items }: Pick<Handover, 'items'>): readonly HandoverItem[] =>
  items.filter(item => item.state === 'left')

/** The handover with one piece of work settled, done when it was the last. */
export function withSettled(handover: Handover, id: string, settled: Pick<HandoverItem, 'state' | 'why'>): Handover {
  const items = handover.items.map(item => (item.id === id ? { ...item, ...settled } : item))
  return { ...handover, items, state: items.some(item => item.state === 'waiting') ? 'moving' : 'done' }
}
