import { presenceStore } from '../../src/assessments/presence-store.ts'
import type { SheetNeeds } from '../../src/assessments/sheet-needs.ts'
import { sheetRoutes } from '../../src/assessments/sheet-routes.ts'
import type { Assessment } from '../../src/assessments/index.ts'
import { evidenceRoutes, forecast, itemRoutes } from '../../src/evidence/index.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { appOf, schoolAtWork } from '../support/school.ts'

/** A school at work with the sheet screens and the evidence screens they lean on. */
export async function sheetApp(change?: (criteria: Assessment['criteria']) => Assessment['criteria']) {
  const school = await schoolAtWork(change)
  const needs: SheetNeeds = {
    ...school.needs,
    glance: {
      ...school.needs,
      assessment: id => school.needs.assessments.find(id),
      sheet: (id, code) => school.needs.sheets.find(id, code),
    },
    presence: presenceStore(school.db),
    forecast: async (actor, assessmentId, input) => {
      const item = await forecast(school.system.evidenceNeeds)(actor, assessmentId, input)
      return { label: `[MC-${String(item.no).padStart(3, '0')}]` }
    },
  }
  await ensureIndexes(school.db)
  const app = await appOf(school, [
    ...sheetRoutes(needs),
    ...evidenceRoutes(school.system.evidenceNeeds),
    ...itemRoutes({ ...school.system.evidenceNeeds, history: subject => school.system.journal.of(subject) }),
  ])
  return { ...school, needs, app }
}

export type SheetApp = Awaited<ReturnType<typeof sheetApp>>
