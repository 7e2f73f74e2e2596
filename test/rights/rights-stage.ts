import { pino } from 'pino'
import { allRoutes } from '../../src/app.ts'
import type { Route } from '../../src/http/route.ts'
import { entryBy } from '../../src/journal/index.ts'
import { fiveYearsTo } from '../../src/kernel/working-year.ts'
import type { Doc } from '../../src/paper/index.ts'
import { SYSTEM, type Actor } from '../../src/kernel/actor.ts'
import { secretSeal } from '../../src/people/index.ts'
import { ID, reviewStage, SCHOOL, YEAR } from '../reviews/review-stage.ts'
import { askRoute, type Told } from './ask-route.ts'

/** Who asks: four of the school (its head is the chair, the member works on criterion 1.1), then others. The school lies in the commune of `parent`; `beside` and `stranger` belong to the commune next to it. */
export const PEOPLE = {
  own: 'hieutruong',
  secretariat: 'giaovien',
  member: 'thanhvien',
  teacher: 'dungngoai',
  sibling: 'nguoila',
  parent: 'lanhdaoxa',
  beside: 'canboben',
  stranger: 'hieutruongben',
  province: 'lanhdaoso',
  it: 'quantri',
} as const

export type Who = keyof typeof PEOPLE

const SINCE = '2020-08-01'

/** The small province of the review desk with one record of every kind in it, the school's report sent and returned. */
export async function rightsStage() {
  const stage = await reviewStage()
  const { system, limits } = stage
  await people(stage)
  await reconciliations(stage)
  const routes = allRoutes({
    system,
    limits,
    seal: secretSeal(['a secret for tests only, 32 letters']),
    log: pino({ level: 'silent' }),
  })
  const actors = new Map<string, Actor>()
  const actorOf = async (username: string): Promise<Actor> => {
    const actor = actors.get(username) ?? (await stage.actor(username))
    actors.set(username, actor)
    return actor
  }
  const routeAt = (method: Route['method'], path: string): Route => {
    const found = routes.find(route => route.method === method && route.path === path)
    if (!found) throw new Error(`no route ${method} ${path}`)
    return found
  }
  /** Does something through the screens, as the person would; what is refused fails the test that builds on it. */
  const done = async (
    username: string,
    path: string,
    params: Readonly<Record<string, string>>,
    body: object,
    query: Readonly<Record<string, string>> = {},
  ): Promise<string> => {
    const told = await askRoute(routeAt('post', path), {
      actor: await stage.actor(username),
      params,
      query,
      body,
      year: YEAR,
    })
    if (told.status !== 303 || told.answer?.kind !== 'redirect') throw new Error(`${path}: ${told.words}`)
    return told.answer.to
  }
  const last = (address: string): string => decodeURIComponent(address.split('/').at(-1) ?? '')

  const sha256 = await system.files.keepBytes(Buffer.from('Quyết định mẫu'))
  const evidence = await system.evidenceNeeds.evidence.add({
    id: 'minh-chung-1',
    assessmentId: ID,
    schoolId: SCHOOL,
    year: YEAR,
    state: 'coded',
    machine: 'evidence@1',
    rev: 0,
    criterion: '1.1',
    name: 'Sổ theo dõi kỷ luật',
    kind: 'document',
    entries: [
      {
        id: 'muc-1',
        schoolYear: YEAR,
        number: '1/QĐ',
        issuer: 'Trường',
        files: [{ sha256, name: 'a.pdf', mime: 'application/pdf', size: 14, addedBy: 'thanhvien', at: stage.clock.at }],
      },
    ],
    place: '',
    note: '',
    dataClass: 'sensitive',
    code: { box: 1, a: 1, b: 1, c: 1 },
    formerCodes: [],
    outbox: [],
  })
  const comment = { id: 'gop-y-1', assessmentId: ID, by: 'giaovien', name: 'Lường Văn Giáo Viên', at: stage.clock.at }
  await system.comments.insert({ ...comment, part: '', text: 'Nên nêu rõ số lớp.' })
  await system.sheets.drawer.lay(ID, 'lan-1', [
    {
      code: '9.9',
      key: 'strengths',
      label: 'Tiêu chí 9.9 – Điểm mạnh',
      text: 'Lời cũ của tiêu chí đã bỏ',
      near: ['1.1'],
    },
  ])
  await action(stage)
  const paperId = await paper(stage)
  await done('hieutruong', '/danh-gia/:id/bien-ban', { id: ID }, { body: 'council' })

  await stage.send()
  await done('lanhdaoxa', '/xem-xet/:id/bat-dau', { id: ID }, { receivedNumber: '7' })
  const remark = { code: '1.1', kind: 'question', reason: 'weakPlan', text: 'Chật đến mức nào?' }
  await done('lanhdaoxa', '/xem-xet/:id/nhan-xet', { id: ID }, { ...remark, place: 'weaknesses|0' })
  await done('lanhdaoxa', '/xem-xet/:id/nhan-xet', { id: ID }, { ...remark, kind: 'fix', place: 'description.1.a|1' })
  const back = { number: '12/UBND', date: '18/05/2026', due: '01/06/2026' }
  await done('lanhdaoxa', '/xem-xet/:id/tra-lai', { id: ID }, back)
  const review = await stage.review()
  const remarks = review.rounds.at(-1)?.remarks ?? []

  await registered(stage)
  const plan = {
    name: 'Báo cáo cuối năm',
    tableSet: 'accreditation',
    unitClosing: '2026-05-25',
    schoolDue: '2026-05-25',
    unitDue: '2026-06-10',
    closing: '2026-05-31',
    provinceDue: '2026-06-23',
    ministryDue: '2026-07-01',
  }
  const period = last(await done('lanhdaoso', '/ky-bao-cao/lap/:kind', { kind: 'end' }, plan))
  await done('lanhdaoso', '/ky-bao-cao/:id/mo', { id: period }, {})
  const cluster = last(
    await done('lanhdaoso', '/cum-truong/moi', {}, { name: 'Cụm mẫu', schoolIds: [SCHOOL, 'thcs-khac'] }),
  )
  const rename = { name: 'Trường Tiểu học Sen Mới', from: '2026-08-01', reason: 'Đổi tên' }
  const operation = last(
    await done('quantri', '/sap-xep-don-vi/moi/:viec', { viec: 'doi-ten' }, rename, { 'don-vi': SCHOOL }),
  )
  await done(
    'lanhdaoso',
    '/uy-quyen',
    {},
    {
      unitId: 'xa-ben',
      byUnitId: 'so',
      duties: ['review'],
      from: '2026-05-20',
      to: '2026-06-20',
      number: '5/QĐ',
      decidedOn: '2026-05-10',
    },
  )
  const [delegation] = (await system.delegations.of('xa-ben')).delegations
  return {
    ...stage,
    routes,
    actorOf,
    seatAdministrator: (personId: string) => seatOf(stage)(personId, 'so', 'Lèng Thị Quản Trị Hai', 'itAdmin'),
    /** Takes every office of the Sở from the person. */
    unseat: async (personId: string): Promise<void> => {
      const before = await system.seats.ofUnit('so')
      await system.seats.save(
        before,
        before.seats.filter(seat => seat.personId !== personId),
        entryBy(SYSTEM, stage.clock.at, {
          id: `seats:so:${before.rev + 1}`,
          unitId: 'so',
          subject: { kind: 'seats', id: 'so' },
          event: 'endSeat',
        }),
      )
    },
    ask: async (
      route: Route,
      who: string,
      question: Omit<Parameters<typeof askRoute>[1], 'actor' | 'year'>,
    ): Promise<Told> => askRoute(route, { ...question, actor: await actorOf(who), year: YEAR }),
    ids: {
      assessment: ID,
      school: SCHOOL,
      evidence: evidence.id,
      entry: 'muc-1',
      sha256,
      comment: comment.id,
      oldText: `${ID}:lan-1:9.9:strengths`,
      paper: paperId,
      question: remarks.find(({ kind }) => kind === 'question')?.id ?? '',
      letter: review.letters.at(-1)?.id ?? '',
      run: RUN,
      title: TITLE,
      period,
      cluster,
      operation,
      delegation: delegation?.id ?? '',
      account: 'dungngoai',
      seat: `${SCHOOL}-vanthu`,
      handover: 'ban-giao-1',
    },
  }
}

export type RightsStage = Awaited<ReturnType<typeof rightsStage>>
type Stage = Awaited<ReturnType<typeof reviewStage>>

const RUN = `${SCHOOL}.${YEAR}.1`
const TITLE = `${RUN}:accreditation`

/** A school in the commune beside, its head, and the Sở's IT team. */
async function people({ system, clock }: Stage): Promise<void> {
  const by = { actor: SYSTEM, at: clock.at }
  const like = await system.units.get(SCHOOL)
  const { rev: _rev, ...unit } = like
  const id = 'truong-ben'
  await system.units.add(
    {
      ...unit,
      id,
      names: [{ name: 'Trường Tiểu học Bên', from: SINCE }],
      parents: [{ parentId: 'xa-ben', from: SINCE }],
      symbol: 'THB',
      from: SINCE,
    },
    by,
  )
  const office = seatOf({ system, clock })
  const before = await system.seats.ofUnit(SCHOOL)
  await system.seats.save(
    {
      ...before,
      handovers: [
        {
          id: 'ban-giao-1',
          fromPersonId: 'vanthu',
          toPersonId: 'giaovien',
          post: 'Văn thư',
          on: '2026-05-01',
          state: 'done',
          by: 'hieutruong',
          items: [],
        },
      ],
    },
    before.seats,
    entryBy(SYSTEM, clock.at, {
      id: `seats:${SCHOOL}:${before.rev + 1}`,
      unitId: SCHOOL,
      subject: { kind: 'seats', id: SCHOOL },
      event: 'handOver',
    }),
  )
  await office('hieutruongben', id, 'Sùng Thị Trường Bên', 'head')
  await office('quantri', 'so', 'Cà Văn Quản Trị', 'itAdmin')
}

/** Enters somebody who can sign in and gives them an office. */
const seatOf =
  ({ system, clock }: Pick<Stage, 'system' | 'clock'>) =>
  async (personId: string, unitId: string, name: string, role: 'head' | 'itAdmin'): Promise<void> => {
    const by = { actor: SYSTEM, at: clock.at }
    const hash = (await system.people.accountOf('hieutruong'))?.hash
    await system.people.add({ id: personId, name, username: personId, unitId }, hash, false, {
      ...by,
      event: 'createPerson',
    })
    const before = await system.seats.ofUnit(unitId)
    const postKind = role === 'head' ? 'principal' : 'officer'
    await system.seats.save(
      before,
      [
        ...before.seats,
        { id: `${unitId}-${personId}`, personId, unitId, from: SINCE, role, post: 'Mẫu', postKind, represents: [] },
      ],
      entryBy(SYSTEM, clock.at, {
        id: `seats:${unitId}:${before.rev + 1}`,
        unitId,
        subject: { kind: 'seats', id: unitId },
        event: 'appoint',
      }),
    )
  }

/** The forms of the review desk name their state alone; these can be drawn as well. */
async function reconciliations({ system, clock }: Stage): Promise<void> {
  for (const year of fiveYearsTo(YEAR)) {
    const before = await system.figures.of(SCHOOL, year)
    if (!before.reconciliation) continue
    const { state } = before.reconciliation
    const entry = { unitId: SCHOOL, year, subject: { kind: 'figures', id: before.id }, event: 'given' }
    await system.figures.save(
      before,
      { reconciliation: { state, machine: 'reconciliation@2', assigned: [], explanations: [] } },
      entryBy(SYSTEM, clock.at, { id: `figures:${before.id}:${before.rev + 1}`, ...entry }),
    )
  }
}

/** One line of the improvement plan of criterion 1.1, in force with the words of its sheet. */
async function action({ system, given, clock }: Stage): Promise<void> {
  const line = { what: 'Mua sách', who: 'Văn phòng', resources: '', cost: '', expected: '', weakness: '' }
  const sheet = await system.sheets.find(ID, '1.1')
  await system.sheets.writeRows(sheet, sheet.rev, { actions: [{ id: 'viec-1', ...line }] })
  const { criteria } = await system.assessments.get(ID)
  const entry = Object.entries(criteria).find(([, each]) => each.code === '1.1')
  if (!entry) throw new Error('no criterion 1.1')
  const [key, decision] = entry
  const rev = decision.rev + 1
  const pin = await system.sheets.pin(await system.sheets.find(ID, '1.1'), rev, clock.at)
  await given({ criteria: { [key]: { ...decision, state: 'frozen', rev, pin: pin.id } } })
}

/** The adopted report as a kept paper: what a page shows of it is not asked here. */
async function paper({ system, clock }: Stage): Promise<string> {
  const bytes = Buffer.from('%PDF-1.7 mẫu')
  const printed: Doc = {
    meta: { title: 'Báo cáo', author: 'Trường', createdAt: '2026-05-10T02:00:00Z' },
    sections: [{ pageNumbers: 'none', blocks: [] }],
  }
  const sha256 = await system.files.keepBytes(bytes)
  const doc = await system.files.keepBytes(Buffer.from(JSON.stringify(printed)))
  await system.papers.keep({
    id: 'bao-cao-1',
    kind: 'report',
    assessmentId: ID,
    schoolId: SCHOOL,
    year: YEAR,
    formId: 'bao-cao',
    formVersion: '1',
    contentHash: 'b'.repeat(64),
    sha256,
    docSha256: doc,
    pages: 1,
    title: 'Báo cáo tự đánh giá',
    createdAt: clock.at,
    frozen: true,
  })
  return 'bao-cao-1'
}

/** A registration and a title, past their steps. */
async function registered({ system, clock }: Stage): Promise<void> {
  const decision = { number: '9/QĐ', date: '2026-05-10' }
  const line = (kind: string, id: string) =>
    entryBy(SYSTEM, clock.at, { id: `${kind}:${id}:1`, unitId: SCHOOL, subject: { kind, id }, event: 'given' })
  await system.externalNeeds.runs.register(
    {
      id: RUN,
      schoolId: SCHOOL,
      year: YEAR,
      assessmentId: ID,
      ancestors: ['xa', 'so'],
      underProvince: false,
      state: 'registered',
      machine: 'externalRun@1',
      rev: 1,
      asked: { accreditation: 2 },
      selfLevel: 3,
      letter: decision,
      registeredOn: '2026-05-10',
      completions: [],
      outbox: [],
    },
    line('externalRun', RUN),
  )
  await system.externalNeeds.titles.step(
    {
      id: TITLE,
      schoolId: SCHOOL,
      kind: 'accreditation',
      grade: 2,
      state: 'granted',
      machine: 'title@1',
      rev: 0,
      decision,
      registerNumber: '1',
      grantedOn: '2026-05-10',
      expiresOn: '2031-05-09',
      transfers: [],
      outbox: [],
    },
    {},
    [],
    line('title', TITLE),
  )
}
