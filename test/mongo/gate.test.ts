import { expect } from 'chai'
import { gate } from '../../src/mongo/gate.ts'

/** Runs that end when told to. */
function controlled() {
  const log: string[] = []
  const ends = new Map<string, (error?: Error) => void>()
  const run = (name: string) => () =>
    new Promise<string>((done, fail) => {
      log.push(name)
      ends.set(name, error => (error === undefined ? done(name) : fail(error)))
    })
  return { log, run, end: (name: string, error?: Error) => ends.get(name)?.(error) }
}

describe('the gate of heavy reads', () => {
  it('lets in as many as it has places, then one for each that leaves, in order', async () => {
    const { log, run, end } = controlled()
    const enter = gate(2)
    const all = ['a', 'b', 'c', 'd'].map(name => enter(run(name)))
    expect(log).to.deep.equal(['a', 'b'])
    end('b')
    await all[1]
    expect(log).to.deep.equal(['a', 'b', 'c'])
    end('a')
    await all[0]
    expect(log).to.deep.equal(['a', 'b', 'c', 'd'])
    end('c')
    end('d')
    expect(await Promise.all(all)).to.deep.equal(['a', 'b', 'c', 'd'])
  })

  it('gives the place of a failed run to the next', async () => {
    const { log, run, end } = controlled()
    const enter = gate(1)
    const failing = enter(run('a')).catch((error: unknown) => error)
    const next = enter(run('b'))
    end('a', new Error('broken'))
    expect(await failing).to.be.instanceOf(Error)
    expect(log).to.deep.equal(['a', 'b'])
    end('b')
    expect(await next).to.equal('b')
  })
})
