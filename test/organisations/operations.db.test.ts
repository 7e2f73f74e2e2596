import { expect } from 'chai'
import type { Actor, SeatRole } from '../../src/kernel/actor.ts'
import { Forbidden, StaleWrite, StepRefused } from '../../src/kernel/refusals.ts'
import { journalStore, relay } from '../../src/journal/index.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import type { Database } from '../../src/mongo/connect.ts'
import {
  applyOperation,
  checkOperation,
  discardOperation,
  finishOperations,
  lintTree,
  operationStore,
  planOperation,
  undoOperation,
  unitStore,
  type Operation,
  type OperationDraft,
  type OperationNeeds,
  type Unit,
} from '../../src/organisations/index.ts'
import { beginApplying } from '../../src/organisations/operate.ts'
import { followOperation } from '../../src/organisations/operation-progress.ts'
import { testDatabase } from '../support/database.ts'
import { explainUsesIndex } from '../support/explain.ts'
import { aUnit, twoTierProvince } from './a-tree.ts'
import { rejection } from './rejection.ts'

const as = (role: SeatRole, unitId = 'so'): Actor => ({
  personId: `p-${role}`,
  name: 'Trần Văn Ổi',
  seats: [{ role, unitId, from: '2020-01-01' }],
})
const [admin, officer] = [as('itAdmin'), as('provinceOfficer')]

describe('operations on units in the database', () => {
  let db: Database
  let outbox: ReturnType<typeof relay>
  let needs: OperationNeeds
  let today = '2025-11-22'
  let last = 0

  before(async () => {
    db = await testDatabase()
    outbox = relay(db, journalStore(db), error => {
      throw error
    })
    needs = {
      units: unitStore(db, outbox),
      operations: operationStore(db, outbox),
      now: () => new Date(`${today}T02:00:00Z`),
      newId: () => `op-${++last}`,
    }
    await ensureIndexes(db)
    const by = { actor: admin, at: needs.now() }
    for (const { rev: _rev, ...unit } of twoTierProvince().values()) await needs.units.add(unit, by)
    for (const id of ['mn-1', 'mn-2'])
      await needs.units.add(aUnit(id, { from: '2025-07-01', parents: [{ parentId: 'xa', from: '2025-07-01' }] }), by)
  })

  beforeEach(() => {
    today = '2025-11-22'
  })

  const plan = (draft: OperationDraft, from: string, reason = '', actor = admin): Promise<Operation> =>
    planOperation(needs)(actor, { provinceId: 'so', draft, from, decision: '12/QĐ-UBND', reason })
  const checked = async (draft: OperationDraft, from: string, reason = ''): Promise<Operation> =>
    checkOperation(needs)(admin, await plan(draft, from, reason))
  const withoutRev = async (id: string): Promise<Omit<Unit, 'rev'>> => {
    const { rev: _rev, ...unit } = await needs.units.get(id)
    return unit
  }
  const events = async (id: string): Promise<readonly string[]> => {
    await outbox.settled()
    const rows = await db.connection.collection('journal').find({ 'subject.id': id }).sort({ seq: 1 }).toArray()
    return rows.map(row => String((row['entry'] as { event: string }).event))
  }

  it('plans, previews, applies and undoes before the day, each unit as it was, each step in the journal', async () => {
    const before = [await withoutRev('mn-1'), await withoutRev('mn-2')]
    const unit = {
      id: 'mn-moi',
      kind: 'school',
      name: { name: 'Trường Mầm non Mới' },
      place: 'Suối Mây',
      symbol: 'MNM',
      parentId: 'xa',
      shape: { schoolKind: 'mam_non', levels: ['mam_non'], ownership: 'public' },
    } as const
    const merged = await checked({ kind: 'merge', sources: ['mn-1', 'mn-2'], into: { unit } }, '2026-01-01')
    expect(merged).to.include({ state: 'previewed', title: 'Sáp nhập mn-1, mn-2 thành Trường Mầm non Mới' })
    const done = await applyOperation(needs)(admin, merged)
    expect((await needs.units.get('mn-1')).to).to.equal('2025-12-31')
    expect((await needs.units.get('mn-moi')).from).to.equal('2026-01-01')
    expect(lintTree(await needs.units.treeNow())).to.deep.equal([])
    expect((await needs.operations.ofUnit('mn-2')).map(each => each.id)).to.deep.equal([done.id])

    await undoOperation(needs)(admin, done, 'Tỉnh chưa quyết')
    expect([await withoutRev('mn-1'), await withoutRev('mn-2')]).to.deep.equal(before)
    expect(await needs.units.find('mn-moi')).to.equal(undefined)
    expect((await needs.units.tree()).has('mn-moi')).to.equal(false)
    expect(await events('mn-1')).to.deep.equal(['addUnit', 'closeUnit', 'undoOperation'])
    expect(await events(done.id)).to.deep.equal(['plan', 'preview', 'apply', 'undo'])

    const again = await applyOperation(needs)(
      admin,
      await checked({ kind: 'merge', sources: ['mn-1'], into: { unit } }, '2026-02-01'),
    )
    expect((await needs.units.get('mn-moi')).from).to.equal('2026-02-01')
    await undoOperation(needs)(admin, again, 'Thử xong')
  })

  it('is undone only before its day, with a reason, and in the reverse order of decisions', async () => {
    const first = await applyOperation(needs)(
      admin,
      await checked({ kind: 'rename', unitId: 'thpt', name: { name: 'Trường THPT Đồi Sim' } }, '2026-03-01'),
    )
    const second = await applyOperation(needs)(
      admin,
      await checked({ kind: 'rename', unitId: 'thpt', name: { name: 'Trường THPT Đồi Chè' } }, '2026-04-01'),
    )
    const early = await rejection(undoOperation(needs)(admin, first, 'Nhầm'))
    expect(early).to.be.instanceOf(StepRefused)
    expect(String(early instanceof StepRefused && early.unmet[0]?.message)).to.contain(
      'đã thay đổi theo một quyết định sau',
    )
    expect(await rejection(undoOperation(needs)(admin, second, ''))).to.be.instanceOf(StepRefused)
    await undoOperation(needs)(admin, second, 'Nhầm')
    today = '2026-03-01'
    const late = await rejection(undoOperation(needs)(admin, first, 'Nhầm'))
    expect(late instanceof StepRefused && late.unmet.map(each => each.code)).to.deep.equal(['inForce'])
    today = '2026-02-28'
    await undoOperation(needs)(admin, first, 'Nhầm')
    expect((await needs.units.get('thpt')).names).to.have.length(1)
  })

  it('takes a day that has passed only with a reason', async () => {
    const draft = { kind: 'rename', unitId: 'thpt', name: { name: 'Trường THPT Đồi Mận' } } as const
    const bare = await rejection(checkOperation(needs)(admin, await plan(draft, '2025-09-01')))
    expect(bare instanceof StepRefused && bare.unmet.map(each => each.code)).to.deep.equal(['reasonMissing'])
    expect((await checked(draft, '2025-09-01', 'Quyết định gửi chậm')).state).to.equal('previewed')
  })

  it('asks for a new preview when another decision came between, and lets one of two at once win', async () => {
    const one = await checked({ kind: 'rename', unitId: 'mn-1', name: { name: 'Tên một' } }, '2026-05-01')
    const two = await checked({ kind: 'rename', unitId: 'mn-2', name: { name: 'Tên hai' } }, '2026-05-01')
    const outcome = await Promise.allSettled([one, two].map(each => applyOperation(needs)(admin, each)))
    expect(outcome.map(each => each.status).toSorted()).to.deep.equal(['fulfilled', 'rejected'])
    const lost = outcome.find(each => each.status === 'rejected')
    expect(lost?.reason).to.satisfy((error: unknown) => error instanceof StaleWrite || error instanceof StepRefused)
    const left = outcome[0]?.status === 'rejected' ? one : two
    expect(await rejection(applyOperation(needs)(admin, left))).to.be.instanceOf(StepRefused)
    await applyOperation(needs)(admin, await checkOperation(needs)(admin, await needs.operations.get(left.id)))
    expect((await needs.units.get('mn-1')).names.at(-1)?.name).to.equal('Tên một')
    expect((await needs.units.get('mn-2')).names.at(-1)?.name).to.equal('Tên hai')
  })

  it('finishes what a crash cut off in the middle, and changes nothing twice', async () => {
    const draft = { kind: 'move', unitIds: ['mn-1', 'mn-2', 'thcs'], parentId: 'so' } as const
    const operation = await checked(draft, '2026-06-01')
    let writes = 0
    const crashing: OperationNeeds = {
      ...needs,
      units: {
        ...needs.units,
        async arrange(all, entry) {
          writes++
          await needs.units.arrange(all.slice(0, 1), entry)
          throw new Error('the power failed')
        },
      },
    }
    await rejection(applyOperation(crashing)(admin, operation))
    expect(writes).to.equal(1)
    const parentOf = async (id: string) => (await needs.units.get(id)).parents.at(-1)?.parentId
    expect([await parentOf('mn-1'), await parentOf('mn-2')]).to.deep.equal(['so', 'xa'])
    await Promise.all([finishOperations(needs), finishOperations(needs)])
    expect([await parentOf('mn-1'), await parentOf('mn-2'), await parentOf('thcs')]).to.deep.equal(['so', 'so', 'so'])
    const revs = (await needs.units.get('mn-1')).rev
    await finishOperations(needs)
    expect((await needs.units.get('mn-1')).rev).to.equal(revs)
    expect(await needs.operations.unfinished()).to.deep.equal([])
    expect((await events('mn-1')).filter(event => event === 'moveUnit')).to.have.length(1)
  })

  it('lets its decision stand at once, changes the units behind it and tells how far it is', async () => {
    const draft = { kind: 'move', unitIds: ['mn-1', 'mn-2'], parentId: 'xa' } as const
    let goOn = (): void => undefined
    const mayGoOn = new Promise<void>(resolve => (goOn = resolve))
    const waiting: OperationNeeds = {
      ...needs,
      units: {
        ...needs.units,
        arrange: async (writes, entry) => {
          await mayGoOn
          await needs.units.arrange(writes, entry)
        },
      },
    }
    const { operation, ended } = await beginApplying(waiting)(admin, await checked(draft, '2026-09-01'))
    expect(operation).to.include({ state: 'applied', finished: false })
    const steps = followOperation(needs, operation.id, 2)
    expect((await steps.next()).value).to.deep.equal({ done: 0, total: 2, message: '0% – đã đổi 0/2 đơn vị.' })
    goOn()
    await ended
    expect((await steps.next()).value).to.deep.equal({ href: `/sap-xep-don-vi/${operation.id}` })
    expect(await needs.operations.get(operation.id)).to.include({ finished: true, unitsDone: 2 })
    expect((await needs.units.get('mn-2')).parents.at(-1)?.parentId).to.equal('xa')
  })

  it('lets the officer plan, the lead and the IT team carry out, and nobody of another Sở', async () => {
    const draft = { kind: 'rename', unitId: 'xa', name: { name: 'UBND xã Suối Mới' } } as const
    const planned = await plan(draft, '2026-07-01', '', officer)
    const previewed = await checkOperation(needs)(officer, planned)
    expect(await rejection(applyOperation(needs)(officer, previewed))).to.be.instanceOf(Forbidden)
    expect(await rejection(plan(draft, '2026-07-01', '', as('itAdmin', 'so-khac')))).to.be.instanceOf(Forbidden)
    expect(await rejection(plan(draft, '2026-07-01', '', as('middleLead', 'xa')))).to.be.instanceOf(Forbidden)
    expect((await discardOperation(needs)(officer, previewed)).state).to.equal('discarded')
  })

  it('answers its queries from an index', async () => {
    const at = db.connection.collection('unitOperations')
    await explainUsesIndex(at.find({ unitIds: 'mn-1' }).sort({ from: 1 }))
    await explainUsesIndex(at.find({ finished: false }))
    await explainUsesIndex(
      at
        .find({ turn: { $exists: true } })
        .sort({ turn: -1 })
        .limit(1),
    )
    await explainUsesIndex(at.find({ provinceId: { $in: ['so'] } }).sort({ createdAt: -1 }))
  })
})
