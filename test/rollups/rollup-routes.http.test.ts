import { expect } from 'chai'
import { changeSetting } from '../../src/organisations/index.ts'
import { readGrids } from '../../src/sheet-files/index.ts'
import { signedIn, type Visitor } from '../http/app-for-tests.ts'
import { anAssessment, criteriaAt, entryOf, LAST_YEAR, THIS_YEAR } from './a-province.ts'
import { enter } from './numbers-of-schools.ts'
import { PEOPLE, sumsApp } from './sums-app.ts'

/** The number that the page's table `title` prints in the column `column` of the row that begins with `row`. */
function cellOf(html: string, title: string, row: string, column: number): string {
  const card = html.slice(html.indexOf(`<h2 class="card-title">${title}`))
  const line =
    card.split('<tr>').find(each =>
      each
        .replace(/<[^>]+>/g, ' ')
        .trim()
        .startsWith(row),
    ) ?? ''
  return (
    line
      .split(/<td[^>]*>/)
      .slice(1)
      .map(cell => cell.replace(/<[^>]+>/g, '').trim())[column] ?? ''
  )
}

describe('the screens of sums', () => {
  let stage: Awaited<ReturnType<typeof sumsApp>>
  const people = new Map<string, Visitor>()
  const get = async (username: keyof typeof PEOPLE, address: string) => {
    const known = people.get(username) ?? (await signedIn(stage.app, username))
    people.set(username, known)
    return known.agent.get(address)
  }

  before(async () => {
    stage = await sumsApp()
    const { system, version } = stage
    const put = async (school: string, year: typeof THIS_YEAR, state: Parameters<typeof anAssessment>[3], own = {}) => {
      const made = anAssessment(version, school, year, state, 2, own)
      await system.assessments.insert({ ...made, outbox: [entryOf(made)] })
    }
    // The first school falls short in criterion 1.3; the second one has not sent its report.
    await put('th-1', THIS_YEAR, 'submitted', {
      criteria: criteriaAt(version, 2, { '1.3': 0 }),
      submissions: [{ on: '2026-01-10', number: '5/BC', date: '2026-01-10', toUnitId: 'xa-1', reportVersion: 1 }],
      ancestors: ['xa-1', 'so'],
    })
    await put('th-2', THIS_YEAR, 'adopted', { ancestors: ['xa-1', 'so'] })
    await put('th-3', THIS_YEAR, 'accepted', { ancestors: ['xa-2', 'so'] })
    await put('th-1', LAST_YEAR, 'closed', { ancestors: ['phong-1', 'so'] })
    const support = { assigned: { 'staff.support.total': 5 }, explained: ['staff.support.total'] }
    await enter(stage, { ...support, school: 'th-1', year: THIS_YEAR, current: { 'staff.support.total': 7 } })
    await enter(stage, { ...support, school: 'th-5', year: THIS_YEAR, current: { 'staff.support.total': 5 } })
  })

  it('show the province every school, and each number leads to the schools behind it', async () => {
    const { text, status } = await get('lanhdaoso', '/tong-hop')
    expect(status).to.equal(200)
    expect(cellOf(text, 'Các trường đang ở bước nào', 'Đã gửi cấp quản lý', 1)).to.equal('1')
    expect(cellOf(text, 'Các trường đang ở bước nào', 'Chưa mở', 1)).to.equal('5')
    expect(cellOf(text, 'Kết quả tự đánh giá theo loại trường', 'Tiểu học', 1)).to.equal('8')
    expect(cellOf(text, 'Kết quả tự đánh giá theo loại trường', 'Tiểu học', 2)).to.equal('2')
    expect(text).to.contain('<svg class="chart"')
    const list = await get('lanhdaoso', `/tong-hop/danh-sach?nam=${THIS_YEAR}&don-vi=so&loc=trang-thai:submitted`)
    expect(list.text).to.contain('Trường Tiểu học Mẫu th-1').and.not.contain('Trường Tiểu học Mẫu th-3')
    expect(list.text).to.contain(`/danh-gia/th-1.${THIS_YEAR}`)
  })

  it('set assigned beside current numbers, and open the schools that differ and their forms', async () => {
    const table = 'Số giao và số hiện có'
    const { text } = await get('lanhdaoso', '/tong-hop')
    const line = [1, 2, 3, 4, 5, 6, 7].map(column => cellOf(text, table, 'Nhân viên', column))
    expect(line, 'giao, hiện có, thừa, thiếu, chênh lệch, đủ hai số, có chênh lệch').to.deep.equal(
      '10 12 2 0 +2 2 1'.split(' '),
    )
    const units = (await get('lanhdaoso', '/tong-hop/don-vi')).text
    expect(cellOf(units, 'Đối sánh số giao và số hiện có', 'Xã Mẫu xa-2', 7), 'nobody was given a number').to.equal('–')
    const list = (await get('lanhdaoso', '/tong-hop/danh-sach?loc=so-giao:support:apart')).text
    expect(list)
      .to.contain('Trường có chênh lệch về nhân viên: 1')
      .and.contain(`/so-lieu/doi-sanh?truong=th-1&amp;nam=${THIS_YEAR}`)
      .and.not.contain('truong=th-5')
    const given = (await get('canboxa1', '/tong-hop/danh-sach?loc=so-giao:support:given')).text
    expect(given).to.contain('truong=th-1').and.not.contain('truong=th-5')
    const school = (await get('hieutruong1', '/tong-hop?don-vi=th-1')).text
    expect(cellOf(school, table, 'Nhân viên', 3)).to.equal('+2')
  })

  it('say nothing above a school of what it has not sent', async () => {
    const { text } = await get('lanhdaoso', `/tong-hop/danh-sach?loc=trang-thai:adopted`)
    expect(text).to.contain('Trường Tiểu học Mẫu th-2')
    expect(text).to.not.contain(`/danh-gia/th-2.${THIS_YEAR}`)
    const school = await get('lanhdaoso', '/tong-hop?don-vi=th-2')
    expect(school.text).to.contain('Trường chưa gửi báo cáo của năm học này')
    expect(cellOf(school.text, 'Từng tiêu chí', '1.1.', 1)).to.equal('–')
  })

  it('map criteria over units and schools, and open indicators and those who fall short', async () => {
    const { text } = await get('chuyenvienso', '/tong-hop/tieu-chi?tieu-chi=1.3')
    expect(text).to.contain('<table class="heat">').and.contain('Các chỉ báo của tiêu chí 1.3')
    expect(text).to.contain('Xã Mẫu xa-1')
    expect(cellOf(text, 'Các chỉ báo của tiêu chí 1.3', 'Mức 1', 3)).to.equal('1')
    const behind = await get('chuyenvienso', '/tong-hop/danh-sach?loc=duoi-muc:1.3:1')
    expect(behind.text).to.contain('Trường Tiểu học Mẫu th-1').and.not.contain('Trường Tiểu học Mẫu th-3')
    const schools = await get('canboxa1', '/tong-hop/tieu-chi')
    expect(schools.text).to.contain('Trường Tiểu học Mẫu th-1').and.not.contain('Trường Tiểu học Mẫu th-2')
  })

  it('open behind every figure exactly the schools, or the numbers, that it counts', async () => {
    const before = stage.clock.at
    // On a later day, so that the own schools of the Sở are late beside those of its communes.
    stage.clock.at = new Date('2026-06-20T02:41:00Z')
    const screens = ['/tong-hop', '/tong-hop/don-vi', '/tong-hop/don-vi?don-vi=xa-1', '/tong-hop/tieu-chi?tieu-chi=1.3']
    const opened = new Set<string>()
    for (const screen of screens) {
      const { text } = await get('lanhdaoso', screen)
      const [, ...cells] = text.split(/<td class=numeric>|<p class="tile-value">/)
      for (const cell of cells) {
        const [, address = '', figure = ''] = /^\s*<a href="(\/tong-hop\/danh-sach[^"]*)">([^<]+)<\/a>/.exec(cell) ?? []
        if (address === '' || opened.has(address + figure)) continue
        opened.add(address + figure)
        const list = (await get('lanhdaoso', address.replaceAll('&amp;', '&'))).text
        const [, schools] = /<strong>[^<]*: ([\d.]+)<\/strong>/.exec(list) ?? []
        const sums = (list.split('Cộng ')[1] ?? '').split('</tr>')[0]?.split(/<td[^>]*>/) ?? []
        const said = [schools, ...sums.map(each => each.replace(/<[^>]+>/g, '').trim())]
        // More or less than assigned is the positive or the negative part of the list's differences.
        const parts = said.map(each => each?.replace(/^[+−-]/, ''))
        expect(parts, `${screen} → ${address}`).to.include(figure.trim().replace(/^[+−-]/, ''))
      }
    }
    expect(opened.size).to.be.greaterThan(100)
    expect(
      [...opened].filter(each => each.includes('loc=tre-han')).length,
      'units with late schools',
    ).to.be.greaterThan(2)
    stage.clock.at = before
  })

  it('open a criterion of one set alone: other sets have criteria of the same codes', async () => {
    const { text } = await get('chuyenvienso', '/tong-hop/tieu-chi?tieu-chi=1.3')
    const own = 'bo=tt17-2018-tieu-hoc'
    const below = /href="([^"]*loc=tieu-chi:1\.3:0)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(below).to.contain(own)
    expect((await get('chuyenvienso', below)).text).to.contain('tiêu chí 1.3: Không đạt: 1')
    for (const condition of ['tieu-chi:1.3:0', 'duoi-muc:1.3:1', 'co-xet:1.3', 'dat:1.3.1.a', 'chi-bao:1.3.1.a']) {
      const of = async (set: string) =>
        /<strong>[^<]*: (\d+)<\/strong>/.exec(
          (await get('chuyenvienso', `/tong-hop/danh-sach?loc=${condition}&bo=${set}`)).text,
        )?.[1]
      expect(await of('tt18-2018-thcs-thpt'), condition).to.equal('0')
      expect(Number(await of('tt17-2018-tieu-hoc')), condition).to.be.greaterThan(0)
    }
  })

  it('compare units with the whole, ranked by the printed rule until the province switches it off', async () => {
    const { text } = await get('lanhdaoso', '/tong-hop/don-vi')
    expect(text).to.contain('Xếp hạng theo tỷ lệ trường đã gửi báo cáo')
    expect(cellOf(text, 'Các đơn vị trực thuộc', 'Xã Mẫu xa-3', 12)).to.equal('3')
    await changeSetting({ units: stage.system.units, settings: stage.system.overrides, now: () => stage.clock.at })(
      { personId: 'x', name: 'X', seats: [{ role: 'provinceLead', unitId: 'so', from: '2020-01-01' }] },
      { key: 'rankUnits', unitId: 'so', value: { value: 0 }, seenRev: 0, reason: 'Không xếp hạng' },
    )
    expect((await get('lanhdaoso', '/tong-hop/don-vi')).text)
      .to.not.contain('Xếp hạng')
      .and.not.contain('>Hạng<')
  })

  it('regroup the year before the switch by the units of today only when asked, and say so', async () => {
    const then = await get('lanhdaoso', `/tong-hop/don-vi?nam=${LAST_YEAR}`)
    expect(then.text).to.contain('Phòng Mẫu phong-1').and.not.contain('Xã Mẫu xa-1')
    expect(then.text).to.contain('vào ngày 31/05/2025')
    const now = await get('lanhdaoso', `/tong-hop/don-vi?nam=${LAST_YEAR}&cay=nay`)
    expect(now.text).to.contain('Xã Mẫu xa-1').and.not.contain('Phòng Mẫu phong-1')
    expect(now.text).to.contain('đơn vị quản lý hiện nay')
    for (const { text } of [then, now]) expect(cellOf(text, 'Các đơn vị trực thuộc', 'Toàn đơn vị', 3)).to.equal('1')
  })

  it('give the officer of a commune that commune alone', async () => {
    expect((await get('canboxa1', '/tong-hop')).text)
      .to.contain('Xã Mẫu xa-1')
      .and.not.contain('don-vi=so')
    const seenBySo = (await get('lanhdaoso', '/tong-hop?don-vi=xa-1')).text
    expect(seenBySo).to.contain('don-vi=so')
    // One school of two has sent in the commune, two of eight in the province: too few for the commune to know more.
    const asked = ['Xã Mẫu xa-1', 'Sở Mẫu'].map(unit =>
      [2, 3, 4].map(column => cellOf(seenBySo, 'So với Sở Mẫu', unit, column)),
    )
    expect(asked).to.deep.equal([
      ['1', '50,0%', '0,0%'],
      ['2', '25,0%', '50,0%'],
    ])
    const seenByCommune = (await get('canboxa1', '/tong-hop')).text
    expect(cellOf(seenByCommune, 'So với Sở Mẫu', 'Sở Mẫu', 3)).to.equal('25,0%')
    expect(cellOf(seenByCommune, 'So với Sở Mẫu', 'Sở Mẫu', 4)).to.equal('ẩn')
    expect((await get('lanhdaoso', '/tong-hop')).text, 'nothing above the province').to.not.contain('So với')
    expect((await get('canboxa2', '/tong-hop?don-vi=xa-1')).status).to.equal(404)
    expect((await get('canboxa2', '/tong-hop?don-vi=so')).status).to.equal(404)
    expect((await get('canboxa2', '/tong-hop?don-vi=th-1')).status).to.equal(404)
    expect((await get('canboxa2', '/tong-hop/danh-sach?don-vi=th-1')).text).to.not.contain('th-1.2025-2026')
    expect((await get('canboxa1', '/tong-hop?don-vi=th-1')).status).to.equal(200)
  })

  it('give the head the own school beside sums too small to show, and no list of others', async () => {
    const { text } = await get('hieutruong1', '/tong-hop')
    const whole = 'Kết quả của trường, so với các trường cùng loại'
    expect(text).to.contain('Trường: Không đạt.')
    const commune = [1, 2, 3, 4].map(column => cellOf(text, whole, 'Xã Mẫu xa-1', column))
    expect(commune, 'trường, đã gửi, tỷ lệ, từ Mức 1').to.deep.equal(['2', '1', '50,0%', 'ẩn'])
    expect(cellOf(text, whole, 'Sở Mẫu', 2)).to.equal('2')
    expect(text).to.contain('nơi có ít hơn 5 báo cáo đã gửi').and.contain('Xã Mẫu xa-1 (1), Sở Mẫu (2)')
    expect(text, 'what keeps it back leads to the sheet').to.match(
      /<li><a href="\/danh-gia\/th-1\.2025-2026\/phieu\/1\.3">Chỉ báo a, Mức 1 của tiêu chí 1\.3<\/a>: \S/,
    )
    expect(text).to.not.contain('Trường Tiểu học Mẫu th-3')
    expect((await get('hieutruong1', '/tong-hop?don-vi=th-3')).status).to.equal(404)
    expect((await get('hieutruong1', '/tong-hop/don-vi?don-vi=xa-1')).status).to.equal(404)
    expect((await get('hieutruong3', '/tong-hop?don-vi=th-1')).status).to.equal(404)
    const list = await get('hieutruong1', '/tong-hop/danh-sach')
    expect(list.text).to.not.contain('Trường Tiểu học Mẫu th-2').and.not.contain('Trường Tiểu học Mẫu th-3')
  })

  it('give those who keep accounts, and staff without office, nothing', async () => {
    for (const address of ['/tong-hop', '/tong-hop/don-vi', '/tong-hop/tieu-chi', '/tong-hop/danh-sach']) {
      expect((await get('quantri', address)).status, address).to.equal(404)
      expect((await get('giaovien1', address)).status, address).to.equal(404)
    }
  })

  it('write each table into a spreadsheet', async () => {
    const visitor = people.get('lanhdaoso') ?? (await signedIn(stage.app, 'lanhdaoso'))
    const { body, headers } = await visitor.agent
      .get('/tong-hop/danh-sach?loc=da-gui&xuat=xlsx')
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => done(null, Buffer.concat(parts)))
      })
    expect(headers['content-type']).to.contain('spreadsheetml')
    const cells = JSON.stringify(await readGrids(body as Buffer))
    expect(cells).to.contain('Trường Tiểu học Mẫu th-1').and.contain('Trường Tiểu học Mẫu th-3')
    expect(cells).to.not.contain('Trường Tiểu học Mẫu th-2')
  })
})
