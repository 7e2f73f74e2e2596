import { expect } from 'chai'
import { REPORT, resume, settleFigures } from '../../src/assessments/index.ts'
import type { FigureValues } from '../../src/figures/index.ts'
import { entryBy } from '../../src/journal/index.ts'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { addRemark, beginReview, returnReport } from '../../src/reviews/index.ts'
import { signedIn, type Visitor } from '../http/app-for-tests.ts'
import { ID, reviewStage, SCHOOL, YEAR, type ReviewStage } from './review-stage.ts'

const DIFFERENCE = `/xem-xet/${ID}/so-sanh`
const FIGURES = `/so-lieu?truong=${SCHOOL}&nam=${YEAR}`
const UNKNOWN = 'Số liệu Phần I của lần gửi trước không được lưu kèm báo cáo'
const CARD = 'Số liệu Phần I thay đổi'

/** The texts of the table rows of a page, cells joined by ` | `. */
const rowsIn = (html: string): readonly string[] =>
  [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    row
      .split(/<\/t[dh]>/)
      .map(cell =>
        cell
          .replaceAll(/<[^>]+>/g, ' ')
          .replaceAll(/\s+/g, ' ')
          .trim(),
      )
      .filter(cell => cell !== '')
      .join(' | '),
  )

describe('figures of Phần I between two sendings', function () {
  this.timeout(120_000)
  let stage: ReviewStage
  let officer: Visitor
  let head: Visitor

  /** Numbers of the assessed year as the school had typed them before its first sending. */
  const typed = async (values: FigureValues): Promise<void> => {
    const { figures } = stage.system
    const before = await figures.of(SCHOOL, YEAR)
    const cells = Object.entries(values).map(([key, value]) => ({ key, value, rev: before.rev + 1 }))
    const entry = entryBy(SYSTEM, stage.clock.at, {
      id: `figures:${before.id}:${before.rev + 1}`,
      unitId: SCHOOL,
      year: YEAR,
      subject: { kind: 'figures', id: before.id },
      event: 'given',
    })
    await figures.save(before, { cells }, entry)
  }
  const returned = async (): Promise<void> => {
    const needs = stage.system.reviewNeeds
    const [reader, lead] = [await stage.actor('canboxa'), await stage.actor('lanhdaoxa')]
    await beginReview(needs)(reader, ID, '')
    await addRemark(needs)(reader, ID, {
      code: 'phan-1',
      part: '',
      kind: 'fix',
      reason: 'figuresDiffer',
      text: 'Số lớp khối 1 chưa khớp.',
      words: '',
    })
    await returnReport(needs)(lead, ID, { number: '12/UBND', date: stage.today(), due: '2026-06-01' })
  }
  const mend = async (table: string, fields: Readonly<Record<string, string>>): Promise<number> => {
    const { rev } = await stage.system.figures.of(SCHOOL, YEAR)
    const action = `${FIGURES}&cot=${YEAR}&bang=${table}`
    return (await head.post(action, { ...fields, revision: String(rev) }, FIGURES)).status
  }
  /** The council takes the report up again and opens its figures. */
  const resumed = async (): Promise<void> => {
    const [needs, actor] = [stage.system.assessmentNeeds, await stage.actor('hieutruong')]
    await resume(needs)(actor, ID, { '0': 'Đã sửa số lớp.' })
    await settleFigures(needs)(actor, ID, false)
  }
  /** The council adopts again, which locks the figures, and the head publishes and sends. */
  const sentAgain = async (number: string): Promise<void> => {
    const { report } = await stage.system.assessments.get(ID)
    await stage.given({ state: 'published', report: { ...report, version: report.version + 1 } })
    await stage.reconciled('verified')
    await stage.send(number)
  }

  before(async () => {
    stage = await reviewStage()
    await typed({ 'classes.g1': 2, 'classes.g2': 2, 'pupils.g1': 1080, 'rooms.class.temporary': 1 })
    await stage.send()
    officer = await signedIn(stage.app, 'canboxa')
    head = await signedIn(stage.app, 'hieutruong')
  })

  it('tells the officer each number that the school has mended, old and new', async () => {
    await returned()
    expect(await mend('classes', { 'cell.classes.g1': '3' }), 'locked while it is returned').to.not.equal(303)
    await resumed()
    expect(await mend('classes', { 'cell.classes.g1': '3' })).to.equal(303)
    expect(await mend('pupils', { 'cell.pupils.g1': '1.234' })).to.equal(303)
    expect(await mend('rooms', { 'cell.rooms.class.temporary': '' })).to.equal(303)
    await sentAgain('40/CV-THHS')

    const { text } = await officer.agent.get(DIFFERENCE)
    expect(rowsIn(text)).to.deep.equal([
      'Số liệu | Lần trước | Lần này',
      '1. Số lớp học',
      'Khối lớp 1 Năm học 2025-2026 | 2 | 3',
      '2. Cơ cấu khối công trình của nhà trường',
      'Phòng học – Phòng tạm Năm học 2025-2026 | 1 | –',
      '4. Học sinh – a) Số liệu chung',
      'Khối lớp 1 Năm học 2025-2026 | 1.080 | 1.234',
    ])
    expect(text).to.match(/Số liệu Phần I thay đổi<\/h2>\s*<span[^>]*>[\s\S]{0,80}?3\s*</)
  })

  it('compares what was sent, not what the school types now', async () => {
    const { text } = await officer.agent.get(DIFFERENCE)
    expect(text).to.contain(CARD)
    await returned()
    await resumed()
    expect(await mend('classes', { 'cell.classes.g1': '7' })).to.equal(303)
    const again = (await officer.agent.get(DIFFERENCE)).text
    expect(rowsIn(again)).to.deep.equal(rowsIn(text))
    expect(await mend('classes', { 'cell.classes.g1': '3' })).to.equal(303)
  })

  it('says nothing of figures when none has changed', async () => {
    await sentAgain('41/CV-THHS')
    const { text } = await officer.agent.get(DIFFERENCE)
    expect(text).to.contain('Số lớp khối 1 chưa khớp.').and.not.contain(CARD).and.not.contain(UNKNOWN)
  })

  it('says plainly when an earlier sending did not keep its figures', async () => {
    const before = (await stage.review()).rounds.at(-2)?.read.find(({ code }) => code === REPORT)?.pin ?? ''
    const pins = stage.system.db.client.db(stage.system.db.name).collection<{ _id: string }>('sheetPins')
    const { modifiedCount } = await pins.updateOne({ _id: before }, { $unset: { figures: 1 } })
    expect(modifiedCount).to.equal(1)
    const { text } = await officer.agent.get(DIFFERENCE)
    expect(text).to.contain(UNKNOWN).and.not.contain(CARD)
  })
})
