import type { Unmet } from '../../src/kernel/refusals.ts'
import {
  annualPaperStore,
  annualPapersFor,
  annualReportStore,
  type AnnualNeeds,
  type ReportPlace,
} from '../../src/annual/index.ts'
import type { YearFacts } from '../../src/annual/annual-table.ts'
import { partsFor } from '../../src/annual/report-parts.ts'
import { fileStore } from '../../src/evidence/index.ts'
import { journalStore, relay } from '../../src/journal/index.ts'
import type { Actor, SeatRole } from '../../src/kernel/actor.ts'
import { writeText } from '../../src/annual/index.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { treeOf, type Unit } from '../../src/organisations/index.ts'
import { renderInWorker, renderWordInWorker } from '../../src/paper/index.ts'
import { reservesWithin } from '../../src/rollups/index.ts'
import { unitInForce } from '../../src/seats/index.ts'
import { BEFORE, NOW, UNIT_NAMES, YEAR } from './some-rows.ts'

const unit = (id: string, kind: Unit['kind'], parent?: string): Unit => ({
  id,
  kind,
  rev: 1,
  names: [
    { name: UNIT_NAMES[id] ?? id, from: '2000-01-01', ...(kind === 'province' && { authority: 'UBND tỉnh Sơn Thủy' }) },
  ],
  places: [{ place: 'Sơn Thủy', from: '2000-01-01' }],
  parents: parent === undefined ? [] : [{ parentId: parent, from: '2000-01-01' }],
  symbol: id.toUpperCase(),
  from: '2000-01-01',
})

const TREE = treeOf([
  unit('so', 'province'),
  unit('xa-an', 'commune', 'so'),
  unit('xa-dong', 'commune', 'so'),
  unit('mn-1', 'school', 'xa-an'),
])

export const holder = (role: SeatRole, unitId: string, personId = `${role}-${unitId}`): Actor => ({
  personId,
  name: `Người Mẫu ${personId}`,
  seats: [{ role, unitId, from: '2020-01-01' }],
})

export const PROVINCE: ReportPlace = { unitId: 'so', year: YEAR, period: 'cuoi-nam' }
export const COMMUNE: ReportPlace = { unitId: 'xa-an', year: YEAR, period: 'cuoi-nam' }

/** Real stores and files over rows from memory; `frozen` is the period's snapshot, taken away for an open period. */
export function annualBench(db: Database, filesDir: string) {
  const journal = journalStore(db)
  const post = relay(db, journal, error => {
    throw error
  })
  const clock = { at: new Date('2026-06-10T03:00:00Z') }
  const state: {
    frozen: string | undefined
    now: YearFacts
    snapshots: Map<string, YearFacts>
    periodLacks: readonly Unmet[]
    followed: string[]
  } = {
    periodLacks: [],
    followed: [],
    frozen: '2025-2026-cuoi-nam.v1',
    now: NOW,
    snapshots: new Map([['2025-2026-cuoi-nam.v1', NOW]]),
  }
  const within = (facts: YearFacts, unitId: string): YearFacts =>
    unitId === 'so'
      ? facts
      : {
          ...facts,
          rows: facts.rows.filter(row => row.ancestors.includes(unitId)),
          ...(facts.reserves && { reserves: reservesWithin(facts.reserves, unitId) }),
        }
  const needs: AnnualNeeds = {
    reports: annualReportStore(db, post),
    papers: annualPaperStore(db),
    files: fileStore(filesDir),
    draw: renderInWorker,
    drawWord: renderWordInWorker,
    tree: async () => TREE,
    figures: async unitId =>
      state.frozen === undefined
        ? within(state.now, unitId)
        : { ...within(state.snapshots.get(state.frozen) ?? NOW, unitId), snapshotId: state.frozen },
    frozenFigures: async (id, unitId) => within(state.snapshots.get(id) ?? NOW, unitId),
    pastFigures: async (unitId, year) => (year === BEFORE.year ? within(BEFORE, unitId) : undefined),
    criterionTitle: async () => code => `Nội dung ${code}`,
    reminders: async () => new Map(),
    period: {
      unmet: async () => state.periodLacks,
      follow: async (by, place, { number }) => {
        state.followed.push(`${by.personId} ${place.unitId} ${number}`)
      },
    },
    batches: async () => day => `Đợt của ngày ${day}`,
    unitInForce,
    history: id => journal.of({ kind: 'annual', id }),
    baseUrl: 'https://kd.example',
    now: () => clock.at,
  }
  return {
    needs,
    state,
    clock,
    post,
    annualPapers: annualPapersFor(needs),
    /** Fills every required text. */
    async writeAll(actor: Actor, place: ReportPlace): Promise<void> {
      for (const { key, required } of partsFor(place.unitId === 'so'))
        if (required === true)
          await writeText(needs)(actor, place, key, { base: 0, text: `Lời của phần ${key}.\nĐoạn hai.` })
    },
  }
}
