import { expect } from 'chai'
import { createServer, type Server } from 'node:http'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { pino } from 'pino'
import { createApp } from '../../src/app.ts'
import { saveGroups, sheetCodes } from '../../src/assessments/index.ts'
import { DEMO_PASSWORD, demoSchool, type DemoSchool } from '../../src/demo/index.ts'
import { draftPlan } from '../../src/demo/draw-plan.ts'
import { enterFigures, reconcile } from '../../src/demo/enter-figures.ts'
import { gatherEvidence } from '../../src/demo/gather-evidence.ts'
import { councilOf, groupsOf } from '../../src/demo/seat-council.ts'
import { shortWords } from '../../src/demo/short-words.ts'
import { dayIn } from '../../src/demo/world.ts'
import { writeSheets } from '../../src/demo/write-sheets.ts'
import { buildAssets } from '../../src/http/assets.ts'
import type { Clock } from '../../src/kernel/dates.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { signInLimits } from '../../src/people/index.ts'
import { buildSystem, type System } from '../../src/system/system.ts'
import { readPages } from '../paper/read-pdf.ts'
import { openBrowser } from '../support/browser.ts'
import { testDatabase } from '../support/database.ts'

const TODAY = '2026-11-20'
const CRITERION = '1.1'
const SENTENCE = 'Ngày khai giảng, nhà trường công khai phương hướng phát triển để cha mẹ học sinh cùng giám sát.'
const PICTURES = process.env['PICTURES'] ?? mkdtempSync(path.join(tmpdir(), 'kiem-dinh-pictures-'))

/**
 * The main job once through, as people do it: three persons take a school from the decision on its council to the
 * adopted report on the real screens. The plan's draft and the sheets besides one are prepared by use cases.
 */
describe('a school from the council’s decision to the adopted report', function () {
  this.timeout(600_000)
  let school: DemoSchool
  let system: System
  let browser: Browser
  let server: Server
  let base = ''
  const complaints: string[] = []
  const pages = new Map<string, Promise<Page>>()
  let pictures = 0

  before(async () => {
    const db = await testDatabase()
    const filesDir = mkdtempSync(path.join(tmpdir(), 'kiem-dinh-e2e-'))
    const faults: unknown[] = []
    const build = (now: Clock): System => buildSystem(db, { filesDir, now, report: error => faults.push(error) })
    const behind = Date.now() - Date.parse(`${TODAY}T02:00:00Z`)
    system = build(() => new Date(Date.now() - behind))
    const limits = signInLimits(db)
    await ensureIndexes(db)
    school = await demoSchool(build, { upTo: 'none', today: TODAY })
    const app = createApp({
      system,
      limits,
      assets: await buildAssets(),
      config: { baseUrl: 'http://127.0.0.1', filesDir, sessionSecrets: ['a secret for tests only, 32 letters'] },
      log: pino({ level: 'error' }, { write: (line: string) => void complaints.push(line) }),
    })
    server = createServer(app).listen(0, '127.0.0.1')
    await new Promise(done => server.once('listening', done))
    const address = server.address()
    base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    browser = await openBrowser()
  })
  afterEach(() => expect(complaints, 'of the server or of a page').to.deep.equal([]))
  after(async () => {
    await browser.close()
    server.closeAllConnections()
    await new Promise(done => server.close(done))
  })

  /** The browser of one person, signed in at the first call. */
  async function as(key: string): Promise<Page> {
    const opened = pages.get(key) ?? signIn(key)
    pages.set(key, opened)
    return opened
  }
  async function signIn(key: string): Promise<Page> {
    const player = school.people[key]
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN' })
    const page = await context.newPage()
    page.on('console', message => {
      // The browser notes every refused request as an error; the answers are watched below.
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
        complaints.push(`${key} ${page.url()}: ${message.text()}`)
    })
    page.on('pageerror', error => complaints.push(`${key} ${page.url()}: ${error.message}`))
    page.on('response', response => {
      if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`)
    })
    await page.goto(`${base}/dang-nhap`)
    await page.getByLabel('Tên đăng nhập').fill(player?.username ?? '')
    await page.getByLabel('Mật khẩu', { exact: true }).fill(DEMO_PASSWORD)
    await press(page, 'Đăng nhập')
    return page
  }
  /** Presses a button that sends a form, and waits for the page that answers. */
  async function press(page: Page, label: string | RegExp): Promise<void> {
    const button = page.getByRole('button', { name: label, exact: typeof label === 'string' })
    await page.waitForLoadState() // of the page that was come to by a link
    await Promise.all([page.waitForEvent('load'), button.first().click()])
    pictures++
    await page.screenshot({ path: path.join(PICTURES, `${String(pictures).padStart(2, '0')}.png`), fullPage: true })
  }
  const here = (rest = ''): string => `${base}/danh-gia/${school.assessmentId}${rest}`
  const stateNow = async () => (await system.assessments.get(school.assessmentId)).state
  const decision = async () => (await system.assessments.get(school.assessmentId)).criteria['1_1']

  it('the head opens the year and signs the decision on the council', async () => {
    const { story } = school
    const head = await as('hieutruong')
    await head.goto(`${base}/danh-gia?nam=${school.year}`)
    await press(head, 'Mở đợt tự đánh giá')
    expect(await stateNow()).to.equal('preparing')

    await head.goto(here('/hoi-dong'))
    const council = councilOf(story.cast, story.plan, story.year)
    for (const { name, role } of council.members) await head.getByLabel(`Vai trò của ${name}`).selectOption(role)
    for (const { name } of council.secretariat)
      await head.locator('li.person', { hasText: name }).getByRole('checkbox', { name: 'Nhóm thư ký' }).check()
    await press(head, 'Lưu danh sách')
    for (const { name, represents } of council.members) {
      const row = head.locator('li.person', { hasText: name })
      for (const box of await row.locator('.person-bodies input[type=checkbox]').all()) {
        const value = await box.getAttribute('value')
        await box.setChecked(represents.some(body => body === value))
      }
    }
    await press(head, 'Lưu danh sách')
    for (const field of await head.locator('input[name^="absent"]').all())
      await field.fill('Trường không có tổ chức này theo quy định hiện hành.')
    await assignGroups()
    await head.getByLabel('Số, ký hiệu quyết định').fill(`12/QĐ-${story.plan.symbol}`)
    await head.getByLabel('Ngày ký').fill(dayIn(story.world, story.year, 'council'))
    await press(head, 'Lưu và ký quyết định')
    expect((await system.assessments.get(school.assessmentId)).councilVersions).to.have.length(1)
  })

  /** Which group works on which criteria: prepared, like the plan's nine sections. */
  async function assignGroups(): Promise<void> {
    const { story } = school
    const groups = groupsOf(story.cast)
    const set = await system.catalogue.setOf((await story.assessment()).set.hash)
    const assigned = Object.fromEntries(
      sheetCodes(set, false).map(code => [code, Number(code.split('.')[0]) <= 2 ? 'nhom-1' : 'nhom-2']),
    )
    await saveGroups(system.assessmentNeeds)(await story.as('hieutruong', 'council'), story.id, { groups, assigned })
  }

  it('the head approves the plan that the secretary has drafted', async () => {
    const { story } = school
    await draftPlan(story)
    const head = await as('hieutruong')
    await head.goto(here('/ke-hoach'))
    await head.getByLabel('Số, ký hiệu').fill(`18/KH-${story.plan.symbol}`)
    await head.getByLabel('Ngày ban hành').fill(dayIn(story.world, story.year, 'plan'))
    await press(head, 'Phê duyệt kế hoạch')
    expect(await stateNow()).to.equal('working')
  })

  it('a member analyses, writes, cites and answers the sheet and hands it in', async () => {
    const { story } = school
    await enterFigures(story)
    await gatherEvidence(story, () => 'coded')
    const words = shortWords(story.plan)
    await writeSheets(story, { words, goal: code => (code === CRITERION ? 'assigned' : 'agreed') })

    const member = await as('thanhvien1')
    await member.goto(`${base}/viec-cua-toi?nam=${school.year}`)
    await Promise.all([
      member.waitForEvent('load'),
      member.locator(`main a[href*="/phieu/${CRITERION}"]`).first().click(),
    ])
    await press(member, 'Phân tích tiêu chí')
    await member.goto(here(`/phieu/${CRITERION}/phan-tich`))
    for (const field of await member.getByLabel('Các câu hỏi đặt ra').all())
      await field.fill('Nhà trường đã xây dựng, phê duyệt và công khai phương hướng chiến lược như thế nào?')
    for (const field of await member.getByLabel('Minh chứng cần thu thập').all())
      await field.fill('Kế hoạch chiến lược, quyết định phê duyệt, ảnh niêm yết công khai')
    await press(member, 'Lưu phiếu phân tích')
    await member.goto(here(`/phieu/${CRITERION}`))
    await press(member, 'Viết phiếu')
    await member.locator('.sheet-live').waitFor()
    await write(member)
    await press(member, /^Nộp/)
    expect(await decision()).to.include({ state: 'groupReview' })
  })

  /** Types every part of the sheet as a person does: sentence, citation by `[`, verdict, one improvement action. */
  async function write(page: Page): Promise<void> {
    const described = page.locator('.indicator:not(.indicator-off)')
    for (const indicator of await described.all()) {
      const field = indicator.locator('textarea[name=text]')
      await field.click()
      await page.keyboard.type(SENTENCE + ' ')
      await page.keyboard.type('[')
      await page.locator('.picker-list:visible [role=option]').first().waitFor()
      await page.keyboard.press('Enter')
      await indicator.getByRole('radio', { name: 'Đạt', exact: true }).check()
    }
    for (const heading of ['2. Điểm mạnh', '3. Điểm yếu', '4. Kế hoạch cải tiến chất lượng']) {
      const field = page.locator('section', { hasText: heading }).last().locator('textarea[name=text]').first()
      await field.click()
      await page.keyboard.type(
        heading.startsWith('3')
          ? 'Việc niêm yết ở điểm trường lẻ còn chậm so với điểm trường chính.'
          : 'Phương hướng chiến lược sát với thực tế của địa phương, được các tổ chuyên môn bàn bạc kỹ.',
      )
    }
    await page.getByRole('button', { name: 'Thêm việc' }).click()
    await page.getByLabel('Nội dung, giải pháp').first().fill('Niêm yết tại điểm trường lẻ cùng ngày với điểm chính')
    await page.getByLabel('Người thực hiện').first().fill('Văn phòng nhà trường')
    await page.getByLabel('Bắt đầu').first().fill('2027-08-05')
    await page.getByLabel('Hoàn thành').first().fill('2027-09-05')
    await page.getByLabel('Nguồn lực').first().fill('Nhân viên văn phòng')
    await page.getByLabel('Kinh phí').first().fill('Chi thường xuyên')
    await page.getByLabel('Kết quả cần đạt').first().fill('Mọi điểm trường niêm yết cùng ngày')
    await page.getByLabel('Khắc phục điểm yếu').first().fill('Niêm yết chậm ở điểm trường lẻ')
    await page.getByLabel('Khắc phục điểm yếu').first().blur()
    await page.locator('[data-save][data-state=saved]').waitFor()
  }

  it('the lead confirms the sheet and the council agrees to it', async () => {
    const lead = await as('truongnhom1')
    await lead.goto(here(`/phieu/${CRITERION}`))
    await press(lead, /^Xác nhận/)
    expect(await decision()).to.include({ state: 'councilReview' })

    const head = await as('hieutruong')
    await head.goto(here(`/phieu/${CRITERION}`))
    await head.locator('summary', { hasText: 'Thống nhất phiếu' }).click()
    await head.getByLabel('Tán thành', { exact: true }).fill('7')
    await head.getByLabel('Không tán thành').fill('0')
    await head.getByLabel('Ý kiến khác').fill('0')
    await press(head, 'Thống nhất phiếu')
    expect(await decision()).to.include({ state: 'agreed' })
  })

  it('the secretary writes the report, the council adopts it, and the PDF says what was written', async () => {
    const { story } = school
    const secretary = await as('thuky')
    await secretary.goto(here('/bao-cao'))
    await press(secretary, 'Bắt đầu viết báo cáo')
    expect(await stateNow()).to.equal('drafting')
    for (;;) {
      const offered = secretary.locator('details.proposal').first()
      if ((await offered.count()) === 0) break
      await offered.locator('summary').click()
      await press(secretary, 'Dùng văn bản này')
    }
    await secretary.locator('[data-report-desk] .desk-part textarea').first().waitFor()
    for (const field of await secretary.locator('.desk-part textarea[name=text]').all()) {
      if ((await field.inputValue()) !== '') continue
      await field.click()
      await secretary.keyboard.type('Hội đồng tự đánh giá đã làm việc theo kế hoạch, lấy ý kiến các tổ và thống nhất.')
    }
    await secretary.locator('[data-save][data-state=saved]').waitFor()
    await reconcile(story, 'drafting')
    await secretary.reload()
    await press(secretary, 'Chốt số liệu')
    await press(secretary, 'In dự thảo')

    const head = await as('hieutruong')
    await head.goto(here('/bao-cao'))
    await head.getByLabel('Tán thành', { exact: true }).fill('6')
    await head.getByLabel('Ý kiến khác, vắng mặt').fill('1')
    await head.getByLabel('Biên bản họp').fill('Biên bản số 21/BB-HĐTĐG')
    await head.getByLabel('Lý do không lấy ý kiến về dự thảo').fill('Dự thảo đã được đọc tại phiên họp toàn trường.')
    await head.getByRole('button', { name: 'Ghi kết quả thông qua' }).click()
    await press(head, /^Đồng ý|^Tiếp tục|^Có/)
    expect(await stateNow()).to.equal('adopted')

    const href = await head.getByRole('link', { name: 'Báo cáo đã thông qua' }).getAttribute('href')
    const file = await head.request.get(new URL(href ?? '', base).href)
    expect(file.headers()['content-type']).to.equal('application/pdf')
    const text = (await readPages(await file.body()))
      .map(page => page.text)
      .join(' ')
      .replace(/\s+/g, ' ')
    expect(text).to.contain(story.plan.name)
    expect(text).to.contain(SENTENCE)
    expect(text).to.match(new RegExp(`${SENTENCE.slice(-20)} ?\\[H1-1\\.1-\\d\\d\\]`))
    expect(text).to.match(/Mức [123]/)
  })
})
