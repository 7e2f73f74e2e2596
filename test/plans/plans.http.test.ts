import { expect } from 'chai'
import { contentOf, planRoutes } from '../../src/plans/index.ts'
import { PLAN_SECTIONS } from '../../src/plans/plan-sections.ts'
import { appForTests, signedIn, tokenOf, type Visitor } from '../http/app-for-tests.ts'
import { ID, planBench, SCHOOL, seat, type PlanBench } from './bench.ts'

const PLAN = `/danh-gia/${ID}/ke-hoach`

/** A form as a browser sends it: one pair for every field, repeated names included. */
type Pairs = readonly (readonly [string, string])[]

async function send(visitor: Visitor, path: string, pairs: Pairs, page = path) {
  const { text } = await visitor.agent.get(page)
  const body = new URLSearchParams([['_csrf', tokenOf(text)], ['_page', page], ...pairs.map(pair => [...pair])])
  return visitor.agent.post(path).type('form').send(body.toString())
}

const aTraining = (own: Partial<Record<'on' | 'place' | 'participants' | 'content' | 'trainer', string>> = {}): Pairs =>
  Object.entries({ on: '', place: '', participants: '', content: '', trainer: '', ...own })

describe('screens of the plan', () => {
  let bench: PlanBench
  let secretary: Visitor
  let helper: Visitor
  let chair: Visitor
  let teacher: Visitor
  let stranger: Visitor
  before(async () => {
    bench = await planBench()
    const stage = await appForTests(planRoutes(bench.needs))
    await stage.person('thuky', SCHOOL, [seat('secretary'), seat('councilMember')])
    await stage.person('nhomthuky', SCHOOL, [seat('secretariat')])
    await stage.person('chutich', SCHOOL, [seat('head'), seat('chair')])
    await stage.person('giaovien', SCHOOL, [seat('staff')])
    await stage.person('truongkhac', 'truong-khac', [seat('chair', { unitId: 'truong-khac' })])
    secretary = await signedIn(stage.app, 'thuky')
    helper = await signedIn(stage.app, 'nhomthuky')
    chair = await signedIn(stage.app, 'chutich')
    teacher = await signedIn(stage.app, 'giaovien')
    stranger = await signedIn(stage.app, 'truongkhac')
  })

  it('show every section to the school and none to others', async () => {
    for (const { slug, no, name } of PLAN_SECTIONS) {
      const { status, text } = await teacher.agent.get(`${PLAN}/${slug}`)
      expect(status, slug).to.equal(200)
      expect(text).to.contain(`${no}. ${name}`).and.not.to.contain('name="revision"')
      expect((await stranger.agent.get(`${PLAN}/${slug}`)).status).to.equal(404)
    }
    expect((await secretary.agent.get(`${PLAN}/khong-co`)).status).to.equal(404)
    expect((await stranger.agent.get(PLAN)).status).to.equal(404)
  })

  it('suggest words that count only once they are saved', async () => {
    const { text } = await secretary.agent.get(`${PLAN}/cong-cu`)
    expect(text).to.contain('chưa được lưu').and.to.contain('Thông tư số 17/2018/TT-BGDĐT')
    expect((await secretary.agent.get(PLAN)).text).to.contain('Mục III. Công cụ: 1 việc')
    const saved = await send(secretary, `${PLAN}/cong-cu`, [
      ['revision', '0'],
      ['tool', 'Phiếu khảo sát của trường'],
      ['tool', ''],
    ])
    expect(saved.headers['location']).to.equal(`${PLAN}/cong-cu`)
    expect((await secretary.agent.get(PLAN)).text).not.to.contain('Mục III. Công cụ: 1 việc')
  })

  it('take an unfinished line and give an empty one behind it', async () => {
    const pairs: Pairs = [['revision', '0'], ...aTraining({ place: 'Phòng họp' }), ...aTraining()]
    expect((await send(secretary, `${PLAN}/tap-huan`, pairs)).status).to.equal(303)
    const { text } = await secretary.agent.get(`${PLAN}/tap-huan`)
    const body = /<tbody>([^]*?)<\/tbody>/.exec(text)?.[1] ?? ''
    expect(body.match(/<tr>/g)).to.have.lengthOf(2)
    expect(text).to.contain('Mục V, dòng 1: cần ghi thời gian')
  })

  it('keep everything that was typed when one cell cannot be read', async () => {
    const pairs: Pairs = [
      ['revision', '1'],
      ...aTraining({ place: 'Phòng họp', on: '32/13/2025', content: 'Cách viết phiếu' }),
      ...aTraining({ place: 'Hội trường', on: '20/09/2025' }),
    ]
    const refused = await send(secretary, `${PLAN}/tap-huan`, pairs)
    expect(refused.status).to.equal(422)
    expect(refused.text)
      .to.contain('“32/13/2025” không phải là ngày')
      .and.to.contain('value="32/13/2025"')
      .and.to.contain('Cách viết phiếu')
      .and.to.contain('value="Hội trường"')
      .and.to.contain('href="#o-on.0"')
    expect(contentOf(await bench.plans.draft(ID)).training).to.have.lengthOf(1)
  })

  it('tell the later of two editors who was first, with both texts at hand', async () => {
    const first: Pairs = [['revision', '1'], ...aTraining({ place: 'Bản của người trước' })]
    expect((await send(helper, `${PLAN}/tap-huan`, first)).status).to.equal(303)
    const second: Pairs = [['revision', '1'], ...aTraining({ place: 'Bản của người sau' })]
    const refused = await send(secretary, `${PLAN}/tap-huan`, second)
    expect(refused.status).to.equal(409)
    expect(refused.text).to.contain('Người Mẫu nhomthuky').and.to.contain('Bản của người sau')
    expect(refused.text).to.contain('name="revision" value="2"')
    expect(contentOf(await bench.plans.draft(ID)).training[0]?.place).to.equal('Bản của người trước')
  })

  it('refuse those who only read', async () => {
    const pairs: Pairs = [['revision', '2'], ...aTraining({ place: 'Không được' })]
    expect((await send(teacher, `${PLAN}/tap-huan`, pairs)).status).to.equal(403)
    expect((await send(secretary, `${PLAN}/phe-duyet`, [], PLAN)).status).to.equal(422)
  })

  it('refuse an approval with all that is missing, each a link to its section', async () => {
    const { rev } = await bench.plans.draft(ID)
    const refused = await send(
      chair,
      `${PLAN}/phe-duyet`,
      [
        ['number', '15/KH-HĐTĐG'],
        ['date', '2025-10-03'],
        ['revision', String(rev)],
      ],
      PLAN,
    )
    expect(refused.status).to.equal(409)
    expect(refused.text).to.contain(`href="${PLAN}/muc-dich"`).and.to.contain('Mục I. Mục đích còn trống.')
    expect(refused.text).to.contain('value="15/KH-HĐTĐG"')
  })

  it('lead from the first suggestion to the approved plan and its next version', async () => {
    const rev = async (): Promise<string> => String((await bench.plans.draft(ID)).rev)
    await send(
      secretary,
      `${PLAN}/thoi-gian-bieu/theo-mau`,
      [
        ['start', '15/09/2025'],
        ['tetFrom', '2026-02-14'],
        ['tetTo', '2026-02-22'],
        ['revision', await rev()],
      ],
      `${PLAN}/thoi-gian-bieu`,
    )
    const laid = (await bench.plans.draft(ID)).parts.timetable?.content.timetable ?? []
    expect(laid.find(({ deadlineKey }) => deadlineKey === 'sheetsDue')?.weekTo, 'the week of the settings').to.equal(13)
    await send(secretary, `${PLAN}/muc-dich`, [
      ['revision', '0'],
      ['purpose', 'Xác định mức đạt được.'],
      ['level', '2'],
      ['accreditationGrade', '2'],
      ['nationalGrade', ''],
    ])
    await send(secretary, `${PLAN}/pham-vi`, [
      ['revision', '0'],
      ['scope', 'Toàn bộ hoạt động.'],
      ['years', '2024-2025'],
      ['years', '2025-2026'],
    ])
    await send(secretary, `${PLAN}/phan-cong`, [
      ['revision', '0'],
      ...bench.codes.flatMap(
        code =>
          [
            ['criterion', code],
            ['responsible', 'Thành Viên D'],
            ['supporting', ''],
            ['from', '2025-09-29'],
            ['to', '2025-11-30'],
          ] as const,
      ),
    ])
    await send(
      secretary,
      `${PLAN}/minh-chung/goi-y`,
      [
        ['revision', await rev()],
        ['shown', '1'],
      ],
      `${PLAN}/minh-chung`,
    )
    const training = { on: '2025-09-20', place: 'Phòng họp', participants: 'Hội đồng', content: 'Viết phiếu' }
    await send(secretary, `${PLAN}/tap-huan`, [['revision', '2'], ...aTraining(training)])
    expect((await secretary.agent.get(PLAN)).text).to.contain('Chín mục của kế hoạch đã đủ nội dung')
    const sign = async (path: string, number: string, reason = '') =>
      send(
        chair,
        `${PLAN}/${path}`,
        [
          ['number', number],
          ['date', '2025-10-03'],
          ['reason', reason],
          ['revision', await rev()],
        ],
        PLAN,
      )
    expect((await sign('phe-duyet', '15/KH-HĐTĐG')).status).to.equal(303)
    const overview = (await chair.agent.get(PLAN)).text
    expect(overview).to.contain('Kế hoạch số 15/KH-HĐTĐG, ngày 03/10/2025').and.to.contain('href="/giay-to/plan-1"')
    expect(overview).not.to.contain(`${PLAN}/dieu-chinh`)

    await send(secretary, `${PLAN}/tap-huan`, [['revision', '3'], ...aTraining({ ...training, place: 'Hội trường' })])
    expect((await chair.agent.get(PLAN)).text).to.contain(`${PLAN}/dieu-chinh`)
    expect((await sign('dieu-chinh', '22/KH-HĐTĐG')).status).to.equal(422)
    expect((await sign('dieu-chinh', '22/KH-HĐTĐG', 'Đổi nơi tập huấn')).status).to.equal(303)
    expect((await chair.agent.get(PLAN)).text)
      .to.contain('Đổi nơi tập huấn')
      .and.to.contain('22/KH-HĐTĐG')
  })
})
