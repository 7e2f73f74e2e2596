import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { deliverMail, mailDoor, noticeStore, notifier, type Mail, type SendMail } from '../../src/notices/index.ts'
import { MAIL_BACKOFF_MINUTES } from '../../src/notices/notice.ts'
import { testDatabase } from '../support/database.ts'
import { explainUsesIndex } from '../support/explain.ts'

const telling = (id: string, ...personIds: readonly string[]) => ({
  id,
  personIds,
  subject: 'Báo cáo kỳ “Cuối năm” bị trả lại.',
  text: 'Lý do: thiếu số lớp.',
  href: '/ky-bao-cao/ky',
})

describe('notices', () => {
  const stage = async () => {
    const db = await testDatabase()
    const clock = { at: new Date('2026-05-11T02:00:00Z') }
    const notices = noticeStore(db)
    await ensureIndexes(db)
    const now = (): Date => clock.at
    const notify = notifier({ notices, now })
    const sent: Mail[] = []
    const mailing = (send: SendMail = async mail => void sent.push(mail)) =>
      deliverMail({
        notices,
        now,
        baseUrl: 'https://kiemdinh.example',
        addressOf: async personId =>
          personId === 'khong-thu' ? undefined : { name: 'Người Mẫu', address: `${personId}@truong.example` },
        send,
      })
    const stateOf = async (id: string) => (await notices.find(id))?.mail
    return { db, clock, notices, notify, sent, mailing, stateOf }
  }

  it('tell each person of an event once, and count what is unread', async () => {
    const { notices, notify, clock, db } = await stage()
    await notify(telling('e1', 'a', 'b', 'a'))
    clock.at = new Date(clock.at.getTime() + 1000)
    await notify(telling('e1', 'a', 'c'))
    await notify(telling('e2', 'a'))
    expect((await notices.ofPerson('a', 0, 10)).map(notice => notice.id)).to.deep.equal(['e2:a', 'e1:a'])
    expect(await notices.ofPerson('c', 0, 10)).to.have.length(1)
    expect(await notices.unreadOf('a')).to.equal(2)
    await notices.markRead('b', 'e1:a', clock.at)
    expect(await notices.unreadOf('a'), 'nobody reads for another').to.equal(2)
    await notices.markRead('a', 'e1:a', clock.at)
    expect(await notices.unreadOf('a')).to.equal(1)
    await notices.markAllRead('a', clock.at)
    expect(await notices.unreadOf('a')).to.equal(0)
    const rows = db.connection.collection('notices')
    await explainUsesIndex(rows.find({ personId: 'a' }).sort({ at: -1 }))
    await explainUsesIndex(rows.find({ personId: 'a', unread: true }))
    await explainUsesIndex(rows.find({ mail: 'waiting', mailAt: { $lte: clock.at } }).sort({ mailAt: 1 }))
  })

  it('go out by e-mail with the fact and the link alone, never twice', async () => {
    const { notify, mailing, sent, stateOf } = await stage()
    await notify(telling('e1', 'a', 'khong-thu'))
    const deliver = mailing()
    expect((await Promise.all([deliver(), deliver()])).toSorted()).to.deep.equal([0, 1])
    expect(sent).to.have.length(1)
    expect(sent[0]?.text).to.contain('https://kiemdinh.example/ky-bao-cao/ky').and.not.to.contain('thiếu số lớp')
    expect(sent[0]?.to.address).to.equal('a@truong.example')
    expect([await stateOf('e1:a'), await stateOf('e1:khong-thu')]).to.deep.equal(['sent', 'none'])
    expect(await deliver()).to.equal(0)
  })

  it('are tried again later and later when the server refuses, then given up', async () => {
    const { notify, mailing, clock, stateOf, sent } = await stage()
    await notify(telling('e1', 'a'))
    const refuses = mailing(() => Promise.reject(new Error('451 try later')))
    for (const minutes of MAIL_BACKOFF_MINUTES) {
      await refuses()
      expect(await stateOf('e1:a')).to.equal('waiting')
      expect(await mailing()(), 'not before its time').to.equal(0)
      clock.at = new Date(clock.at.getTime() + minutes * 60_000)
    }
    await refuses()
    expect(await stateOf('e1:a')).to.equal('failed')
    expect(sent).to.deep.equal([])
  })

  it('are not sent again when the process died while sending', async () => {
    const { notify, notices, mailing, clock, sent, stateOf } = await stage()
    await notify(telling('e1', 'a'))
    await notices.claimMail(clock.at)
    clock.at = new Date(clock.at.getTime() + 6 * 60_000)
    expect(await mailing()()).to.equal(0)
    expect(sent).to.deep.equal([])
    expect(await stateOf('e1:a')).to.equal('uncertain')
  })

  it('are laid into a folder as .eml files where no mail server is known', async () => {
    const { notify, mailing } = await stage()
    const folder = mkdtempSync(path.join(tmpdir(), 'kiem-dinh-mail-'))
    await notify(telling('duty:ky:thcs:3', 'a'))
    await mailing(mailDoor({ from: 'Kiểm định <kiem-dinh@so.example>', folder }))()
    const [file = ''] = readdirSync(folder)
    expect(file).to.equal('duty_ky_thcs_3_a.eml')
    const eml = readFileSync(path.join(folder, file), 'utf8')
    expect(eml).to.match(/^To: .*<a@truong\.example>\r?$/m)
    expect(eml).to.match(/^Auto-Submitted: auto-generated\r?$/m)
    expect(eml).to.match(/^Message-ID: <[\w-]+@kiem-dinh>\r?$/m)
  })
})
