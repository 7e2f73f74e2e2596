import { expect } from 'chai'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { holderOf, takeDataFolder } from '../../src/mongo/data-lock.ts'
import { DataFolderHeld } from '../../src/mongo/no-database.ts'

const deadPid = () => spawnSync(process.execPath, ['--version']).pid

describe('the lock of a data folder', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const leave = (note: object) => writeFileSync(join(folder, 'kiem-dinh.lock'), JSON.stringify(note))

  it('is refused while a living process holds it, and the sentence names that process', () => {
    takeDataFolder(folder)
    expect(() => takeDataFolder(folder))
      .to.throw(DataFolderHeld, `Thư mục dữ liệu ${folder} đang được tiến trình ${process.pid} sử dụng`)
      .with.property('pid', process.pid)
  })

  it('is free again after its release, and leaves nothing behind', () => {
    takeDataFolder(folder).release()
    expect(readdirSync(folder)).to.deep.equal([])
    takeDataFolder(folder)
  })

  it('passes from a dead process, whose scratch folder is cleared away', () => {
    const scratch = join(folder, 'scratch')
    mkdirSync(scratch)
    leave({ pid: deadPid(), uri: 'mongodb://gone', scratch })
    expect(holderOf(folder)).to.equal(undefined)
    takeDataFolder(folder)
    expect(existsSync(scratch)).to.equal(false)
    expect(holderOf(folder)?.pid).to.equal(process.pid)
  })

  it('passes from a process that was killed and that its parent has not noticed yet', async () => {
    // The shell starts a child, tells its id and then becomes a program that never waits for children; only then the child
    // ends, or a shell that was faster would have noticed it.
    const ends = 'until grep -q sleep /proc/$PPID/comm; do :; done'
    const script = `sh -c '${ends}' & echo $!; exec sleep 60`
    const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] })
    const [pid] = await new Promise<number[]>(done => parent.stdout.once('data', text => done([Number(text)])))
    if (pid === undefined) throw new Error('the shell told no id')
    while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) await new Promise(next => setImmediate(next))
    leave({ pid })
    takeDataFolder(folder)
    expect(holderOf(folder)?.pid).to.equal(process.pid)
    parent.kill()
  })

  it('passes from a process whose id was given to another one since', () => {
    leave({ pid: process.pid, startedAt: '1' })
    takeDataFolder(folder)
    expect(holderOf(folder)?.startedAt).not.to.equal('1')
  })

  it('passes from a holder that died while writing it', () => {
    writeFileSync(join(folder, 'kiem-dinh.lock'), '{"pid":')
    takeDataFolder(folder)
    expect(holderOf(folder)?.pid).to.equal(process.pid)
  })

  it('tells others where the database listens', () => {
    takeDataFolder(folder).note({ uri: 'mongodb://here' })
    expect(holderOf(folder)).to.include({ pid: process.pid, uri: 'mongodb://here' })
  })
})
