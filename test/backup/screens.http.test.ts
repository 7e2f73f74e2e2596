import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { backupRoutes, backupStore, type BackupRouteNeeds } from '../../src/backup/index.ts'
import { closeCut, markRestored, nightlyBackup, removeOld, runBackup } from '../../src/backup/run-backup.ts'
import { journalStore, relay } from '../../src/journal/index.ts'
import type { Route } from '../../src/http/route.ts'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import type { Telling } from '../../src/notices/index.ts'
import { appForTests, seat, signedIn } from '../http/app-for-tests.ts'

describe('the screens of backups', function () {
  this.timeout(120_000)
  let stage: Awaited<ReturnType<typeof appForTests>>
  let needs: BackupRouteNeeds
  let root: string
  const clock = { at: new Date('2026-02-05T03:00:00Z') }
  const told: Telling[] = []
  const faults: unknown[] = []

  before(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'kd-backup-'))
    const routes: Route[] = []
    // The routes are made of a database that only exists once the application does.
    const late = (method: Route['method'], address: string): Route => ({
      method,
      path: address,
      access: 'signedIn',
      handle: request => {
        const found = backupRoutes(needs).find(route => route.method === method && route.path === address)
        if (!found) throw new Error(`no route ${address}`)
        return found.handle(request)
      },
    })
    for (const [method, address] of ADDRESSES) routes.push(late(method, address))
    stage = await appForTests(routes)
    const { db } = stage
    const written = journalStore(db)
    const post = relay(db, written, error => faults.push(error))
    needs = {
      db,
      filesDir: stage.filesDir,
      application: '0.1.0',
      now: () => clock.at,
      backups: backupStore(db, post),
      folder: path.join(root, 'backups'),
      hour: 2,
      keep: 2,
      provinceId: async () => 'so',
      itTeam: async () => ['it'],
      notify: async telling => void told.push(telling),
      report: error => faults.push(error),
    }
    await ensureIndexes(db)
    await stage.person('quantri', 'so', [seat('itAdmin', 'so')])
    await stage.person('lanhdao', 'so', [seat('provinceLead', 'so')])
    await stage.person('hieutruong', 'thcs', [seat('head', 'thcs')])
    settledJournal = () => post.settled()
    journalOf = id => written.of({ kind: 'backup', id })
  })
  after(() => rmSync(root, { recursive: true, force: true }))

  let settledJournal: () => Promise<void>
  let journalOf: (id: string) => ReturnType<ReturnType<typeof journalStore>['of']>
  const ended = async (id: string): Promise<string> => {
    const it = await signedIn(stage.app, 'quantri')
    // The stream ends when the work has.
    return (await it.agent.get(`/sao-luu/${id}/tien-do`)).text
  }

  it('make a backup, show how it went, read it through, and write down who did', async () => {
    const it = await signedIn(stage.app, 'quantri')
    expect((await it.agent.get('/sao-luu')).text).to.contain('Chưa có bản sao lưu nào')
    const begun = await it.post('/sao-luu', {}, '/sao-luu')
    expect(begun.status).to.equal(303)
    const [, , id = ''] = String(begun.headers['location']).split('/')
    expect(id).to.equal('sao-luu-2026-02-05-100000')
    expect(await ended(id)).to.contain(`/sao-luu/${id}`)
    const { text } = await it.agent.get(`/sao-luu/${id}`)
    expect(text).to.contain('Đã xong').and.contain('Kiểm tra bản này').and.contain('Người Mẫu quantri')

    expect((await it.post(`/sao-luu/${id}/kiem-tra`, {}, `/sao-luu/${id}`)).status).to.equal(303)
    await ended(id)
    expect((await it.agent.get('/sao-luu')).text).to.contain('Nguyên vẹn')
    await settledJournal()
    const entries = await journalOf(id)
    expect(entries.map(({ event }) => event)).to.have.members(['makeBackup', 'backupMade', 'checkBackup'])
    expect(new Set(entries.map(({ by }) => by.name))).to.deep.equal(new Set(['Người Mẫu quantri']))
  })

  it('say which backup is not whole any more, and tell the IT team', async () => {
    clock.at = new Date('2026-02-05T04:00:00Z')
    const { made } = await runBackup(needs, SYSTEM)
    rmSync(path.join(made?.folder ?? '', 'data', 'people.bson'))
    const it = await signedIn(stage.app, 'quantri')
    const page = `/sao-luu/${made?.name ?? ''}`
    await it.post(`${page}/kiem-tra`, {}, page)
    await ended(made?.name ?? '')
    expect((await it.agent.get(page)).text)
      .to.contain('Không nguyên vẹn')
      .and.contain('“people” không còn')
    expect(told.at(-1)).to.deep.include({
      personIds: ['it'],
      subject: 'Một bản sao lưu không còn nguyên vẹn.',
      href: page,
    })
  })

  it('do not exist for anybody else, not even the lead of the same office', async () => {
    for (const name of ['lanhdao', 'hieutruong']) {
      const other = await signedIn(stage.app, name)
      for (const address of [
        '/sao-luu',
        '/sao-luu/sao-luu-2026-02-05-100000',
        '/sao-luu/sao-luu-2026-02-05-100000/tien-do',
      ])
        expect((await other.agent.get(address)).status, `${name} ${address}`).to.equal(404)
      expect((await other.post('/sao-luu', {}, '/ho-so')).status).to.equal(404)
      expect((await other.post('/sao-luu/sao-luu-2026-02-05-100000/kiem-tra', {}, '/ho-so')).status).to.equal(404)
    }
  })

  it('tell the IT team and the list when a backup fails', async () => {
    clock.at = new Date('2026-02-05T05:00:00Z')
    const hold = await needs.db.holdPauses()
    const { why } = await runBackup(needs, SYSTEM)
    await hold.release()
    expect(why).to.contain('Một bản sao lưu khác đang chạy')
    expect(told.at(-1)).to.deep.include({ subject: 'Sao lưu không thành công.', text: why })
    const it = await signedIn(stage.app, 'quantri')
    expect((await it.agent.get('/sao-luu')).text).to.contain('Không thành công')
    expect(faults).to.deep.equal([])
  })

  it('name the ones whose process died before the next is made', async () => {
    clock.at = new Date('2026-02-05T06:00:00Z')
    await needs.db.client
      .db(needs.db.name)
      .collection<{ _id: string }>('backups')
      .updateOne({ _id: 'sao-luu-2026-02-05-120000' }, { $set: { state: 'running' }, $unset: { why: 1 } })
    await runBackup(needs, SYSTEM)
    const cut = await needs.backups.find('sao-luu-2026-02-05-120000')
    expect(cut).to.deep.include({ state: 'failed' })
    expect(cut?.why).to.contain('dừng giữa chừng')
  })

  it('call the backup done that a restored database came from, wherever it lies now', async () => {
    clock.at = new Date('2026-02-05T06:30:00Z')
    const { made } = await runBackup(needs, SYSTEM)
    const rows = needs.db.client.db(needs.db.name).collection<{ _id: string }>('backups')
    const asCopied = { $set: { state: 'running', folder: '/o-cung/cu' }, $unset: { made: 1 } } as const
    await rows.updateOne({ _id: made?.name ?? '' }, asCopied)
    if (made) await markRestored(needs, made.folder, made.manifest)
    expect(await needs.backups.find(made?.name ?? '')).to.deep.include({ state: 'done', folder: made?.folder })
    // Cut between the last step of the backup and the word about it.
    await rows.updateOne({ _id: made?.name ?? '' }, { $set: { state: 'running' } })
    await closeCut(needs)
    expect((await needs.backups.find(made?.name ?? ''))?.state).to.equal('done')
    rmSync(made?.folder ?? '', { recursive: true })
  })

  it('come by night once a day, and the oldest go, never the last good one', async () => {
    const names = () => readdirSync(needs.folder ?? '').toSorted()
    const night = nightlyBackup(needs, 2, 2)
    clock.at = new Date('2026-02-05T18:30:00Z')
    await night()
    expect(names(), 'half past one in the night').to.have.length(3)
    clock.at = new Date('2026-02-05T19:30:00Z')
    await night()
    clock.at = new Date('2026-02-05T20:30:00Z')
    await night()
    expect(names(), 'one a day, two kept').to.deep.equal(['sao-luu-2026-02-05-130000', 'sao-luu-2026-02-06-023000'])
    await needs.backups.write('sao-luu-2026-02-06-023000', {
      check: { state: 'bad', at: clock.at, by: 'Người Mẫu', faults: ['Hỏng.'] },
    })
    expect(await removeOld(needs, 1), 'the newest is not good').to.deep.equal([])
    expect((await needs.backups.find('sao-luu-2026-02-05-100000'))?.state).to.equal('removed')
  })
})

const ADDRESSES: readonly (readonly [Route['method'], string])[] = [
  ['get', '/sao-luu'],
  ['post', '/sao-luu'],
  ['get', '/sao-luu/:job'],
  ['get', '/sao-luu/:job/tien-do'],
  ['post', '/sao-luu/:job/kiem-tra'],
]
