import { expect } from 'chai'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { calendarStore, noticeRoutes, noticeStore, type CalendarDeadline } from '../../src/notices/index.ts'
import { appForTests, signedIn } from '../http/app-for-tests.ts'
import { testDatabase } from '../support/database.ts'

describe('the inbox and the calendar', () => {
  const stage = async () => {
    const db = await testDatabase()
    const notices = noticeStore(db)
    const calendars = calendarStore(db)
    await ensureIndexes(db)
    const now = (): Date => new Date('2026-05-11T02:00:00Z')
    const deadlines = new Map<string, readonly CalendarDeadline[]>()
    const app = await appForTests(
      noticeRoutes({
        notices,
        calendars,
        deadlinesOf: async personId => deadlines.get(personId) ?? [],
        baseUrl: 'http://localhost',
        now,
      }),
    )
    const person = (username: string, unitId: string): Promise<string> => app.person(username, unitId)
    return { app: app.app, person, notices, now, deadlines }
  }

  it('show what one was told, open it and mark it read, for nobody else', async () => {
    const { app, person, notices, now } = await stage()
    const own = await person('hieutruong', 'truong')
    await person('nguoila', 'truong-khac')
    await notices.tell(
      { id: 'e1', personIds: [own], subject: 'Báo cáo bị trả lại <b>.', text: 'Lý do: thiếu số lớp', href: '/ho-so' },
      now(),
    )
    const head = await signedIn(app, 'hieutruong')
    const stranger = await signedIn(app, 'nguoila')
    const inbox = (await head.agent.get('/thong-bao')).text
    expect(inbox).to.contain('Báo cáo bị trả lại &lt;b&gt;.').and.to.contain('Chưa đọc')
    const open = `/thong-bao/mo?id=${encodeURIComponent(`e1:${own}`)}`
    expect((await stranger.agent.get(open)).status).to.equal(404)
    expect(await notices.unreadOf(own)).to.equal(1)
    const opened = await head.agent.get(open)
    expect([opened.status, opened.headers['location']]).to.deep.equal([303, '/ho-so'])
    expect(await notices.unreadOf(own)).to.equal(0)
    expect((await stranger.agent.get('/thong-bao')).text).not.to.contain('thiếu số lớp')
  })

  it('give a calendar by a secret address that can be replaced and taken back', async () => {
    const { app, person, deadlines } = await stage()
    const own = await person('hieutruong', 'truong')
    deadlines.set(own, [
      {
        id: 'd1',
        day: '2026-05-11',
        title: 'Gửi báo cáo: Cuối năm (Trường Mẫu)',
        href: '/ky-bao-cao/ky/don-vi/truong',
      },
    ])
    const head = await signedIn(app, 'hieutruong')
    const addressIn = (html: string): string =>
      /value="http:\/\/localhost(\/lich\.ics\?ma=[\w-]+)"/.exec(html)?.[1] ?? ''
    const first = addressIn((await head.post('/thong-bao/lich', {}, '/thong-bao')).text)
    const fetch = async (address: string) => head.agent.get(address)
    const file = await fetch(first)
    expect(file.headers['content-type']).to.contain('text/calendar')
    const text = file.text.replaceAll(/\r\n /g, '')
    expect(text)
      .to.contain('DTSTART;VALUE=DATE:20260511')
      .and.to.contain('SUMMARY:Gửi báo cáo: Cuối năm (Trường Mẫu)')
      .and.to.contain('URL;VALUE=URI:http://localhost/ky-bao-cao/ky/don-vi/truong')
      .and.to.contain('BEGIN:VALARM')
    expect((await head.agent.get('/thong-bao')).text).not.to.contain('lich.ics?ma=')

    const second = addressIn((await head.post('/thong-bao/lich', {}, '/thong-bao')).text)
    expect((await fetch(first)).status).to.equal(404)
    expect((await fetch(second)).status).to.equal(200)
    await head.post('/thong-bao/thu-hoi-lich', {}, '/thong-bao')
    expect((await fetch(second)).status).to.equal(404)
    expect((await fetch('/lich.ics')).status).to.equal(404)
  })
})
