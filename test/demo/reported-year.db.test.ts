import { expect } from 'chai'
import { annualId } from '../../src/annual/index.ts'
import { enterPeople, fillPosts, INSTALLER } from '../../src/demo/build-people.ts'
import { buildTree } from '../../src/demo/build-tree.ts'
import { openWorkingYear, storyYears } from '../../src/demo/build-years.ts'
import { castOf, OFFICERS, PROVINCE_LEAD } from '../../src/demo/cast.ts'
import { LENT_SCHOOL, lendOffice } from '../../src/demo/lend-office.ts'
import { enterFigures, reconcile } from '../../src/demo/enter-figures.ts'
import { ALL_SCHOOLS, PROVINCE } from '../../src/demo/province.ts'
import { reportLastYear } from '../../src/demo/report-last-year.ts'
import { fillRunningPeriod } from '../../src/demo/running-period.ts'
import { storyOf } from '../../src/demo/story.ts'
import { worldOf, type World } from '../../src/demo/world.ts'
import { dayOf } from '../../src/kernel/dates.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { noticeStore } from '../../src/notices/index.ts'
import { closeRenderWorker } from '../../src/paper/index.ts'
import { periodId } from '../../src/periods/index.ts'
import { testDatabase } from '../support/database.ts'
import { builderOn, everything, prepare, TODAY } from './demo-database.ts'

const [, LAST, NOW] = storyYears(TODAY)
const SCHOOLS = ALL_SCHOOLS.filter(({ id }) => ['thcs-1', 'th-3', 'thcs-5', 'thpt-1'].includes(id))

/** Four schools with their figures, among them one that was merged and one under the Sở itself. */
describe('the reported year and the running period of the demonstration', function () {
  this.timeout(240_000)
  let world: World
  let db: Database

  before(async () => {
    db = await testDatabase()
    const build = builderOn(db)
    await prepare(db, build)
    world = worldOf(build, { today: TODAY })
    const people = [...OFFICERS, ...SCHOOLS.flatMap(castOf)]
    await buildTree(world, INSTALLER, SCHOOLS)
    world.clock.goTo('2025-07-01', 10)
    await enterPeople(world, INSTALLER, people)
    await fillPosts(world, INSTALLER, people, '2025-07-01')
    for (const year of [LAST, NOW]) await openWorkingYear(world, PROVINCE_LEAD, year)
    for (const school of SCHOOLS.filter(({ merged }) => merged !== true))
      for (const [year, reach] of [
        [LAST, 'accepted'],
        [NOW, school.years[2]],
      ] as const) {
        await enterFigures(storyOf(world, school, year))
        await reconcile(storyOf(world, school, year), reach)
      }
    await reportLastYear(world)
    await fillRunningPeriod(world)
    await lendOffice(world)
  })
  after(closeRenderWorker)

  it('verified the figures of last year at both levels, with the decisions scanned', async () => {
    const { reconciliation } = await world.system.figures.of('thcs-1', LAST)
    expect(reconciliation?.state).to.equal('provinceVerified')
    expect(reconciliation?.planDecision?.scan?.mime).to.equal('application/pdf')
    expect(await world.system.files.has(reconciliation?.staffDecision?.scan?.sha256 ?? '')).to.equal(true)
  })

  it('published both periods on genuine frozen figures, every duty accepted or excused', async () => {
    const { periods, snapshots, duties } = world.system.periodNeeds
    for (const kind of ['start', 'end'] as const) {
      const period = await periods.get(periodId(LAST, kind))
      expect(period.state).to.equal('published')
      const snapshot = await snapshots.get(period.snapshotId ?? '')
      expect(await snapshots.isGenuine(snapshot)).to.equal(true)
      expect((await snapshots.rowsOf(snapshot)).map(row => row.schoolId)).to.have.members(SCHOOLS.map(({ id }) => id))
      const states = new Map((await duties.list({ periodId: period.id })).map(duty => [duty.unitId, duty.state]))
      expect(states.get('thcs-5'), 'the merged school').to.equal('excused')
      expect(new Set(states.values())).to.have.keys('accepted', 'excused')
      expect(states.get('xa-vi-du-nam')).to.equal('accepted')
    }
  })

  it('told the heads of a period when it opened, before anything was due', async () => {
    const notices = await noticeStore(db).ofPerson('demo-thcs-1-hieutruong', 0, 100)
    const { periods } = world.system.periodNeeds
    for (const kind of ['start', 'end'] as const) {
      const { id, schoolDue } = await periods.get(periodId(LAST, kind))
      const opening = notices.find(notice => notice.id.startsWith(`duty:${id}:thcs-1:0:`))
      expect(opening?.subject).to.contain('đã mở')
      expect(dayOf(opening?.at ?? new Date()) < schoolDue, kind).to.equal(true)
    }
  })

  it('signed the reports of the communes and of the Sở and sent them', async () => {
    for (const unitId of [PROVINCE.id, 'xa-vi-du-nam']) {
      const report = await world.system.annualNeeds.reports.find(annualId({ unitId, year: LAST, period: 'cuoi-nam' }))
      expect(report?.state, unitId).to.equal('sent')
      expect(report?.versions).to.have.length(1)
    }
  })

  it('left the running period open, with duties that wait, that came back and that were accepted', async () => {
    const { periods, duties } = world.system.periodNeeds
    const [running] = await periods.ofYear(NOW)
    expect(running).to.include({ state: 'open', kind: 'start' })
    const states = new Map((await duties.list({ periodId: running?.id ?? '' })).map(duty => [duty.unitId, duty]))
    expect(states.get('thcs-1')?.state).to.equal('accepted')
    expect(states.get('th-3')).to.include({ state: 'inProgress', returns: 1 })
    expect(states.get('xa-vi-du-nam')?.state).to.equal('due')
  })

  it('lets a deputy run one school for a few weeks, with the paper that says so', async () => {
    const { seats } = await world.system.seats.ofUnit(LENT_SCHOOL)
    const [lent, ...more] = seats.filter(({ standsIn }) => standsIn !== undefined)
    expect(more).to.deep.equal([])
    expect(lent).to.include({ role: 'head', postKind: 'deputy', standsIn: 'Giấy ủy quyền số 07/GUQ-THCSVD1' })
    expect((lent?.from ?? '') < TODAY && TODAY < (lent?.to ?? '')).to.equal(true)
  })

  it('changes nothing when it is told again', async () => {
    await world.system.post.sweep()
    const before = await everything(db)
    await reportLastYear(world)
    await fillRunningPeriod(world)
    await lendOffice(world)
    await world.system.post.sweep()
    const after = await everything(db)
    const changed = [...after.keys()].filter(key => before.get(key) !== after.get(key))
    // People are told of a step a moment after it.
    expect(changed.filter(key => !/^(notices|duties)\//.test(key))).to.deep.equal([])
  })
})
