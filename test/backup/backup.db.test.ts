import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { Double, Int32, Long } from 'mongodb'
import { BackupFailed, BadBackup } from '../../src/backup/backup-words.ts'
import { checkBackup } from '../../src/backup/check-backup.ts'
import { keptPlace } from '../../src/evidence/index.ts'
import { backupsIn, makeBackup } from '../../src/backup/make-backup.ts'
import { refuseHalfRestored, restoreBackup } from '../../src/backup/restore-backup.ts'
import { fileStore } from '../../src/evidence/index.ts'
import { dumpCollection, dumpedRows } from '../../src/mongo/dump.ts'
import { connect, type Database } from '../../src/mongo/connect.ts'
import { addressOf, testDatabase } from '../support/database.ts'

const quiet = async (): Promise<void> => undefined

interface Row {
  readonly _id: string
  readonly n?: number
}

describe('a backup', function () {
  this.timeout(180_000)
  let db: Database
  let root: string
  let filesDir: string
  let to: string
  let minutes = 0
  const kept: string[] = []

  before(async () => {
    db = await testDatabase()
    root = mkdtempSync(path.join(tmpdir(), 'kd-backup-'))
    filesDir = path.join(root, 'files')
    to = path.join(root, 'backups')
    const things = db.client.db(db.name).collection<{ _id: string }>('things')
    await things.insertMany(
      Array.from({ length: 2500 }, (_, at) => ({
        _id: `thing-${at}`,
        whole: new Int32(at),
        broken: new Double(5),
        large: Long.fromString('9007199254740993'),
        at: new Date(0),
        answers: { b: true, '2': 'hai', '1': 'một' },
        words: 'Tiêu chí 1.1 – đạt Mức 2',
        nothing: null,
        list: [[], {}, [1]],
      })),
    )
    // A path that was set later stands behind the others, which plain objects would not keep.
    await things.updateOne({ _id: 'thing-7' }, { $set: { 'answers.3': 'ba' } })
    await db.client.db(db.name).collection<Row>('sessions').insertOne({ _id: 'somebody' })
    const files = fileStore(filesDir)
    for (const words of ['ảnh chụp', 'báo cáo', 'biên bản']) kept.push(await files.keepBytes(Buffer.from(words)))
  })
  after(() => rmSync(root, { recursive: true, force: true }))

  const make = () => {
    const at = new Date(Date.UTC(2026, 1, 5, 2, minutes++))
    return makeBackup({ db, filesDir, application: '0.1.0', now: () => at }, to, quiet)
  }
  const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'nothing refused',
      (error: unknown) => error,
    )
  const allOf = (of: Database, name: string) =>
    of.client
      .db(of.name)
      .collection<Row>(name)
      .find({}, { promoteValues: false, sort: { _id: 1 } })
      .toArray()

  it('comes back equal document by document and file by file', async () => {
    const { folder, manifest } = await make()
    expect(manifest.collections.find(({ name }) => name === 'things')).to.include({ count: 2500 })
    expect(manifest.collections.map(({ name }) => name))
      .to.not.include('sessions')
      .and.not.include('writers')
    expect(manifest.files).to.include({ count: 3 })
    const target = await testDatabase()
    const restored = path.join(root, 'restored')
    await restoreBackup({ db: target, filesDir: restored }, folder, quiet)
    expect(await allOf(target, 'things')).to.deep.equal(await allOf(db, 'things'))
    expect(await allOf(target, 'sessions')).to.deep.equal([])
    for (const sha256 of kept)
      expect(readFileSync(keptPlace(restored, sha256))).to.deep.equal(readFileSync(keptPlace(filesDir, sha256)))
    await refuseHalfRestored(target)

    const again = await refusalOf(restoreBackup({ db: target, filesDir: path.join(root, 'other') }, folder, quiet))
    expect(again).to.be.instanceOf(BackupFailed).and.have.property('message').that.contains('đã có dữ liệu')
    const full = await refusalOf(restoreBackup({ db: await testDatabase(), filesDir: restored }, folder, quiet))
    expect(full).to.be.instanceOf(BackupFailed).and.have.property('message').that.contains('đã có tệp')
  })

  it('goes on after a restore that was killed, and no server starts on half of the data', async () => {
    const { folder } = await make()
    const target = await testDatabase()
    const rows = target.client.db(target.name)
    await rows.collection<Row>('restoreUnfinished').insertOne({ _id: 'x' })
    await rows.collection<Row>('things').insertOne({ _id: 'thing-0' })
    expect(await refusalOf(refuseHalfRestored(target))).to.be.instanceOf(BackupFailed)
    await restoreBackup({ db: target, filesDir: path.join(root, 'killed') }, folder, quiet)
    expect(await rows.collection('things').countDocuments()).to.equal(2500)
    await refuseHalfRestored(target)
  })

  it('shares the bytes of files with the store and with earlier backups', async () => {
    const [one, two] = [await make(), await make()]
    const sha256 = kept[0] ?? ''
    const inodes = [filesDir, path.join(one.folder, 'files'), path.join(two.folder, 'files')].map(
      place => statSync(keptPlace(place, sha256)).ino,
    )
    expect(new Set(inodes).size).to.equal(1)
  })

  const damages: readonly {
    readonly what: string
    readonly damage: (folder: string) => void
    readonly says: string
  }[] = [
    {
      what: 'cut data',
      damage: folder => truncateSync(path.join(folder, 'data', 'things.bson'), 1000),
      says: 'bị cắt',
    },
    {
      what: 'one changed byte',
      damage: folder => {
        const file = path.join(folder, 'data', 'things.bson')
        const bytes = readFileSync(file)
        bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1
        writeFileSync(file, bytes)
      },
      says: 'đã hỏng hoặc bị sửa',
    },
    {
      what: 'a lost collection',
      damage: folder => rmSync(path.join(folder, 'data', 'things.bson')),
      says: 'không còn',
    },
    {
      what: 'a shorter list of files',
      damage: folder => truncateSync(path.join(folder, 'files.txt'), 80),
      says: 'Danh sách tệp',
    },
    {
      what: 'a lost file',
      damage: folder => rmSync(keptPlace(path.join(folder, 'files'), kept[1] ?? '')),
      says: 'không còn',
    },
    {
      what: 'a changed manifest',
      damage: folder => replace(folder, '"count": 2500', '"count": 2499'),
      says: 'đã bị sửa',
    },
    { what: 'a cut manifest', damage: folder => truncateSync(path.join(folder, 'manifest.json'), 200), says: 'bị cắt' },
    {
      what: 'a newer schema',
      damage: folder => replace(folder, '"schema": 1', '"schema": 2'),
      says: 'phiên bản mới hơn',
    },
    {
      what: 'no manifest',
      damage: folder => rmSync(path.join(folder, 'manifest.json')),
      says: 'không phải bản sao lưu',
    },
  ]
  for (const { what, damage, says } of damages) {
    it(`is refused with ${what}, and the database stays empty`, async () => {
      const { folder } = await make()
      damage(folder)
      const target = await testDatabase()
      const refused = await refusalOf(restoreBackup({ db: target, filesDir: path.join(root, 'none') }, folder, quiet))
      expect(refused).to.be.instanceOf(BadBackup).and.have.property('message').that.contains(says)
      expect(await target.client.db(target.name).collection('things').countDocuments()).to.equal(0)
    })
  }

  it('leaves out a file whose bytes are not its own any more, and says which', async () => {
    const store = path.join(root, 'worn')
    const sha256 = await fileStore(store).keepBytes(Buffer.from('nguyên vẹn'))
    appendFileSync(keptPlace(store, sha256), '!')
    const needs = { db, filesDir: store, application: '0.1.0', now: () => new Date(Date.UTC(2026, 1, 6)) }
    const { folder, manifest } = await makeBackup(needs, path.join(root, 'elsewhere'), quiet)
    expect(manifest.files).to.deep.include({ count: 0, faulty: [sha256] })
    expect((await checkBackup(folder, quiet)).faults).to.deep.equal([])
  })

  const refusals: readonly { readonly what: string; readonly place: () => string; readonly says: string }[] = [
    { what: 'where the system makes no folders', place: () => '/proc/sao-luu/hom-nay', says: 'không phải là thư mục' },
    { what: 'where there is no room', place: () => '/proc/self', says: 'chỉ còn 0 byte' },
    { what: 'below a file', place: () => path.join(blockedFile(), 'sao-luu'), says: 'không phải là thư mục' },
    { what: 'among the kept files', place: () => path.join(filesDir, 'sao-luu'), says: 'dữ liệu của chính mình' },
    {
      what: 'in the folder of the database, by another name for it',
      place: () => path.join(linkToDatabase(), 'a', 'b'),
      says: 'dữ liệu của chính mình',
    },
  ]
  const blockedFile = (): string => {
    const file = path.join(root, 'a-file-in-the-way')
    writeFileSync(file, '')
    return file
  }
  const linkToDatabase = (): string => {
    mkdirSync(path.join(root, 'mongo'))
    symlinkSync(path.join(root, 'mongo'), path.join(root, 'link'))
    return path.join(root, 'link')
  }
  for (const { what, place, says } of refusals)
    it(`is refused ${what}, before anybody is held up`, async () => {
      const databaseDirs = [path.join(root, 'mongo')]
      const held = { ...db, holdPauses: () => expect.fail('nobody may be called to a pause') }
      const needs = { db: held, filesDir, databaseDirs, application: '0.1.0', now: () => new Date() }
      const refused = await refusalOf(makeBackup(needs, place(), quiet))
      expect(refused).to.be.instanceOf(BackupFailed).and.have.property('message').that.contains(says)
    })

  /** Plants something in the draft at the moment at which the writes are about to be held up. */
  const planting = (plant: (draft: string) => void) => async (words: string) => {
    if (!words.startsWith('Tạm dừng ghi')) return
    const name = readdirSync(to).find(each => each.endsWith('.partial'))
    plant(path.join(to, name ?? ''))
  }
  it('ends on a full disk in words, leaves nothing half done and lets writers go on', async () => {
    const needs = { db, filesDir, application: '0.1.0', now: () => new Date(Date.UTC(2026, 1, 8)) }
    // The kernel answers each write to this device as a full disk does.
    const full = planting(draft => symlinkSync('/dev/full', path.join(draft, 'DOC-TRUOC.txt')))
    const refused = await refusalOf(makeBackup(needs, to, full))
    expect(refused).to.be.instanceOf(BackupFailed).and.have.property('message').that.contains('đã hết chỗ')
    expect(readdirSync(to).filter(name => name.endsWith('.partial'))).to.deep.equal([])
    expect(await db.takesWrites(3_000)).to.equal(true)
  })
  it('that fails while writes are held up lets them go on at once, and the next one is made', async () => {
    const needs = { db, filesDir, application: '0.1.0', now: () => new Date(Date.UTC(2026, 1, 9)) }
    const inTheWay = planting(draft => writeFileSync(path.join(draft, 'data', 'things.bson'), ''))
    const refused = await refusalOf(makeBackup(needs, to, inTheWay))
    expect(refused).to.be.instanceOf(BackupFailed)
    expect(readdirSync(to).filter(name => name.endsWith('.partial'))).to.deep.equal([])
    await db.client.db(db.name).collection<Row>('afterwards').insertOne({ _id: 'x' })
    const { manifest } = await makeBackup(needs, to, quiet)
    expect(manifest.collections.find(({ name }) => name === 'afterwards')).to.include({ count: 1 })
  })

  it('says in words that it cannot write, leaves nothing half done and lets writers go on', async () => {
    const blocked = path.join(root, 'a-file')
    writeFileSync(blocked, '')
    const needs = { db, filesDir, application: '0.1.0', now: () => new Date(Date.UTC(2026, 1, 7)) }
    const refused = await refusalOf(makeBackup(needs, blocked, quiet))
    expect(refused).to.be.instanceOf(BackupFailed).and.have.property('message').that.contains('không phải là thư mục')
    expect(readdirSync(to).filter(name => name.endsWith('.partial'))).to.deep.equal([])
    // What the backup before this one held up may be told a moment later, long before its row would end by itself.
    expect(await db.takesWrites(3_000)).to.equal(true)
    expect(await backupsIn(to)).to.have.length.above(3)
  })
})

describe('a backup while people write', function () {
  this.timeout(180_000)
  let db: Database
  let other: Database
  let root: string
  before(async () => {
    db = await testDatabase()
    other = await connect(addressOf(db), db.name)
    root = mkdtempSync(path.join(tmpdir(), 'kd-backup-'))
  })
  after(async () => {
    await other.close()
    rmSync(root, { recursive: true, force: true })
  })

  /** First the left counter goes up, then the right one: at no moment is the right one ahead, nor the left one by two. */
  const pair = (of: Database, writer: number) => {
    const rows = of.client.db(of.name)
    const up = (name: string) =>
      rows.collection<Row>(name).updateOne({ _id: `writer-${writer}` }, { $inc: { n: 1 } }, { upsert: true })
    return async () => {
      await up('left')
      await up('right')
    }
  }
  const numbersIn = async (file: string): Promise<ReadonlyMap<unknown, number>> => {
    const found = new Map<unknown, number>()
    for await (const { _id, n } of dumpedRows(file)) found.set(_id, Number(n))
    return found
  }
  const wrongPairs = async (folder: string): Promise<number> => {
    const [left, right] = [
      await numbersIn(path.join(folder, 'left.bson')),
      await numbersIn(path.join(folder, 'right.bson')),
    ]
    const ids = [...new Set([...left.keys(), ...right.keys()])]
    return ids.filter(id => ![0, 1].includes((left.get(id) ?? 0) - (right.get(id) ?? 0))).length
  }

  it('holds one moment of 64 writers over two connections', async () => {
    let running = true
    const writers = Array.from({ length: 64 }, async (_, at) => {
      const step = pair(at % 2 === 0 ? db : other, at)
      for (let steps = 0; running; steps++) await step()
    })
    const needs = { db, filesDir: path.join(root, 'files'), application: '0.1.0', now: () => new Date() }
    const { folder, manifest } = await makeBackup(needs, path.join(root, 'backups'), quiet)
    running = false
    await Promise.all(writers)
    expect(manifest.collections.find(({ name }) => name === 'left')?.count).to.be.above(0)
    expect(await wrongPairs(path.join(folder, 'data'))).to.equal(0)
    const target = await testDatabase()
    await restoreBackup({ db: target, filesDir: path.join(root, 'restored') }, folder, quiet)
  })

  it('would not without the pause: a copy of one collection after the other takes two moments for one', async () => {
    const step = pair(other, 99)
    await step()
    const copied = mkdtempSync(path.join(root, 'naive-'))
    await dumpCollection(db, 'left', path.join(copied, 'left.bson'))
    await step()
    await step()
    await dumpCollection(db, 'right', path.join(copied, 'right.bson'))
    expect(await wrongPairs(copied)).to.be.above(0)
  })
})

function replace(folder: string, from: string, to: string): void {
  const file = path.join(folder, 'manifest.json')
  const text = readFileSync(file, 'utf8')
  expect(text).to.contain(from)
  writeFileSync(file, text.replace(from, to))
}
