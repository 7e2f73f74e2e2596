import { ANSWERING_ROLES, type Actor, type SeatRole } from '../kernel/actor.ts'
import { groupSeats, type GroupDeed } from '../kernel/group-seats.ts'
import { Forbidden, NotFound } from '../kernel/refusals.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'
import type { Dossier } from './dossier.ts'
import type { Evidence } from './evidence.ts'

/** What a policy looks at: the dossier, and the criterion that the item is filed under (absent: the dossier as a whole). */
export interface Place {
  readonly dossier: Pick<Dossier, 'id' | 'schoolId' | 'year' | 'ancestors' | 'whyNot'> & {
    readonly criteria: readonly Pick<Dossier['criteria'][number], 'code' | 'groupId'>[]
  }
  readonly criterion?: string
  /** Who brought the item: nobody of a group checks what is their own. */
  readonly collectedBy?: string
}

/** The place of an item in its dossier. */
export const placeOf = (dossier: Place['dossier'], item: Pick<Evidence, 'criterion' | 'collectedBy'>): Place => ({
  dossier,
  criterion: item.criterion,
  ...(item.collectedBy && { collectedBy: item.collectedBy.personId }),
})

const key = (unitId: string, year = '*', groupId = '*'): string => `${unitId} ${year} ${groupId}`

/** A seat without a year counts for every year, hence the two keys of a place. */
const rowOf = ({ dossier, criterion, collectedBy }: Place) => {
  const { schoolId, year, ancestors } = dossier
  const groupId = dossier.criteria.find(each => each.code === criterion)?.groupId
  return {
    school: [key(schoolId, year), key(schoolId)],
    group: groupId === undefined ? [] : [key(schoolId, year, groupId), key(schoolId, undefined, groupId)],
    managedBy: ancestors,
    criterion: criterion ?? '',
    collectedBy: collectedBy ?? '',
  }
}

const inItsSchool =
  (...roles: readonly SeatRole[]): Condition =>
  actor => {
    const keys = actor.seats.filter(seat => roles.includes(seat.role)).map(seat => key(seat.unitId, seat.year))
    return keys.length === 0 ? undefined : { school: { $in: keys } }
  }

/** Sits in the group in charge of the criterion, may do this there, and has this criterion among his or her own. */
const inItsGroup =
  (deed: GroupDeed | undefined, ...roles: readonly SeatRole[]): Condition =>
  actor => {
    const seats = groupSeats(actor, deed, ...roles)
    return seats.length === 0
      ? undefined
      : {
          $or: seats.map(({ unitId, year, groupId, criteria }) => ({
            group: { $in: [key(unitId, year, groupId)] },
            ...(criteria && { criterion: { $in: criteria } }),
          })),
        }
  }

const worksOnTheDossier = inItsSchool(...ANSWERING_ROLES, 'groupMember')
const keepsTheCatalogue = inItsSchool('secretariat', 'secretary')
const isSecretary = inItsSchool('secretary')
const isHead = inItsSchool('head')
const isChair = inItsSchool('chair')
const ofItsGroup = inItsGroup(undefined, 'groupMember', 'groupLead')
const bringsForItsGroup = inItsGroup('addEvidence', 'groupMember', 'groupLead')
const withdrawsInItsGroup = inItsGroup('withdrawEvidence', 'groupMember', 'groupLead')
const leadsItsGroup = inItsGroup(undefined, 'groupLead')

/** Lets the chair's decision have items checked within the group, by another member than who brought them. */
const checksInItsGroup: Condition = actor => {
  const where = inItsGroup('verifyEvidence', 'groupMember', 'groupLead')(actor)
  return where && { $and: [where, { collectedBy: { $ne: actor.personId } }] }
}

/** An office over the school; the dossier names the managing units only while they may read it. */
const readsSubmissions: Condition = actor => {
  const offices: readonly SeatRole[] = ['middleOfficer', 'middleLead', 'provinceOfficer', 'provinceLead']
  const units = actor.seats.filter(seat => offices.includes(seat.role)).map(seat => seat.unitId)
  return units.length === 0 ? undefined : { managedBy: { $in: units } }
}

/** Who may what with the evidence of one dossier (process §§ 12, 14.3); nobody else learns that it exists. */
export const may = rulesFor<Place>(rowOf)({
  read: [worksOnTheDossier, readsSubmissions],
  /** Files of the class “nhạy cảm”; each reading goes into the journal. */
  openSensitive: [ofItsGroup, keepsTheCatalogue, isHead, isChair, readsSubmissions],
  forecast: [bringsForItsGroup, keepsTheCatalogue],
  collect: [bringsForItsGroup, keepsTheCatalogue],
  edit: [bringsForItsGroup, keepsTheCatalogue],
  editChecked: [keepsTheCatalogue],
  declareMissing: [leadsItsGroup],
  reject: [keepsTheCatalogue, leadsItsGroup, checksInItsGroup],
  verify: [keepsTheCatalogue, checksInItsGroup],
  assignCode: [keepsTheCatalogue],
  renumber: [isSecretary],
  moveBox: [keepsTheCatalogue],
  replaceFile: [keepsTheCatalogue],
  withdraw: [isSecretary, withdrawsInItsGroup],
  addForVisit: [keepsTheCatalogue],
  dispose: [isHead, isSecretary],
})

export type Right = keyof typeof may

/** Whom to ask, for the person who may read but not act. */
const WHO_MAY: Readonly<Record<Right, string>> = {
  read: 'hội đồng tự đánh giá của trường',
  openSensitive: 'nhóm công tác phụ trách tiêu chí, nhóm thư ký hoặc hiệu trưởng',
  forecast: 'thành viên nhóm công tác phụ trách tiêu chí hoặc nhóm thư ký',
  collect: 'thành viên nhóm công tác phụ trách tiêu chí hoặc nhóm thư ký',
  edit: 'thành viên nhóm công tác phụ trách tiêu chí hoặc nhóm thư ký',
  editChecked: 'nhóm thư ký',
  declareMissing: 'trưởng nhóm công tác phụ trách tiêu chí',
  reject: 'nhóm thư ký hoặc trưởng nhóm công tác phụ trách tiêu chí',
  verify: 'nhóm thư ký',
  assignCode: 'nhóm thư ký',
  renumber: 'thư ký hội đồng',
  moveBox: 'nhóm thư ký',
  replaceFile: 'nhóm thư ký',
  withdraw: 'thư ký hội đồng',
  addForVisit: 'nhóm thư ký',
  dispose: 'hiệu trưởng hoặc thư ký hội đồng',
}

/** The deed of a group that stands behind a right, for the sentence of a refusal. */
const DEED_BEHIND: Readonly<Partial<Record<Right, GroupDeed>>> = {
  forecast: 'addEvidence',
  collect: 'addEvidence',
  edit: 'addEvidence',
  verify: 'verifyEvidence',
  withdraw: 'withdrawEvidence',
}

/** Passes, or refuses: `NotFound` for who may not know of the dossier, `Forbidden` with whom to ask for who may read. */
export function demand(right: Right, actor: Actor, place: Place): void {
  if (!may.read(actor, place)) throw new NotFound(`evidence of ${place.dossier.id}`)
  if (may[right](actor, place)) return
  const deed = DEED_BEHIND[right]
  const decided = deed && place.criterion && place.dossier.whyNot?.(actor.personId, place.criterion, deed)
  throw new Forbidden(decided || 'Nhiệm vụ đang giữ trong đợt tự đánh giá này không gồm việc vừa chọn.', WHO_MAY[right])
}
