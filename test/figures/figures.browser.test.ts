import { AxeBuilder } from '@axe-core/playwright'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { PASSWORD, seat } from '../http/app-for-tests.ts'
import { organisationsStage } from '../organisations/stage.ts'
import { openBrowser } from '../support/browser.ts'

const WIDE = { width: 1366, height: 768 }
const PHONE = { width: 360, height: 740 }

describe('figures in a browser', function () {
  this.timeout(300_000)
  let browser: Browser
  let server: Server
  let base = ''
  before(async () => {
    const stage = await organisationsStage()
    await stage.person('head', 'thcs', [seat('head', 'thcs')])
    await stage.person('so', 'so', [seat('provinceLead', 'so')])
    await stage.person('lead', 'xa', [seat('middleLead', 'xa')])
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

  async function at(path: string, who = 'head', viewport = WIDE): Promise<Page> {
    const page = await (await browser.newContext({ viewport })).newPage()
    await page.goto(`${base}${path}`)
    await page.fill('[name=username]', who)
    await page.fill('[name=password]', PASSWORD)
    await page.click('button:has-text("Đăng nhập")')
    await page.waitForURL(`${base}${path}`)
    return page
  }
  const cell = (page: Page, key: string) => page.locator(`input[data-cell="${key}"]`)
  const total = (page: Page, key: string) => page.locator(`output[data-cell="${key}"]`).first()

  it('follow the typing with totals and ratios, also across tables', async () => {
    const page = await at('/so-lieu')
    for (const grade of ['g6', 'g7', 'g8', 'g9']) {
      await cell(page, `classes.${grade}`).fill('3')
      if (grade !== 'g9') expect(await total(page, 'classes.total').textContent()).to.equal('–')
      await cell(page, `pupils.${grade}`).fill('1.005')
    }
    expect(await total(page, 'classes.total').textContent()).to.equal('12')
    expect(await total(page, 'pupils.total').textContent()).to.equal('4.020')
    expect(await total(page, 'pupils.perClass').textContent()).to.equal('335,00')
  })

  it('go down the column by Enter and arrows, and save by the button', async () => {
    const page = await at('/so-lieu')
    await cell(page, 'classes.g6').fill('2')
    await page.keyboard.press('Enter')
    await page.keyboard.type('4')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.type('5')
    expect(await cell(page, 'classes.g6').inputValue()).to.equal('5')
    expect(await cell(page, 'classes.g7').inputValue()).to.equal('4')
    await page.locator('#classes button, form:has(input[data-cell="classes.g6"]) button').first().click()
    await page.waitForURL(/cot=2025-2026#classes$/)
    expect(await cell(page, 'classes.g7').inputValue()).to.equal('4')
  })

  it('show the chosen year alone on a phone, without scrolling the page sideways', async () => {
    const page = await at('/so-lieu', 'head', PHONE)
    expect(await page.locator('th:has-text("2021-2022")').first().isVisible()).to.equal(false)
    expect(await cell(page, 'classes.g6').isVisible()).to.equal(true)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.equal(PHONE.width)
  })

  for (const [path, who] of [
    ['/so-lieu', 'head'],
    ['/so-lieu/doi-sanh', 'head'],
    ['/so-lieu/nhap?truong=thcs&nam=2025-2026', 'head'],
    ['/doi-sanh', 'lead'],
    ['/doi-sanh', 'so'],
    ['/doi-sanh/giao', 'lead'],
    ['/don-vi', 'head'],
    ['/don-vi/thcs', 'head'],
    ['/don-vi/thcs/ho-so', 'head'],
    ['/don-vi/thcs/nhan-su', 'head'],
    ['/cai-dat', 'lead'],
    ['/cai-dat/submitDue', 'lead'],
    ['/quyen-va-nhiem-vu', 'head'],
    ['/nam-hoc', 'so'],
  ] as const) {
    it(`keep to WCAG 2.2 AA and to a phone’s width: ${path} of ${who}`, async () => {
      const page = await at(path, who, PHONE)
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).to.deep.equal([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.equal(PHONE.width)
    })
  }
})
