import { AxeBuilder } from '@axe-core/playwright'
import { expect } from 'chai'
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { listening, PASSWORD, type Username } from '../support/school.ts'
import { sheetApp, type SheetApp } from './sheet-app.ts'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

describe('the criterion sheet in a browser', function () {
  this.timeout(300_000)
  let s: SheetApp
  let server: Awaited<ReturnType<typeof listening>>
  let browser: Browser
  const signedIn = new Map<Username, Promise<Awaited<ReturnType<BrowserContext['storageState']>>>>()
  const opened: BrowserContext[] = []
  before(async () => {
    s = await sheetApp()
    await s.evidence('1.1', 'Kế hoạch chiến lược phát triển nhà trường')
    await s.evidence('1.2', 'Quyết định thành lập hội đồng trường')
    server = await listening(s.app)
    browser = await openBrowser()
  })
  afterEach(() => Promise.all(opened.splice(0).map(context => context.close())))
  after(async () => {
    await browser.close()
    await server.close()
  })

  const stateOf = async (username: Username) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${server.url}/dang-nhap`)
    await page.getByLabel('Tên đăng nhập').fill(username)
    await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD)
    await Promise.all([page.waitForURL(url => !url.pathname.includes('dang-nhap')), page.keyboard.press('Enter')])
    const state = await context.storageState()
    await context.close()
    return state
  }

  /** A person's own browser, signed in, with the sheet open. */
  async function open(
    code: string,
    username: Username = 'thanhvien',
    size = { width: 1366, height: 768 },
  ): Promise<Page> {
    const state = signedIn.get(username) ?? stateOf(username)
    signedIn.set(username, state)
    const context = await browser.newContext({ storageState: await state, viewport: size, locale: 'vi-VN' })
    opened.push(context)
    const page = await context.newPage()
    await page.goto(`${server.url}/danh-gia/${s.id}/phieu/${code}`)
    await page.locator('.sheet-live').waitFor()
    return page
  }

  const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
  const saved = (page: Page) => page.locator('[data-save][data-state=saved]').waitFor()
  const inState = (page: Page, state: string) => page.locator(`[data-save][data-state=${state}]`).waitFor()
  const stored = async (code: string, part: string) => (await s.system.sheets.find(s.id, code)).parts[part]
  const savesOf = (page: Page): Request[] => {
    const requests: Request[] = []
    page.on('request', request => {
      if (request.method() === 'PUT') requests.push(request)
    })
    return requests
  }

  it('saves by itself after a pause, keeps the caret, and says when', async () => {
    const page = await open('1.1')
    await field(page, 'Điểm mạnh').click()
    await page.keyboard.type('Nề nếp tốt.')
    await saved(page)
    expect(await page.locator('[data-save-words]').textContent()).to.equal('Đã lưu lúc 09:41')
    expect((await stored('1.1', 'strengths'))?.text).to.equal('Nề nếp tốt.')
    expect(await page.evaluate(() => document.activeElement?.id)).to.equal('o-diem-manh')
    expect(await page.evaluate(() => Object.keys(localStorage).length)).to.equal(0)
  })

  it('answers an indicator at once and shows what that changes', async () => {
    const page = await open('1.1')
    await page.getByRole('group', { name: 'Đánh giá Mức 2' }).getByRole('radio', { name: 'Đạt', exact: true }).check()
    await page.locator('#mo-ta-2 .state', { hasText: /^Đạt$/ }).waitFor()
    await page.locator('[data-tree] [aria-current] .mark-met').waitFor()
    expect((await s.system.assessments.get(s.id)).criteria['1_1']?.answers['2']).to.deep.equal({ a: 'met' })
  })

  it('keeps a draft through a lost connection and a closed page, and sends it when the line is back', async () => {
    const page = await open('1.2')
    await page.context().setOffline(true)
    await field(page, 'Điểm yếu').click()
    await page.keyboard.type('Viết khi mất mạng.')
    await inState(page, 'offline')
    await page.getByText('Mất kết nối – bản nháp giữ trên máy này', { exact: true }).waitFor()
    expect(await stored('1.2', 'weaknesses')).to.equal(undefined)
    await page.context().setOffline(false)
    await saved(page)
    expect((await stored('1.2', 'weaknesses'))?.text).to.equal('Viết khi mất mạng.')

    await page.context().setOffline(true)
    await page.keyboard.type(' Thêm nữa.')
    await inState(page, 'offline')
    const { context, url } = { context: page.context(), url: page.url() }
    await page.close({ runBeforeUnload: false })
    await context.setOffline(false)
    const again = await context.newPage()
    await again.goto(url)
    // The closing page may get its last words through itself; else the page opened again sends the kept draft.
    const wanted = 'Viết khi mất mạng. Thêm nữa.'
    while ((await stored('1.2', 'weaknesses'))?.text !== wanted) await again.waitForTimeout(50)
    expect(await field(again, 'Điểm yếu').inputValue()).to.equal(wanted)
  })

  it('shows both texts when two people write one part, and saves what was merged by hand', async () => {
    const [one, two] = [await open('1.3'), await open('1.3', 'dongnghiep')]
    await field(one, 'Điểm mạnh').click()
    await field(two, 'Điểm mạnh').click()
    await one.keyboard.type('Chi bộ hoàn thành tốt nhiệm vụ.')
    await saved(one)
    await two.keyboard.insertText('Công đoàn vững mạnh.') // at once, or the dialog could come between two letters
    const dialog = two.getByRole('dialog', { name: 'Có hai bản khác nhau' })
    await dialog.waitFor()
    expect(await dialog.getByRole('region', { name: 'Bản của bạn' }).textContent()).to.include('Công đoàn vững mạnh.')
    expect(await dialog.textContent())
      .to.include('Chi bộ hoàn thành tốt nhiệm vụ.')
      .and.to.include('Lò Thị Mẫu')
    expect((await new AxeBuilder({ page: two }).withTags(WCAG).analyze()).violations).to.deep.equal([])
    expect((await stored('1.3', 'strengths'))?.text).to.equal('Chi bộ hoàn thành tốt nhiệm vụ.')
    await dialog.getByRole('button', { name: 'Ghép hai bản' }).click()
    await dialog.getByRole('textbox').fill('Chi bộ hoàn thành tốt nhiệm vụ. Công đoàn vững mạnh.')
    await dialog.getByRole('button', { name: 'Lưu bản ghép' }).click()
    await saved(two)
    expect(await stored('1.3', 'strengths')).to.include({
      text: 'Chi bộ hoàn thành tốt nhiệm vụ. Công đoàn vững mạnh.',
      by: 'dongnghiep',
    })
  })

  it('does not send an old draft over newer words: it asks first', async () => {
    const page = await open('1.4')
    await page.context().setOffline(true)
    await field(page, 'Điểm mạnh').click()
    await page.keyboard.type('Bản nháp cũ.')
    await inState(page, 'offline')
    // As a machine leaves that loses its power: a page that is closed may still send its last words.
    const left = await page.context().storageState()
    const other = await open('1.4', 'dongnghiep')
    await field(other, 'Điểm mạnh').click()
    await other.keyboard.type('Bản mới của đồng nghiệp.')
    await saved(other)

    const later = await browser.newContext({ storageState: left, locale: 'vi-VN' })
    opened.push(later)
    const again = await later.newPage()
    const saves = savesOf(again)
    await again.goto(page.url())
    const dialog = again.getByRole('dialog', { name: 'Có hai bản khác nhau' })
    await dialog.waitFor()
    expect(saves).to.deep.equal([])
    expect((await stored('1.4', 'strengths'))?.text).to.equal('Bản mới của đồng nghiệp.')
    await dialog.getByRole('button', { name: 'Lấy bản đang lưu' }).click()
    expect(await field(again, 'Điểm mạnh').inputValue()).to.equal('Bản mới của đồng nghiệp.')
    expect(await again.evaluate(() => Object.keys(localStorage).length)).to.equal(0)
  })

  it('never shows one person’s draft to the next at the same machine', async () => {
    const page = await open('1.4')
    await page.context().setOffline(true)
    await field(page, 'Điểm yếu').click()
    await page.keyboard.type('Riêng của tôi.')
    await inState(page, 'offline')
    const mine = await page.context().storageState()
    const next = await open('1.4', 'dongnghiep')
    await next.evaluate(items => {
      for (const { name, value } of items) localStorage.setItem(name, value)
    }, mine.origins[0]?.localStorage ?? [])
    await next.reload()
    await next.locator('.sheet-live').waitFor()
    expect(await field(next, 'Điểm yếu').inputValue()).to.equal('')
    expect(mine.origins[0]?.localStorage).to.have.length(1)
  })

  it('sends nothing during a composition, and the whole word after it', async () => {
    const page = await open('1.5')
    await page.clock.install()
    const saves = savesOf(page)
    const cdp = await page.context().newCDPSession(page)
    await field(page, 'Điểm mạnh').click()
    for (const text of ['t', 'ti', 'tie', 'tiê', 'tiên', 'tiến'])
      await cdp
        .send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
        .then(() => page.clock.runFor(3_000))
    expect(saves).to.deep.equal([])
    expect(await field(page, 'Điểm mạnh').inputValue()).to.equal('tiến')
    await cdp.send('Input.insertText', { text: 'tiến' })
    await page.clock.runFor(1_500)
    await saved(page)
    expect(
      saves.map(request => JSON.parse(request.postData() ?? '{}') as { text: string }).map(({ text }) => text),
    ).to.deep.equal(['tiến'])
  })

  it('cites evidence by keyboard: [ opens the list, typing filters without accents, Enter inserts, Ctrl+Z undoes', async () => {
    const page = await open('1.1')
    await field(page, 'Mô tả hiện trạng – Mức 1, chỉ báo a').click()
    await page.keyboard.type('Đã có [')
    const options = page.getByRole('listbox', { name: 'Minh chứng' }).getByRole('option')
    await options.first().waitFor()
    expect(await options.first().textContent()).to.include('Kế hoạch chiến lược')
    await page.keyboard.type('hoi dong')
    await page.getByRole('option', { name: /hội đồng trường/ }).waitFor()
    await page.locator('[role=option]', { hasText: 'Kế hoạch' }).waitFor({ state: 'detached' })
    await page.keyboard.press('Enter')
    const area = field(page, 'Mô tả hiện trạng – Mức 1, chỉ báo a')
    expect(await area.inputValue()).to.equal('Đã có [H1-1.2-01]')
    await page
      .getByRole('listitem')
      .getByRole('link', { name: 'H1-1.2-01 Quyết định thành lập hội đồng trường' })
      .waitFor()
    await saved(page)
    expect((await stored('1.1', 'description.1.a'))?.text).to.match(/^Đã có \[\[[0-9a-f-]{36}\]\]$/)
    await page.keyboard.type(' [')
    await options.first().waitFor()
    await page.keyboard.press('Escape')
    expect(await page.getByRole('listbox', { name: 'Minh chứng' }).count()).to.equal(0)
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Control+z')
    expect(await area.inputValue()).to.match(/^Đã có \[H1-1\.2-01\]/)
  })

  it('adds evidence that is not there yet without leaving the text', async () => {
    const page = await open('1.6')
    await field(page, 'Điểm mạnh').click()
    await page.keyboard.type('Theo [Sổ quản lý tài sản')
    await page.getByRole('option', { name: /Thêm minh chứng mới/ }).waitFor()
    await page.locator('.picker-list:visible [role=option]').nth(1).waitFor({ state: 'detached' })
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Thêm minh chứng mới' })
    expect(await dialog.getByLabel('Tên minh chứng').inputValue()).to.equal('Sổ quản lý tài sản')
    await dialog.getByLabel('Tệp').setInputFiles({
      name: 'so.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7\nsổ'),
    })
    await dialog.getByRole('button', { name: 'Thêm và chèn' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(await field(page, 'Điểm mạnh').inputValue()).to.match(/^Theo \[MC-\d{3}\]$/)
    await saved(page)
    const items = await s.system.evidenceNeeds.evidence.ofAssessment(s.id)
    expect(items.find(item => item.name === 'Sổ quản lý tài sản')).to.include({ criterion: '1.6', state: 'collected' })
  })

  it('pastes from Word as clean text', async () => {
    const page = await open('1.7')
    await field(page, 'Điểm mạnh').click()
    await page.evaluate(() => {
      const data = new DataTransfer()
      data.setData('text/plain', '·\u00a0\u00a0\u00a0Một\r\n·\u00a0\u00a0\u00a0Hai\u200b')
      data.setData('text/html', '<p class=MsoListParagraph style="mso-list:l0">Một</p>')
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      )
    })
    expect(await field(page, 'Điểm mạnh').inputValue()).to.equal('- Một\n- Hai')
  })

  it('keeps improvement actions by itself and removes one', async () => {
    const page = await open('1.8')
    await page.getByRole('button', { name: 'Thêm việc' }).click()
    await page.keyboard.type('Lập sổ giám sát')
    await page.getByRole('button', { name: 'Thêm việc' }).click()
    await page.keyboard.type('Việc thừa')
    await saved(page)
    await Promise.all([
      page.waitForResponse(answer => answer.request().method() === 'PUT'),
      page.getByRole('button', { name: 'Xóa việc' }).nth(1).click(),
    ])
    await saved(page)
    const { actions } = await s.system.sheets.find(s.id, '1.8')
    expect(actions.map(action => action.what)).to.deep.equal(['Lập sổ giám sát'])
  })

  it('asks when two people change the plan of improvement, and overwrites neither by itself', async () => {
    const [one, two] = [await open('1.3'), await open('1.3', 'dongnghiep')]
    for (const page of [one, two]) await page.getByRole('button', { name: 'Thêm việc' }).click()
    await one.keyboard.type('Việc của một')
    await saved(one)
    await two.keyboard.insertText('Việc của hai')
    const dialog = two.getByRole('dialog', { name: 'Có hai bản khác nhau' })
    await dialog.getByText('1. Việc của một').waitFor()
    expect((await s.system.sheets.find(s.id, '1.3')).actions.map(action => action.what)).to.deep.equal(['Việc của một'])
    await dialog.getByRole('button', { name: 'Giữ bản của tôi' }).click()
    await saved(two)
    expect((await s.system.sheets.find(s.id, '1.3')).actions.map(action => action.what)).to.deep.equal(['Việc của hai'])
  })

  it('shows a colleague’s verdict instead of overwriting it, and says so', async () => {
    const [one, two] = [await open('1.7'), await open('1.7', 'dongnghiep')]
    // A page that has already heard of the colleague's verdict may replace it.
    await two.route(
      address => address.searchParams.has('k'),
      route => route.abort(),
    )
    const verdict = (page: Page, name: string) =>
      page.getByRole('group', { name: 'Đánh giá Mức 1, chỉ báo a' }).getByRole('radio', { name, exact: true })
    await verdict(one, 'Đạt').check()
    await saved(one)
    await verdict(two, 'Không đạt').click()
    await two.getByText('Đồng nghiệp vừa đánh giá: Đạt.').waitFor()
    expect(await verdict(two, 'Đạt').isChecked()).to.equal(true)
    expect((await s.system.assessments.get(s.id)).criteria['1_7']?.answers['1']).to.deep.equal({ a: 'met' })
  })

  it('tells an open page that the sheet has moved on, and keeps what is typed then on this machine', async () => {
    const page = await open('1.6')
    const before = await s.system.assessments.get(s.id)
    const decision = before.criteria['1_6']
    if (!decision) throw new Error('no such sheet')
    const entry = {
      id: 'moved',
      at: s.clock.at,
      by: { personId: 'x', name: 'x', seats: [] },
      unitId: 'x',
      event: 'handIn',
    }
    await s.system.assessments.advanceCriterion(
      before,
      decision,
      { state: 'groupReview' },
      { ...entry, subject: { kind: 'assessment', id: s.id } },
    )
    await field(page, 'Điểm yếu').click()
    await page.keyboard.type('Quá muộn.')
    await inState(page, 'refused')
    expect(await page.locator('[data-save-words]').textContent()).to.include('Chờ trưởng nhóm xác nhận')
    expect(await page.evaluate(() => Object.values(localStorage).join())).to.include('Quá muộn.')
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await page.getByText('Phiếu vừa chuyển sang bước “Chờ trưởng nhóm xác nhận”.').waitFor()
    expect(await stored('1.6', 'weaknesses')).to.equal(undefined)
  })

  it('keeps the draft when the session has ended, and saves it after a new sign-in elsewhere', async () => {
    const page = await open('1.9')
    const context = page.context()
    // Every answer renews the cookie: one on its way after it was cleared would bring it back, and so would the next look
    // at the sheet.
    await page.route(
      address => address.searchParams.has('k'),
      route => route.abort(),
    )
    await page.waitForLoadState('networkidle')
    await context.clearCookies()
    await field(page, 'Điểm mạnh').click()
    await page.keyboard.type('Không được mất.')
    await inState(page, 'signedOut')
    await page.getByRole('link', { name: 'Đăng nhập lại' }).waitFor()
    await context.addCookies((await stateOf('thanhvien')).cookies)
    // What the browser tells a page when its tab is taken up again.
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await saved(page)
    expect((await stored('1.9', 'strengths'))?.text).to.equal('Không được mất.')
  })

  it('shows a colleague’s words in a part that is not in use, and leaves the one in use alone', async () => {
    const [one, two] = [await open('1.10'), await open('1.10', 'dongnghiep')]
    await field(one, 'Điểm yếu').click()
    for (const name of ['Điểm mạnh', 'Điểm yếu']) {
      await field(two, name).fill(`${name} của đồng nghiệp.`)
      await saved(two)
    }
    await one.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await one.waitForFunction(() => document.querySelector('textarea#o-diem-manh')?.matches(':not(:placeholder-shown)'))
    expect(await field(one, 'Điểm mạnh').inputValue()).to.equal('Điểm mạnh của đồng nghiệp.')
    expect(await field(one, 'Điểm yếu').inputValue()).to.equal('')
    await one.getByText('Giàng A Thử vừa lưu một thay đổi ở phần này.').waitFor()
    await one.getByRole('region', { name: 'Đang mở phiếu này' }).getByText('Giàng A Thử').waitFor()
  })

  it('passes the rules of WCAG 2.2 AA and never scrolls sideways at 360 px', async () => {
    const page = await open('1.1', 'thanhvien', { width: 360, height: 740 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.equal(360)
    expect((await new AxeBuilder({ page }).withTags(WCAG).analyze()).violations).to.deep.equal([])
    await page.getByRole('link', { name: 'Tiêu chí', exact: true }).click()
    const tree = page.getByRole('navigation', { name: 'Tiêu chuẩn và tiêu chí' })
    await tree.getByRole('searchbox').fill('hoi dong truong')
    expect(await tree.getByRole('listitem').filter({ visible: true }).count()).to.equal(1)
    await page.keyboard.press('Escape')
    expect(await tree.isVisible()).to.equal(false)
    expect(await page.evaluate(() => document.activeElement?.textContent)).to.equal('Tiêu chí')
    await page.setViewportSize({ width: 1366, height: 768 })
    expect((await new AxeBuilder({ page }).withTags(WCAG).analyze()).violations).to.deep.equal([])
  })

  it('holds a step back until what was typed a moment ago has arrived', async () => {
    const page = await open('1.2')
    await field(page, 'Điểm mạnh').click()
    await page.keyboard.type('Ngay trước khi nộp.')
    await page.getByRole('button', { name: 'Nộp cho trưởng nhóm' }).click()
    await page.getByText('Chưa thể nộp cho trưởng nhóm').waitFor()
    expect((await stored('1.2', 'strengths'))?.text).to.equal('Ngay trước khi nộp.')
  })
})
