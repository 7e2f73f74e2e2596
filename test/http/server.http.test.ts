import { readdirSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { createHash } from 'node:crypto'
import { createServer as createHttpServer, get as httpGet } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import path from 'node:path'
import { expect } from 'chai'
import request from 'supertest'
import type { ReceivedFile } from '../../src/http/route.ts'
import { closeGracefully } from '../../src/http/stop.ts'
import { sweepUploads } from '../../src/http/uploads.ts'
import { appForTests, signedIn, tokenOf, Visitor } from './app-for-tests.ts'
import { sampleRoutes } from './sample-routes.ts'

describe('the server', () => {
  const received: { last: unknown } = { last: undefined }
  let stage: Awaited<ReturnType<typeof appForTests>>
  let visitor: Visitor
  before(async () => {
    stage = await appForTests(sampleRoutes(received), { watchCommands: true })
    await stage.person('mau', 'u1')
    visitor = await signedIn(stage.app, 'mau')
  })

  describe('sessions and forgery', () => {
    it('refuses a form without the CSRF token, and one with the token of another session', async () => {
      const without = await visitor.agent.post('/mau').type('form').send({ name: 'Lan' })
      expect(without.status).to.equal(403)
      expect(without.text).to.contain('Biểu mẫu đã hết hiệu lực')
      const foreign = await new Visitor(stage.app).token()
      expect((await visitor.agent.post('/mau').type('form').send({ name: 'Lan', _csrf: foreign })).status).to.equal(403)
    })
    it('takes the token in a field or in a header', async () => {
      expect((await visitor.post('/mau', { name: 'Lan' }, '/mau')).status).to.equal(303)
      const token = await visitor.token('/mau')
      const byHeader = await visitor.agent.post('/mau').set('x-csrf-token', token).send({ name: 'Lan' })
      expect(byHeader.body).to.deep.equal({ redirect: '/mau' })
    })
    it('needs no token from a bearer, but gives it neither session nor person', async () => {
      const answer = await visitor.agent.post('/api/mau').set('Authorization', 'Bearer x').send({ a: 1 })
      expect(answer.status).to.equal(200)
      expect(answer.body).to.deep.equal({ actor: { personId: '', name: '', seats: [] }, body: { a: 1 } })
      expect((await visitor.agent.get('/mau').set('Authorization', 'Bearer x')).headers['location']).to.contain(
        '/dang-nhap',
      )
    })
    it('sends who has not signed in to the sign-in page and back, a program to 401', async () => {
      const away = await request(stage.app).get('/mau?nam=2024-2025')
      expect(away.status).to.equal(303)
      expect(away.headers['location']).to.equal('/dang-nhap?ve=%2Fmau%3Fnam%3D2024-2025')
      const program = await request(stage.app).get('/mau').set('Accept', 'application/json')
      expect(program.status).to.equal(401)
      expect(program.body).to.have.nested.property('error.code', 'signInNeeded')
    })
    it('sets a cookie that scripts cannot read and other sites do not send', async () => {
      const { headers } = await request(stage.app).get('/dang-nhap')
      expect(headers['set-cookie']?.[0]).to.match(/^kiemdinh\.sid=.*HttpOnly; SameSite=Lax$/)
    })
    it('shows a flash once', async () => {
      await visitor.post('/mau', { name: 'Hoa' }, '/mau')
      expect((await visitor.agent.get('/mau')).text).to.contain('Đã lưu Hoa.')
      expect((await visitor.agent.get('/mau')).text).not.to.contain('Đã lưu Hoa.')
    })
    it('has kept the flash before a browser can follow the redirect', async () => {
      const token = await visitor.token('/mau')
      let isSaved = false
      const seen: boolean[] = []
      const onSaved = (event: { readonly commandName: string }) => (isSaved ||= event.commandName === 'update')
      stage.db.client.on('commandSucceeded', onSaved)
      await visitor.agent
        .post('/mau')
        .type('form')
        .send({ name: 'Cúc', _csrf: token })
        .buffer(true)
        .parse((response, done) => {
          seen.push(isSaved) // the headers are here, the rest may still come
          response.on('end', () => done(null, '')).on('data', () => undefined)
        })
      stage.db.client.off('commandSucceeded', onSaved)
      expect(seen).to.deep.equal([true])
      expect((await visitor.agent.get('/mau')).text).to.contain('Đã lưu Cúc.')
    })
  })

  describe('headers', () => {
    it('allows only scripts with the nonce of this very page', async () => {
      const one = await visitor.agent.get('/mau')
      const two = await visitor.agent.get('/mau')
      const csp = String(one.headers['content-security-policy'])
      const nonce = /nonce-([^']+)'/.exec(csp)?.[1] ?? ''
      expect(csp).to.contain("default-src 'none'").and.contain("'strict-dynamic'").and.not.contain('unsafe-inline')
      expect(one.text).to.contain(`nonce="${nonce}"`)
      expect(two.headers['content-security-policy']).not.to.contain(nonce)
      expect(one.headers['x-content-type-options']).to.equal('nosniff')
      expect(one.headers).not.to.have.property('x-powered-by')
    })
    it('serves assets for ever and compressed', async () => {
      const { text } = await visitor.agent.get('/mau')
      const css = /href="(\/assets\/app-[^"]+\.css)"/.exec(text)?.[1] ?? ''
      const answer = await request(stage.app).get(css).set('Accept-Encoding', 'br')
      expect(answer.headers['cache-control']).to.contain('immutable')
      expect(answer.headers['content-encoding']).to.equal('br')
      expect((await request(stage.app).get('/assets/none.css')).status).to.equal(404)
    })
  })

  describe('the working year', () => {
    it('comes from the address, else from the choice, else from the default', async () => {
      const other = await signedIn(stage.app, 'mau')
      expect((await other.agent.get('/mau')).text).to.contain('Năm học 2025-2026')
      const chosen = await other.post('/nam-hoc', { year: '2024-2025' }, '/mau?nam=2025-2026')
      expect(chosen.headers['location']).to.equal('/mau')
      expect((await other.agent.get('/mau')).text).to.contain('Năm học 2024-2025')
      expect((await other.agent.get('/mau?nam=2026-2027')).text).to.contain('Năm học 2026-2027')
      expect((await other.agent.get('/mau?nam=2026-2029')).text).to.contain('Năm học 2024-2025')
    })
    it('is not led to another site', async () => {
      const token = await visitor.token('/mau')
      const fields = { _csrf: token, _page: '//xau.example/', year: '2025-2026' }
      expect((await visitor.agent.post('/nam-hoc').type('form').send(fields)).headers['location']).to.equal('/')
    })
  })

  describe('refusals', () => {
    it('shows the form again with what was typed, marked and with its message', async () => {
      const { status, text } = await visitor.post('/mau', { name: '', text: 'Chữ <đã> gõ' }, '/mau?nam=2024-2025')
      expect(status).to.equal(422)
      expect(text).to.contain('Xin nhập họ và tên.').and.contain('aria-invalid="true"')
      expect(text).to.contain('Chữ &lt;đã&gt; gõ').and.contain('Năm học 2024-2025')
    })
    it('never writes a password back into the page', async () => {
      const { text } = await visitor.post('/mau', { name: '', secret: 'không-được-lộ' }, '/mau')
      expect(text).not.to.contain('không-được-lộ')
    })
    it('lists every unmet condition as a link', async () => {
      const { status, text } = await visitor.post('/mau', { name: 'thiếu', text: 'còn đây' }, '/mau')
      expect(status).to.equal(409)
      expect(text).to.contain('<a href="/minh-chung?tc=1.2">Tiêu chí 1.2 chưa có minh chứng</a>').and.contain('còn đây')
    })
    it('keeps what was typed when somebody else wrote first', async () => {
      const { status, text } = await visitor.post('/mau', { name: 'cũ', text: 'còn đây' }, '/mau')
      expect(status).to.equal(409)
      expect(text).to.contain('Nội dung vừa được người khác sửa').and.contain('còn đây')
    })
    it('answers on a page of its own when the form names no page of this site', async () => {
      const token = await visitor.token('/mau')
      const fields = { _csrf: token, _page: 'https://xau.example/mau', name: '' }
      const { status, text } = await visitor.agent.post('/mau').type('form').send(fields)
      expect(status).to.equal(422)
      expect(text).to.contain('Xin nhập họ và tên.').and.not.contain('xau.example')
    })
    it('tells whom to ask', async () => {
      const { status, text } = await visitor.post('/mau', { name: 'cấm' }, '/mau')
      expect(status).to.equal(403)
      expect(text).to.contain('Chủ tịch Hội đồng tự đánh giá')
    })
    it('tells a program the same as JSON', async () => {
      const token = await visitor.token('/mau')
      const post = (name: string) => visitor.agent.post('/mau').set('x-csrf-token', token).send({ name })
      const wrong = await post('')
      expect(wrong.status).to.equal(422)
      expect(wrong.body).to.have.nested.property('error.code', 'invalidInput')
      expect(wrong.body).to.have.nested.property('error.fields.name', 'Xin nhập họ và tên.')
      expect((await post('thiếu')).body).to.have.nested.property('error.unmet[0].href', '/minh-chung?tc=1.2')
      expect((await post('cũ')).body).to.have.nested.property('error.code', 'staleWrite')
      expect((await post('cấm')).body).to.have.nested.property('error.whoMay', 'Chủ tịch Hội đồng tự đánh giá')
    })
    it('tells not found for what is not there and for addresses that nobody knows', async () => {
      for (const address of ['/khong-co', '/mau/chua-tung-co']) {
        const { status, text } = await visitor.agent.get(address)
        expect(status, address).to.equal(404)
        expect(text).to.contain('Không tìm thấy').and.contain('Việc của tôi')
      }
    })
    it('hides a fault behind an id that stands in the log', async () => {
      const { status, text } = await request(stage.app).get('/loi')
      const id = /<code>([^<]+)<\/code>/.exec(text)?.[1]
      expect(status).to.equal(500)
      expect(text).not.to.contain('secret detail')
      const entry = stage.log.find(line => 'faultId' in line && line.faultId === id)
      expect(JSON.stringify(entry)).to.contain('secret detail')
    })
    it('logs no query, header or cookie', () => {
      const lines = JSON.stringify(stage.log)
      expect(lines).to.contain('"path":"/mau"').and.not.contain('nam=2024').and.not.contain('kiemdinh.sid')
    })
  })

  describe('uploads', () => {
    const inTmp = (): readonly string[] => readdirSync(stage.filesDir, { recursive: true }).map(String)
    const token = (): Promise<string> => visitor.token('/mau')
    const upload = (csrf: string) => visitor.agent.post('/tep').set('x-csrf-token', csrf)
    const pdf = Buffer.from('%PDF-1.7\nnội dung')

    it('hands over name, size, hash and the type by content, then removes what was not kept', async () => {
      const answer = await upload(await token())
        .attach('files', pdf, { filename: 'Kế hoạch.pdf'.normalize('NFD'), contentType: 'text/html' })
        .attach('files', Buffer.from('Họ,tên\n'), 'danh-sach.csv')
      expect(answer.status).to.equal(200)
      const [plan, list] = received.last as readonly ReceivedFile[]
      expect(plan).to.include({ name: 'Kế hoạch.pdf', size: pdf.length, mime: 'application/pdf', field: 'files' })
      expect(plan?.sha256).to.equal(createHash('sha256').update(pdf).digest('hex'))
      expect(list?.mime).to.equal('text/plain')
      await until(() => inTmp().length <= 1)
    })
    it('refuses a file that is too big, in words, and leaves nothing', async () => {
      const answer = await upload(await token())
        .attach('files', pdf, 'a.pdf')
        .attach('files', Buffer.alloc(150_000), 'b.pdf')
      expect(answer.status).to.equal(413)
      expect(answer.text).to.contain('Tệp vượt quá dung lượng cho phép')
      await until(() => inTmp().length <= 1)
    })
    it('refuses without the token, and leaves nothing', async () => {
      const answer = await visitor.agent.post('/tep').attach('files', pdf, 'a.pdf')
      expect(answer.status).to.equal(403)
      await until(() => inTmp().length <= 1)
    })
    it('refuses files where none are expected', async () => {
      const answer = await visitor.agent.post('/mau').attach('files', pdf, 'a.pdf')
      expect(answer.status).to.equal(415)
    })
    it('sweeps what a killed process left, a day later', async () => {
      const folder = path.join(stage.filesDir, 'tmp')
      writeFileSync(path.join(folder, 'left-behind'), 'x')
      await sweepUploads(folder, new Date(Date.now() + 3_600_000))
      expect(inTmp()).to.include(path.join('tmp', 'left-behind'))
      await sweepUploads(folder, new Date(Date.now() + 2 * 86_400_000))
      expect(inTmp()).to.deep.equal(['tmp'])
    })
    it('leaves nothing of an upload that was cut off', async () => {
      const server = createHttpServer(stage.app).listen(0, '127.0.0.1')
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo
      const socket = connect(port, '127.0.0.1')
      socket.write(
        `POST /tep HTTP/1.1\r\nHost: x\r\nCookie: ${visitor.cookie}\r\nContent-Type: multipart/form-data; boundary=B\r\n` +
          'Content-Length: 90000\r\n\r\n--B\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n%PDF',
      )
      await until(() => inTmp().length === 2)
      socket.destroy()
      await until(() => inTmp().length <= 1)
      await closeGracefully(server, 1000)
    })
  })

  describe('files and streams', () => {
    it('sends a file sandboxed, with its Vietnamese name', async () => {
      const { headers } = await visitor.agent.get('/tep')
      expect(headers['content-security-policy']).to.equal("sandbox; default-src 'none'")
      expect(headers['content-disposition']).to.match(/^inline; /)
      expect(headers['content-disposition']).to.contain(
        `filename*=UTF-8''${encodeURIComponent('Báo cáo tự đánh giá.pdf')}`,
      )
      expect(headers['x-content-type-options']).to.equal('nosniff')
    })
    it('answers ranges and unchanged files', async () => {
      const part = await visitor.agent.get('/tep').set('Range', 'bytes=0-3')
      expect(part.status).to.equal(206)
      expect(part.headers['content-range']).to.match(/^bytes 0-3\/\d+$/)
      expect(part.headers['content-length']).to.equal('4')
      expect((await visitor.agent.get('/tep').set('Range', 'bytes=9999-')).status).to.equal(416)
      expect((await visitor.agent.get('/tep').set('If-None-Match', '"abc"')).status).to.equal(304)
    })
    it('sends a stream as a download', async () => {
      const { text, headers } = await visitor.agent.get('/dong')
      expect(text).to.equal('ab')
      expect(headers['content-disposition']).to.match(/^attachment; /)
    })
    it('sends progress as events and ends the stream', async () => {
      const { text, headers } = await visitor.agent.get('/tien-do').buffer(true)
      expect(headers['content-type']).to.contain('text/event-stream')
      expect(text).to.equal('data: {"done":1,"total":2}\n\ndata: {"done":2,"total":2}\n\nevent: end\ndata: {}\n\n')
    })
    it('sends a fragment without the layout', async () => {
      const { text } = await visitor.agent.get('/manh')
      expect(tokenOf(text)).not.to.equal('')
      expect(text).not.to.contain('<html')
    })
  })

  describe('health and stopping', () => {
    it('lives without the database, but is not ready', async () => {
      expect((await request(stage.app).get('/health/ready')).status).to.equal(200)
      stage.state.ready = false
      expect((await request(stage.app).get('/health/ready')).status).to.equal(503)
      expect((await request(stage.app).get('/health/live')).status).to.equal(200)
      stage.state.ready = true
    })
    it('refuses a form before anything is done while writes are held up, and still shows pages', async () => {
      stage.state.takesWrites = false
      const form = await request(stage.app).post('/dang-nhap').type('form').send({ username: 'ai' })
      const json = await request(stage.app).post('/dang-nhap').send({ username: 'ai' })
      const page = await request(stage.app).get('/dang-nhap')
      stage.state.takesWrites = true
      expect(form.status).to.equal(503)
      expect(form.headers['retry-after']).to.equal('10')
      expect(form.text).to.contain('Hệ thống đang sao lưu dữ liệu').and.contain('chưa có gì thay đổi')
      expect(json.status).to.equal(503)
      expect(json.body).to.have.nested.property('error.code', 'writesHeldUp')
      expect(page.status).to.equal(200)
    })
    it('finishes the request under way before it stops', async () => {
      let finish: () => void = () => undefined
      const server = createHttpServer((_request, response) => {
        finish = () => response.end('xong')
      }).listen(0, '127.0.0.1')
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo
      const asked = once(server, 'request')
      const answer = new Promise<string>(resolve => {
        httpGet({ port, host: '127.0.0.1' }, response => response.setEncoding('utf8').once('data', resolve))
      })
      await asked
      const stopped = closeGracefully(server, 5000)
      finish()
      expect(await answer).to.equal('xong')
      await stopped
      expect(server.listening).to.equal(false)
    })
  })
})

/** Waits for something that happens after the answer (removing files), up to thirty seconds. */
async function until(holds: () => boolean): Promise<void> {
  for (let left = 1500; left > 0 && !holds(); left--) await pause(20)
  expect(holds()).to.equal(true)
}
