import { expect } from 'chai'
import fc from 'fast-check'
import { mayOnAction } from '../../src/actions/action-policy.ts'
import { mayOnAnnual } from '../../src/annual/annual-policy.ts'
import type { Assessment } from '../../src/assessments/assessment.ts'
import { assessmentLife } from '../../src/assessments/assessment-machine.ts'
import { may as mayOnAssessment, mayOnSheet } from '../../src/assessments/assessment-policy.ts'
import { mayCatalogue } from '../../src/catalogue/catalogue-policy.ts'
import { mayMap } from '../../src/catalogue/mapping-policy.ts'
import { mayTree } from '../../src/catalogue/tree-policy.ts'
import { may as mayOnEvidence } from '../../src/evidence/evidence-policy.ts'
import { mayOnRun, mayOnTitle } from '../../src/external/external-policy.ts'
import { mayFigure } from '../../src/figures/figure-policy.ts'
import { mayCompareUnit } from '../../src/figures/reserve-policy.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import type { Rule } from '../../src/kernel/rules.ts'
import type { WorkingYear } from '../../src/kernel/working-year.ts'
import { mayOnMinutes } from '../../src/minutes/minutes-policy.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { mayDelegate } from '../../src/organisations/delegation-policy.ts'
import { mayOperate } from '../../src/organisations/operation-policy.ts'
import { mayUnit } from '../../src/organisations/unit-policy.ts'
import { mayOnBackup } from '../../src/backup/backup-policy.ts'
import { mayFocal } from '../../src/people/focal-policy.ts'
import { may as mayOnPerson } from '../../src/people/people-policy.ts'
import { mayOnDuty, mayOnPeriod } from '../../src/periods/period-policy.ts'
import { mayOnReview } from '../../src/reviews/review-policy.ts'
import { maySums } from '../../src/rollups/rollup-policy.ts'
import { OFFICE_ROLES } from '../../src/seats/office-seat.ts'
import { maySeat } from '../../src/seats/seat-policy.ts'
import { testDatabase } from '../support/database.ts'
import { sourceFiles } from '../support/source-files.ts'
import { actors, criteria, groups, people, provinces, schools, units } from './generated.ts'

interface Table {
  readonly rights: readonly string[]
  /** Asks every rule in memory and on the engine, and gives what differs. */
  readonly differences: (db: Database, name: string) => Promise<void>
}

const BATCH = { minLength: 25, maxLength: 40 }

/** For every right: the records that the rule lets the actor have are those that the engine finds by its filter. */
function table<Row extends object>(rules: Readonly<Record<string, Rule<Row>>>, records: fc.Arbitrary<Row>): Table {
  const [first] = Object.values(rules)
  return {
    rights: Object.keys(rules),
    differences: async (db, name) => {
      const collection = db.connection.collection<{ n: number }>(`rule_${name}`)
      const actorsAndRows = fc.asyncProperty(
        fc.array(records, BATCH),
        fc.array(actors, BATCH),
        async (generated, asking: readonly Actor[]) => {
          const rows = generated
          await collection.deleteMany({})
          // Several records of one id are one document for the engine, and one record for the rule.
          const stored = new Map(rows.map((row, n) => [JSON.stringify(idOf(first?.rowOf(row)) ?? n), { row, n }]))
          await collection.insertMany([...stored.values()].map(({ row, n }) => ({ ...first?.rowOf(row), n })))
          for (const actor of asking)
            for (const [right, rule] of Object.entries(rules)) {
              const found = await collection.find(rule.where(actor), { projection: { n: 1 } }).toArray()
              const passed = [...stored.values()].filter(({ row }) => rule(actor, row))
              expect(found.map(({ n }) => n).toSorted(ascending), `${right} of ${JSON.stringify(actor)}`).to.deep.equal(
                passed.map(({ n }) => n).toSorted(ascending),
              )
            }
        },
      )
      await fc.assert(actorsAndRows, { numRuns: 2 })
    },
  }
}

const ascending = (a: number, b: number): number => a - b

const idOf = (row: object | undefined): unknown => (row && '_id' in row ? row._id : undefined)

// The keys of the record are the states.
const STATES = Object.keys(assessmentLife.stateNames) as Assessment['state'][]
interface InGroup {
  readonly schoolId: string
  readonly year: WorkingYear
  readonly code: string
  readonly groupId?: string
}

const placed: fc.Arbitrary<InGroup> = fc
  .tuple(schools, groups, criteria)
  .map(([{ schoolId, year }, groupId, code]) => ({ schoolId, year, code, ...(groupId !== undefined && { groupId }) }))

const assessments = fc.tuple(schools, fc.constantFrom(...STATES)).map(
  ([{ id, schoolId, year, ancestors }, state]) =>
    // Rights read these fields of an assessment and no others.
    ({ id, schoolId, year, ancestors, state }) as unknown as Assessment,
)

const TABLES: Readonly<Record<string, Table>> = {
  'actions/action-policy.ts mayOnAction': table(mayOnAction, placed),
  'annual/annual-policy.ts mayOnAnnual': table(
    mayOnAnnual,
    fc.tuple(units, fc.boolean()).map(([{ unitId, ancestors }, everSent]) => ({ unitId, ancestors, everSent })),
  ),
  'assessments/assessment-policy.ts may': table(mayOnAssessment, assessments),
  'assessments/assessment-policy.ts mayOnSheet': table(
    mayOnSheet,
    fc
      .tuple(placed, schools, people, fc.constantFrom(...STATES))
      .map(([place, { schoolId, year, ancestors }, presidingId, state]) => ({
        ...place,
        schoolId,
        year,
        ancestors,
        presidingId,
        state,
      })),
  ),
  'catalogue/catalogue-policy.ts mayCatalogue': table(mayCatalogue, provinces),
  'catalogue/mapping-policy.ts mayMap': table(mayMap, provinces),
  'catalogue/tree-policy.ts mayTree': table(
    mayTree,
    fc
      .tuple(units, fc.constantFrom('nothing' as const, 'guidance' as const, 'criteria' as const))
      .map(([{ unitId, provinceId }, unitsMayAdd]) => ({ unitId, provinceId, unitsMayAdd })),
  ),
  'evidence/evidence-policy.ts may': table(
    mayOnEvidence,
    fc
      .tuple(schools, groups, fc.boolean(), fc.boolean(), criteria, fc.option(people, { nil: undefined }))
      .map(([{ id, schoolId, year, ancestors }, groupId, sent, asked, code, collectedBy]) => ({
        dossier: {
          id,
          schoolId,
          year,
          ancestors: sent ? ancestors : [],
          criteria: [{ code, ...(groupId !== undefined && { groupId }) }],
        },
        ...(asked && { criterion: code }),
        ...(collectedBy !== undefined && { collectedBy }),
      })),
  ),
  'external/external-policy.ts mayOnTitle': table(
    mayOnTitle,
    schools.map(({ schoolId, ancestors }) => ({ schoolId, ancestors })),
  ),
  'external/external-policy.ts mayOnRun': table(
    mayOnRun,
    schools.map(({ schoolId, ancestors }) => ({ schoolId, ancestors })),
  ),
  'figures/figure-policy.ts mayFigure': table(
    mayFigure,
    schools.map(({ schoolId, year, managerId, chain }) => ({ schoolId, year, managerId, chain })),
  ),
  'figures/reserve-policy.ts mayCompareUnit': table(mayCompareUnit, units),
  'minutes/minutes-policy.ts mayOnMinutes': table(
    mayOnMinutes,
    fc
      .tuple(placed, fc.constantFrom('council' as const, 'secretariat' as const, 'group' as const))
      .map(([place, kind]) => ({ ...place, kind })),
  ),
  'organisations/delegation-policy.ts mayDelegate': table(mayDelegate, units),
  'organisations/operation-policy.ts mayOperate': table(mayOperate, provinces),
  'organisations/unit-policy.ts mayUnit': table(mayUnit, units),
  'backup/backup-policy.ts mayOnBackup': table(
    mayOnBackup,
    people.map(id => ({ id })),
  ),
  'people/focal-policy.ts mayFocal': table(mayFocal, units),
  'people/people-policy.ts may': table(
    mayOnPerson,
    fc.tuple(people, units).map(([id, { unitId }]) => ({ id, unitId })),
  ),
  'periods/period-policy.ts mayOnPeriod': table(
    mayOnPeriod,
    fc
      .tuple(provinces, fc.constantFrom('planned' as const, 'open' as const, 'locked' as const))
      .map(([{ provinceId }, state]) => ({ provinceId, state })),
  ),
  'periods/period-policy.ts mayOnDuty': table(mayOnDuty, units),
  'reviews/review-policy.ts mayOnReview': table(
    mayOnReview,
    fc.tuple(schools, fc.boolean()).map(([{ id, schoolId, year, managerId }, above]) => ({
      id,
      schoolId,
      year,
      unitId: managerId,
      handlerId: above ? 'so' : managerId,
      provinceId: 'so',
    })),
  ),
  'rollups/rollup-policy.ts maySums': table(maySums, units),
  'seats/seat-policy.ts maySeat': table(
    maySeat,
    fc.tuple(units, fc.constantFrom(...OFFICE_ROLES)).map(([unit, role]) => ({ ...unit, role })),
  ),
}

describe('every table of rights is one rule in memory and in the database', function () {
  this.timeout(120_000)
  let db: Database
  before(async () => {
    db = await testDatabase()
  })

  it('knows every table that the source has', () => {
    const written = sourceFiles().flatMap(({ path, text }) =>
      path === 'kernel/rules.ts'
        ? []
        : [...text.matchAll(/export const (\w+) = rulesFor</g)].map(([, name = '']) => `${path} ${name}`),
    )
    expect(Object.keys(TABLES).toSorted()).to.deep.equal(written.toSorted())
  })

  for (const [at, [name, { rights, differences }]] of Object.entries(TABLES).entries())
    it(`${name}: ${rights.length} rights`, () => differences(db, String(at)))
})
