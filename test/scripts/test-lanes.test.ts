import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { MongoClient } from 'mongodb'
import { runInLanes, type FileDone } from '../../scripts/test-lanes.ts'

const WORKER = path.resolve(import.meta.dirname, '../../scripts/test-worker.ts')
const at = (name: string): string => path.join(import.meta.dirname, 'lanes', `${name}.ts`)

async function run(names: readonly string[], given: { lanes?: number; limitMs?: number; grep?: string } = {}) {
  const done = new Map<string, FileDone>()
  const words: string[] = []
  const total = await runInLanes(names.map(at), {
    lanes: given.lanes ?? 1,
    worker: WORKER,
    limitMs: given.limitMs ?? 280_000,
    grep: given.grep,
    onDone(each) {
      done.set(path.basename(each.file, '.ts'), each)
      words.push(each.printed)
    },
  })
  return { total, done, words: words.join(''), printed: (name: string) => done.get(name)?.printed ?? '' }
}

async function databasesAt(address: string): Promise<readonly string[]> {
  const client = await MongoClient.connect(address)
  const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true })
  await client.close()
  return databases.map(({ name }) => name)
}

describe('test files in several processes', function () {
  this.timeout(300_000)

  it('counts every test and shows a failure whole, with what was wanted and what there was', async () => {
    const { total, printed } = await run(['fails', 'passes'])
    expect(total).to.deep.equal({ passed: 3, failed: 1 })
    expect(printed('fails')).to.contain('and one that does not').and.contain('Hoa Sen').and.contain('Hoa Ban')
    expect(printed('passes')).to.contain('2 passing').and.not.contain('Hoa Sen')
  })

  it('counts a file that ends the process as failed, and runs the next one in a new process', async () => {
    const { total, printed } = await run(['ends-the-process', 'passes'])
    expect(total).to.deep.equal({ passed: 2, failed: 1 })
    expect(printed('ends-the-process')).to.contain('last words').and.contain('làm tiến trình dừng')
  })

  it('fails a test that leaves a rejection behind, and a file that cannot be read', async () => {
    const { total, printed } = await run(['leaves-a-rejection', 'cannot-be-read', 'passes'])
    expect(total).to.deep.equal({ passed: 2, failed: 2 })
    expect(printed('leaves-a-rejection')).to.contain('nobody waited')
    expect(printed('cannot-be-read')).to.contain('not a test at all')
  })

  it('counts a process that cannot end well as failed, though its files went well', async () => {
    const { total, printed } = await run(['passes', 'cannot-end'])
    expect(total).to.deep.equal({ passed: 3, failed: 1 })
    expect(printed('sau tệp cuối cùng')).to.contain('không dọn được')
  })

  it('puts the databases of its files away', async () => {
    const { printed } = await run(['opens-a-database'])
    const [, address = '', name = ''] = /opened (\S+) (\S+)/.exec(printed('opens-a-database')) ?? []
    const socket = decodeURIComponent(new URL(address).hostname)
    const gone = socket.startsWith('/')
      ? !existsSync(path.dirname(socket))
      : !(await databasesAt(address)).includes(name)
    expect(name).to.match(/^test_/)
    expect(gone).to.equal(true)
  })

  it('leaves nothing of a file behind that listens on', async () => {
    const { words } = await run(Array.from({ length: 12 }, () => 'passes'))
    expect(words).to.contain('2 passing').and.not.contain('MaxListenersExceeded')
  })

  it('runs only the tests that are asked for', async () => {
    const { total } = await run(['passes', 'fails'], { grep: 'another' })
    expect(total).to.deep.equal({ passed: 1, failed: 0 })
  })

  it('stops a file that never ends, and runs the others beside it', async () => {
    const { total, done, printed } = await run(['never-ends', 'passes', 'fails'], { lanes: 2, limitMs: 40_000 })
    expect(total).to.deep.equal({ passed: 3, failed: 2 })
    expect([...done.keys()].at(-1)).to.equal('never-ends')
    expect(printed('never-ends')).to.contain('chưa xong sau 40 giây')
  })
})
