import { expect } from 'chai'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  catalogue,
  catalogueRoutes,
  criteriaSetStore,
  treeDraftStore,
  treeRoutes,
  treeSheetRoutes,
  yearTreeStore,
  type Catalogue,
} from '../../src/catalogue/index.ts'
import { journalStore, relay } from '../../src/journal/index.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { readGrids, row, uploadShelf, writeWorkbook } from '../../src/sheet-files/index.ts'
import { appForTests, seat, signedIn, type Visitor } from '../http/app-for-tests.ts'
import { testDatabase } from '../support/database.ts'

const YEAR = workingYear('2025-2026')
const NEXT = workingYear('2026-2027')
const SET = 'tt17-2018-tieu-hoc'
const DESK = '/cay-nam-hoc/so'
const EDITOR = `${DESK}/${SET}`
const UNIT = '/cay-nam-hoc/xa'

describe('desk of the year tree', () => {
  let cat: Catalogue
  let db: Database
  let closed: ReadonlySet<string> = new Set()
  const visitors: Record<string, Visitor> = {}
  const as = (name: string): Visitor => {
    const visitor = visitors[name]
    if (!visitor) throw new Error(`nobody called ${name}`)
    return visitor
  }
  const rawTree = async (): Promise<string> =>
    JSON.stringify(await db.connection.collection('yearTrees').findOne({ _id: `so:${YEAR}` as never }))
  const rev = async (name: string, url: string): Promise<string> =>
    /name="revision" value="(\d+)"/.exec((await as(name).agent.get(url)).text)?.[1] ?? ''
  const key = (location: string | undefined): string =>
    new URL(location ?? '', 'http://x').searchParams.get('nut') ?? ''

  before(async () => {
    db = await testDatabase()
    const post = relay(db, journalStore(db), error => {
      throw error
    })
    const needs = {
      sets: criteriaSetStore(db),
      trees: yearTreeStore(db, post),
      drafts: treeDraftStore(db, post),
      provinceId: async () => 'so',
      yearClosed: async (year: string) => closed.has(year),
      managersOf: async (schoolId: string) => (schoolId === 'truong' ? ['xa', 'so'] : ['so']),
      now: () => new Date('2025-10-05T02:41:00Z'),
      unitName: async (id: string) => `Đơn vị ${id}`,
      shelf: uploadShelf(await mkdtemp(join(tmpdir(), 'kiem-dinh-cay-'))),
    }
    cat = catalogue(needs)
    await ensureIndexes(db)
    await cat.importCriteriaFiles('criteria')
    const stage = await appForTests([...treeRoutes(needs), ...treeSheetRoutes(needs), ...catalogueRoutes(cat)])
    await stage.person('chuyenvien', 'so', [seat('provinceOfficer', 'so')])
    await stage.person('chuyenvien2', 'so', [seat('provinceOfficer', 'so')])
    await stage.person('lanhdaoxa', 'xa', [seat('middleLead', 'xa')])
    await stage.person('canboxa', 'xa', [seat('middleOfficer', 'xa')])
    await stage.person('xakhac', 'xa2', [seat('middleLead', 'xa2')])
    await stage.person('quantri', 'so', [seat('itAdmin', 'so')])
    await stage.person('giaovien', 'truong', [seat('staff', 'truong')])
    for (const name of ['chuyenvien', 'chuyenvien2', 'lanhdaoxa', 'canboxa', 'xakhac', 'quantri', 'giaovien'])
      visitors[name] = await signedIn(stage.app, name)
  })

  it('is there for the Sở, and unknown to the IT team, schools and other units', async () => {
    expect((await as('chuyenvien').agent.get('/cay-nam-hoc')).headers['location']).to.equal(`${DESK}?nam=${YEAR}`)
    const { status, text } = await as('chuyenvien').agent.get(DESK)
    expect(status).to.equal(200)
    expect(text).to.contain('17/2018/TT-BGDĐT').and.to.contain('Khung của năm học')
    for (const name of ['quantri', 'giaovien', 'xakhac', 'lanhdaoxa'])
      expect((await as(name).agent.get(DESK)).status, name).to.equal(404)
    expect((await as('quantri').agent.get('/cay-nam-hoc')).status).to.equal(404)
    expect((await as('xakhac').agent.get(UNIT)).status).to.equal(404)
  })

  it('adds, rewrites and moves nodes by plain forms', async () => {
    const fields = { year: YEAR, revision: '0', kind: 'criterion', parent: '1', level: '' }
    const added = await as('chuyenvien').post(`${EDITOR}/them`, { ...fields, words: 'Văn hóa đọc' }, EDITOR)
    expect(key(added.headers['location'])).to.equal('1.ĐP1')
    const asked = { ...fields, kind: 'indicator', parent: '1.ĐP1', level: '1' }
    for (const words of ['Có tủ sách lớp', 'Có tiết đọc hằng tuần'])
      await as('chuyenvien').post(`${EDITOR}/them`, { ...asked, words }, EDITOR)
    const page = await as('chuyenvien').agent.get(`${EDITOR}?nut=${encodeURIComponent('1.ĐP1/1/ĐP2')}`)
    expect(page.text).to.contain('Có tiết đọc hằng tuần').and.to.contain('địa phương')
    await as('chuyenvien').post(`${EDITOR}/chuyen`, { year: YEAR, revision: '1', key: '1.ĐP1/1/ĐP2', by: 'up' }, EDITOR)
    const { text } = await as('chuyenvien').agent.get(EDITOR)
    expect(text.indexOf('Có tiết đọc')).to.be.lessThan(text.indexOf('Có tủ sách'))
  })

  it('refuses an empty node with its message at the field, and a place that is none', async () => {
    const fields = { year: YEAR, revision: '0', kind: 'criterion', parent: '1', level: '', words: '  ' }
    const refused = await as('chuyenvien').post(`${EDITOR}/them`, fields, `${EDITOR}?nut=1`)
    expect(refused.status).to.equal(422)
    expect(refused.text).to.contain('Xin nhập nội dung của nút.')
    const nowhere = { ...fields, parent: '77', words: 'Ở đâu' }
    expect((await as('chuyenvien').post(`${EDITOR}/them`, nowhere, EDITOR)).status).to.equal(404)
  })

  it('shows both texts when two people write the same node, and lets two nodes be written at once', async () => {
    const at = `${EDITOR}?nut=${encodeURIComponent('1.ĐP1')}`
    const seen = { year: YEAR, revision: '1', key: '1.ĐP1' }
    const other = { ...seen, key: '1.ĐP1/1/ĐP1', words: 'Mỗi lớp có tủ sách' }
    const [first, beside] = await Promise.all([
      as('chuyenvien').post(`${EDITOR}/sua`, { ...seen, words: 'Văn hóa đọc của trường' }, at),
      as('chuyenvien2').post(`${EDITOR}/sua`, other, at),
    ])
    expect([first.status, beside.status]).to.deep.equal([303, 303])
    const late = await as('chuyenvien2').post(`${EDITOR}/sua`, { ...seen, words: 'Khuyến đọc' }, at)
    expect(late.status).to.equal(409)
    expect(late.text).to.contain('Khuyến đọc').and.to.contain('<p class="stored">Văn hóa đọc của trường</p>')
  })

  it('keeps guidance, evidence and a day beside an official criterion', async () => {
    const at = `${EDITOR}?nut=1.1`
    const fields = {
      year: YEAR,
      revision: '0',
      key: '1.1',
      guidance: 'Bám kế hoạch phát triển.',
      good: '- Kế hoạch\n- Nghị quyết',
    }
    const wrong = await as('chuyenvien').post(`${EDITOR}/huong-dan`, { ...fields, required: '', due: '31/02' }, at)
    expect(wrong.status).to.equal(422)
    expect(wrong.text).to.contain('Hạn viết dạng ngày/tháng').and.to.contain('Bám kế hoạch phát triển.')
    const saved = await as('chuyenvien').post(
      `${EDITOR}/huong-dan`,
      { ...fields, required: 'Kế hoạch chiến lược', due: '15/3' },
      at,
    )
    expect(saved.status).to.equal(303)
    expect((await as('chuyenvien').agent.get(at)).text).to.contain('15/03')
  })

  it('publishes an immutable version once the linter is content, and only then schools get it', async () => {
    const before = await cat.setFor(YEAR, 'tieu_hoc')
    expect(before).to.equal(undefined)
    const empty = { year: YEAR, revision: '0', kind: 'standard', parent: '', level: '', words: 'Chuyển đổi số' }
    await as('chuyenvien').post(`${EDITOR}/them`, empty, EDITOR)
    const faulty = await as('chuyenvien').post(
      `${DESK}/ban-hanh`,
      { year: YEAR, revision: await rev('chuyenvien', DESK), note: '' },
      DESK,
    )
    expect(faulty.status).to.equal(409)
    expect(faulty.text).to.contain('Tiêu chuẩn chưa có tiêu chí nào.')
    expect((await as('chuyenvien').agent.get(`${EDITOR}?nut=${encodeURIComponent('ĐP1')}`)).text).to.contain(
      'Tiêu chuẩn chưa có tiêu chí nào.',
    )
    await as('chuyenvien').post(`${EDITOR}/xoa`, { year: YEAR, revision: '1', key: 'ĐP1' }, EDITOR)
    const stale = await as('chuyenvien').post(`${DESK}/ban-hanh`, { year: YEAR, revision: '1', note: '' }, DESK)
    expect(stale.status).to.equal(409)
    const fields = { year: YEAR, revision: await rev('chuyenvien', DESK), note: 'Công văn thử' }
    expect((await as('canboxa').post(`${DESK}/ban-hanh`, fields)).status).to.equal(404)
    expect((await as('chuyenvien').post(`${DESK}/ban-hanh`, fields, DESK)).status).to.equal(303)
    const inUse = await cat.setFor(YEAR, 'tieu_hoc')
    expect(inUse?.version.set.basedOn).to.be.a('string')
    expect(inUse?.regime).to.equal('kiem-dinh-2018')
    const first = inUse?.version.set.standards[0]?.criteria
    expect(first?.[0]).to.deep.include({ due: '03-15', requiredEvidence: ['Kế hoạch chiến lược'] })
    expect(first?.at(-1)).to.include({ code: '1.ĐP1', title: 'Văn hóa đọc của trường', local: true })
    const again = await as('chuyenvien').post(`${DESK}/ban-hanh`, fields, DESK)
    expect(again.status).to.equal(409)
    expect((await as('giaovien').agent.get(`/tieu-chi/${SET}`)).text).to.contain('Văn hóa đọc của trường')
  })

  it('retires what has been published instead of removing it, and supersedes the version', async () => {
    const older = await cat.setFor(YEAR, 'tieu_hoc')
    const at = `${EDITOR}?nut=${encodeURIComponent('1.ĐP1/1/ĐP2')}`
    const seen = { year: YEAR, revision: '1', key: '1.ĐP1/1/ĐP2' }
    expect((await as('chuyenvien').post(`${EDITOR}/xoa`, seen, at)).status).to.equal(422)
    expect((await as('chuyenvien').post(`${EDITOR}/thoi-dung`, { ...seen, reason: ' ' }, at)).status).to.equal(422)
    await as('chuyenvien').post(`${EDITOR}/thoi-dung`, { ...seen, reason: 'Trùng chương trình' }, at)
    expect((await as('chuyenvien').agent.get(at)).text)
      .to.contain('Trùng chương trình')
      .and.to.contain('Dùng lại')
    const fields = { year: YEAR, revision: await rev('chuyenvien', DESK), note: '' }
    await as('chuyenvien').post(`${DESK}/ban-hanh`, fields, DESK)
    const tree = await cat.treeOf(YEAR)
    expect(tree.versions?.map(one => [one.number, one.state])).to.deep.equal([
      [1, 'superseded'],
      [2, 'published'],
    ])
    const hash = older?.version.hash ?? ''
    const kept = await cat.setOf(hash)
    expect(JSON.stringify(kept)).to.contain('Có tiết đọc hằng tuần')
    expect((await cat.setFor(YEAR, 'tieu_hoc'))?.version.hash).not.to.equal(hash)
  })

  it('lets a managing unit add only what the Sở allows', async () => {
    const advice = { year: YEAR, revision: '0', key: '1.2', guidance: 'Của xã', good: '', required: '', due: '' }
    const node = { year: YEAR, revision: '0', kind: 'criterion', parent: '1', level: '', words: 'Việc của xã' }
    const allow = async (unitsMayAdd: string): Promise<void> => {
      const inUse = (await cat.treeOf(YEAR)).sets.map(one => one.basedOn ?? one.hash)
      const frame = {
        year: YEAR,
        revision: await rev('chuyenvien', DESK),
        bases: inUse,
        regimes: ['kiem-dinh-2018'],
        unitsMayAdd,
      }
      expect((await as('chuyenvien').post(`${DESK}/khung`, frame, DESK)).status).to.equal(303)
      const fields = { year: YEAR, revision: await rev('chuyenvien', DESK), note: '' }
      expect((await as('chuyenvien').post(`${DESK}/ban-hanh`, fields, DESK)).status).to.equal(303)
    }
    const page = `${UNIT}/${SET}`
    expect((await as('lanhdaoxa').post(`${page}/huong-dan`, advice, page)).status).to.equal(403)
    await allow('guidance')
    expect((await as('lanhdaoxa').post(`${page}/them`, node, page)).status).to.equal(403)
    expect((await as('canboxa').post(`${page}/huong-dan`, advice, page)).status).to.equal(303)
    await allow('criteria')
    const added = await as('canboxa').post(`${page}/them`, node, page)
    expect(key(added.headers['location'])).to.equal('1.ĐP51')
    await as('canboxa').post(`${page}/them`, { ...node, kind: 'indicator', parent: '1.ĐP51', level: '1' }, page)
    const fields = { year: YEAR, revision: await rev('lanhdaoxa', UNIT), note: '' }
    expect((await as('canboxa').post(`${UNIT}/ban-hanh`, fields, UNIT)).status).to.equal(403)
    expect((await as('lanhdaoxa').post(`${UNIT}/ban-hanh`, fields, UNIT)).status).to.equal(303)
    const own = await cat.setFor(YEAR, 'tieu_hoc', 'truong')
    expect(JSON.stringify(own?.version.set)).to.contain('Việc của xã').and.to.contain('Văn hóa đọc')
    expect(JSON.stringify((await cat.setFor(YEAR, 'tieu_hoc', 'truong-khac'))?.version.set)).not.to.contain(
      'Việc của xã',
    )
    expect((await as('lanhdaoxa').post(`${UNIT}/khung`, { ...fields, bases: [] }, UNIT)).status).to.equal(403)
  })

  it('takes a sheet in after a dry run, wording of the circular too, and says which cell is wrong', async () => {
    const got = await as('chuyenvien')
      .agent.get(`${EDITOR}/bang-tinh.xlsx`)
      .buffer(true)
      .parse((stream, done) => {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', () => done(null, Buffer.concat(parts)))
      })
    // The parser above gives exactly this.
    const [grid] = await readGrids(got.body as Buffer)
    const head = grid?.rows.findIndex(cells => cells[0] === 'Loại') ?? 0
    const columns = (grid?.rows[head] ?? []).map(each => ({ head: String(each) }))
    const bytesWith = (official: string, due: string): Promise<Buffer> =>
      writeWorkbook([
        {
          name: grid?.sheet ?? '',
          columns,
          rows: (grid?.rows.slice(head + 1) ?? []).map(cells => {
            const texts = cells.map(each => (each === null ? '' : String(each)))
            if (texts[0] === 'Chỉ báo' && texts[2] === '1.2' && texts[3] === '1' && texts[1] === 'a')
              texts[5] = official
            if (texts[0] === 'Tiêu chí' && texts[1] === '1.2') texts[11] = due
            return row(...texts)
          }),
        },
      ])
    const send = async (name: string, bytes: Buffer) => {
      const csrf = await as(name).token(DESK)
      return as(name)
        .agent.post(`${EDITOR}/nhap`)
        .field('_csrf', csrf)
        .field('_page', `${EDITOR}/nhap`)
        .attach('file', bytes, 'cay.xlsx')
    }
    const wrong = await send('chuyenvien', await bytesWith('', '31/02'))
    const faults = await as('chuyenvien').agent.get(wrong.headers['location'] ?? '')
    expect(faults.text).to.contain('Hạn viết dạng ngày/tháng').and.not.to.contain('name="mark"')
    const sent = await send('chuyenvien', await bytesWith('Nguyên văn của Thông tư', '20/04'))
    const shown = (await as('chuyenvien').agent.get(sent.headers['location'] ?? '')).text
    expect(shown).to.contain('Nguyên văn của Thông tư').and.to.contain('04-20')
    const hidden = (name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(shown)?.[1] ?? ''
    const fields = { token: hidden('token'), mark: hidden('mark') }
    expect((await as('quantri').post(`${EDITOR}/xac-nhan`, fields, '/')).status).to.equal(404)
    expect((await as('chuyenvien').post(`${EDITOR}/xac-nhan`, fields, EDITOR)).status).to.equal(303)
    const at = (await as('chuyenvien').agent.get(`${EDITOR}?nut=${encodeURIComponent('1.2/1/a')}`)).text
    expect(at).to.contain('Nguyên văn của Thông tư')
    expect(JSON.stringify((await cat.setFor(YEAR, 'tieu_hoc'))?.version.set)).not.to.contain('Nguyên văn của Thông tư')
  })

  it('takes last year over with the differences node by node', async () => {
    const here = `${DESK}?nam=${NEXT}`
    const fields = { year: NEXT, revision: '0' }
    await as('chuyenvien').post(`${DESK}/chep`, fields, here)
    const { text } = await as('chuyenvien').agent.get(here)
    expect(text).to.contain('chép từ năm học 2025-2026').and.to.contain('Văn hóa đọc của trường')
    const at = `${EDITOR}?nam=${NEXT}&nut=${encodeURIComponent('1.ĐP1')}`
    const words = { year: NEXT, revision: '2', key: '1.ĐP1', words: 'Văn hóa đọc và thư viện' }
    expect((await as('chuyenvien').post(`${EDITOR}/sua`, words, at)).status).to.equal(303)
    const changed = (await as('chuyenvien').agent.get(here)).text
    expect(changed).to.contain('So với năm học 2025-2026 (2 nút khác)').and.to.contain('đổi nội dung')
  })

  it('changes nothing of a closed year, to the byte', async () => {
    closed = new Set([YEAR])
    const before = await rawTree()
    const seen = { year: YEAR, revision: await rev('chuyenvien2', DESK), note: '' }
    expect((await as('chuyenvien').agent.get(DESK)).text)
      .to.contain('Năm học đã khóa')
      .and.not.to.contain('Lưu khung')
    const node = { year: YEAR, revision: '0', kind: 'criterion', parent: '1', level: '', words: 'Muộn' }
    for (const [path, body] of [
      [`${EDITOR}/them`, node],
      [`${EDITOR}/thoi-dung`, { ...node, key: '1.ĐP1', reason: 'Muộn' }],
      [`${DESK}/chep`, { ...seen, revision: '0' }],
      [`${DESK}/ban-hanh`, { ...seen, revision: '0' }],
      ['/tieu-chi/ban-hanh', { ...seen, revision: '0' }],
    ] as const)
      expect((await as('chuyenvien').post(path, body, DESK)).status, path).to.equal(409)
    expect(await rawTree()).to.equal(before)
    closed = new Set()
  })
})
