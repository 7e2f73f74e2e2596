import { expect } from 'chai'
import type { Actor } from '../../src/kernel/actor.ts'
import { rulesFor } from '../../src/kernel/rules.ts'

interface Row {
  readonly unit: string
  readonly year: string
  readonly tags: readonly string[]
}

const actor: Actor = { personId: 'p', name: 'Lò Thị Mẫu', seats: [] }
const row = (own: Partial<Row> = {}): Row => ({ unit: 'a', year: '2025', tags: ['x'], ...own })

const may = rulesFor<Row>(each => each)({
  read: [() => ({ $or: [{ unit: 'a', year: '2025' }, { unit: 'b' }] })],
  close: [() => ({ $and: [{ $or: [{ unit: 'a' }, { unit: 'b' }] }, { tags: { $in: ['x', 'y'] } }] })],
  drop: [() => undefined],
  either: [() => undefined, () => ({ unit: 'b' })],
})

describe('rules checked in memory', () => {
  it('take any branch of an $or, all fields of a branch together', () => {
    expect(may.read(actor, row())).to.equal(true)
    expect(may.read(actor, row({ unit: 'b', year: '2020' }))).to.equal(true)
    expect(may.read(actor, row({ year: '2024' }))).to.equal(false)
  })
  it('ask for every branch of an $and, an $or among them', () => {
    expect(may.close(actor, row())).to.equal(true)
    expect(may.close(actor, row({ unit: 'c' }))).to.equal(false)
    expect(may.close(actor, row({ tags: ['z'] }))).to.equal(false)
  })
  it('allow nothing when no condition could match, and give a filter that finds nothing', () => {
    expect(may.drop(actor, row())).to.equal(false)
    expect(may.drop.where(actor)).to.deep.equal({ _id: { $in: [] } })
    expect(may.either(actor, row())).to.equal(false)
    expect(may.either(actor, row({ unit: 'b' }))).to.equal(true)
  })
})
