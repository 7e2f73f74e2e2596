import { expect } from 'chai'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../../src/mongo/connect.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { holderOf } from '../../src/mongo/data-lock.ts'
import { startEngine } from '../../src/mongo/embedded-engine.ts'
import type { Engine } from '../../src/mongo/embedded-engine.ts'
import { DataFolderHeld } from '../../src/mongo/no-database.ts'
import { openDatabase } from '../../src/mongo/open-database.ts'

/** Writes numbered rows one after another until told to stop; remembers those that were acknowledged. */
function writer(db: Database, lane: number) {
  const acknowledged: string[] = []
  let stopped = false
  const rows = db.connection.collection<{ _id: string }>('rows')
  const done = (async () => {
    for (let n = 0; ; n += 1) {
      if (stopped) return
      try {
        await rows.insertOne({ _id: `${lane}-${n}` })
        acknowledged.push(`${lane}-${n}`)
      } catch (error) {
        if (!(error instanceof Error && error.name.startsWith('Mongo'))) throw error
      }
    }
  })()
  return {
    acknowledged,
    async atLeast(count: number) {
      const goal = acknowledged.length + count
      while (acknowledged.length < goal) await new Promise(next => setImmediate(next))
    },
    async stop() {
      stopped = true
      await done
    },
  }
}

describe('the embedded engine', () => {
  let dataDir: string
  let engine: Engine
  let db: Database
  const said: string[] = []
  const say = (line: string) => void said.push(line)

  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'engine-'))
    engine = await startEngine({ dataDir, cacheMb: 300, say })
    db = await connect(engine.uri, 'trial')
  })
  after(async () => {
    await db.close()
    await engine.close()
    expect(readdirSync(dataDir)).to.deep.equal(['mongo'])
    rmSync(dataDir, { recursive: true })
  })

  it('is set up for sorts over many keys and with the cache that was asked for', async () => {
    const admin = db.client.db('admin')
    const ranker = await admin.command({ getParameter: 1, internalQueryPlanRanker: 1 })
    expect(ranker).to.include({ internalQueryPlanRanker: 'multiPlanning' })
    const status: unknown = await admin.command({ serverStatus: 1 })
    expect(status).to.have.nested.property('wiredTiger.cache.maximum bytes configured', 300 * 2 ** 20)
  })

  it('refuses a second engine on its folder and names the process that has it', async () => {
    const error = await startEngine({ dataDir, cacheMb: 300, say }).catch((reason: unknown) => reason)
    expect(error).to.be.instanceOf(DataFolderHeld).with.property('pid', process.pid)
  })

  it('is joined by a command that asks for it', async () => {
    const joined = await openDatabase({ dataDir, join: true, say })
    expect(joined.uri).to.equal(engine.uri)
    await joined.close()
    expect(await db.client.db('admin').command({ ping: 1 })).to.include({ ok: 1 })
  })

  it('comes back after kill -9 at the same address with every acknowledged write', async () => {
    const lanes = [0, 1, 2, 3].map(lane => writer(db, lane))
    for (let round = 0; round < 2; round += 1) {
      const pid = engine.pid()
      if (pid === undefined) throw new Error('the engine is not running')
      await Promise.all(lanes.map(lane => lane.atLeast(25)))
      process.kill(pid, 'SIGKILL')
      await Promise.all(lanes.map(lane => lane.atLeast(5)))
      expect(engine.pid()).to.be.a('number').and.not.equal(pid)
    }
    await Promise.all(lanes.map(lane => lane.stop()))
    const stored = new Set(await db.connection.collection<{ _id: string }>('rows').distinct('_id'))
    const lost = lanes.flatMap(lane => lane.acknowledged).filter(id => !stored.has(id))
    expect(lost).to.deep.equal([])
    expect(said.filter(line => line === 'Cơ sở dữ liệu đã chạy lại.')).to.have.length(2)
    const ranker = await db.client.db('admin').command({ getParameter: 1, internalQueryPlanRanker: 1 })
    expect(ranker, 'set again after the restart').to.include({ internalQueryPlanRanker: 'multiPlanning' })
  })

  it('keeps the data over a stop and a start, and frees the folder in between', async () => {
    await db.connection.collection<{ _id: string }>('kept').insertOne({ _id: 'here' })
    await db.close()
    const socketFolder = decodeURIComponent(engine.uri.slice('mongodb://'.length)).replace(/\/mongo\.sock.*$/, '')
    await engine.close()
    expect(existsSync(socketFolder)).to.equal(false)
    expect(holderOf(dataDir)).to.equal(undefined)
    engine = await startEngine({ dataDir, cacheMb: 300, say })
    db = await connect(engine.uri, 'trial')
    expect(await db.connection.collection<{ _id: string }>('kept').findOne({ _id: 'here' })).to.deep.equal({
      _id: 'here',
    })
  })
})
