import { expect } from 'chai'
import { recall, resume } from '../../src/assessments/index.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import { Forbidden, InvalidInput, NotFound, StaleWrite, StepRefused } from '../../src/kernel/refusals.ts'
import {
  acceptReport,
  addRemark,
  answerQuestion,
  assignMany,
  assignReview,
  beginReview,
  closeQuestion,
  dropRemark,
  finishReviews,
  follow,
  forwardReport,
  mayOnReview,
  returnFromProvince,
  returnReport,
  takeOver,
  turnRemark,
  withdrawAcceptance,
  type NewRemark,
} from '../../src/reviews/index.ts'
import { verifyFile } from '../../src/reports/verify.ts'
import { verifyPage } from '../../src/reports/verify-page.ts'
import { explainUsesIndex } from '../support/explain.ts'
import { FIRST, ID, reviewStage, WEAKNESS, YEAR, type ReviewStage } from './review-stage.ts'

const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

const fix: NewRemark = {
  kind: 'fix',
  reason: 'noEvidence',
  text: 'Nêu nguồn số liệu.',
  code: '1.1',
  part: 'description.1.a',
  sentence: 0,
  words: '12 lớp',
}
const question: NewRemark = { ...fix, kind: 'question', part: 'weaknesses', text: 'Chật đến mức nào?', words: '' }
const LETTER = { number: '12/UBND-VHXH', date: '2026-05-18' }
const BACK = { ...LETTER, due: '2026-06-01' }

describe('reviews on the real engine', function () {
  this.timeout(120_000)
  let stage: ReviewStage
  let officer: Actor
  let lead: Actor
  let head: Actor
  const needs = () => stage.system.reviewNeeds
  const state = async () => (await stage.system.assessments.get(ID)).state
  const begin = () => beginReview(needs())(officer, ID, '')
  const returned = async () => {
    await begin()
    await addRemark(needs())(officer, ID, fix)
    await returnReport(needs())(lead, ID, BACK)
  }

  beforeEach(async () => {
    stage = await reviewStage()
    officer = await stage.actor('canboxa')
    lead = await stage.actor('lanhdaoxa')
    head = await stage.actor('hieutruong')
    await stage.send()
  })

  it('come into being with the sending, with days counted in working days', async () => {
    const review = await stage.review()
    expect(review).to.include({ state: 'received', unitId: 'xa', handlerId: 'xa', provinceId: 'so', due: '2026-05-21' })
    expect(review.rounds).to.have.length(1)
    expect(review.rounds[0]).to.include({ receivedOn: '2026-05-18', answerDue: '2026-06-01', level: 3 })
    expect(review.rounds[0]?.read.map(({ code }) => code)).to.have.members(['1.1', 'bao-cao'])
  })

  it('follow a recall and receive the next sending as another round', async () => {
    await recall(stage.system.assessmentNeeds)(head, ID)
    expect(await stage.review()).to.include({ state: 'recalled' })
    await stage.send('36/CV-THHS')
    const review = await stage.review()
    expect(review.state).to.equal('received')
    expect(review.rounds.map(({ dispatch }) => dispatch.number)).to.deep.equal(['35/CV-THHS', '36/CV-THHS'])
  })

  it('are begun by one of two officers who press at once; then the school recalls no more', async () => {
    const other = await stage.actor('canboxa2')
    const racing = await Promise.allSettled([begin(), beginReview(needs())(other, ID, '')])
    const lost = racing.flatMap((each): readonly unknown[] => (each.status === 'rejected' ? [each.reason] : []))
    expect(lost).to.have.length(1)
    expect(lost[0]).to.satisfy((error: unknown) => error instanceof StaleWrite || error instanceof StepRefused)
    expect((await stage.review()).state).to.equal('underReview')
    expect(await refusal(recall(stage.system.assessmentNeeds)(head, ID))).to.be.instanceOf(StepRefused)
  })

  it('keep remarks with their place; two officers who remark at once both succeed', async () => {
    await begin()
    const other = await stage.actor('canboxa2')
    await Promise.all([addRemark(needs())(officer, ID, fix), addRemark(needs())(other, ID, question)])
    const { remarks } = (await stage.review()).rounds[0] ?? { remarks: [] }
    expect(remarks.map(({ anchor }) => anchor.quote)).to.have.members([FIRST, WEAKNESS])
    expect(remarks.find(({ kind }) => kind === 'fix')?.anchor).to.include({ offset: 0, words: '12 lớp' })
  })

  it('refuse a remark on a place that the report does not have, and before reading has begun', async () => {
    expect(await refusal(addRemark(needs())(officer, ID, fix))).to.be.instanceOf(StepRefused)
    await begin()
    for (const wrong of [
      { ...fix, sentence: 9 },
      { ...fix, part: 'verdict' },
      { ...fix, code: '9.9' },
    ])
      expect(await refusal(addRemark(needs())(officer, ID, wrong))).to.be.instanceOf(InvalidInput)
  })

  it('return with the remarks as points that the school answers one by one, then receive the new version', async () => {
    await returned()
    const assessment = await stage.system.assessments.get(ID)
    expect(assessment.state).to.equal('returned')
    expect(assessment.submissions.at(-1)?.returned).to.deep.include({
      due: '2026-06-01',
      points: [
        {
          criterion: '1.1',
          anchor: 'mo-ta-1-a',
          reason: 'Thiếu minh chứng: Nêu nguồn số liệu.',
          quote: FIRST,
        },
      ],
    })
    expect(await stage.review()).to.include({ state: 'returned', due: '2026-06-01' })
    const resumed = await resume(stage.system.assessmentNeeds)(head, ID, { '0': 'Đã nêu nguồn.' })
    expect(resumed.criteria['1_1']?.state).to.equal('agreed')
    await stage.given({ state: 'published', report: { ...resumed.report, version: 2 } })
    await stage.write('1.1', { 'description.1.a': 'Nhà trường có 12 lớp học theo sổ đăng bộ.' })
    await stage.send('40/CV-THHS')
    const review = await stage.review()
    expect(review).to.include({ state: 'received' })
    expect(review.rounds.map(({ reportVersion }) => reportVersion)).to.deep.equal([1, 2])
    expect(review.rounds[0]?.read).to.not.deep.equal(review.rounds[1]?.read)
  })

  it('draw the letter of a return as a PDF whose bytes are kept under its hash', async () => {
    await returned()
    const [letter] = (await stage.review()).letters
    expect(letter).to.include({ kind: 'return', number: LETTER.number })
    const bytes = await needs().fileBytes(letter?.sha256 ?? '')
    expect(bytes.subarray(0, 5).toString()).to.equal('%PDF-')
    expect([...(await needs().reviews.references([letter?.sha256 ?? '', 'f'.repeat(64)]))]).to.deep.equal([
      letter?.sha256,
    ])
  })

  it('stand among the papers of the assessment for the school and the units above, and for nobody else', async () => {
    await returned()
    const papersFor = async (actor: Actor) => (await stage.system.reportNeeds.received?.(actor, ID)) ?? []
    const [letter] = (await stage.review()).letters
    const line = (await papersFor(head))[0]
    expect(line).to.include({ number: LETTER.number, stands: true, sha256: letter?.sha256 })
    expect(line?.href).to.match(new RegExp(`/van-ban/${letter?.id}\\.pdf$`))
    expect(await papersFor(lead)).to.have.length(1)
    expect(await papersFor({ ...head, seats: [{ role: 'head', unitId: 'khac', from: '2020-01-01' }] })).to.deep.equal(
      [],
    )
  })

  it('do not return without anything to be mended, nor by an officer', async () => {
    await begin()
    expect(await refusal(returnReport(needs())(lead, ID, BACK))).to.be.instanceOf(StepRefused)
    await addRemark(needs())(officer, ID, fix)
    expect(await refusal(returnReport(needs())(officer, ID, BACK))).to.be.instanceOf(Forbidden)
    expect(await state()).to.equal('submitted')
  })

  it('accept when questions are closed and figures verified, listing everything that is missing before', async () => {
    await begin()
    await stage.reconciled('confirmed')
    await addRemark(needs())(officer, ID, question)
    const unmet = (await refusal(acceptReport(needs())(lead, ID, LETTER))) as StepRefused
    expect(unmet.unmet.map(({ code }) => code)).to.deep.equal(['questionOpen', 'reconciliationNotVerified'])
    const asked = (await stage.review()).rounds[0]?.remarks[0]?.id ?? ''
    await answerQuestion(needs())(head, ID, asked, 'Thiếu 20 mét vuông.')
    await closeQuestion(needs())(officer, ID, asked)
    await stage.reconciled('verified')
    await acceptReport(needs())(lead, ID, LETTER)
    expect(await state()).to.equal('accepted')
    expect((await stage.review()).state).to.equal('accepted')
  })

  it('forward, come back from the Sở, or take the acceptance back', async () => {
    await begin()
    await acceptReport(needs())(lead, ID, LETTER)
    await forwardReport(needs())(lead, ID, { ...LETTER, ground: 'external' })
    expect((await stage.review()).state).to.equal('forwarded')
    await withdrawAcceptance(needs())(await stage.actor('lanhdaoso'), ID, 'Số liệu sai.')
    expect(await state()).to.equal('submitted')
    expect(await stage.review()).to.include({ state: 'underReview' })
    expect((await stage.review()).forwarded).to.equal(undefined)
    await acceptReport(needs())(lead, ID, { ...LETTER, number: '15/UBND' })
    expect(await state()).to.equal('accepted')
    await forwardReport(needs())(lead, ID, { ...LETTER, ground: 'period' })
    await returnFromProvince(needs())(await stage.actor('chuyenvienso'), ID, 'Thiếu bản ký.', '2026-06-10')
    expect(await state()).to.equal('returned')
    expect(await stage.review()).to.include({ state: 'returned', due: '2026-06-10' })
  })

  it('let everybody check a letter: in force, or since when an acceptance is not any more', async () => {
    const check = async (number: string) => {
      const letter = (await stage.review()).letters.find(each => each.number === number)
      const { path } = await stage.system.files.open(letter?.sha256 ?? '')
      return verifyPage(await verifyFile(stage.system.reportNeeds)(path)).answer
    }
    const ended = { term: 'Hết hiệu lực từ ngày', text: '19/05/2026' }
    await begin()
    await acceptReport(needs())(lead, ID, LETTER)
    expect((await check(LETTER.number))?.text).to.contain('đang có hiệu lực')
    stage.clock.at = new Date(stage.clock.at.getTime() + 86_400_000)
    await withdrawAcceptance(needs())(lead, ID, 'Số liệu sai.')
    const withdrawn = await check(LETTER.number)
    expect(withdrawn?.label).to.equal('Đã thu hồi, hủy bỏ')
    expect(withdrawn?.facts).to.deep.include(ended)

    await acceptReport(needs())(lead, ID, { ...LETTER, number: '15/UBND', date: '2026-05-19' })
    await forwardReport(needs())(lead, ID, { ...LETTER, ground: 'period' })
    expect((await check('15/UBND'))?.text).to.contain('đang có hiệu lực')
    await returnFromProvince(needs())(await stage.actor('chuyenvienso'), ID, 'Thiếu bản ký.', '2026-06-10')
    expect((await check('15/UBND'))?.facts).to.deep.include(ended)
    expect((await check(LETTER.number))?.text).to.not.contain('đang có hiệu lực')
  })

  it('go to the Sở when it takes over; the commune reads on and decides no more', async () => {
    const province = await stage.actor('lanhdaoso')
    await takeOver(needs())(province, ID, { ...LETTER, ground: 'conflict' })
    expect(await stage.review()).to.include({ handlerId: 'so', state: 'received' })
    expect(await refusal(begin())).to.be.instanceOf(Forbidden)
    await beginReview(needs())(await stage.actor('chuyenvienso'), ID, '')
    await acceptReport(needs())(province, ID, LETTER)
    expect(await state()).to.equal('accepted')
  })

  it('are hidden from another commune and never assigned to who sits in the school or works elsewhere', async () => {
    const stranger = await stage.actor('canboben')
    expect(await refusal(beginReview(needs())(stranger, ID, ''))).to.be.instanceOf(NotFound)
    expect(await refusal(assignReview(needs())(lead, ID, 'canboben'))).to.be.instanceOf(Forbidden)
    expect(await refusal(assignReview(needs())(officer, ID, 'canboxa2'))).to.be.instanceOf(Forbidden)
    expect(await assignMany(needs())(lead, [ID], 'canboxa2')).to.equal(1)
    expect((await stage.review()).officer?.personId).to.equal('canboxa2')
  })

  it('let an officer drop only remarks of one’s own, and turn a question into a demand', async () => {
    await begin()
    await addRemark(needs())(officer, ID, question)
    const [remark] = (await stage.review()).rounds[0]?.remarks ?? []
    const other = await stage.actor('canboxa2')
    expect(await refusal(dropRemark(needs())(other, ID, remark?.id ?? ''))).to.be.instanceOf(Forbidden)
    await turnRemark(needs())(other, ID, remark?.id ?? '', 'fix')
    expect((await stage.review()).rounds[0]?.remarks[0]?.kind).to.equal('fix')
    await dropRemark(needs())(lead, ID, remark?.id ?? '')
    expect((await stage.review()).rounds[0]?.remarks).to.deep.equal([])
  })

  it('answer the queue, the lists of “Việc của tôi” and the sweep by an index', async () => {
    const rows = stage.db.connection.collection('reviews')
    const province = await stage.actor('lanhdaoso')
    for (const where of [
      { $and: [{ year: YEAR }, mayOnReview.begin.where(lead), { state: { $in: ['received', 'underReview'] } }] },
      { $and: [{ year: YEAR }, mayOnReview.read.where(province), { state: { $in: ['accepted'] } }] },
      { $and: [mayOnReview.begin.where(officer), { state: { $in: ['received', 'underReview'] } }] },
      { $and: [mayOnReview.answer.where(head), { state: { $in: ['underReview'] } }] },
    ])
      // A desk reads what lies with a few units or schools; sorting those few in memory costs nothing.
      await explainUsesIndex(rows.find(where).sort({ due: 1, _id: 1 }), { maySort: true })
    await explainUsesIndex(rows.find({ 'letters.sha256': { $in: ['a'.repeat(64)] } }))
  })

  describe('after a crash between the two writes', () => {
    it('a sending without its review is received at the next start', async () => {
      await stage.db.connection.collection('reviews').deleteMany({})
      await finishReviews(needs())
      expect(await stage.review()).to.include({ state: 'received', unitId: 'xa' })
      await finishReviews(needs())
      expect((await stage.review()).rounds).to.have.length(1)
    })

    it('a return that was decided reaches the school at the next start, once', async () => {
      await begin()
      await addRemark(needs())(officer, ID, fix)
      const stopped = { ...needs(), assessment: { ...needs().assessment, assessments: stopping(stage) } }
      expect(await refusal(returnReport(stopped)(lead, ID, BACK))).to.be.instanceOf(Error)
      expect((await stage.review()).state).to.equal('returned')
      expect(await state()).to.equal('submitted')
      await finishReviews(needs())
      await finishReviews(needs())
      expect(await state()).to.equal('returned')
      expect((await stage.system.assessments.get(ID)).submissions.at(-1)?.returned?.points).to.have.length(1)
    })

    it('a withdrawn acceptance that the review has not followed does not become accepted again', async () => {
      await begin()
      await acceptReport(needs())(lead, ID, LETTER)
      const stopped = { ...needs(), reviews: { ...needs().reviews, advance: crash } }
      expect(await refusal(withdrawAcceptance(stopped)(lead, ID, 'Sai.'))).to.be.instanceOf(Error)
      expect(await state()).to.equal('submitted')
      await finishReviews(needs())
      expect(await state()).to.equal('submitted')
      expect((await stage.review()).state).to.equal('underReview')
    })

    it('reading that has begun is followed by whoever comes next', async () => {
      const stopped = { ...needs(), reviews: { ...needs().reviews, advance: crash } }
      expect(await refusal(beginReview(stopped)(officer, ID, ''))).to.be.instanceOf(Error)
      await addRemark(needs())(lead, ID, fix)
      expect(await stage.review()).to.deep.include({ state: 'underReview' })
      expect((await stage.review()).officer?.personId).to.equal('canboxa')
      expect(await follow(needs())(lead, ID)).to.deep.include({ state: 'underReview' })
    })
  })
})

const crash = (): Promise<never> => Promise.reject(new Error('the power went'))
const stopping = ({ system }: ReviewStage) => ({ ...system.assessments, advance: crash })
