import { AxeBuilder } from '@axe-core/playwright'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { openAssessment } from '../../src/assessments/index.ts'
import { PASSWORD } from '../http/app-for-tests.ts'
import { openBrowser } from '../support/browser.ts'
import { listening } from '../support/school.ts'
import { assessmentStage, GROUPS, helper, HERE, ID, SCHOOL, sheetsIn, withCouncil, YEAR, type Stage } from './stage.ts'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

describe('the rights of a working group in a browser', function () {
  this.timeout(300_000)
  let stage: Stage
  let server: Awaited<ReturnType<typeof listening>>
  let browser: Browser
  beforeEach(async () => {
    stage = await assessmentStage()
    await openAssessment(stage.system.assessmentNeeds)(await stage.actor('hieutruong'), SCHOOL, YEAR)
    await stage.given({
      ...withCouncil(stage),
      groups: GROUPS.map(group =>
        group.id === 'nhom-1' ? { ...group, members: [...group.members, helper('dungngoai')] } : group,
      ),
      state: 'working',
      criteria: await sheetsIn(stage, 'drafting'),
      plan: { version: 1, number: '20/KH', approvedOn: '2025-09-07', deadlines: {} },
    })
    server = await listening(stage.app)
    browser = await openBrowser()
  })
  afterEach(async () => {
    await browser.close()
    await server.close()
  })

  async function open(username: string, path: string, width = 1366, scripts = true): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width, height: 768 },
      locale: 'vi-VN',
      javaScriptEnabled: scripts,
    })
    const page = await context.newPage()
    await page.goto(`${server.url}/dang-nhap?ve=${encodeURIComponent(path)}`)
    await page.getByLabel('Tên đăng nhập').fill(username)
    await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD)
    await Promise.all([page.waitForURL(url => !url.pathname.includes('dang-nhap')), page.keyboard.press('Enter')])
    return page
  }

  it('are set by keyboard at 360 px without scripts, and read by who may not set them', async () => {
    const page = await open('hieutruong', `${HERE}/nhom`, 360, false)
    const group = page.locator('#quyen-nhom-1')
    await group.locator('summary').focus()
    await page.keyboard.press('Enter')
    const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect(over).to.equal(0)
    await group.getByLabel('Chỉ trưởng nhóm').focus()
    await page.keyboard.press('Space')
    await group.getByLabel('Lý do').fill('Trưởng nhóm soát trước')
    await page.keyboard.press('Enter')
    await page.getByText('Đã lưu quyền của Nhóm 1; có hiệu lực ngay.').waitFor()
    expect((await stage.system.assessments.get(ID)).groups[0]?.rights?.deeds).to.not.include('handIn')

    const reader = await open('thanhvien', `${HERE}/nhom`)
    await reader.locator('#quyen-nhom-1 summary').click()
    const { violations } = await new AxeBuilder({ page: reader }).withTags(WCAG).analyze()
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).to.deep.equal([])
    expect(await reader.locator('#quyen-nhom-1').getByRole('button').count()).to.equal(0)
  })

  it('end under a member’s hands: the page says why, and nothing that was typed is lost', async () => {
    const sheet = `${HERE}/phieu/1.1`
    const writing = await open('thanhvien', sheet)
    const field = writing.locator('form[data-part="strengths"] textarea')
    await field.fill('Trường có nền nếp.')
    await writing.getByText('Đã lưu').first().waitFor()

    const chair = await open('hieutruong', `${HERE}/nhom`)
    const group = chair.locator('#quyen-nhom-1')
    await group.locator('summary').click()
    const { violations } = await new AxeBuilder({ page: chair }).withTags(WCAG).analyze()
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).to.deep.equal([])
    await group.getByRole('group', { name: 'Mùa Thị Thành Viên' }).getByLabel('Vai trò').selectOption('read')
    await group.getByLabel('Lý do').fill('Phân công lại')
    await group.getByRole('button', { name: 'Lưu quyền của Nhóm 1' }).click()
    await group.getByText('Mùa Thị Thành Viên sẽ không viết tiếp được').waitFor()
    await group.getByLabel('Tôi đã xem các việc trên').check()
    await group.getByRole('button', { name: 'Lưu quyền của Nhóm 1' }).click()
    await chair.getByText('Đã lưu quyền của Nhóm 1').waitFor()

    await field.fill('Trường có nền nếp. Câu viết sau quyết định.')
    await writing.getByText('Bạn chỉ xem trong Nhóm 1, theo quyết định').first().waitFor()
    await writing.reload()
    const unsent = writing.locator('[data-unsent="strengths"]')
    await unsent.getByText('Nội dung bạn đã gõ mà chưa lưu được').waitFor()
    expect(await unsent.textContent()).to.contain('Câu viết sau quyết định.')
    expect(await writing.locator('textarea').count()).to.equal(0)
  })
})
