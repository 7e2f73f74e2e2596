import { randomUUID } from 'node:crypto'
import {
  assessmentStore,
  commentStore,
  councilSeatsOf,
  keyOf,
  shareFrom,
  sheetCodes,
  sheetStore,
  whyNot,
  askedBy,
  forceOf,
  citationsIn,
  REPORT,
  SENT,
  type Assessment,
  type AssessmentNeeds,
  type SchoolFacts,
} from '../assessments/index.ts'
import { catalogue, criteriaSetStore, treeDraftStore, yearTreeStore } from '../catalogue/index.ts'
import {
  copyForNextYear,
  evidenceHandout,
  evidenceStore,
  fileStore,
  freezeAll,
  refileAll,
  thawAll,
  renumberingStore,
  type Dossier,
  type EvidenceNeeds,
} from '../evidence/index.ts'
import { figuresStanding, figureStore, lockFigures, reserveStore, unlockFigures } from '../figures/index.ts'
import { journalStore, relay } from '../journal/index.ts'
import { MANAGING_ROLES, type Actor } from '../kernel/actor.ts'
import { dayOf, type Clock, type Day } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import { firstCalendarYear, fiveYearsTo, type WorkingYear } from '../kernel/working-year.ts'
import { compareCodes } from '../kernel/words.ts'
import type { Database } from '../mongo/connect.ts'
import {
  actingForOn,
  activeOn,
  clusterStore,
  delegationStore,
  isSchool,
  nameOn,
  operationStore,
  schoolOn,
  settingsReader,
  type Settings,
  settingStore,
  unitStore,
  yearStore,
} from '../organisations/index.ts'
import { noticeStore, notifier } from '../notices/index.ts'
import { accountRulesStore, focalStore, isOpen, peopleStore, sessionList } from '../people/index.ts'
import { glancesOver } from './glances.ts'
import { actorFor, importJobStore, seatReader, seatStore } from '../seats/index.ts'

export interface BaseSettings {
  readonly filesDir: string
  readonly now?: Clock
  readonly report?: (error: unknown) => void
}

const PART_ORDER = ['description', 'strengths', 'weaknesses', 'improvement']
const partRank = (key: string): number => PART_ORDER.indexOf(key.split('.')[0] ?? '')

/** From the adoption on, codes and files are fixed; a returned report is still the adopted one until it is resumed. */
const SETTLED: readonly Assessment['state'][] = ['adopted', 'published', 'submitted', 'returned', 'accepted', 'closed']

/** Stores, and what features ask of those above them. */
export type BaseSystem = ReturnType<typeof buildBase>

/** Opens every store over one database; nothing is read or written yet. */
export function buildBase(db: Database, { filesDir, now = () => new Date(), report = () => {} }: BaseSettings) {
  const journal = journalStore(db)
  const post = relay(db, journal, report)
  const units = unitStore(db, post)
  const years = yearStore(db, post)
  const overrides = settingStore(db, post)
  const settings = settingsReader({ units, store: overrides, now })
  const delegations = delegationStore(db, post)
  const operations = operationStore(db, post)
  const clusters = clusterStore(db, post)
  const people = peopleStore(db, post)
  const seats = seatStore(db, post)
  const accountRules = accountRulesStore(db, post)
  const sessions = sessionList(db)
  const focals = focalStore(db, post)
  const criteriaSets = criteriaSetStore(db)
  const figures = figureStore(db, post)
  const reserves = reserveStore(db, post)
  const evidence = evidenceStore(db, post)
  const renumberings = renumberingStore(db)
  const files = fileStore(filesDir)
  const assessments = assessmentStore(db, post)
  const sheets = sheetStore(db)
  const comments = commentStore(db)
  const notices = noticeStore(db)

  const provinceId = async (): Promise<string> => {
    const tree = await units.tree()
    const province = [...tree.values()].find(unit => unit.kind === 'province')
    if (!province) throw new NotFound('Hệ thống chưa có Sở nào.')
    return province.id
  }
  const trees = yearTreeStore(db, post)
  const yearClosed = async (year: WorkingYear): Promise<boolean> => (await years.find(year))?.state === 'closed'
  const managersOf = async (schoolId: string): Promise<readonly string[]> => {
    const [, ...managing] = await units.chainOf(schoolId, dayOf(now()))
    return managing.map(unit => unit.id)
  }
  const sets = catalogue({ sets: criteriaSets, trees, provinceId, now, yearClosed, managersOf })
  const namesOf = (personIds: readonly string[]) => people.namesOf(personIds)
  const staff = seatReader({ seats, namesOf })

  /** The person with the seats of today: offices, and what the councils and groups of all years give. */
  const actorOf = async (personId: string): Promise<Actor | undefined> => {
    const person = await people.find(personId)
    return person && isOpen(person, dayOf(now())) ? withSeats(person) : undefined
  }

  /** A person who is known to be active, with the seats of today. */
  const withSeats = async (person: { readonly id: string; readonly name: string }): Promise<Actor> => {
    const today = dayOf(now())
    const [offices, councils] = await Promise.all([
      staff.officeSeatsOf(person.id, today),
      assessments.ofPerson(person.id),
    ])
    const ofCouncils = councils.flatMap(assessment => councilSeatsOf(assessment, person.id))
    const actor = actorFor(person, [...offices, ...ofCouncils], today)
    if (!actor.seats.some(seat => MANAGING_ROLES.includes(seat.role))) return actor
    const actingFor = actingForOn(actor.seats, await delegations.all(), today)
    return actingFor.length === 0 ? actor : { ...actor, actingFor }
  }

  const school = async (schoolId: string, day: Day): Promise<SchoolFacts> => {
    const [unit, managing, ...above] = await units.chainOf(schoolId, day)
    if (!unit || !isSchool(unit)) throw new NotFound('Không tìm thấy trường này.')
    const shape = schoolOn(unit, day)
    return {
      id: schoolId,
      name: nameOn(unit, day),
      kind: shape.schoolKind,
      active: activeOn(unit, day),
      ownership: shape.ownership,
      ...(await staff.leadershipOf(schoolId, day)),
      ...(managing && { managingUnit: { id: managing.id, name: nameOn(managing, day) } }),
      ancestors: [...(managing ? [managing] : []), ...above].map(ancestor => ancestor.id),
    }
  }

  const yearOf = (year: WorkingYear) => years.find(year)

  /** Evidence id → criteria whose sheets cite it now, in reading order: a renumbering follows it. */
  const citations = async (assessmentId: string): Promise<ReadonlyMap<string, readonly string[]>> => {
    const cited = new Map<string, string[]>()
    const all = (await sheets.ofAssessment(assessmentId)).filter(sheet => sheet.code !== REPORT)
    for (const sheet of all.toSorted((a, b) => compareCodes(a.code, b.code))) {
      const texts = Object.entries(sheet.parts).toSorted(([a], [b]) => partRank(a) - partRank(b) || a.localeCompare(b))
      const ids = new Set(texts.flatMap(([, part]) => citationsIn(part.text)))
      for (const id of ids) cited.set(id, [...(cited.get(id) ?? []), sheet.code])
    }
    return cited
  }

  /** Ten years by default, and never while the work of the year goes on or when the setting says for ever (0). */
  const retentionOver = async ({ state, year, schoolId }: Assessment): Promise<boolean> => {
    if (state !== 'closed' && state !== 'cancelled') return false
    const years = await settings.valueOf('retentionEvidence', { year, unitId: schoolId })
    return years > 0 && dayOf(now()) >= `${firstCalendarYear(year) + 1 + years}-08-01`
  }

  const dossierOf = async (assessmentId: string): Promise<Dossier> => {
    const assessment = await assessments.get(assessmentId)
    const set = await sets.setOf(assessment.set.hash)
    const force = forceOf(assessment, set)
    const unit = await units.get(assessment.schoolId)
    return {
      id: assessment.id,
      schoolId: assessment.schoolId,
      schoolName: nameOn(unit, dayOf(now())),
      year: assessment.year,
      ancestors: SENT.includes(assessment.state) ? assessment.ancestors : [],
      collecting: assessment.state === 'working' || assessment.state === 'drafting',
      adopted: SETTLED.includes(assessment.state),
      everAdopted: assessment.report.version > 0,
      retentionOver: await retentionOver(assessment),
      whyNot: (personId, criterion, deed) => whyNot(assessment, personId, criterion, deed, dayOf(now())),
      criteria: sheetCodes(set, assessment.aimsAtLevelFour).flatMap(code => {
        const asked = askedBy(set, code, force)
        const group = assessment.groups.find(each => each.id === assessment.criteria[keyOf(code)]?.groupId)
        return asked
          ? [
              {
                code,
                title: asked.title,
                typicalEvidence: asked.typicalEvidence,
                ...(group && { groupId: group.id, groupName: group.name }),
              },
            ]
          : []
      }),
    }
  }

  const evidenceNeeds: EvidenceNeeds = {
    evidence,
    renumberings,
    dossiers: { get: dossierOf, citations },
    files,
    now,
    newId: randomUUID,
  }

  const handout = evidenceHandout(evidenceNeeds)
  const citedEvidence: AssessmentNeeds['evidence'] = id => handout.citableOf(id)

  const numbersBy =
    (from: Settings): AssessmentNeeds['numbers'] =>
    async ({ schoolId, year, schoolKind }) => {
      const { effective } = await from.allOf({ year, unitId: schoolId, schoolKind })
      return {
        councilMin: effective('councilMin').value,
        voteShare: shareFrom(effective('voteShare').value),
        internalCommentDays: effective('internalCommentDays').value,
        holidays: new Set((await yearOf(year))?.holidays ?? []),
      }
    }

  const setLock = (by: Actor, assessment: Assessment, lock: boolean) =>
    (lock ? lockFigures : unlockFigures)({ figures, now })(by, {
      schoolId: assessment.schoolId,
      years: fiveYearsTo(assessment.year),
      assessmentId: assessment.id,
    })

  const glance = glancesOver(db, {
    people,
    units,
    assessments,
    withSeats,
    citedEvidence,
    overrides,
    numbersBy,
    sheets,
    notices,
    seats,
    now,
  })

  return {
    db,
    now,
    report,
    glance,
    journal,
    post,
    units,
    years,
    settings,
    overrides,
    delegations,
    operations,
    clusters,
    people,
    accountRules,
    sessions,
    focals,
    seats,
    importJobs: importJobStore(db),
    staff,
    criteriaSets,
    catalogue: sets,
    deskNeeds: { sets: criteriaSets, trees, drafts: treeDraftStore(db, post), provinceId, yearClosed, now },
    figures,
    reserves,
    files,
    evidenceNeeds,
    handout,
    assessments,
    sheets,
    comments,
    notices,
    notify: notifier({ notices, now }),
    provinceId,
    namesOf,
    actorOf,
    withSeats,
    school,
    yearOpen: async (year: WorkingYear) => (await yearOf(year))?.state === 'open',
    numbers: numbersBy(settings),
    citedEvidence,
    citations,
    freezeEvidence: freezeAll(evidenceNeeds),
    thawEvidence: thawAll(evidenceNeeds),
    refileEvidence: refileAll(evidenceNeeds),
    carryEvidence: async (
      by: Actor,
      fromId: string,
      toId: string,
      place: (criterion: string) => string | undefined,
    ): Promise<ReadonlyMap<string, string>> => {
      await copyForNextYear(evidenceNeeds)(by, fromId, toId, place)
      const items = await handout.evidenceOf(toId)
      return new Map(items.flatMap(item => (item.carriedFrom === undefined ? [] : [[item.carriedFrom, item.id]])))
    },
    lockFigures: setLock,
    figuresStanding: (assessment: Assessment) =>
      figuresStanding(figures)(assessment.schoolId, assessment.year, assessment.id),
  }
}
