import { AxeBuilder } from '@axe-core/playwright'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { appForTests, PASSWORD, seat } from './app-for-tests.ts'
import { sampleRoutes } from './sample-routes.ts'

const PHONE = { width: 360, height: 740 }

describe('the frame of every page in a browser', function () {
  this.timeout(300_000)
  let browser: Browser
  let server: Server
  let base = ''
  before(async () => {
    const stage = await appForTests(sampleRoutes({ last: undefined }))
    await stage.person('cntt', 'so', [seat('itAdmin', 'so')])
    server = stage.app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    base = `http://127.0.0.1:${port}`
    browser = await openBrowser()
  })
  after(async () => {
    await browser.close()
    server.close()
    server.closeAllConnections()
  })

  async function atSample(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage()
    await page.goto(`${base}/mau`)
    await page.fill('[name=username]', 'cntt')
    await page.fill('[name=password]', PASSWORD)
    await page.click('button:has-text("Đăng nhập")')
    await page.waitForURL(`${base}/mau`)
    return page
  }

  it('weighs at most 300 KB at the first visit and 30 KB later', async () => {
    const page = await (await browser.newContext()).newPage()
    const network = await page.context().newCDPSession(page)
    await network.send('Network.enable')
    let bytes = 0
    network.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
    await page.goto(`${base}/dang-nhap`, { waitUntil: 'networkidle' })
    expect(bytes).to.be.within(50_000, 300_000)
    bytes = 0
    await page.goto(`${base}/dang-nhap`, { waitUntil: 'networkidle' })
    expect(bytes).to.be.within(500, 30_000)
  })
  it('changes the working year by choosing it', async () => {
    const page = await atSample()
    await page.selectOption('#chon-nam-hoc', '2024-2025')
    await page.getByText('Năm học 2024-2025').waitFor()
    expect(page.url()).to.equal(`${base}/mau`)
  })
  it('works without scripts', async () => {
    const page = await atSample({ javaScriptEnabled: false })
    await page.selectOption('#chon-nam-hoc', '2024-2025')
    await page.click('.picker-button')
    expect(await page.textContent('.subtitle')).to.equal('Năm học 2024-2025')
    await page.fill('[name=name]', 'Lan')
    await page.click('form[data-warn-unsaved] button')
    expect(await page.textContent('.notice-success')).to.contain('Đã lưu Lan.')
  })
  it('asks before a step that wants to be confirmed, and sends nothing when it is called off', async () => {
    const page = await atSample()
    const posted: string[] = []
    page.on('request', request => request.method() === 'POST' && posted.push(request.url()))
    await page.click('text=Gửi Hội đồng xem')
    await page.click('dialog >> text=Hủy')
    expect(posted).to.deep.equal([])
    await page.click('text=Gửi Hội đồng xem')
    const sent = page.waitForRequest(request => request.method() === 'POST')
    await page.click('dialog >> text=Đồng ý')
    expect((await sent).url()).to.equal(`${base}/mau/nop`)
  })
  it('leads the eye to what is wrong in a refused form', async () => {
    const page = await atSample()
    await page.fill('[name=name]', 'thiếu')
    await page.click('form[data-warn-unsaved] button.btn-primary')
    await page.getByRole('link', { name: 'Tiêu chí 1.2 chưa có minh chứng' }).first().waitFor()
    await page.waitForLoadState() // only now its script has run
    expect(await page.inputValue('[name=name]')).to.equal('thiếu')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).to.equal('alert')
    expect(page.url()).to.equal(`${base}/mau`)
    expect((await page.reload())?.request().method()).to.equal('GET')
  })
  for (const viewport of [{ width: 1366, height: 768 }, PHONE]) {
    it(`breaks no WCAG 2.2 AA rule and never scrolls sideways at ${viewport.width} px`, async () => {
      const page = await atSample({ viewport })
      for (const path of ['/mau', '/ho-so', '/quan-tri/tai-khoan', '/quan-tri/tai-khoan/them', '/khong-co']) {
        await page.goto(base + path)
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
        const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
        expect(
          violations.map(({ id, nodes }) => `${id} ${nodes.map(node => node.html).join()}`),
          path,
        ).to.deep.equal([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).to.be.at.most(0)
      }
    })
  }
  it('opens the menu on a phone and closes it by Escape', async () => {
    const page = await atSample({ viewport: PHONE })
    const link = page.locator('.menu-panel').getByText('Việc của tôi')
    expect(await link.isVisible()).to.equal(false)
    await page.click('[aria-label=Menu]')
    expect(await link.isVisible()).to.equal(true)
    await page.keyboard.press('Escape')
    expect(await link.isVisible()).to.equal(false)
  })
})
