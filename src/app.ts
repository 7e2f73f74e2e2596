import type { Express } from 'express'
import type { Logger } from 'pino'
import { actionRoutes } from './actions/index.ts'
import { annualRoutes } from './annual/index.ts'
import { assessmentRoutes, sheetRoutes } from './assessments/index.ts'
import { backupRoutes } from './backup/index.ts'
import { catalogueRoutes, mappingRoutes, treeRoutes, treeSheetRoutes } from './catalogue/index.ts'
import { evidenceRoutes, itemRoutes } from './evidence/index.ts'
import { externalRoutes } from './external/index.ts'
import { figureRoutes } from './figures/index.ts'
import type { Assets } from './http/assets.ts'
import type { Route } from './http/route.ts'
import type { HttpConfig } from './http/server-needs.ts'
import { keptSessions } from './http/kept-sessions.ts'
import { createServer } from './http/server.ts'
import { mongoSessions } from './http/session.ts'
import { dayOf } from './kernel/dates.ts'
import { workingYearOf, type WorkingYear } from './kernel/working-year.ts'
import { noticeRoutes, type SendMail } from './notices/index.ts'
import { defaultYear, settingsRoutes, yearRoutes } from './organisations/index.ts'
import {
  checkCredentials,
  passportAuthenticator,
  secretSeal,
  type SecretSeal,
  type SignInLimits,
  type SignOn,
} from './people/index.ts'
import { organisationScreens } from './system/organisations-screens.ts'
import { peopleScreens } from './system/people-needs.ts'
import { periodRoutes } from './periods/index.ts'
import { minutesRoutes } from './minutes/index.ts'
import { planRoutes } from './plans/index.ts'
import { paperRoutes, verifyRoutes } from './reports/index.ts'
import { deskRoutes, reviewRoutes, schoolReviewRoutes } from './reviews/index.ts'
import { rollupRoutes } from './rollups/index.ts'
import { shellOf } from './system/shell-of.ts'
import type { System } from './system/system.ts'
import { myWork, taskRoutes } from './tasks/index.ts'
import { viewingRules } from './system/view-as-needs.ts'

export interface AppNeeds {
  readonly system: System
  readonly limits: SignInLimits
  /** The province's own sign-on, where it has one. */
  readonly signOn?: SignOn | undefined
  /** Sends links to passwords; absent where no mail server is known, and they are handed over by hand. */
  readonly mail?: SendMail | undefined
  readonly assets: Assets
  readonly config: HttpConfig
  readonly log: Logger
}

/** The whole application: every feature is handed what it needs, and its routes are mounted. */
export function createApp(needs: AppNeeds): Express {
  const { system, limits, assets, config, log } = needs
  const { glance } = system
  const openWork = myWork(system.taskNeeds)
  const openTasks = glance.countFor(async (actor, year) => (await openWork(actor, year)).mine.length)
  return createServer({
    routes: allRoutes({ ...needs, seal: secretSeal(config.sessionSecrets) }),
    authenticator: passportAuthenticator({
      people: { accountOf: glance.account },
      check: checkCredentials({ people: system.people, limits, now: system.now }),
      now: system.now,
    }),
    actorOf: glance.withSeats,
    shellOf: shellOf(system, (actor, { year }) => openTasks(actor, year)),
    defaultYear: () => yearToday(system),
    viewing: viewingRules(system),
    takesWrites: withinMs => system.db.takesWrites(withinMs),
    ready: () => system.db.client.db(system.db.name).command({ ping: 1 }),
    sessions: keptSessions(mongoSessions(system.db.client, system.db.name), system.db.kept),
    assets,
    config,
    log,
  })
}

/** Every screen of the system, feature by feature; only the pickers of the top bar come from http/ itself. */
export function allRoutes({
  system,
  ...parts
}: Omit<AppNeeds, 'assets' | 'config'> & { readonly seal: SecretSeal }): readonly Route[] {
  const { units, now, evidenceNeeds } = system
  return [
    ...peopleScreens({ system, ...parts }),
    ...organisationScreens(system),
    ...yearRoutes({ units, years: system.years, now }),
    ...settingsRoutes({ units, settings: system.overrides, now, history: subject => system.journal.of(subject) }),
    ...mappingRoutes(system.mappingNeeds),
    ...catalogueRoutes(system.catalogue),
    ...treeRoutes(system.yearTreeNeeds),
    ...treeSheetRoutes(system.yearTreeNeeds),
    ...figureRoutes(system.figureNeeds),
    ...evidenceRoutes(evidenceNeeds),
    ...itemRoutes({ ...evidenceNeeds, history: subject => system.journal.of(subject) }),
    ...assessmentRoutes(system.screenNeeds),
    ...sheetRoutes(system.sheetNeeds),
    ...planRoutes(system.planNeeds),
    ...actionRoutes(system.actionNeeds),
    ...deskRoutes(system.reviewNeeds),
    ...reviewRoutes(system.reviewNeeds),
    ...schoolReviewRoutes(system.reviewNeeds),
    ...minutesRoutes(system.minutesNeeds),
    ...externalRoutes(system.externalNeeds),
    ...paperRoutes(system.reportNeeds),
    ...verifyRoutes(system.reportNeeds),
    ...periodRoutes(system.periodNeeds),
    ...annualRoutes(system.annualNeeds),
    ...noticeRoutes(system.noticeNeeds),
    ...rollupRoutes(system.rollupNeeds),
    ...taskRoutes(system.taskNeeds),
    ...backupRoutes(system.backupNeeds),
  ]
}

async function yearToday(system: System): Promise<WorkingYear> {
  const today = dayOf(system.now())
  return defaultYear(await system.years.all(), today)?.id ?? workingYearOf(today)
}
