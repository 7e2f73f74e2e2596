import { expect } from 'chai'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileStore, type References } from '../../src/evidence/file-store.ts'
import { NotFound } from '../../src/kernel/refusals.ts'
import { refusalOf } from './support.ts'

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const nobodyRefers: References = () => Promise.resolve(new Set())

describe('the file store', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'files-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const received = async (bytes: Buffer, where = path.join(folder, 'upload')) => {
    await writeFile(where, bytes)
    return { path: where, size: bytes.length, sha256: hashOf(bytes) }
  }
  const age = async (sha256: string, hours: number, now = new Date()) => {
    const { path: place } = await fileStore(folder).open(sha256)
    const then = new Date(now.getTime() - hours * 3_600_000)
    await utimes(place, then, then)
  }

  it('keeps a received file under its hash in two levels of folders and takes it from its temporary place', async () => {
    const store = fileStore(folder)
    const bytes = Buffer.from('Kế hoạch năm học')
    const file = await received(bytes)
    await store.keep(file)
    const kept = await store.open(file.sha256)
    expect(kept).to.deep.equal({
      path: path.join(folder, file.sha256.slice(0, 2), file.sha256.slice(2, 4), file.sha256),
      size: bytes.length,
    })
    expect(await readFile(kept.path)).to.deep.equal(bytes)
    expect(existsSync(file.path)).to.equal(false)
  })

  it('keeps the same bytes once, whichever way they come', async () => {
    const store = fileStore(folder)
    const bytes = Buffer.from('cùng một nội dung')
    const sha256 = await store.keepBytes(bytes)
    const again = await received(bytes)
    await store.keep(again)
    expect(sha256).to.equal(again.sha256)
    expect(existsSync(again.path)).to.equal(false)
    expect(await readdir(path.dirname((await store.open(sha256)).path))).to.deep.equal([sha256])
  })

  it('copies a file that arrives on another disk', async () => {
    const file = await received(Buffer.from('từ đĩa khác'))
    const acrossDisks = () => Promise.reject(Object.assign(new Error('cross-device link'), { code: 'EXDEV' }))
    await fileStore(folder, acrossDisks).keep(file)
    expect(await readFile((await fileStore(folder).open(file.sha256)).path, 'utf8')).to.equal('từ đĩa khác')
    expect(existsSync(file.path)).to.equal(false)
    expect(await readdir(path.join(folder, 'tmp'))).to.deep.equal([])
  })

  it('does not give a cut file a name', async () => {
    const file = await received(Buffer.from('chỉ còn một nửa'))
    const fault: unknown = await fileStore(folder)
      .keep({ ...file, size: file.size + 1 })
      .catch((error: unknown) => error)
    expect(fault).to.be.instanceOf(Error)
    expect(await fileStore(folder).has(file.sha256)).to.equal(false)
  })

  it('knows nothing under other names, and never leaves its folder', async () => {
    const store = fileStore(folder)
    expect(await refusalOf(store.open('a'.repeat(64)))).to.be.instanceOf(NotFound)
    expect(await refusalOf(store.open('../../etc/passwd'))).to.be.instanceOf(NotFound)
    expect(await store.has('../../etc/passwd')).to.equal(false)
  })

  it('sweeps what nobody refers to and is older than a day, and only that', async () => {
    const store = fileStore(folder)
    const [wanted, young, orphan] = [
      await store.keepBytes(Buffer.from('được dẫn')),
      await store.keepBytes(Buffer.from('mới tải lên')),
      await store.keepBytes(Buffer.from('không ai dẫn')),
    ]
    await age(wanted, 25)
    await age(young, 23)
    await age(orphan, 25)
    const asked: string[] = []
    const references: References = hashes => {
      asked.push(...hashes)
      return Promise.resolve(new Set([wanted]))
    }
    expect(await store.sweep(references, new Date())).to.deep.equal([orphan])
    expect(asked).to.have.members([wanted, orphan])
    expect(await Promise.all([wanted, young, orphan].map(store.has))).to.deep.equal([true, true, false])
    expect(await store.sweep(references, new Date()), 'a second sweep').to.deep.equal([])
  })

  it('spares a file that is kept again while the sweep is asking', async () => {
    const store = fileStore(folder)
    const sha256 = await store.keepBytes(Buffer.from('tải lại đúng lúc dọn'))
    await age(sha256, 25)
    const keepsMeanwhile: References = async () => {
      await store.keepBytes(Buffer.from('tải lại đúng lúc dọn'))
      return new Set()
    }
    expect(await store.sweep(keepsMeanwhile, new Date())).to.deep.equal([])
    expect(await store.has(sha256)).to.equal(true)
  })

  it('leaves no half file under a final name when the process is killed while keeping', async function () {
    this.timeout(180_000)
    let halvesBefore = 0
    for (let round = 0; round < 6; round++) {
      const script = path.join(import.meta.dirname, 'keep-forever.ts')
      const child = spawn(process.execPath, ['--import', 'tsx', script, folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      // Killed when a further file is being made, each round a little later in its making.
      await new Promise(done => child.stdout.once('data', done))
      while (readdirSync(path.join(folder, 'tmp')).length <= halvesBefore) await new Promise(setImmediate)
      const later = process.hrtime.bigint() + BigInt(round * 2_000_000)
      while (process.hrtime.bigint() < later) await new Promise(setImmediate)
      const ended = new Promise(done => child.once('exit', done))
      child.kill('SIGKILL')
      await ended
      halvesBefore = readdirSync(path.join(folder, 'tmp')).length
    }
    const names = await readdir(folder, { recursive: true, withFileTypes: true })
    const finals = names.filter(each => each.isFile() && /^[0-9a-f]{64}$/.test(each.name))
    expect(finals.length).to.be.greaterThan(5)
    for (const each of finals)
      expect(hashOf(await readFile(path.join(each.parentPath, each.name))), each.name).to.equal(each.name)
    const halves = names.filter(each => each.isFile() && each.parentPath.endsWith('tmp'))
    expect(halves.length, 'at least one kill hit a file in the making').to.be.greaterThan(0)
    await fileStore(folder).sweep(nobodyRefers, new Date(Date.now() + 2 * 86_400_000))
    expect(await readdir(path.join(folder, 'tmp')), 'the halves are swept').to.deep.equal([])
  })
})
