import { keyOf, openAssessment, REPORT, submit } from '../../src/assessments/index.ts'
import { entryBy } from '../../src/journal/index.ts'
import { SYSTEM, type SeatRole } from '../../src/kernel/actor.ts'
import { fiveYearsTo } from '../../src/kernel/working-year.ts'
import type { Reconciliation } from '../../src/figures/index.ts'
import type { Review } from '../../src/reviews/index.ts'
import { assessmentStage, ID, SCHOOL, sheetsIn, withCouncil, YEAR, type Stage } from '../assessments/stage.ts'

export { ID, SCHOOL, YEAR }

/** Officers besides those of the stage: user name → unit, name, seat, post. */
const OFFICERS: Readonly<Record<string, readonly [string, string, SeatRole, string]>> = {
  lanhdaoxa: ['xa', 'Lò Thị Lãnh Đạo Xã', 'middleLead', 'Phó Chủ tịch'],
  canboxa: ['xa', 'Thào Thị Cán Bộ Xã', 'middleOfficer', 'Công chức'],
  canboxa2: ['xa', 'Giàng Văn Cán Bộ Hai', 'middleOfficer', 'Công chức'],
  lanhdaoso: ['so', 'Vì Văn Lãnh Đạo Sở', 'provinceLead', 'Giám đốc'],
  chuyenvienso: ['so', 'Quàng Thị Chuyên Viên Sở', 'provinceOfficer', 'Chuyên viên'],
  canboben: ['xa-ben', 'Hờ Thị Cán Bộ Bên', 'middleLead', 'Phó Chủ tịch'],
}

/** What stands in the sheet of 1.1 and in the report, sentence by sentence. */
export const FIRST = 'Nhà trường có 12 lớp học.'
export const SECOND = 'Phòng học bảo đảm ánh sáng.'
export const WEAKNESS = 'Thư viện còn chật.'

export interface ReviewStage extends Stage {
  readonly review: () => Promise<Review>
  /** The head sends the published report by the next dispatch. */
  readonly send: (number?: string) => Promise<void>
  /** Puts other words under the criterion, pinned and frozen, as the council would have agreed to them. */
  readonly write: (code: string, parts: Readonly<Record<string, string>>) => Promise<void>
  readonly reconciled: (state: Reconciliation['state']) => Promise<void>
}

/** A published report of a primary school on the desk's threshold, with the officers of its commune, of another and of the Sở. */
export async function reviewStage(): Promise<ReviewStage> {
  const stage = await assessmentStage('2026-05-18T02:00:00Z')
  const { system } = stage
  await seatOfficers(stage)
  await openAssessment(system.assessmentNeeds)(await stage.actor('hieutruong'), SCHOOL, YEAR)
  const { set } = await system.assessments.get(ID)
  const write: ReviewStage['write'] = async (code, parts) => {
    const at = stage.clock.at
    let sheet = await system.sheets.find(ID, code)
    for (const [part, text] of Object.entries(parts)) {
      const rev = sheet.parts[part]?.rev ?? 0
      await system.sheets.writePart(sheet, part, rev, { text, by: 'thanhvien', name: 'Mùa Thị Thành Viên', at })
      sheet = await system.sheets.find(ID, code)
    }
    if (code === REPORT) return
    const decision = (await system.assessments.get(ID)).criteria[keyOf(code)]
    if (!decision) return
    const pin = await system.sheets.pin(sheet, decision.rev + 1, at)
    await stage.given({
      criteria: { [keyOf(code)]: { ...decision, state: 'frozen', rev: decision.rev + 1, pin: pin.id } },
    })
  }
  const stamp = { by: 'hieutruong', name: 'Quàng Thị Hiệu Trưởng', at: stage.clock.at }
  await stage.given({
    ...withCouncil(stage),
    state: 'published',
    set,
    criteria: await sheetsIn(stage, 'frozen'),
    report: {
      version: 1,
      adopted: {
        ...stamp,
        on: '2026-05-10',
        votes: { for: 8, against: 0, other: 0, total: 8 },
        minutes: '21/BB',
        level: 3,
        paperId: 'bao-cao-1',
        sha256: 'a'.repeat(64),
      },
      published: { on: '2026-05-12', place: 'Bảng tin', paper: 'paper', note: 'Bản giấy lưu tại văn thư.' },
    },
  })
  await write('1.1', { 'description.1.a': `${FIRST} ${SECOND}`, weaknesses: WEAKNESS })
  await write(REPORT, { situation: 'Trường ở xã Sơn Thủy. Có ba điểm trường.' })
  const reconciled: ReviewStage['reconciled'] = async state => {
    for (const year of fiveYearsTo(YEAR)) {
      const before = await system.figures.of(SCHOOL, year)
      // What the desk asks of a reconciliation is its state alone.
      const reconciliation = { state } as Reconciliation
      await system.figures.save(
        before,
        { lockedFor: [ID], ...(year === YEAR && { reconciliation }) },
        entryBy(SYSTEM, stage.clock.at, {
          id: `figures:${before.id}:${before.rev + 1}`,
          unitId: SCHOOL,
          year,
          subject: { kind: 'figures', id: before.id },
          event: 'given',
        }),
      )
    }
  }
  await reconciled('verified')
  return {
    ...stage,
    write,
    reconciled,
    review: () => system.reviewNeeds.reviews.get(ID),
    send: async (number = '35/CV-THHS') => {
      const head = await stage.actor('hieutruong')
      await submit(system.assessmentNeeds)(head, ID, { number, date: stage.today(), toUnitId: 'xa' })
    },
  }
}

async function seatOfficers({ system, clock }: Stage): Promise<void> {
  const hash = (await system.people.accountOf('hieutruong'))?.hash
  const by = { actor: SYSTEM, at: clock.at }
  await system.units.add(
    {
      id: 'xa-ben',
      kind: 'commune',
      names: [{ name: 'UBND xã Sơn Bên', from: '2020-08-01' }],
      places: [{ place: 'Sơn Bên', from: '2020-08-01' }],
      parents: [{ parentId: 'so', from: '2020-08-01' }],
      symbol: 'SB',
      from: '2020-08-01',
    },
    by,
  )
  for (const [id, [unitId, name]] of Object.entries(OFFICERS))
    if (!(await system.people.find(id)))
      await system.people.add({ id, name, username: id, unitId }, hash, false, { ...by, event: 'createPerson' })
  for (const unitId of new Set(Object.values(OFFICERS).map(([unit]) => unit))) {
    const before = await system.seats.ofUnit(unitId)
    const seats = Object.entries(OFFICERS)
      .filter(([, [unit]]) => unit === unitId)
      .map(([personId, [, , role, post]]) => ({
        id: `${unitId}-${personId}`,
        personId,
        unitId,
        from: '2020-08-01',
        role,
        post,
        postKind: 'officer' as const,
        represents: [],
      }))
    await system.seats.save(
      before,
      // The roles above are all offices.
      seats as unknown as Parameters<typeof system.seats.save>[1],
      entryBy(SYSTEM, clock.at, {
        id: `seats:${unitId}:${before.rev + 1}`,
        unitId,
        subject: { kind: 'seats', id: unitId },
        event: 'appoint',
      }),
    )
  }
}
