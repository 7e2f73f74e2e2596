import { expect } from 'chai'
import { mkdtempSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { pino } from 'pino'
import { createApp } from '../../src/app.ts'
import { advanceCriterion, REPORT, reopenSheets, writePart } from '../../src/assessments/index.ts'
import { closeReport } from '../../src/demo/close-report.ts'
import { DEMO_PASSWORD, demoSchool, type DemoSchool } from '../../src/demo/index.ts'
import { signAnnual } from '../../src/demo/sign-annual.ts'
import { openPeriod } from '../../src/demo/tell-period.ts'
import { buildAssets } from '../../src/http/assets.ts'
import { addDays, type Clock } from '../../src/kernel/dates.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { unzipOwn } from '../../src/kernel/zip.ts'
import { signInLimits } from '../../src/people/index.ts'
import { lockDueFigures } from '../../src/periods/index.ts'
import { readGrids } from '../../src/sheet-files/index.ts'
import { buildSystem, type System } from '../../src/system/system.ts'
import { readPages } from '../paper/read-pdf.ts'
import { openBrowser } from '../support/browser.ts'
import { testDatabase } from '../support/database.ts'

const TODAY = '2026-11-20'
const NEXT = addDays(TODAY, 1)
const COMMUNE = 'xa-vi-du-nam'
const PROVINCE = 'so-minh-hoa'
const MENDED = 'Cuối học kỳ, nhà trường rà soát phương hướng và ghi biên bản.'
const PICTURES = process.env['PICTURES'] ?? mkdtempSync(path.join(tmpdir(), 'kiem-dinh-pictures-'))

/**
 * The managing level once through on the real screens: a school sends its report, the commune returns it for two
 * reasons, the school mends it and sends again, the commune accepts and sends its own duty, the Sở closes the period
 * and downloads its report. What a council does between is done by use cases; the other browser flow shows it.
 */
describe('a report from the school to the province', function () {
  this.timeout(600_000)
  let school: DemoSchool
  let system: System
  let browser: Browser
  let server: Server
  let base = ''
  let today = TODAY
  let periodId = ''
  let pictures = 0
  const complaints: string[] = []
  const pages = new Map<string, Promise<Page>>()

  before(async () => {
    const db = await testDatabase()
    const filesDir = mkdtempSync(path.join(tmpdir(), 'kiem-dinh-e2e-'))
    const faults: unknown[] = []
    const build = (now: Clock): System => buildSystem(db, { filesDir, now, report: error => faults.push(error) })
    const begun = Date.now()
    system = build(() => new Date(Date.parse(`${today}T15:00:00Z`) + Date.now() - begun))
    const limits = signInLimits(db)
    await ensureIndexes(db)
    school = await demoSchool(build, { upTo: 'published', today: TODAY })
    const days = { schoolDue: TODAY, unitClosing: TODAY, unitDue: TODAY, closing: TODAY }
    const later = { provinceDue: addDays(TODAY, 5), ministryDue: addDays(TODAY, 9) }
    periodId = (await openPeriod(school.story.world, school.year, 'start', { ...days, ...later })).id
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
    await browser?.close()
    server?.closeAllConnections()
    await new Promise(done => server.close(done))
  })

  async function as(username: string): Promise<Page> {
    const opened = pages.get(username) ?? signIn(username)
    pages.set(username, opened)
    return opened
  }
  async function signIn(username: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN' })
    const page = await context.newPage()
    page.on('pageerror', error => complaints.push(`${username} ${page.url()}: ${error.message}`))
    page.on('response', response => {
      if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`)
    })
    await page.goto(`${base}/dang-nhap`)
    await page.getByLabel('Tên đăng nhập').fill(username)
    await page.getByLabel('Mật khẩu', { exact: true }).fill(DEMO_PASSWORD)
    await press(page, 'Đăng nhập')
    return page
  }
  /** Presses a button that sends a form, says yes where the page asks first, and waits for the page that answers. */
  async function press(page: Page, label: string, asks = false): Promise<void> {
    const button = (name: string) => page.getByRole('button', { name, exact: true }).first()
    await page.waitForLoadState() // of the page that was come to by a link
    if (asks) await button(label).click()
    await Promise.all([page.waitForEvent('load'), button(asks ? 'Đồng ý' : label).click()])
    pictures++
    await page.screenshot({
      path: path.join(PICTURES, `tinh-${String(pictures).padStart(2, '0')}.png`),
      fullPage: true,
    })
  }
  const stateNow = async () => (await system.assessments.get(school.assessmentId)).state
  const duty = async (unitId: string) => (await system.periodNeeds.duties.find(`${periodId}:${unitId}`))?.state
  const dutyPage = (unitId: string): string => `${base}/ky-bao-cao/${periodId}/don-vi/${unitId}`
  const head = (): Promise<Page> => as(school.people['hieutruong']?.username ?? '')

  async function send(number: string): Promise<void> {
    const page = await head()
    await page.goto(`${base}/danh-gia/${school.assessmentId}/bao-cao`)
    await page.getByLabel('Số công văn').fill(number)
    await press(page, 'Gửi báo cáo', true)
    expect(await stateNow()).to.equal('submitted')
  }

  it('the head sends the published report to the commune', () => send('35/CV-THCSVD1'))

  it('the officer remarks on a sentence of a sheet and on a part of the report; the lead returns both', async () => {
    const officer = await as('chuyenvienxa.vdn')
    await officer.goto(`${base}/xem-xet?nam=${school.year}`)
    await officer.getByRole('link', { name: school.story.plan.name }).first().click()
    await officer.getByLabel('Số đến').fill('77')
    await press(officer, 'Bắt đầu xem xét')
    for (const place of ['1.1', REPORT]) {
      await officer.goto(`${base}/xem-xet/${school.assessmentId}/doc?phan=${place}`)
      await officer.locator('label.sentence [data-sentence]').first().click()
      await officer.getByLabel('Lý do').selectOption(place === '1.1' ? 'noEvidence' : 'descriptionDiffers')
      await officer.getByLabel('Nội dung').fill(`Viết rõ hơn ở chỗ này (${place}).`)
      await press(officer, 'Ghi nhận xét')
    }
    const lead = await as('lanhdaoxa.vdn')
    await lead.goto(`${base}/xem-xet/${school.assessmentId}`)
    await lead.locator('#buoc-return').getByLabel('Số công văn').fill('58/UBND-VHXH')
    await press(lead, 'Trả hồ sơ', true)
    const { submissions } = await system.assessments.get(school.assessmentId)
    expect(await stateNow()).to.equal('returned')
    expect(submissions.at(-1)?.returned?.points).to.have.length(2)
  })

  it('the head answers both points; the council mends and adopts, the school sends again', async () => {
    const page = await head()
    await page.goto(`${base}/danh-gia/${school.assessmentId}/bao-cao`)
    const answers = page.locator('#buoc-resume textarea')
    expect(await answers.count()).to.equal(2)
    for (const field of await answers.all()) await field.fill('Đã bổ sung theo yêu cầu.')
    await press(page, 'Ghi trả lời và hoàn thiện')
    expect(await stateNow()).to.equal('drafting')
    await mend()
    await send('36/CV-THCSVD1')
  })

  /** The sheet goes back to its writer and through group and council again; then adoption and publication. */
  async function mend(): Promise<void> {
    const { story, assessmentId: id } = school
    const needs = story.world.system.assessmentNeeds
    const at = (key: string) => story.as(key, 'end', 20)
    const step = async (key: string, event: Parameters<ReturnType<typeof advanceCriterion>>[3]) =>
      advanceCriterion(needs)(await at(key), id, '1.1', event)
    await reopenSheets(needs)(await at('hieutruong'), id, ['1.1'], 'Hoàn thiện theo yêu cầu của xã.')
    const part = 'description.1.a'
    const { text, rev } = (await needs.sheets.find(id, '1.1')).parts[part] ?? { text: '', rev: 0 }
    await writePart(needs)(await at('thanhvien1'), id, '1.1', part, { rev, text: `${text} ${MENDED}` })
    await step('thanhvien1', { type: 'handIn' })
    await step('truongnhom1', { type: 'confirm', by: story.player('truongnhom1').id })
    const decision = { kind: 'vote', votes: { for: 7, against: 0, other: 0, total: 7 } } as const
    await step('hieutruong', { type: 'agree', decision })
    await closeReport(story, 'published')
  }

  it('the officer verifies the figures, the lead sees what was mended and accepts', async () => {
    const officer = await as('chuyenvienxa.vdn')
    await officer.goto(`${base}/so-lieu/doi-sanh?truong=${school.schoolId}&nam=${school.year}`)
    await press(officer, 'Xác nhận khớp')
    const lead = await as('lanhdaoxa.vdn')
    await lead.goto(`${base}/xem-xet/${school.assessmentId}/so-sanh`)
    expect(await lead.locator('main').textContent()).to.contain(MENDED)
    await lead.goto(`${base}/xem-xet/${school.assessmentId}`)
    await press(lead, 'Bắt đầu xem xét')
    await lead.getByLabel('Số thông báo').fill('61/TB-UBND')
    await press(lead, 'Chấp nhận báo cáo', true)
    expect(await stateNow()).to.equal('accepted')
  })

  it('school and commune do their duty in the period, each accepted above', async () => {
    const unitsUp = [
      { sender: await head(), unitId: school.schoolId, above: await as('chuyenvienxa.vdn') },
      { sender: await as('lanhdaoxa.vdn'), unitId: COMMUNE, above: await as('chuyenvienso') },
    ]
    for (const { sender, unitId, above } of unitsUp) {
      await sender.goto(dutyPage(unitId))
      await press(sender, 'Bắt đầu báo cáo')
      await press(sender, 'Gửi báo cáo', true)
      expect(await duty(unitId)).to.equal('sent')
      await above.goto(dutyPage(unitId))
      await press(above, 'Chấp nhận')
      expect(await duty(unitId)).to.equal('accepted')
    }
  })

  it('the Sở closes the period on frozen figures and signs', async () => {
    today = NEXT
    pages.clear()
    expect(await lockDueFigures(system.periodNeeds)()).to.deep.equal([periodId])
    const officer = await as('chuyenvienso')
    await officer.goto(`${base}/ky-bao-cao/${periodId}`)
    await press(officer, 'Hoàn thành tổng hợp')
    await signAnnual(school.story.world, PROVINCE, school.year, 'start', NEXT)
    const lead = await as('lanhdaoso')
    await lead.goto(`${base}/ky-bao-cao/${periodId}`)
    expect(await lead.locator('main').textContent()).to.contain('Số 1120/BC-SGDĐT')
    await press(lead, 'Công bố', true)
    expect((await system.periodNeeds.periods.get(periodId)).state).to.equal('published')
  })

  it('the report comes as PDF, Word and spreadsheet with the figures of the screen', async () => {
    const lead = await as('lanhdaoso')
    const here = `${base}/bao-cao-nam/${PROVINCE}/${school.year}/dau-nam`
    await lead.goto(here)
    await lead.screenshot({ path: path.join(PICTURES, 'tinh-bao-cao-nam.png'), fullPage: true })
    const cell = lead.locator(
      '#bang-P1 a[href$="/o/P1/all/finished"], [id="bang-P1"] ~ * a[href$="/o/P1/all/finished"]',
    )
    const shown = Number(await cell.first().textContent())
    expect(shown).to.equal(1)
    await cell.first().click()
    await lead.waitForLoadState()
    expect(await lead.locator('main').textContent()).to.contain(school.story.plan.name)

    const fetched = async (ending: string): Promise<Buffer> => {
      const answer = await lead.request.get(`${here}/bao-cao.${ending}`)
      expect(answer.status(), ending).to.equal(200)
      return answer.body()
    }
    const [pdf, word, sheets] = [await fetched('pdf'), await fetched('docx'), await fetched('xlsx')]
    expect(pdf.subarray(0, 5).toString()).to.equal('%PDF-')
    for (const packed of [word, sheets]) expect(packed.subarray(0, 2).toString()).to.equal('PK')
    const printed = (await readPages(pdf)).map(page => page.text).join(' ')
    expect(printed).to.contain('1120/BC-SGDĐT')
    expect(String(unzipOwn(word).get('word/document.xml'))).to.contain('1120/BC-SGDĐT')
    const grid = (await readGrids(sheets)).find(({ sheet }) => sheet === 'P1')
    const total = grid?.rows.find(
      row => row.includes(shown) && row.some(value => typeof value === 'string' && value.startsWith('Tổng')),
    )
    expect(total, 'the sum of table P1').to.not.equal(undefined)
  })
})
