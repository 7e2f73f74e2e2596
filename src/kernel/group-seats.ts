import type { Actor, Seat, SeatRole } from './actor.ts'

/** What the chair of a council may give to the members of a working group or take from them. */
export const GROUP_DEEDS = [
  'write',
  'handIn',
  'readOthers',
  'addEvidence',
  'verifyEvidence',
  'withdrawEvidence',
  'writeFigures',
] as const

export type GroupDeed = (typeof GROUP_DEEDS)[number]

/** What a seat in a working group may do while the chair has decided nothing else. */
export const GIVEN_DEEDS: readonly GroupDeed[] = ['write', 'handIn', 'readOthers', 'addEvidence']

/** A seat that is held in a working group. */
export type GroupSeat = Seat & { readonly groupId: string }

const mayDo = (seat: Seat, deed: GroupDeed): boolean => (seat.deeds ?? GIVEN_DEEDS).includes(deed)

/** The actor's seats in working groups that may do this; without a deed all of them, without roles of lead and member. */
export const groupSeats = (actor: Actor, deed?: GroupDeed, ...roles: readonly SeatRole[]): readonly GroupSeat[] =>
  actor.seats.flatMap(seat =>
    seat.groupId !== undefined &&
    (roles.length === 0 || roles.includes(seat.role)) &&
    (deed === undefined || mayDo(seat, deed))
      ? [{ ...seat, groupId: seat.groupId }]
      : [],
  )
