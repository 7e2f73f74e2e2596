import { may, type Assessment } from '../assessments/index.ts'
import { entryBy } from '../journal/index.ts'
import { SEAT_NAMES, type Actor } from '../kernel/actor.ts'
import { dayOf, printDay } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { Forbidden, NotFound, StaleWrite, StepRefused } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import {
  citationOf,
  MEETING_NAMES,
  type MeetingKind,
  type Minutes,
  type MinutesWords,
  type Participant,
} from './minutes.ts'
import { minutesDoc } from './minutes-blocks.ts'
import {
  MINUTES_VERSION,
  minutesLife,
  type MinutesEvent,
  type MinutesFacts,
  type MinutesState,
} from './minutes-machine.ts'
import type { MinutesNeeds } from './minutes-needs.ts'
import type { MinutesStore } from './minutes-store.ts'
import { mayOnMinutes, type MinutesPlace } from './minutes-policy.ts'

/** The assessment for who belongs to the school; its meetings are the school's own. */
export async function openAssessmentOf(needs: MinutesNeeds, actor: Actor, id: string): Promise<Assessment> {
  const assessment = await needs.assessment(id)
  const place = assessment && { schoolId: assessment.schoolId, year: assessment.year, kind: 'council' as const }
  if (!assessment || !place || !may.read(actor, assessment) || !mayOnMinutes.read(actor, place))
    throw new NotFound('Không tìm thấy đợt tự đánh giá này.')
  return assessment
}

/** One record for who may read it; `NotFound` for everybody else. */
export async function openMinutes(
  needs: MinutesNeeds,
  actor: Actor,
  assessmentId: string,
  number: string,
): Promise<{ readonly assessment: Assessment; readonly minutes: Minutes }> {
  const assessment = await openAssessmentOf(needs, actor, assessmentId)
  const minutes = await needs.minutes.find(`${assessmentId}:${number}`)
  if (!minutes || !mayOnMinutes.read(actor, minutes)) throw new NotFound('Không tìm thấy biên bản này.')
  return { assessment, minutes }
}

/** Who belongs to a meeting of the body, as its list stands now. */
export function participantsOf(assessment: Assessment, kind: MeetingKind, groupId?: string): readonly Participant[] {
  const listed = assessment.councilVersions.at(-1) ?? assessment.council
  const group = assessment.groups.find(each => each.id === groupId)
  const people =
    kind === 'council'
      ? listed.members
      : kind === 'secretariat'
        ? listed.secretariat
        : [...(group?.lead ? [group.lead] : []), ...(group?.members ?? [])]
  const once = new Map(people.map(({ personId, name, post }) => [personId, { personId, name, post }]))
  return [...once.values()].map(person => ({ ...person, present: true, reason: '' }))
}

const entryFor = (
  actor: Actor,
  at: Date,
  minutes: Minutes,
  rev: number,
  step: Pick<JournalEntry, 'event'> & Partial<JournalEntry>,
): JournalEntry =>
  entryBy(actor, at, {
    id: `minutes:${minutes.id}:${rev}`,
    unitId: minutes.schoolId,
    year: minutes.year,
    subject: { kind: 'minutes', id: minutes.id },
    ...step,
  })

const refuseUnless = (allowed: boolean): void => {
  if (!allowed)
    throw new Forbidden(
      'Biên bản của Hội đồng và nhóm thư ký do thư ký ghi, chủ tịch ký; biên bản của nhóm do nhóm ghi, trưởng nhóm ký.',
      `${SEAT_NAMES.secretary}, ${SEAT_NAMES.chair}, ${SEAT_NAMES.groupLead}`,
    )
}

/** Begins the record of a meeting with the list of the body in force; two at once get two numbers. */
export const beginMinutes =
  (needs: MinutesNeeds) =>
  async (actor: Actor, assessmentId: string, kind: MeetingKind, groupId?: string): Promise<Minutes> => {
    const assessment = await openAssessmentOf(needs, actor, assessmentId)
    const place: MinutesPlace = {
      schoolId: assessment.schoolId,
      year: assessment.year,
      kind,
      ...(groupId !== undefined && { groupId }),
    }
    refuseUnless(mayOnMinutes.write(actor, place))
    const participants = participantsOf(assessment, kind, groupId)
    if (participants.length === 0) throw new StepRefused(`${MEETING_NAMES[kind]} chưa có ai trong danh sách.`)
    const at = needs.now()
    const earlier = await needs.minutes.ofAssessment(assessmentId)
    const same = earlier.filter(each => each.kind === kind && each.groupId === groupId && each.state !== 'withdrawn')
    const minutes: Minutes = {
      id: `${assessmentId}:${earlier.length + 1}`,
      assessmentId,
      ...place,
      no: same.length + 1,
      state: 'draft',
      machine: MINUTES_VERSION,
      rev: 1,
      words: {
        number: '',
        on: dayOf(at),
        from: '',
        until: '',
        place: '',
        chair: participants[0]?.name ?? '',
        secretary: actor.name,
        guests: '',
        participants,
        agenda: [],
        votes: [],
        assignments: [],
      },
      outbox: [],
    }
    await needs.minutes.begin(minutes, entryFor(actor, at, minutes, 1, { event: 'begin', to: 'draft' }))
    return minutes
  }

/** Saves what was typed, right only if nobody has written since `seenRev`. */
export const saveMinutes =
  (needs: MinutesNeeds) =>
  async (
    actor: Actor,
    assessmentId: string,
    number: string,
    seenRev: number,
    words: (participants: readonly Participant[]) => MinutesWords,
  ): Promise<void> => {
    const { minutes } = await openMinutes(needs, actor, assessmentId, number)
    refuseUnless(mayOnMinutes.write(actor, minutes))
    if (minutes.state !== 'draft') throw new StepRefused('Biên bản đã ký hoặc đã hủy, không sửa được nữa.')
    const written = words(minutes.words.participants)
    if (seenRev !== minutes.rev)
      throw new StaleWrite('Biên bản vừa được người khác sửa. Nội dung vừa nhập vẫn còn trong các ô.')
    await needs.minutes.change(
      minutes,
      { words: written },
      entryFor(actor, needs.now(), minutes, minutes.rev + 1, { event: 'write' }),
    )
  }

/** Signs or withdraws a record; on signing the PDF is kept first, then named by the step (a crash leaves only the file). */
export const stepMinutes =
  (needs: MinutesNeeds) =>
  async (actor: Actor, assessmentId: string, number: string, event: MinutesEvent): Promise<void> => {
    const { assessment, minutes } = await openMinutes(needs, actor, assessmentId, number)
    refuseUnless(mayOnMinutes[event.type](actor, minutes))
    const at = needs.now()
    const facts: MinutesFacts = { today: dayOf(at), words: minutes.words }
    const state = nextState<MinutesState, MinutesFacts, MinutesEvent>(minutesLife, minutes.state, facts, event)
    const on = dayOf(at)
    const change =
      event.type === 'sign'
        ? {
            signed: {
              on,
              personId: actor.personId,
              name: actor.name,
              sha256: await freeze(needs, { ...minutes, state }, assessment),
            },
          }
        : { withdrawn: { on, name: actor.name, reason: event.reason } }
    await needs.minutes.change(
      minutes,
      { ...change, state },
      entryFor(actor, at, minutes, minutes.rev + 1, {
        event: event.type,
        from: minutes.state,
        to: state,
        ...(event.type === 'withdraw' && { reason: event.reason }),
      }),
    )
  }

/** The council's signed records as other papers name them, newest first. */
export const signedMinutesOf =
  (store: Pick<MinutesStore, 'ofAssessment'>) =>
  async (assessmentId: string): Promise<readonly string[]> =>
    (await store.ofAssessment(assessmentId))
      .filter(({ kind, state }) => kind === 'council' && state === 'signed')
      .toSorted((a, b) => b.words.on.localeCompare(a.words.on))
      .map(minutes => citationOf(minutes, printDay))

export const groupNameOf = (assessment: Assessment, { groupId }: Pick<Minutes, 'groupId'>): string =>
  assessment.groups.find(group => group.id === groupId)?.name ?? ''

async function freeze(needs: MinutesNeeds, minutes: Minutes, assessment: Assessment): Promise<string> {
  const { bytes, sha256 } = await needs.draw(minutesDoc(minutes, groupNameOf(assessment, minutes), await needs.tree()))
  await needs.keepBytes(bytes)
  return sha256
}

/** The PDF of a record: the frozen bytes of a signed one, a draft drawn from the words of now. */
export async function minutesPdf(needs: MinutesNeeds, assessment: Assessment, minutes: Minutes): Promise<Uint8Array> {
  if (minutes.signed) return needs.openBytes(minutes.signed.sha256)
  const doc = minutesDoc({ ...minutes, state: 'draft' }, groupNameOf(assessment, minutes), await needs.tree())
  return (await needs.draw(doc)).bytes
}
