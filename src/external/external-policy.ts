import { MANAGING_ROLES, placesAs, SCHOOL_ROLES, type SeatRole } from '../kernel/actor.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'
import { runSteps, type RunEvent } from './run-machine.ts'
import { titleSteps, type TitleEvent } from './title-machine.ts'

/** What rights look at: the school, and the units that manage it today, nearest first. */
export interface ExternalPlace {
  readonly schoolId: string
  readonly ancestors: readonly string[]
}

const inThisSchool =
  (...roles: readonly SeatRole[]): Condition =>
  actor => {
    const units = placesAs(actor, ...roles).map(({ unitId }) => unitId)
    return units.length === 0 ? undefined : { schoolId: { $in: units } }
  }

const above =
  (...roles: readonly SeatRole[]): Condition =>
  actor => {
    const units = placesAs(actor, ...roles).map(({ unitId }) => unitId)
    return units.length === 0 ? undefined : { ancestors: { $in: units } }
  }

const conditionsFor = (who: readonly SeatRole[]): readonly Condition[] => {
  const school = who.filter(role => SCHOOL_ROLES.includes(role))
  const managing = who.filter(role => MANAGING_ROLES.includes(role))
  return [...(school.length > 0 ? [inThisSchool(...school)] : []), ...(managing.length > 0 ? [above(...managing)] : [])]
}

const ofTitle = (event: TitleEvent['type']): readonly Condition[] =>
  conditionsFor([...new Set(titleSteps.filter(step => step.event === event).flatMap(step => step.who))])

const ofRun = (event: RunEvent['type']): readonly Condition[] =>
  conditionsFor([...new Set(runSteps.filter(step => step.event === event).flatMap(step => step.who))])

const SCHOOL_AND_ABOVE: readonly Condition[] = [inThisSchool(...SCHOOL_ROLES), above(...MANAGING_ROLES)]

/** Who may do what with the titles of a school: the Sở decides, the school and the units above it read. */
export const mayOnTitle = rulesFor<ExternalPlace>(place => place)<TitleEvent['type'] | 'read' | 'record'>({
  read: SCHOOL_AND_ABOVE,
  record: [above('provinceOfficer', 'provinceLead')],
  grant: ofTitle('grant'),
  refuse: ofTitle('refuse'),
  announce: ofTitle('announce'),
  question: ofTitle('question'),
  clear: ofTitle('clear'),
  revoke: ofTitle('revoke'),
  transfer: ofTitle('transfer'),
  correct: ofTitle('correct'),
})

/**
 * Who may do what with an external assessment. What the team found is read by the school and the managing units only
 * once the report is there (Điều 31: secrecy until the result is notified); the run holds nothing of it before.
 */
export const mayOnRun = rulesFor<ExternalPlace>(place => place)<RunEvent['type'] | 'read' | 'register'>({
  read: SCHOOL_AND_ABOVE,
  register: [inThisSchool('head')],
  forwardDossier: ofRun('forwardDossier'),
  askCompletion: ofRun('askCompletion'),
  complete: ofRun('complete'),
  acceptForAssessment: ofRun('acceptForAssessment'),
  formTeam: ofRun('formTeam'),
  replaceMember: ofRun('replaceMember'),
  report: ofRun('report'),
  reopenByProvince: ofRun('reopenByProvince'),
  withdraw: ofRun('withdraw'),
  stop: ofRun('stop'),
})
