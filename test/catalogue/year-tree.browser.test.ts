import { AxeBuilder } from '@axe-core/playwright'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { assessmentStage, YEAR, type Stage } from '../assessments/stage.ts'
import { PASSWORD } from '../http/app-for-tests.ts'
import { openBrowser } from '../support/browser.ts'
import { listening } from '../support/school.ts'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const DESK = '/cay-nam-hoc/so'
const EDITOR = `${DESK}/tt17-2018-tieu-hoc`

describe('the editor of the year tree in a browser', function () {
  this.timeout(600_000)
  let stage: Stage
  let server: Awaited<ReturnType<typeof listening>>
  let browser: Browser
  before(async () => {
    stage = await assessmentStage()
    server = await listening(stage.app)
    browser = await openBrowser()
  })
  after(async () => {
    await browser.close()
    await server.close()
  })

  async function open(path: string, scripts = true): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1366, height: 768 },
      locale: 'vi-VN',
      javaScriptEnabled: scripts,
    })
    const page = await context.newPage()
    await page.goto(`${server.url}/dang-nhap?ve=${encodeURIComponent(path)}`)
    await page.getByLabel('Tên đăng nhập').fill('lanhdaoso')
    await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD)
    await Promise.all([page.waitForURL(url => !url.pathname.includes('dang-nhap')), page.keyboard.press('Enter')])
    return page
  }

  const focused = (page: Page): Promise<string> =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.id ?? '')

  it('works without script: a node is added and rewritten by plain forms', async () => {
    const page = await open(`${EDITOR}?nam=${YEAR}&nut=1`, false)
    await page.getByLabel('Nội dung của nút mới').fill('Văn hóa đọc')
    await page.getByRole('button', { name: 'Thêm', exact: true }).click()
    await page.getByRole('heading', { name: /Tiêu chí 1\.ĐP1/ }).waitFor()
    await page.getByLabel('Nội dung của nút', { exact: true }).fill('Văn hóa đọc của trường')
    await page.getByRole('button', { name: 'Lưu nội dung' }).click()
    expect(await page.getByRole('link', { name: /1\.ĐP1\. Văn hóa đọc của trường/ }).count()).to.equal(1)
    await page.context().close()
  })

  it('is walked by arrow keys, opened by Enter, and reaches the forms by Insert and Delete', async () => {
    const page = await open(`${EDITOR}?nam=${YEAR}`)
    await page.getByRole('tree').waitFor()
    await page.locator('li[tabindex="0"]').focus()
    await page.keyboard.press('ArrowDown')
    expect(await focused(page)).to.match(/^1\. /)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await focused(page)).to.match(/^1\.1\. /)
    await page.keyboard.press('ArrowLeft')
    expect(await focused(page)).to.match(/^1\. /)
    await page.keyboard.press('ArrowRight')
    for (let step = 0; step < 30 && !(await focused(page)).startsWith('1.ĐP1'); step++)
      await page.keyboard.press('ArrowDown')
    expect(await focused(page)).to.match(/^1\.ĐP1\. Văn hóa đọc của trường/)
    await Promise.all([page.waitForURL(/nut=1\.%C4%90P1/), page.keyboard.press('Enter')])
    await page.getByRole('tree').waitFor()
    expect(await focused(page)).to.match(/^1\.ĐP1\. /)
    await page.keyboard.press('Insert')
    expect(await focused(page)).to.equal('o-them')
    await page.locator('li[tabindex="0"]').focus()
    await page.keyboard.press('Delete')
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).to.equal('Xóa nút')
    await page.context().close()
  })

  it('keeps WCAG 2.2 AA on desk, editor and preview, and does not scroll sideways at 360 px', async () => {
    const page = await open(DESK)
    for (const path of [DESK, `${EDITOR}?nut=1.1`, `${EDITOR}?nut=${encodeURIComponent('1.ĐP1')}`]) {
      await page.setViewportSize({ width: 1366, height: 768 })
      await page.goto(server.url + path)
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
      expect(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html}`)).to.deep.equal([])
      await page.setViewportSize({ width: 360, height: 740 })
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow, path).to.be.at.most(0)
    }
    await page.context().close()
  })
})
