import { expect } from 'chai'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { AxeBuilder } from '@axe-core/playwright'
import { assignCode } from '../../src/evidence/assign-code.ts'
import { verify } from '../../src/evidence/check-evidence.ts'
import { collect } from '../../src/evidence/collect.ts'
import { evidenceOf } from '../../src/evidence/evidence-needs.ts'
import { evidenceRoutes } from '../../src/evidence/evidence-routes.ts'
import { itemRoutes } from '../../src/evidence/item-routes.ts'
import { appForTests, PASSWORD } from '../http/app-for-tests.ts'
import { openBrowser } from '../support/browser.ts'
import { aDossier, anInput, bench, SCHOOL, seat, SECRETARIAT, type Bench } from './support.ts'

const ID = aDossier().id
const BOARD = `/danh-gia/${ID}/minh-chung`

describe('evidence in the browser', function () {
  this.timeout(300_000)
  let b: Bench
  let browser: Browser
  let page: Page
  let base: string
  let folder: string
  let stop: () => Promise<unknown>

  before(async () => {
    b = await bench()
    const app = await appForTests([
      ...evidenceRoutes(b.needs),
      ...itemRoutes({ ...b.needs, history: subject => b.journal.of(subject) }),
    ])
    await app.person('thuky', SCHOOL, [seat('secretariat'), seat('secretary')])
    const server = app.app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    stop = () => new Promise(done => server.close(done))
    // A listening TCP server has such an address.
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    folder = await mkdtemp(path.join(tmpdir(), 'bulk-'))
    for (const name of ['mot', 'hai', 'ba']) await writeFile(path.join(folder, `${name}.pdf`), `%PDF-1.7\n${name}`)
    browser = await openBrowser()
    page = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage()
    await page.goto(`${base}/dang-nhap?ve=${BOARD}`)
    await page.fill('[name=username]', 'thuky')
    await page.fill('[name=password]', PASSWORD)
    await page.click('button:has-text("Đăng nhập")')
    await page.waitForURL(`${base}${BOARD}`)
  })
  after(async () => {
    await browser.close()
    await stop()
    await b.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('sends files one by one, and one whose line was cut can be sent again without becoming two', async () => {
    await page.click('.evidence-bulk summary')
    await page.selectOption('#nhieu-tieuchi', '1.2')
    let first = true
    // The server gets the first request, but its answer never arrives: the worst kind of cut.
    await page.route('**/nhieu-tep', async route => {
      if (!first) return route.continue()
      first = false
      await route.fetch()
      await route.abort()
    })
    await page.setInputFiles(
      '#nhieu-tep',
      ['mot', 'hai', 'ba'].map(name => path.join(folder, `${name}.pdf`)),
    )
    await page.click('[data-bulk-upload] .btn-primary')
    await page.waitForSelector('.upload-failed')
    expect(await page.textContent('.upload-failed .upload-words')).to.include('Mất kết nối')
    await page.locator('.upload-done').nth(1).waitFor()
    await page.click('.upload-failed button')
    await page.locator('.upload-done').nth(2).waitFor()
    expect((await evidenceOf(b.needs, ID)).map(item => item.name).toSorted()).to.deep.equal(['Ba', 'Hai', 'Mot'])
    expect(await page.textContent('[data-uploads]')).not.to.include('đã có ở')
  })

  it('stands on a phone without scrolling sideways and without faults of accessibility', async () => {
    const long = 'Kế hoạch chiến lược phát triển nhà trường giai đoạn 2020-2025, tầm nhìn đến năm 2030'
    const files = [await b.received('%PDF-1.7 dài', `${'ten-tep-rat-dai-'.repeat(8)}.pdf`)]
    const { item } = await collect(b.needs)(SECRETARIAT, ID, { input: anInput({ name: long }), files })
    await verify(b.needs)(SECRETARIAT, item.id, { dataClass: 'internal', originalSeen: true })
    await assignCode(b.needs)(SECRETARIAT, item.id)
    for (const address of [BOARD, `${BOARD}/moi`, `${BOARD}/danh-muc`, `/minh-chung/${item.id}`]) {
      await page.goto(base + address)
      for (const panel of await page.locator('main details').all())
        await panel.evaluate(each => each.setAttribute('open', ''))
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(beyond, address).to.equal(0)
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze()
      expect(
        violations.flatMap(each => each.nodes.map(node => `${each.id}: ${node.html}`)),
        address,
      ).to.deep.equal([])
    }
  })
})
