import { expect } from 'chai'
import { handOverNeeds } from '../../src/system/hand-over-work.ts'
import type { Actor, SeatRole } from '../../src/kernel/actor.ts'
import { Forbidden, InvalidInput, NotFound, StepRefused } from '../../src/kernel/refusals.ts'
import { finishHandovers, type HandOverNeeds, type OfficeSeat, type WorkMove } from '../../src/seats/index.ts'
import { delegateHead, standInCandidates } from '../../src/seats/delegate-head.ts'
import { staffPage } from '../../src/seats/seats-page.ts'
import { handOver, type HandOverForm } from '../../src/seats/hand-over.ts'
import { appoint, endSeat } from '../../src/seats/index.ts'
import { rejection } from '../organisations/rejection.ts'
import { schoolAtWork, type SchoolAtWork } from '../support/school.ts'

const FROM = '2020-01-01'
const TODAY = '2026-01-12'

const as = (role: SeatRole, unitId: string, personId = 'boss'): Actor => ({
  personId,
  name: 'Ngô Văn Khế',
  seats: [{ role, unitId, from: FROM }],
})

describe('handing a seat over', () => {
  let stage: SchoolAtWork
  let needs: HandOverNeeds
  let schoolId: string
  const head = (): Actor => as('head', schoolId, 'hieutruong')

  beforeEach(async () => {
    stage = await schoolAtWork()
    schoolId = (await stage.system.assessments.get(stage.id)).schoolId
    needs = { ...handOverNeeds(stage.system), actorOf: async id => (id === 'hieutruong' ? head() : undefined) }
  })

  const put = (personId: string, fields: Partial<OfficeSeat> = {}): Promise<OfficeSeat> =>
    appoint(needs)(
      as('itAdmin', 'so'),
      fields.role === 'itAdmin' ? 'so' : schoolId,
      { personId, role: 'staff', post: 'Giáo viên', postKind: 'teacher', represents: [], from: FROM, ...fields },
      'QĐ 01',
    )
  const form = async (seat: OfficeSeat, toPersonId: string, on = TODAY): Promise<HandOverForm> => {
    const work = (await needs.openWorkOf(seat.personId, schoolId)).map(({ id }) => id)
    return { seatId: seat.id, toPersonId, on, reason: 'QĐ 02', work }
  }

  it('ends the old seat the day before, gives the post to the successor and moves the group’s work', async () => {
    const seat = await put('thanhvien', { post: 'Tổ phó tổ Toán' })
    const before = await stage.system.assessments.get(stage.id)
    const theirs = before.groups.filter(group => group.members.some(each => each.personId === 'thanhvien'))
    expect(theirs).not.to.deep.equal([])
    const done = await handOver(needs)(head(), schoolId, await form(seat, 'dongnghiep'))
    expect(done.state).to.equal('done')
    expect(done.items.map(({ state }) => state)).to.deep.equal(theirs.map(() => 'moved'))
    const { seats } = await needs.seats.ofUnit(schoolId)
    expect(seats.map(({ personId, post, from, to }) => [personId, post, from, to])).to.deep.equal([
      ['thanhvien', 'Tổ phó tổ Toán', FROM, '2026-01-11'],
      ['dongnghiep', 'Tổ phó tổ Toán', TODAY, undefined],
    ])
    const after = await stage.system.assessments.get(stage.id)
    for (const { id } of theirs) {
      const members = after.groups.find(group => group.id === id)?.members.map(each => each.personId)
      expect(members).to.include('dongnghiep').and.not.include('thanhvien')
    }
    expect(Object.values(after.criteria).map(({ groupId }) => groupId)).to.deep.equal(
      Object.values(before.criteria).map(({ groupId }) => groupId),
    )
  })

  it('leaves with its reason what a rule does not let move: a lead must sit on the council', async () => {
    const seat = await put('truongnhom')
    const done = await handOver(needs)(head(), schoolId, await form(seat, 'dongnghiep'))
    const group = done.items.find(({ id }) => id.startsWith('group:'))
    expect(group?.state).to.equal('left')
    expect(group?.why).to.contain('trưởng nhóm').and.contain('hội đồng')
    const lead = (await stage.system.assessments.get(stage.id)).groups.find(
      each => each.lead?.personId === 'truongnhom',
    )
    expect(lead?.lead?.personId).to.equal('truongnhom')
    expect(done.items.find(({ id }) => id.startsWith('decision:'))?.state).to.equal('left')
    expect(done.items.find(({ id }) => id.startsWith('council:'))?.state).to.equal('moved')
  })

  it('is finished after a crash between the seats and the work, once', async () => {
    const seat = await put('thanhvien')
    const broken = {
      ...needs,
      moveWork: (): Promise<void> => Promise.reject(new Error('power cut')),
    }
    expect(await rejection(handOver(broken)(head(), schoolId, await form(seat, 'dongnghiep')))).to.be.an('error')
    expect((await needs.seats.ofUnit(schoolId)).seats).to.have.length(2)
    expect(await needs.seats.withOpenHandovers()).to.deep.equal([schoolId])
    const moves: WorkMove[] = []
    const counting = {
      ...needs,
      moveWork: async (actor: Actor, id: string, move: WorkMove) => {
        moves.push(move)
        await needs.moveWork(actor, id, move)
      },
    }
    await finishHandovers(counting)()
    await finishHandovers(counting)()
    expect(moves).to.have.length(1)
    expect(await needs.seats.withOpenHandovers()).to.deep.equal([])
    const { groups } = await stage.system.assessments.get(stage.id)
    expect(JSON.stringify(groups)).to.contain('dongnghiep').and.not.contain('thanhvien')
  })

  it('is for who may end and fill that seat, of this unit', async () => {
    const seat = await put('thanhvien')
    const wish = await form(seat, 'dongnghiep')
    expect(await rejection(handOver(needs)(as('staff', schoolId), schoolId, wish))).to.be.instanceOf(Forbidden)
    expect(await rejection(handOver(needs)(as('head', 'khac'), schoolId, wish))).to.be.instanceOf(NotFound)
    expect((await needs.seats.ofUnit(schoolId)).seats).to.have.length(1)
  })

  it('takes no day to come, no day before the seat began, not the same person and nobody unknown', async () => {
    const seat = await put('thanhvien')
    for (const wish of [
      await form(seat, 'dongnghiep', '2026-01-13'),
      await form(seat, 'dongnghiep', FROM),
      await form(seat, 'thanhvien'),
      await form(seat, 'khong-co-ai'),
    ])
      expect(await rejection(handOver(needs)(head(), schoolId, wish)), wish.on).to.be.instanceOf(InvalidInput)
  })

  it('never takes the last administrator who can sign in away, nor hands the office to somebody who cannot', async () => {
    const only = await put('chutich', { role: 'itAdmin', postKind: 'officer', post: 'Quản trị' })
    const end = (seatId: string) => endSeat(needs)(as('itAdmin', 'so'), 'so', seatId, TODAY, 'Nghỉ')
    expect(await rejection(end(only.id))).to.be.instanceOf(StepRefused)
    const actor = { actor: as('itAdmin', 'so'), at: stage.clock.at, event: 'createPerson' }
    await stage.system.people.invite({ id: 'chuavao', name: 'Chưa Vào', username: 'chuavao', unitId: 'so' }, actor)
    await put('chuavao', { role: 'itAdmin', postKind: 'officer', post: 'Quản trị' })
    expect(await rejection(end(only.id)), 'the other has no password').to.be.instanceOf(StepRefused)
    const wish = { seatId: only.id, toPersonId: 'chuavao', on: TODAY, reason: 'x', work: [] }
    expect(await rejection(handOver(needs)(as('itAdmin', 'so'), 'so', wish))).to.be.instanceOf(StepRefused)
    await put('thuky', { role: 'itAdmin', postKind: 'officer', post: 'Quản trị' })
    expect((await end(only.id)).to).to.equal(TODAY)
  })

  describe('standing in for the head', () => {
    const days = { from: TODAY, to: '2026-02-28', decision: 'Giấy ủy quyền số 3' }
    beforeEach(async () => {
      await put('hieutruong', { role: 'head', postKind: 'principal', post: 'Hiệu trưởng' })
      await put('thuky', { postKind: 'deputy', post: 'Phó Hiệu trưởng' })
      await put('thanhvien', { postKind: 'teamLead', post: 'Tổ trưởng' })
    })
    const wish = (personId: string) => ({ ...days, personId })

    it('gives a deputy the head’s seat for the days; the head stays the head in papers', async () => {
      const seat = await delegateHead(needs)(head(), schoolId, wish('thuky'))
      expect(seat).to.include({
        role: 'head',
        to: '2026-02-28',
        standsIn: 'Giấy ủy quyền số 3',
        post: 'Phó Hiệu trưởng',
      })
      const { staff } = stage.system
      expect((await staff.officeSeatsOf('thuky', TODAY)).map(({ role }) => role)).to.include('head')
      expect((await staff.officeSeatsOf('thuky', '2026-03-01')).map(({ role }) => role)).not.to.include('head')
      expect((await staff.leadershipOf(schoolId, TODAY)).headId).to.equal('hieutruong')
    })

    it('is offered to the appointed head and from above, not to who stands in', async () => {
      await delegateHead(needs)(head(), schoolId, wish('thuky'))
      const chain = await needs.units.chainOf(schoolId, TODAY)
      const { seats, handovers } = await needs.seats.ofUnit(schoolId)
      const offeredTo = (actor: Actor): boolean => {
        const view = { actor, chain, day: TODAY, seats, handovers, names: new Map(), candidates: [], search: '' }
        return staffPage(view).delegation !== undefined
      }
      expect(offeredTo(head())).to.equal(true)
      expect(offeredTo({ ...as('head', schoolId), personId: 'thuky' })).to.equal(false)
    })

    it('is not lent on by who stands in, nor given by who is no head here', async () => {
      await delegateHead(needs)(head(), schoolId, wish('thuky'))
      const next = { personId: 'thuky', from: '2026-03-01', to: '2026-04-01', decision: 'x' }
      for (const who of [as('head', schoolId, 'thuky'), as('staff', schoolId)])
        expect(await rejection(delegateHead(needs)(who, schoolId, next))).to.be.instanceOf(Forbidden)
      expect(await rejection(delegateHead(needs)(as('head', 'khac'), schoolId, next))).to.be.instanceOf(NotFound)
    })

    it('goes to a deputy, and to the lead of a team only where there is no deputy', async () => {
      expect(await rejection(delegateHead(needs)(head(), schoolId, wish('thanhvien')))).to.be.instanceOf(InvalidInput)
      const seats = (await needs.seats.ofUnit(schoolId)).seats.filter(seat => seat.postKind !== 'deputy')
      expect(standInCandidates({ seats }, TODAY).map(({ personId }) => personId)).to.deep.equal(['thanhvien'])
    })

    it('is held by one at a time, and ended early by the head', async () => {
      const seat = await delegateHead(needs)(head(), schoolId, wish('thuky'))
      expect(await rejection(delegateHead(needs)(head(), schoolId, wish('thuky')))).to.be.instanceOf(InvalidInput)
      expect((await endSeat(needs)(head(), schoolId, seat.id, TODAY, 'Về sớm')).to).to.equal(TODAY)
      expect((await delegateHead(needs)(head(), schoolId, { ...wish('thuky'), from: '2026-01-20' })).from).to.equal(
        '2026-01-20',
      )
    })
  })
})
