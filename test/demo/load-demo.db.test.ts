import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import {
  askedBy,
  assessmentId,
  forceOf,
  keyOf,
  mayOnSheet,
  placeOf,
  ratingOf,
  SHEET_DEADLINES,
  sheetCodes,
  type Assessment,
} from '../../src/assessments/index.ts'
import { lintSheet } from '../../src/assessments/sheet-lint.ts'
import { lintInputOf } from '../../src/assessments/sheet-lint-input.ts'
import { storyYears } from '../../src/demo/build-years.ts'
import { DEMO_PASSWORD, demoAccounts, loadDemo } from '../../src/demo/index.ts'
import { COMMUNES, FULL_PRIMARY, FULL_SECONDARY, PROVINCE } from '../../src/demo/province.ts'
import { LOCAL } from '../../src/demo/shape-tree.ts'
import { verifyJournal } from '../../src/journal/index.ts'
import type { Clock } from '../../src/kernel/dates.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { lintTree, managingUnitOn, nameOn } from '../../src/organisations/index.ts'
import { closeRenderWorker } from '../../src/paper/index.ts'
import { checkCredentials, signInLimits } from '../../src/people/index.ts'
import type { System } from '../../src/system/system.ts'
import { addressOf, testDatabase } from '../support/database.ts'
import { builderOn, everything, prepare, TODAY } from './demo-database.ts'

const [, LAST, NOW] = storyYears(TODAY)

/** Runs the demonstration in a process of its own that kills itself at its n-th step; resolves with its end. */
async function killedAt(step: number, db: Database, filesDir: string): Promise<NodeJS.Signals | null> {
  const script = path.join(import.meta.dirname, 'tell-and-die.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script, addressOf(db), db.name, filesDir, String(step)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return new Promise(resolve => child.once('exit', (_, signal) => resolve(signal)))
}

describe('the demonstration province, its essential part', () => {
  let db: Database
  let system: System
  let build: (now: Clock) => System
  const endings: (NodeJS.Signals | null)[] = []

  before(async function () {
    this.timeout(600_000)
    db = await testDatabase()
    const filesDir = mkdtempSync(path.join(tmpdir(), 'kiem-dinh-demo-'))
    build = builderOn(db, filesDir)
    signInLimits(db)
    system = await prepare(db, build)
    for (const step of [3, 60, 220]) endings.push(await killedAt(step, db, filesDir))
    await loadDemo(build, { say: () => {}, essentialOnly: true, today: TODAY })
    await system.post.sweep()
  })
  after(closeRenderWorker)

  const get = (schoolId: string, year: string): Promise<Assessment> => system.assessments.get(`${schoolId}.${year}`)

  it('was killed three times on the way and finished all the same', async () => {
    expect(endings).to.deep.equal(['SIGKILL', 'SIGKILL', 'SIGKILL'])
    expect((await get(FULL_SECONDARY.id, LAST)).state).to.equal('closed')
    expect((await get(FULL_SECONDARY.id, NOW)).state).to.equal('working')
    expect((await get(FULL_PRIMARY.id, NOW)).state).to.equal('consulting')
  })

  it('leaves a journal without a break and a sound tree', async () => {
    const { entries, broken } = await verifyJournal(system.journal)
    expect(broken).to.deep.equal([])
    expect(entries).to.be.greaterThan(1_500)
    expect(lintTree(await system.units.tree())).to.deep.equal([])
  })

  it('passes schools from their district to the new commune on 1 July 2025', async () => {
    const tree = await system.units.tree()
    const managedBy = (day: string): string => {
      const unit = managingUnitOn(tree, FULL_SECONDARY.id, day)
      return unit ? nameOn(unit, day) : ''
    }
    expect(managedBy('2025-06-30')).to.equal('Phòng Giáo dục và Đào tạo huyện Mẫu Một')
    expect(managedBy('2025-07-01')).to.equal('UBND xã Ví Dụ Đông')
  })

  it('lets every listed account in with the common password, without asking for a new one', async () => {
    const check = checkCredentials({ people: system.people, limits: signInLimits(db) })
    for (const { username } of demoAccounts) {
      const personId = await check(username, DEMO_PASSWORD, '127.0.0.1')
      expect(await system.people.accountOf(personId)).to.include({ username, mustChange: false })
    }
  })

  it('gives the complete report its level: every criterion at least at Mức 2, four held back from Mức 3', async () => {
    const assessment = await get(FULL_SECONDARY.id, LAST)
    const rating = ratingOf(assessment, await system.catalogue.setOf(assessment.set.hash))
    expect(rating.level).to.equal(2)
    expect(assessment.report.adopted?.level).to.equal(2)
    const withThird = rating.criteria.filter(each => ['2.2', '3.2', '3.6', '5.5'].includes(each.code))
    expect(withThird.map(each => each.level)).to.deep.equal([2, 2, 2, 2])
    expect(Object.values(assessment.criteria).every(each => each.state === 'frozen')).to.equal(true)
  })

  it('has no error on any sheet that is handed in or agreed', async () => {
    for (const [schoolId, year] of [
      [FULL_SECONDARY.id, LAST],
      [FULL_SECONDARY.id, NOW],
      [FULL_PRIMARY.id, NOW],
    ] as const)
      for (const error of await errorsOf(await get(schoolId, year))) expect.fail(error)
  })

  async function errorsOf(assessment: Assessment): Promise<readonly string[]> {
    const set = await system.catalogue.setOf(assessment.set.hash)
    const evidence = await system.citedEvidence(assessment.id)
    const errors: string[] = []
    for (const code of sheetCodes(set, false)) {
      const decision = assessment.criteria[keyOf(code)]
      const asked = askedBy(set, code, forceOf(assessment, set))
      if (!decision || !asked || ['assigned', 'analysing', 'drafting'].includes(decision.state)) continue
      const sheet = await system.sheets.find(assessment.id, code)
      const findings = lintSheet(lintInputOf({ assessment, decision, asked }, sheet, evidence, TODAY))
      for (const { severity, message } of findings)
        if (severity === 'error') errors.push(`${assessment.id} ${code}: ${message}`)
    }
    return errors
  }

  it('has some seventy coded items of evidence, several with an entry for each of five years, and real files', async () => {
    const items = await system.handout.evidenceOf(assessmentId(FULL_SECONDARY.id, LAST))
    expect(items.filter(item => item.code !== undefined).length).to.be.at.least(70)
    expect(items.filter(item => item.entries.length === 5).length).to.be.at.least(5)
    const files = items.flatMap(item => item.entries.flatMap(entry => entry.files))
    expect(new Set(files.map(file => file.mime))).to.have.keys('application/pdf', 'image/png')
    for (const file of files.slice(0, 3)) expect(await system.files.has(file.sha256)).to.equal(true)
    expect(files.reduce((sum, file) => sum + file.size, 0)).to.be.lessThan(5 * 1024 * 1024)
  })

  it('leaves work for every seat in the running year', async () => {
    const assessment = await get(FULL_SECONDARY.id, NOW)
    const decisions = Object.values(assessment.criteria)
    const canAct = async (username: string, event: 'handIn' | 'confirm' | 'agree', state: string): Promise<boolean> => {
      const account = await system.people.accountNamed(username)
      const actor = await system.actorOf(account?.personId ?? '')
      return decisions.some(
        decision =>
          decision.state === state &&
          actor !== undefined &&
          mayOnSheet[event](actor, placeOf(assessment, decision, TODAY)),
      )
    }
    expect(await canAct('thanhvien1', 'handIn', 'drafting'), 'member').to.equal(true)
    expect(await canAct('truongnhom1', 'confirm', 'groupReview'), 'lead').to.equal(true)
    expect(await canAct('hieutruong', 'agree', 'councilReview'), 'chair').to.equal(true)
    expect(decisions.some(each => each.returned?.from === 'group')).to.equal(true)
    expect(decisions.some(each => each.returned?.from === 'council')).to.equal(true)
    expect(
      (assessment.plan.deadlines['analysisDue'] ?? TODAY) < TODAY,
      'a deadline has passed with sheets still open',
    ).to.equal(true)
    const states = new Set((await system.handout.evidenceOf(assessment.id)).map(item => item.state))
    expect(states).to.include.members(['expected', 'missing', 'collected', 'rejected', 'verified', 'coded'])
  })

  it('has a comment round with an answer taken up and one still waiting', async () => {
    const comments = await system.comments.ofAssessment(assessmentId(FULL_PRIMARY.id, NOW))
    expect(comments.some(comment => comment.answer?.accepted)).to.equal(true)
    expect(comments.some(comment => comment.answer === undefined)).to.equal(true)
    const { consultation } = await get(FULL_PRIMARY.id, NOW)
    expect((consultation?.endsOn ?? '') >= TODAY, 'the teacher can still comment').to.equal(true)
    expect(comments.map(({ by }) => by)).to.not.include(
      (await system.people.accountNamed(`giaovien.${FULL_PRIMARY.id}`))?.personId,
    )
    const last = await get(FULL_SECONDARY.id, LAST)
    expect(last.consultation?.comments.every(comment => comment.answered)).to.equal(true)
  })

  it('took one unverified repeal as in force for last year, with its reason', async () => {
    const { switches } = await system.catalogue.treeOf(LAST)
    expect(switches.map(({ state, reason }) => [state, reason !== ''])).to.deep.equal([['on', true]])
  })

  it('lets groups of three schools be compared, since the province is small', async () => {
    const { rev, values } = await system.overrides.ofKey('minCellPublic', PROVINCE.id)
    expect([rev, values.map(({ value }) => value)]).to.deep.equal([1, [3]])
  })

  it('lets the Sở add a criterion of its own for the running year, which counts towards no level', async () => {
    const { versions } = await system.catalogue.treeOf(NOW)
    expect(versions?.map(({ state }) => state)).to.deep.equal(['published'])
    const assessment = await get(FULL_SECONDARY.id, NOW)
    expect(assessment.criteria[keyOf(LOCAL.criterion)]?.state).to.equal('drafting')
    const { criteria } = ratingOf(assessment, await system.catalogue.setOf(assessment.set.hash))
    expect(criteria.map(({ code }) => code)).not.to.include(LOCAL.criterion)
  })

  it('has a mapping that is not decided yet, and somebody to reach in every office and school', async () => {
    const desks = await system.mappingNeeds.mappings.desks()
    expect(desks.map(({ chosen, draft }) => [chosen, draft.some(({ how }) => how === 'renamed')])).to.deep.equal([
      [undefined, true],
    ])
    const units = [FULL_SECONDARY.id, FULL_PRIMARY.id, PROVINCE.id, ...COMMUNES.map(({ id }) => id)]
    const focals = await system.focals.ofUnits(units)
    expect([...focals.keys()]).to.have.members(units)
    expect([...focals.values()].every(({ email }) => email.endsWith('@minhhoa.example'))).to.equal(true)
  })

  it('leaves only a few sheets of the running year behind their deadline', async () => {
    const { criteria, plan } = await get(FULL_SECONDARY.id, NOW)
    const late = Object.values(criteria).filter(({ state }) => {
      const key = SHEET_DEADLINES[state]
      return key !== undefined && (plan.deadlines[key] ?? TODAY) < TODAY
    })
    expect(late.length).to.be.within(1, 5)
  })

  it('keeps the minutes of the council and cites them at the adoption', async () => {
    const minutes = await system.minutesNeeds.minutes.ofAssessment(assessmentId(FULL_SECONDARY.id, LAST))
    expect(minutes.map(({ state }) => state)).to.deep.equal(['signed', 'signed'])
    const { report } = await get(FULL_SECONDARY.id, LAST)
    expect(report.adopted?.minutes).to.contain(minutes.at(-1)?.words.number)
  })

  it('has opened a reporting period that gives every school its duty', async () => {
    const [period] = await system.periodNeeds.periods.ofYear(NOW)
    expect(period?.state).to.equal('open')
    const duties = await system.periodNeeds.duties.list({ periodId: period?.id ?? '' })
    expect(duties.map(({ unitId }) => unitId)).to.include.members([FULL_SECONDARY.id, FULL_PRIMARY.id])
  })

  it('gives people addresses of mail that lead nowhere', async () => {
    const account = await system.people.accountNamed('hieutruong')
    expect((await system.people.get(account?.personId ?? '')).email).to.match(/@minhhoa\.example$/)
  })

  it('changes nothing when it is loaded again', async () => {
    const before = await everything(db)
    await loadDemo(build, { say: line => expect.fail(line), essentialOnly: true, today: TODAY })
    await system.post.sweep()
    const after = await everything(db)
    expect([...after.keys()].filter(key => before.get(key) !== after.get(key))).to.deep.equal([])
    expect(after.size).to.equal(before.size)
  })
})
