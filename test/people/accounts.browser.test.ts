import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import { expect } from 'chai'
import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { appForTests, PASSWORD, seat } from '../http/app-for-tests.ts'
import { openBrowser } from '../support/browser.ts'

const NEXT = 'Mưa rơi trên mái ngói'

describe('an account in a browser', function () {
  this.timeout(300_000)
  let browser: Browser
  let server: Server
  let base = ''
  let stage: Awaited<ReturnType<typeof appForTests>>
  before(async () => {
    stage = await appForTests()
    await stage.person('cntt', 'so', [seat('itAdmin', 'so')])
    server = stage.app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    browser = await openBrowser()
  })
  after(async () => {
    await browser.close()
    server.close()
    server.closeAllConnections()
  })

  const newPage = async (): Promise<Page> =>
    (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage()
  async function signIn(page: Page, username: string, password: string): Promise<void> {
    await page.goto(`${base}/dang-nhap?ve=/ho-so`)
    await page.fill('[name=username]', username)
    await page.fill('[name=password]', password)
    await page.click('button:has-text("Đăng nhập")')
  }
  async function sound(page: Page, name: string): Promise<void> {
    await page.waitForLoadState() // without its style a page breaks rules
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze()
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      name,
    ).to.deep.equal([])
    const pictures = process.env['PICTURES']
    if (pictures === undefined) return
    mkdirSync(pictures, { recursive: true })
    await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
  }

  it('goes from the invitation over the password and the second factor to signing in with both', async () => {
    const admin = await newPage()
    await signIn(admin, 'cntt', PASSWORD)
    await admin.goto(`${base}/quan-tri/tai-khoan/them`)
    await admin.fill('[name=name]', 'Đặng Thị Thử')
    await admin.fill('[name=username]', 'dangthithu')
    await admin.fill('[name=unitId]', 'u1')
    await admin.click('button:has-text("Tạo tài khoản")')
    await sound(admin, 'link-given')
    const link = (await admin.locator('code.secret').textContent()) ?? ''

    const person = await newPage()
    await person.goto(link.replace('http://localhost', base))
    await sound(person, 'link')
    await person.fill('[name=next]', NEXT)
    await person.fill('[name=repeated]', NEXT)
    await person.click('button:has-text("Đặt mật khẩu")')
    await person.goto(`${base}/ho-so`)
    await sound(person, 'profile')
    await person.click('a:has-text("Xác thực hai bước")')
    await sound(person, 'second-factor')
    const secret = ((await person.locator('code.secret').textContent()) ?? '').replaceAll(' ', '')
    const code = (): string =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: stage.clock.at.getTime() })
    await person.fill('[name=code]', code())
    await person.click('button:has-text("Bật")')
    await person.getByText('Đã bật xác thực hai bước').waitFor()
    await sound(person, 'recovery-codes')
    expect(await person.locator('.recovery-codes li').count()).to.equal(10)

    stage.clock.at = new Date(stage.clock.at.getTime() + 30_000)
    const other = await newPage()
    await signIn(other, 'dangthithu', NEXT)
    await other.getByLabel('Mã xác thực').waitFor()
    await sound(other, 'second-step')
    await other.fill('[name=code]', code())
    await other.click('button:has-text("Tiếp tục")')
    await other.waitForURL(`${base}/ho-so`)
    expect(await other.locator('.sessions li').count()).to.equal(2)
  })

  it('is looked after on pages that everybody can read and use', async () => {
    const page = await newPage()
    await signIn(page, 'cntt', PASSWORD)
    const id = await stage.person('gv', 'u1', [seat('staff', 'u1')])
    for (const [name, path] of [
      ['list', '/quan-tri/tai-khoan'],
      ['person', `/quan-tri/tai-khoan/${id}`],
      ['rules', '/quan-tri/tai-khoan/quy-dinh'],
    ] as const) {
      await page.goto(base + path)
      await sound(page, name)
    }
  })
})
