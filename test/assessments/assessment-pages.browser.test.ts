import { AxeBuilder } from '@axe-core/playwright'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { openAssessment } from '../../src/assessments/index.ts'
import { PASSWORD } from '../http/app-for-tests.ts'
import { openBrowser } from '../support/browser.ts'
import { listening } from '../support/school.ts'
import { assessmentStage, HERE, ID, SCHOOL, sheetsIn, withCouncil, YEAR, type Stage } from './stage.ts'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const SCREENS = [
  '/viec-cua-toi',
  '/danh-gia',
  ...['', '/hoi-dong', '/nhom', '/bao-cao', '/gop-y', '/nhat-ky'].map(each => HERE + each),
]

describe('the screens of an assessment in a browser', function () {
  this.timeout(300_000)
  let stage: Stage
  let server: Awaited<ReturnType<typeof listening>>
  let browser: Browser
  before(async () => {
    stage = await assessmentStage()
    await openAssessment(stage.system.assessmentNeeds)(await stage.actor('hieutruong'), SCHOOL, YEAR)
    await stage.given({
      ...withCouncil(stage),
      state: 'drafting',
      criteria: await sheetsIn(stage, 'agreed'),
      plan: { version: 1, deadlines: { adoptDue: '2025-09-01', publishDue: '2025-09-12' } },
      consultation: { openedOn: '2025-08-01', endsOn: '2025-08-20', closedOn: '2025-08-21', comments: [] },
    })
    server = await listening(stage.app)
    browser = await openBrowser()
  })
  after(async () => {
    await browser.close()
    await server.close()
  })

  async function open(path: string, width = 1366, height = 768, scripts = true): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width, height },
      locale: 'vi-VN',
      javaScriptEnabled: scripts,
    })
    const page = await context.newPage()
    await page.goto(`${server.url}/dang-nhap?ve=${encodeURIComponent(path)}`)
    await page.getByLabel('Tên đăng nhập').fill('hieutruong')
    await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD)
    await Promise.all([page.waitForURL(url => !url.pathname.includes('dang-nhap')), page.keyboard.press('Enter')])
    return page
  }

  it('keep WCAG 2.2 AA and do not scroll sideways at 360 px', async () => {
    const page = await open('/viec-cua-toi')
    for (const path of SCREENS) {
      await page.setViewportSize({ width: 1366, height: 768 })
      await page.goto(server.url + path)
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
      expect(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html}`)).to.deep.equal([])
      await page.setViewportSize({ width: 360, height: 740 })
      const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
      expect(over, path).to.equal(0)
    }
    await page.context().close()
  })

  it('tell while the council is edited what it lacks, and find people by unaccented letters', async () => {
    const page = await open(`${HERE}/hoi-dong`)
    await page.locator('[data-council-result] .state-green').waitFor()
    await page.getByLabel('Vai trò của Hà Thị Tổ Toán').selectOption('member')
    await page.getByText('Hội đồng chưa có thư ký.').waitFor()
    await page.getByText('Chọn thêm người của trường').click()
    await page.getByLabel('Tìm theo tên, chức vụ').fill('mua thi')
    expect(await page.getByText('Mùa Thị Thành Viên').isVisible()).to.equal(true)
    expect(await page.getByText('Bạc Thị Văn Thư').isVisible()).to.equal(false)
    await page.getByLabel('Vai trò của Mùa Thị Thành Viên').selectOption('secretary')
    await page.locator('[data-council-result] .state-green').waitFor()
    expect((await stage.system.assessments.get(ID)).council.members).to.have.length(8)
    await page.context().close()
  })

  it('give a whole standard to a group at once', async () => {
    const page = await open(`${HERE}/nhom`)
    await page.getByLabel('Giao cả tiêu chuẩn 4').selectOption('nhom-1')
    expect(await page.getByLabel('Nhóm phụ trách tiêu chí 4.2').inputValue()).to.equal('nhom-1')
    expect(await page.getByLabel('Nhóm phụ trách tiêu chí 5.1').inputValue()).to.equal('nhom-2')
    await page.context().close()
  })

  it('save a text of the report by itself and count the vote while it is typed', async () => {
    const page = await open(`${HERE}/bao-cao`)
    await page.getByRole('textbox', { name: 'Tình hình chung của nhà trường' }).fill('Trường thành lập năm 2005.')
    await page.locator('[data-save][data-state=saved]').waitFor()
    const { parts } = await stage.system.sheets.find(ID, 'bao-cao')
    expect(parts['situation']?.text).to.equal('Trường thành lập năm 2005.')
    await page.getByLabel('Tán thành', { exact: true }).fill('5')
    await page.getByLabel('Không tán thành').fill('3')
    expect(await page.locator('output').textContent()).to.equal('5/8 phiếu tán thành: chưa đủ 6 phiếu.')
    await page.getByLabel('Tán thành', { exact: true }).fill('6')
    await page.getByLabel('Không tán thành').fill('2')
    expect(await page.locator('output').textContent()).to.equal('6/8 phiếu tán thành: đủ để thông qua.')
    await page.context().close()
  })

  it('work without scripts: a text is saved by its button, a group is added', async () => {
    const page = await open(`${HERE}/bao-cao#phan-process`, 1366, 768, false)
    const form = page.locator('form[data-part=process]')
    await form.locator('textarea').fill('Hội đồng họp bốn lần.')
    await form.getByRole('button', { name: 'Lưu' }).click()
    await page.getByText('Đã lưu “Tóm tắt quá trình và những vấn đề nổi bật”.').waitFor()
    await page.goto(`${server.url}${HERE}/nhom`)
    await page.getByRole('button', { name: 'Thêm nhóm' }).click()
    await page.getByText('Đã lưu 3 nhóm công tác.').waitFor()
    expect((await stage.system.assessments.get(ID)).groups.map(({ name }) => name)).to.deep.equal([
      'Nhóm 1',
      'Nhóm 2',
      'Nhóm 3',
    ])
    await page.context().close()
  })
})
