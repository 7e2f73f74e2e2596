import { expect } from 'chai'
import { assignCode, moveBox } from '../../src/evidence/assign-code.ts'
import { finishRenumberings } from '../../src/evidence/carry-out-renumbering.ts'
import { verify, withdraw } from '../../src/evidence/check-evidence.ts'
import { collect } from '../../src/evidence/collect.ts'
import { labelOf } from '../../src/evidence/evidence-facts.ts'
import { evidenceOf } from '../../src/evidence/evidence-needs.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { freezeAll } from '../../src/evidence/freeze-all.ts'
import { renumber } from '../../src/evidence/renumber.ts'
import { Forbidden, StepRefused } from '../../src/kernel/refusals.ts'
import { aDossier, anInput, bench, HEAD, MEMBER, refusalOf, SECRETARIAT, SECRETARY, type Bench } from './support.ts'

const ID = aDossier().id

describe('the one renumbering of an assessment', () => {
  let b: Bench
  let items: Evidence[]
  beforeEach(async () => {
    b = await bench()
    items = []
    for (let n = 1; n <= 4; n++) await add(n)
  })
  afterEach(() => b.close())

  const add = async (n: number, criterion = '1.1') => {
    const input = anInput({ criterion, name: `Minh chứng ${n}`, entry: { ...anInput().entry, number: `${n}/KH` } })
    const { item } = await collect(b.needs)(MEMBER, ID, { input, files: [await b.received(`tệp ${n}`)] })
    await verify(b.needs)(SECRETARIAT, item.id, { dataClass: 'internal', originalSeen: true })
    items.push(await assignCode(b.needs)(SECRETARIAT, item.id))
  }
  const labels = async () =>
    Object.fromEntries(
      (await evidenceOf(b.needs, ID)).map(item => [item.name.replace('Minh chứng ', ''), labelOf(item)]),
    )
  /** Cited in this order by the report. */
  const cite = (...numbers: number[]) => {
    b.cited.clear()
    for (const n of numbers) b.cited.set(items[n - 1]?.id ?? '', ['1.1'])
  }

  it('numbers anew in the order of citation, closes the gaps and keeps the old codes with the items', async () => {
    await withdraw(b.needs)(SECRETARY, items[1]?.id ?? '', 'trùng')
    cite(4, 1)
    await renumber(b.needs)(SECRETARY, ID)
    expect(await labels()).to.deep.equal({
      '1': '[H1-1.1-02]',
      '2': '[MC-002]',
      '3': '[H1-1.1-03]',
      '4': '[H1-1.1-01]',
    })
    const [first] = await evidenceOf(b.needs, ID)
    expect(first?.formerCodes).to.deep.equal(['[H1-1.1-01]'])
    const entry = (await b.historyOf(items[3]?.id ?? '')).find(each => each.event === 'renumber')
    expect(entry?.facts).to.deep.equal({ from: '[H1-1.1-04]', to: '[H1-1.1-01]' })
    await add(5)
    expect((await labels())['5'], 'the next new item').to.equal('[H1-1.1-04]')
  })

  it('is done once, by the secretary, before the adoption', async () => {
    expect(await refusalOf(renumber(b.needs)(SECRETARIAT, ID))).to.be.instanceOf(Forbidden)
    await renumber(b.needs)(SECRETARY, ID)
    const twice = await refusalOf(renumber(b.needs)(SECRETARY, ID))
    expect((twice as StepRefused).unmet.map(each => each.code)).to.include('renumberedBefore')
    b.put({ adopted: true, collecting: false })
    const adopted = await refusalOf(renumber(b.needs)(SECRETARY, ID))
    expect((adopted as StepRefused).unmet.map(each => each.code)).to.include('codesFrozen')
  })

  it('is refused after a first adoption, also when the report came back and is written again', async () => {
    await freezeAll(b.needs)(HEAD, ID)
    expect(await refusalOf(renumber(b.needs)(SECRETARY, ID)), 'nothing left to number').to.be.instanceOf(StepRefused)
    await add(5)
    const refusal = await refusalOf(renumber(b.needs)(SECRETARY, ID))
    expect((refusal as StepRefused).unmet.map(each => each.code)).to.deep.equal(['codesFrozen'])
    expect(await refusalOf(moveBox(b.needs)(SECRETARIAT, items[4]?.id ?? '', 2))).to.be.instanceOf(StepRefused)
    expect((await labels())['5']).to.equal('[H1-1.1-05]')
  })

  it('lets only one of two secretaries decide', async () => {
    cite(4, 3, 2, 1)
    const outcomes = await Promise.allSettled([renumber(b.needs)(SECRETARY, ID), renumber(b.needs)(SECRETARY, ID)])
    expect(outcomes.map(each => each.status).toSorted()).to.deep.equal(['fulfilled', 'rejected'])
    expect(Object.values(await labels())).to.deep.equal(['[H1-1.1-04]', '[H1-1.1-03]', '[H1-1.1-02]', '[H1-1.1-01]'])
  })

  // Every place at which a crash can cut the work off: after each write of it.
  for (let writes = 0; writes <= 9; writes++)
    it(`comes to the same end when the system dies after write ${writes} and starts again`, async () => {
      cite(4, 3, 2, 1)
      let left = writes
      const crash = () => {
        if (left-- <= 0) throw new Error('killed')
      }
      const { evidence, renumberings } = b.needs
      const dying = {
        ...b.needs,
        evidence: {
          ...evidence,
          park: async (...given: Parameters<typeof evidence.park>) => (crash(), evidence.park(...given)),
          recode: async (...given: Parameters<typeof evidence.recode>) => (crash(), evidence.recode(...given)),
        },
        renumberings: {
          ...renumberings,
          finish: async (...given: Parameters<typeof renumberings.finish>) => (crash(), renumberings.finish(...given)),
        },
      }
      const killed = await renumber(dying)(SECRETARY, ID).then(
        () => false,
        () => true,
      )
      expect(killed).to.equal(writes < 9)
      await finishRenumberings(b.needs)
      const stored = await b.needs.evidence.ofAssessment(ID)
      expect(stored.map(labelOf)).to.deep.equal(['[H1-1.1-04]', '[H1-1.1-03]', '[H1-1.1-02]', '[H1-1.1-01]'])
      expect(stored.map(item => item.formerCodes.length)).to.deep.equal([1, 1, 1, 1])
      expect(await renumberings.unfinished()).to.deep.equal([])
    })

  it('is finished by the next reader too, and by several at once', async () => {
    cite(4, 3, 2, 1)
    const dying = { ...b.needs, evidence: { ...b.needs.evidence, recode: () => Promise.reject(new Error('killed')) } }
    await renumber(dying)(SECRETARY, ID).catch(() => undefined)
    expect((await b.needs.evidence.ofAssessment(ID)).every(item => item.code === undefined)).to.equal(true)
    const readers = await Promise.all([labels(), labels(), labels()])
    for (const seen of readers)
      expect(seen).to.deep.equal({ '1': '[H1-1.1-04]', '2': '[H1-1.1-03]', '3': '[H1-1.1-02]', '4': '[H1-1.1-01]' })
  })

  it('gives a code asked for in the middle the number after all decided ones', async () => {
    cite(4, 3, 2, 1)
    const dying = { ...b.needs, evidence: { ...b.needs.evidence, recode: () => Promise.reject(new Error('killed')) } }
    await renumber(dying)(SECRETARY, ID).catch(() => undefined)
    await add(5)
    expect((await labels())['5']).to.equal('[H1-1.1-05]')
  })
})
