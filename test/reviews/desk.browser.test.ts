import { expect } from 'chai'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { PASSWORD } from '../http/app-for-tests.ts'
import { openBrowser } from '../support/browser.ts'
import { listening } from '../support/school.ts'
import { FIRST, ID, reviewStage, SECOND, WEAKNESS, type ReviewStage } from './review-stage.ts'

const PICTURES = process.env['PICTURES'] ?? mkdtempSync(path.join(tmpdir(), 'kiem-dinh-review-pictures-'))
const HERE = `/xem-xet/${ID}`

/** Officer, lead and head on the real screens: remarks, a return, answers, the second sending, the acceptance. */
describe('the review desk in a browser', function () {
  this.timeout(300_000)
  let stage: ReviewStage
  let browser: Browser
  let site: Awaited<ReturnType<typeof listening>>
  const pages = new Map<string, Page>()
  const complaints: string[] = []

  before(async () => {
    stage = await reviewStage()
    await stage.send()
    site = await listening(stage.app)
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await site?.close()
  })
  afterEach(() => expect(complaints).to.deep.equal([]))

  async function as(username: string): Promise<Page> {
    const known = pages.get(username)
    if (known) return known
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN' })
    const page = await context.newPage()
    page.on('pageerror', error => complaints.push(`${page.url()}: ${error.message}`))
    page.on('response', response => {
      if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`)
    })
    pages.set(username, page)
    await page.goto(`${site.url}/dang-nhap`)
    await page.getByLabel('Tên đăng nhập').fill(username)
    await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD)
    await press(page, 'Đăng nhập')
    return page
  }
  async function press(page: Page, label: string): Promise<void> {
    await page.waitForLoadState() // of the page that was come to by a link
    await Promise.all([
      page.waitForEvent('load'),
      page.getByRole('button', { name: label, exact: true }).first().click(),
    ])
  }
  /** Sends a form that asks first, and says yes. */
  async function pressAndAgree(page: Page, label: string): Promise<void> {
    await page.getByRole('button', { name: label, exact: true }).first().click()
    await press(page, 'Đồng ý')
  }
  const picture = (page: Page, name: string) => page.screenshot({ path: path.join(PICTURES, name), fullPage: true })
  const faults = async (page: Page): Promise<readonly string[]> =>
    (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`,
    )

  it('the officer finds the dossier, begins, and remarks on two sentences: one clicked, one by marked words', async () => {
    const page = await as('canboxa')
    await page.goto(`${site.url}/xem-xet?nam=2025-2026`)
    await picture(page, '01-desk.png')
    expect(await faults(page)).to.deep.equal([])
    await page.getByRole('link', { name: 'Trường Tiểu học Hoa Sen' }).click()
    await page.getByLabel('Số đến').fill('77')
    await press(page, 'Bắt đầu xem xét')
    await picture(page, '02-review.png')
    expect(await faults(page)).to.deep.equal([])

    await page.goto(`${site.url}${HERE}/doc?phan=1.1`)
    await page.getByText(WEAKNESS).click()
    expect(await page.locator('[data-review-chosen]').textContent()).to.contain(WEAKNESS)
    await page.getByLabel('Lý do').selectOption('weakPlan')
    await page.getByLabel('Nội dung').fill('Nêu diện tích còn thiếu.')
    await press(page, 'Ghi nhận xét')

    const sentence = page.locator('label.sentence', { hasText: SECOND }).locator('[data-sentence]')
    const box = await sentence.boundingBox()
    if (!box) throw new Error('the sentence is not on the screen')
    await sentence.dblclick({ position: { x: 30, y: box.height / 2 } })
    expect(await page.locator('[data-review-chosen]').textContent()).to.match(/^“.+”$/)
    await page.getByLabel('Lý do').selectOption('noEvidence')
    await page.getByLabel('Nội dung').fill('Dẫn biên bản đo ánh sáng.')
    await press(page, 'Ghi nhận xét')
    await picture(page, '03-reading.png')
    expect(await faults(page)).to.deep.equal([])
    const { remarks } = (await stage.review()).rounds[0] ?? { remarks: [] }
    expect(remarks.map(({ anchor }) => anchor.quote)).to.deep.equal([WEAKNESS, SECOND])
    expect(remarks[1]?.anchor.words).to.be.a('string')
  })

  it('reads without script and on a phone: each sentence has its own button', async () => {
    const { cookies } = await (await as('canboxa')).context().storageState()
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false })
    await context.addCookies(cookies)
    const page = await context.newPage()
    await page.goto(`${site.url}${HERE}/doc?phan=1.1`)
    await page.getByLabel('Chọn câu 1 của phần Mô tả Mức 1, chỉ báo a').check()
    await page.getByLabel('Câu hỏi').check()
    await page.getByLabel('Lý do').selectOption('figuresDiffer')
    await page.getByLabel('Nội dung').fill('12 lớp hay 14 lớp?')
    await press(page, 'Ghi nhận xét')
    await picture(page, '04-phone.png')
    const overflow = await page.locator('html').evaluate(root => root.scrollWidth - root.clientWidth)
    expect(overflow, 'the page is wider than the phone').to.equal(0)
    expect((await stage.review()).rounds[0]?.remarks[2]?.anchor.quote).to.equal(FIRST)
    await context.close()
  })

  it('keeps what an officer typed while the line was down, and writes it once', async () => {
    const page = await as('canboxa2')
    const here = `${site.url}${HERE}/doc?phan=1.1`
    const words = 'Ghi rõ số phòng học đạt chuẩn ánh sáng.'
    await page.goto(here)
    await page.getByLabel('Chọn câu 2 của phần Mô tả Mức 1, chỉ báo a').check({ force: true })
    await page.getByLabel('Góp ý').check()
    await page.getByLabel('Lý do').selectOption('formFault')
    await page.getByLabel('Nội dung').fill(words)
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Ghi nhận xét' }).click()
    await page.getByText('Chưa gửi được vì mất kết nối').waitFor()
    expect(await page.getByLabel('Nội dung').inputValue()).to.equal(words)
    await page.context().setOffline(false)

    await page.goto(here)
    await page.getByText('lấy lại từ máy này').waitFor()
    expect(await page.getByLabel('Nội dung').inputValue()).to.equal(words)
    expect(await page.getByLabel('Góp ý').isChecked()).to.equal(true)
    expect(await page.getByLabel('Lý do').inputValue()).to.equal('formFault')
    expect(await page.locator('[data-review-chosen]').textContent()).to.contain(SECOND)
    expect(await faults(page)).to.deep.equal([])
    // The server writes it, and its answer gets lost on the way: the officer sends once more.
    await page.route(`**${HERE}/nhan-xet`, async route => {
      await route.fetch()
      await route.abort()
    })
    await page.getByRole('button', { name: 'Ghi nhận xét' }).click()
    await page.getByText('Chưa gửi được vì mất kết nối').waitFor()
    await page.unroute(`**${HERE}/nhan-xet`)
    await press(page, 'Ghi nhận xét')
    await page.getByText('Đã ghi nhận xét.').first().waitFor()
    expect(await page.getByLabel('Nội dung').inputValue()).to.equal('')
    expect((await stage.review()).rounds[0]?.remarks.filter(({ text }) => text === words)).to.have.length(1)

    await page.getByLabel('Nội dung').fill('Câu gõ dở trước khi hồ sơ được trả.')
  })

  it('the head answers the question; the lead returns the dossier with a letter', async () => {
    const head = await as('hieutruong')
    await head.goto(`${site.url}/danh-gia/${ID}/xem-xet`)
    await head.getByLabel('Trả lời').fill('12 lớp, theo sổ đăng bộ.')
    await press(head, 'Gửi trả lời')
    await picture(head, '05-school.png')
    expect(await faults(head)).to.deep.equal([])

    const lead = await as('lanhdaoxa')
    await lead.goto(`${site.url}${HERE}/nhan-xet`)
    await press(lead, 'Khép câu hỏi')
    await picture(lead, '06-remarks.png')
    expect(await faults(lead)).to.deep.equal([])
    await lead.goto(`${site.url}${HERE}`)
    const form = lead.locator('#buoc-return')
    await form.getByLabel('Số công văn').fill('12/UBND-VHXH')
    await pressAndAgree(lead, 'Trả hồ sơ')
    expect((await stage.system.assessments.get(ID)).state).to.equal('returned')
    const [letter] = (await stage.review()).letters
    const pdf = await lead.request.get(`${site.url}${HERE}/van-ban/${letter?.id}.pdf`)
    expect(pdf.headers()['content-type']).to.equal('application/pdf')

    // The colleague who was still typing finds the words again where nothing can be written any more.
    const colleague = await as('canboxa2')
    await colleague.goto(`${site.url}${HERE}/doc?phan=1.1`)
    await colleague.locator('[data-unsent]').getByText('Câu gõ dở trước khi hồ sơ được trả.').waitFor()
    await colleague.getByRole('button', { name: 'Bỏ nội dung này' }).click()
    await colleague.goto(`${site.url}${HERE}/doc?phan=1.1`)
    expect(await colleague.locator('[data-unsent]').count()).to.equal(0)
  })

  it('the school answers each point and sends the mended report again', async () => {
    const head = await as('hieutruong')
    await head.goto(`${site.url}/danh-gia/${ID}/bao-cao`)
    const answers = head.locator('#buoc-resume textarea')
    expect(await answers.count()).to.equal(2)
    for (const field of await answers.all()) await field.fill('Đã bổ sung.')
    await press(head, 'Ghi trả lời và hoàn thiện')
    // The council rewrites, adopts and publishes as the first time.
    const { report } = await stage.system.assessments.get(ID)
    await stage.given({ state: 'published', report: { ...report, version: 2 } })
    await stage.write('1.1', {
      'description.1.a': `${FIRST} Phòng học bảo đảm ánh sáng theo biên bản đo.`,
      weaknesses: 'Thư viện còn thiếu 20 mét vuông.',
    })
    await head.goto(`${site.url}/danh-gia/${ID}/bao-cao`)
    await head.getByLabel('Số công văn').fill('40/CV-THHS')
    await pressAndAgree(head, 'Gửi báo cáo')
    expect((await stage.review()).rounds).to.have.length(2)
  })

  it('the lead sees what became of each remark and accepts', async () => {
    const lead = await as('lanhdaoxa')
    await lead.goto(`${site.url}${HERE}/so-sanh`)
    await picture(lead, '07-difference.png')
    expect(await faults(lead)).to.deep.equal([])
    expect(await lead.getByText('Câu đã sửa').count()).to.be.greaterThan(0)
    await lead.goto(`${site.url}${HERE}`)
    await press(lead, 'Bắt đầu xem xét')
    await lead.getByLabel('Số thông báo').fill('15/TB-UBND')
    await pressAndAgree(lead, 'Chấp nhận báo cáo')
    await picture(lead, '08-accepted.png')
    expect((await stage.system.assessments.get(ID)).state).to.equal('accepted')
  })
})
