import { expect } from 'chai'
import { randomBytes, randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { verify } from '../../src/evidence/check-evidence.ts'
import { collect } from '../../src/evidence/collect.ts'
import { evidenceOf } from '../../src/evidence/evidence-needs.ts'
import { evidenceRoutes } from '../../src/evidence/evidence-routes.ts'
import { itemRoutes } from '../../src/evidence/item-routes.ts'
import type { Seat } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { appForTests, signedIn, tokenOf, type Visitor } from '../http/app-for-tests.ts'
import { aDossier, anInput, bench, MEMBER, SCHOOL, seat, SECRETARIAT, type Bench } from './support.ts'

const ID = aDossier().id
const BOARD = `/danh-gia/${ID}/minh-chung`
const MB = 1024 * 1024
const pdfOf = (size: number): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size)])

describe('the screens of evidence', () => {
  let b: Bench
  let app: Awaited<ReturnType<typeof appForTests>>
  before(async () => {
    b = await bench()
    app = await appForTests([
      ...evidenceRoutes(b.needs),
      ...itemRoutes({ ...b.needs, history: subject => b.journal.of(subject) }),
    ])
  })
  after(() => b.close())

  let people = 0
  const as = async (...seats: readonly Seat[]): Promise<Visitor> => {
    const name = `nguoi${++people}`
    await app.person(name, SCHOOL, seats)
    return signedIn(app.app, name)
  }
  const member = () => as(seat('groupMember', { groupId: 'g1' }))
  const secretariat = () => as(seat('secretariat'))

  /** Posts a form with files as a page does. */
  const send = async (
    who: Visitor,
    address: string,
    fields: Readonly<Record<string, string>>,
    files: readonly (readonly [string, Buffer])[],
    from = `${BOARD}/moi`,
  ) => {
    const csrf = tokenOf((await who.agent.get(from)).text)
    const request = who.agent.post(address).field({ _csrf: csrf, _page: from, ...fields })
    for (const [name, bytes] of files) void request.attach('files', bytes, name)
    return request
  }
  const FORM = {
    criterion: '1.1',
    name: 'Kế hoạch',
    schoolYear: '2025-2026',
    kind: 'document',
    number: '12/KH',
    date: '05/09/2025',
    issuer: 'Trường',
  }
  const idIn = (location: string | undefined): string => (location ?? '').replace('/minh-chung/', '')
  const uploadsLeft = () => readdirSync(path.join(app.filesDir, 'tmp'))
  /** Uploads are removed after the answer; ends with the test's time when one is not. */
  const nothingLeft = async (): Promise<void> => {
    while (uploadsLeft().length > 0) await new Promise(setImmediate)
  }

  it('takes a file with its details and shows the item, its file and its steps', async () => {
    const who = await member()
    const bytes = pdfOf(2000)
    const answer = await send(who, BOARD, { ...FORM, name: 'Kế hoạch chiến lược' }, [
      ['Kế hoạch chiến lược.pdf', bytes],
    ])
    expect(answer.status).to.equal(303)
    const item = await who.agent.get(answer.headers['location'] ?? '')
    expect(item.status).to.equal(200)
    for (const words of ['Kế hoạch chiến lược', 'Đã thu thập', 'Số 12/KH ngày 05/09/2025', 'Chờ nhóm thư ký kiểm tra.'])
      expect(item.text).to.include(words)
    const href = /\/minh-chung\/[^"]+\/tep\/[0-9a-f]{64}/.exec(item.text)?.[0] ?? ''
    const file = await who.agent.get(href).buffer(true)
    expect(file.status).to.equal(200)
    expect(Buffer.from(file.body as Buffer).equals(bytes)).to.equal(true)
    expect(file.headers['content-type']).to.equal('application/pdf')
    expect(file.headers['content-security-policy']).to.include('sandbox')
    expect(file.headers['content-disposition']).to.match(/^inline/)
    expect((await who.agent.get(`${href}?tai=1`)).headers['content-disposition']).to.match(/^attachment/)
    expect((await who.agent.get(href).set('Range', 'bytes=0-3')).status).to.equal(206)
  })

  it('takes a scan of 40 MB', async () => {
    const who = await member()
    const answer = await send(who, BOARD, { ...FORM, name: 'Hồ sơ quét' }, [['quet.pdf', pdfOf(40 * MB)]])
    expect(answer.status).to.equal(303)
    const item = await b.needs.evidence.get(idIn(answer.headers['location']))
    expect(item.entries[0]?.files[0]?.size).to.equal(40 * MB + 9)
  })

  it('refuses 51 MB at the field, in Vietnamese, with everything typed still there', async () => {
    const who = await member()
    const answer = await send(who, BOARD, { ...FORM, name: 'Tên đã gõ' }, [['to.pdf', pdfOf(51 * MB)]])
    expect(answer.status).to.equal(422)
    expect(answer.text).to.include('Tệp “to.pdf” vượt quá 50 MB')
    expect(answer.text).to.include('Tên đã gõ')
  })

  it('refuses what is no evidence by its content, whatever its name says', async () => {
    const who = await member()
    const kinds: readonly (readonly [string, Buffer, string])[] = [
      ['bao-cao.pdf', Buffer.from('<html><script>alert(1)</script>'), 'không thuộc các loại được nhận'],
      ['tat-ca.zip', Buffer.from('504b0304140000000800' + '00'.repeat(60), 'hex'), 'là tệp nén'],
      ['rong.pdf', Buffer.alloc(0), 'không có nội dung'],
    ]
    for (const [name, bytes, words] of kinds) {
      const answer = await send(who, BOARD, FORM, [[name, bytes]])
      expect(answer.status, name).to.equal(422)
      expect(answer.text, name).to.include(words)
    }
    await nothingLeft()
  })

  it('shows every field that is wrong at once', async () => {
    const who = await member()
    const answer = await send(who, BOARD, { ...FORM, criterion: '', name: '', date: '31/02/2025' }, [])
    expect(answer.status).to.equal(422)
    for (const words of ['Cần chọn một tiêu chí', 'Cần ghi tên minh chứng', 'Ngày phải có dạng'])
      expect(answer.text).to.include(words)
  })

  it('leaves neither an item nor a file when the line is cut in the middle of an upload', async () => {
    const who = await member()
    const before = (await evidenceOf(b.needs, ID)).length
    const server = app.app.listen(0)
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { text } = await who.agent.get(`${BOARD}/moi`)
    const csrf = tokenOf(text)
    const head = `--B\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n${csrf}\r\n--B\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n`
    await new Promise<void>(done => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          `POST ${BOARD} HTTP/1.1\r\nHost: x\r\nCookie: ${who.cookie}\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: 9000000\r\n\r\n${head}`,
        )
        socket.write(pdfOf(2 * MB), () => {
          // The server has begun to write the file: now the line is cut.
          const cut = setInterval(() => {
            if (uploadsLeft().length === 0) return
            clearInterval(cut)
            socket.destroy()
            done()
          }, 5)
        })
      })
    })
    await nothingLeft()
    await new Promise(done => server.close(done))
    expect((await evidenceOf(b.needs, ID)).length).to.equal(before)
  })

  it('makes items of many files for a page without script, and says which were not taken', async () => {
    const who = await member()
    const files: readonly (readonly [string, Buffer])[] = [
      ['Nghị quyết số 1.pdf', pdfOf(100)],
      ['xau.exe', Buffer.from('MZ không nhận')],
      ['Biên bản_họp.pdf', pdfOf(120)],
    ]
    const answer = await send(who, `${BOARD}/nhieu-tep`, { criterion: '1.2', schoolYear: '2024-2025' }, files)
    expect(answer.status).to.equal(303)
    const board = await who.agent.get(answer.headers['location'] ?? '')
    for (const words of ['Đã thêm 2 minh chứng', 'xau.exe', 'Nghị quyết số 1', 'Biên bản họp'])
      expect(board.text).to.include(words)
  })

  it('adds a file sent twice by the script only once', async () => {
    const who = await member()
    const bytes = pdfOf(300)
    const fields = { criterion: '1.2', schoolYear: '2025-2026', answer: 'json', id: randomUUID() }
    const first = await send(who, `${BOARD}/nhieu-tep`, fields, [['lan-mot.pdf', bytes]])
    const again = await send(who, `${BOARD}/nhieu-tep`, fields, [['lan-mot.pdf', bytes]])
    expect(first.body).to.deep.equal(again.body)
    expect((first.body as { collected: { id: string }[] }).collected[0]?.id).to.equal(fields.id)
    const stored = await evidenceOf(b.needs, ID)
    expect(stored.filter(item => item.name === 'Lan-mot').length).to.equal(1)
  })

  it('adds from a sheet and finds it there again: same criterion first, accents do not matter', async () => {
    const who = await member()
    const csrf = tokenOf((await who.agent.get(BOARD)).text)
    const added = await send(who, `${BOARD}/nhanh`, { criterion: '1.2', name: 'Sổ nghị quyết tổ Văn' }, [
      ['so.pdf', pdfOf(90)],
    ])
    expect(added.status).to.equal(201)
    const { id, label } = added.body as { id: string; label: string }
    expect(label).to.match(/^\[MC-\d{3}\]$/)
    const byJson = await who.agent
      .post(`${BOARD}/nhanh`)
      .set('x-csrf-token', csrf)
      .send({ criterion: '1.1', name: 'Sổ nghị quyết tổ Toán', place: 'Phòng tổ Toán' })
    expect(byJson.status).to.equal(201)
    const found = await who.agent.get(`${BOARD}/tim`).query({ q: 'so nghi quyet to', tieuchi: '1.2' })
    expect((found.body as { id: string }[]).map(each => each.id)).to.deep.equal([
      id,
      (byJson.body as { id: string }).id,
    ])
    expect((found.body as object[])[0]).to.deep.equal({
      id,
      label,
      name: 'Sổ nghị quyết tổ Văn',
      state: 'collected',
      criterion: '1.2',
      years: ['2025-2026'],
    })
  })

  it('goes through check and code by the forms of the page, and lists what is missing', async () => {
    const [who, keeper] = [await member(), await secretariat()]
    const bare = { criterion: '1.1', name: 'Chưa đủ', schoolYear: '2025-2026', kind: 'document' }
    const answer = await send(who, BOARD, bare, [['x.pdf', pdfOf(70)]])
    const href = answer.headers['location'] ?? ''
    const unready = await keeper.agent.get(href)
    expect(unready.text).to.include('Cần bổ sung trước')
    const refused = await keeper.post(`${href}/kiem-tra`, { dataClass: 'internal', originalSeen: 'on' }, href)
    expect(refused.status).to.equal(409)
    expect(refused.text).to.include('chưa ghi số văn bản')
    const entry = /muc\/([0-9a-f-]{36})"/.exec(unready.text)?.[1] ?? ''
    const fields = { schoolYear: '2025-2026', number: '88/QĐ', date: '05/09/2025', issuer: 'Trường mẫu' }
    expect((await send(keeper, `${href}/muc/${entry}`, fields, [], href)).status).to.equal(303)
    expect(
      (await keeper.post(`${href}/kiem-tra`, { dataClass: 'internal', originalSeen: 'on' }, href)).status,
    ).to.equal(303)
    expect((await keeper.post(`${href}/cap-ma`, { box: '1' }, href)).status).to.equal(303)
    expect((await keeper.agent.get(href)).text).to.match(/\[H1-1\.1-\d\d\]/)
    expect((await keeper.agent.get(`${BOARD}/danh-muc`)).text).to.include('Số 88/QĐ ngày 05/09/2025')
    expect((await who.post(`${href}/rut`, { reason: 'thử' }, href)).status).to.equal(403)
  })

  it('is not there for strangers: not the board, not the item, not the file, not the search', async () => {
    const { item } = await collect(b.needs)(MEMBER, ID, { input: anInput(), files: [await b.received(pdfOf(50))] })
    const file = item.entries[0]?.files[0]?.sha256 ?? ''
    const strangers = [
      await as(seat('secretariat', { unitId: 'truong-khac' })),
      await as(seat('secretariat', { year: workingYear('2024-2025') })),
      await as({ role: 'middleLead', unitId: 'xa-khac', from: '2025-01-01' }),
    ]
    for (const stranger of strangers)
      for (const address of [
        BOARD,
        `${BOARD}/moi`,
        `${BOARD}/danh-muc`,
        `${BOARD}/tim`,
        `/minh-chung/${item.id}`,
        `/minh-chung/${item.id}/tep/${file}`,
      ])
        expect((await stranger.agent.get(address)).status, address).to.equal(404)
    const theirs = await member()
    expect((await theirs.agent.get(`/minh-chung/${item.id}/tep/${'0'.repeat(64)}`)).status).to.equal(404)
    expect((await theirs.agent.get('/minh-chung/khong-co')).status).to.equal(404)
  })

  it('writes the opening of a sensitive file into the journal and refuses it to other groups', async () => {
    const input = anInput({ name: 'Danh sách học sinh khuyết tật', entry: { ...anInput().entry, number: '5/DS' } })
    const { item } = await collect(b.needs)(MEMBER, ID, { input, files: [await b.received(pdfOf(60))] })
    await verify(b.needs)(SECRETARIAT, item.id, { dataClass: 'sensitive', originalSeen: true })
    const href = `/minh-chung/${item.id}/tep/${item.entries[0]?.files[0]?.sha256}`
    const other = await as(seat('groupMember', { groupId: 'g2' }))
    expect((await other.agent.get(href)).status).to.equal(403)
    const who = await member()
    expect((await who.agent.get(href)).status).to.equal(200)
    expect((await who.agent.get(href)).status).to.equal(200)
    const opened = (await b.historyOf(item.id)).filter(entry => entry.event === 'openSensitive')
    expect(opened.length, 'once a minute').to.equal(1)
    expect(opened[0]?.by.seats).to.deep.equal(['groupMember'])
    expect((await b.needs.evidence.get(item.id)).rev, 'reading changes nothing').to.equal(1)
  })

  it('filters the board by words without accents, criterion, group and state', async () => {
    const who = await member()
    const shown = async (query: object) => (await who.agent.get(BOARD).query(query)).text
    expect(await shown({ q: 'danh sach hoc sinh' })).to.include('Danh sách học sinh khuyết tật')
    expect(await shown({ q: 'danh sach hoc sinh', tieuchi: '1.2' })).to.include('Không có minh chứng nào khớp')
    expect(await shown({ q: 'danh sach hoc sinh', nhom: 'g2' })).to.include('Không có minh chứng nào khớp')
    expect(await shown({ q: 'danh sach hoc sinh', trangthai: 'verified' })).to.include('Danh sách học sinh khuyết tật')
    expect(await shown({ q: 'danh sach hoc sinh', trangthai: 'coded' })).to.include('Không có minh chứng nào khớp')
  })
})
