import { expect } from 'chai'
import { cataloguePage } from '../../src/catalogue/catalogue-page.ts'
import type { SetInYear } from '../../src/catalogue/catalogue.ts'
import { readCriteriaFolder } from '../../src/catalogue/criteria-folder.ts'
import { setPage } from '../../src/catalogue/set-page.ts'
import { emptyTree, type ChangeSwitch, type YearTree } from '../../src/catalogue/year-tree.ts'
import { renderView } from '../../src/http/views.ts'
import type { Actor, SeatRole } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'

const YEAR = workingYear('2024-2025')
const REPEAL = 'tt22-2024-d13-k2-a'
const files = await readCriteriaFolder('criteria')

const someone = (role: SeatRole, unitId = 'so'): Actor => ({
  personId: 'p',
  name: 'Người Thử',
  seats: [{ role, unitId, from: '2020-01-01' }],
})
const officer = someone('provinceOfficer')
const teacher = someone('staff', 'truong')

const inYear = (id: string, switches: SetInYear['switches'] = {}): SetInYear => {
  const found = files.find(one => one.version.set.id === id)
  if (!found) throw new Error(`no file for ${id}`)
  return { version: found.version, switches }
}
const PRIMARY = 'tt17-2018-tieu-hoc'
const aTree = (...switches: readonly ChangeSwitch[]): YearTree => ({ ...emptyTree('so', YEAR), rev: 3, switches })
const onSwitch: ChangeSwitch = {
  setId: PRIMARY,
  changeId: REPEAL,
  state: 'on',
  reason: 'Đã đọc Công báo.',
  at: new Date('2024-10-02T03:00:00Z'),
  by: { personId: 'p', name: 'Trần Thị Mẫu' },
}

/** The names that the layout hands to every view, without a form that was refused. */
const ui = {
  here: '/tieu-chi',
  csrf: 'token',
  icon: () => '',
  typed: (_name: string, stored: unknown) => stored,
  errorOf: () => undefined,
}
const draw = (view: string, page: object): string => renderView(view, { page, ui, title: 'Thử', it: undefined })

describe('screen of one criteria set', () => {
  it('shows every criterion, clause, amendment and related document', () => {
    const page = setPage(teacher, aTree(), inYear(PRIMARY), '')
    expect(page.standards.flatMap(standard => standard.criteria)).to.have.length(27)
    expect(page.clauses).to.have.length(5)
    expect(page.amendments.map(one => one.title)).to.deep.equal(['29/2021/TT-BGDĐT', '22/2024/TT-BGDĐT'])
    expect(page.related.length).to.be.greaterThan(5)
  })

  it('finds by code, by words without marks, and says how many', () => {
    const codes = (search: string) =>
      setPage(teacher, aTree(), inYear(PRIMARY), search).standards.flatMap(standard =>
        standard.criteria.map(one => one.id),
      )
    expect(codes('3.6')).to.include('tc-3.6')
    expect(codes('thu vien')).to.include('tc-3.6').and.not.include('tc-1.1')
    expect(codes('khong co chu nay')).to.deep.equal([])
    expect(setPage(teacher, aTree(), inYear(PRIMARY), 'thư viện').found).to.match(/^Tìm thấy \d+ trong 27 tiêu chí\.$/)
  })

  it('marks a change at its node, and what it does this year', () => {
    const item = (switches: SetInYear['switches']) =>
      setPage(teacher, aTree(), inYear(PRIMARY, switches), '')
        .standards.flatMap(standard => standard.criteria)
        .find(one => one.id === 'tc-2.2')
        ?.levels.find(level => level.title === 'Mức 2')?.items[0]
    expect(item({})).to.deep.include({ letter: 'a)', dropped: false })
    expect(item({})?.changes[0]).to.deep.include({
      text: 'Bãi bỏ theo 22/2024/TT-BGDĐT từ 25/01/2025',
      badge: { label: 'chưa đối chiếu văn bản gốc', tone: 'orange' },
      result: 'Vẫn xét trong năm học này.',
    })
    expect(item({ [REPEAL]: 'on' })).to.include({ dropped: true })
    expect(item({ [REPEAL]: 'on' })?.changes[0]?.result).to.equal('Không xét trong năm học này.')
  })

  it('gives the buttons to the Sở alone, each unverified repeal once', () => {
    const decisions = setPage(officer, aTree(), inYear(PRIMARY), '').decisions
    expect(decisions.map(one => one.place)).to.include('Tiêu chí 2.2, Mức 2, chỉ báo a')
    expect(decisions.every(one => one.steps.length === 2 && one.badge.label === 'chờ Sở quyết định')).to.equal(true)
    expect(decisions[0]?.steps[0]?.hidden).to.deep.equal({ year: YEAR, revision: 3 })
    for (const actor of [teacher, someone('provinceOfficer', 'so-khac'), someone('itAdmin')]) {
      const shown = setPage(actor, aTree(), inYear(PRIMARY), '').decisions
      expect(shown.length).to.equal(decisions.length)
      expect(shown.every(one => one.steps.length === 0)).to.equal(true)
    }
  })

  it('tells who decided, when and why, and offers only the other way', () => {
    const page = setPage(officer, aTree(onSwitch), inYear(PRIMARY, { [REPEAL]: 'on' }), '')
    const decision = page.decisions.find(one => one.place === 'Tiêu chí 2.2, Mức 2, chỉ báo a')
    expect(decision).to.deep.include({
      badge: { label: 'Sở áp dụng', tone: 'green' },
      decided: 'Trần Thị Mẫu, 10:00 ngày 02/10/2024: Đã đọc Công báo.',
    })
    expect(decision?.steps.map(step => step.label)).to.deep.equal(['Không áp dụng'])
  })

  it('does not ask about a change in a year that it does not reach', () => {
    const tree = { ...aTree(), year: workingYear('2023-2024') }
    expect(setPage(officer, tree, inYear(PRIMARY), '').decisions).to.deep.equal([])
  })

  it('explains to whom a threshold applies in words', () => {
    const applies = setPage(teacher, aTree(), inYear(PRIMARY), '')
      .standards.flatMap(standard => standard.criteria.flatMap(one => one.thresholds))
      .map(row => row[2])
    expect(applies).to.include('trường ở vùng khó khăn').and.not.include('kho_khan')
  })

  it('tells how points make a level, and which quotas and targets there are', () => {
    const points = setPage(teacher, aTree(), inYear('chuyen-doi-so-4725'), '')
    expect(points.rules.map(rule => rule.text)).to.deep.equal([
      'Mức 1 (Mức chưa đáp ứng): dưới 50 điểm.',
      'Mức 2 (Mức đáp ứng cơ bản): từ 50 đến 75 điểm.',
      'Mức 3 (Mức đáp ứng tốt): trên 75 điểm.',
      'Thiếu điều kiện bắt buộc thì chỉ nhắc, chưa hạ mức.',
    ])
    const quotas = setPage(teacher, aTree(), inYear('trang-thiet-bi-cntt'), '')
    expect(quotas.profiles).to.have.length(3)
    expect(quotas.targets.map(row => row[2]))
      .to.include('từ 100%')
      .and.include('cơ quan quản lý tự đặt')
  })

  it('warns that the words are not the official ones, until all of them are pasted in', () => {
    const found = inYear(PRIMARY)
    expect(setPage(teacher, aTree(), found, '').notes.join()).to.contain('tóm ý')
    const { set } = found.version
    const pasted = {
      ...set,
      standards: set.standards.map(standard => ({
        ...standard,
        criteria: standard.criteria.map(criterion => ({
          ...criterion,
          levels: criterion.levels.map(level => ({
            ...level,
            indicators: level.indicators.map(one => ({ ...one, official: 'Nguyên văn của văn bản.' })),
          })),
        })),
      })),
    }
    const page = setPage(teacher, aTree(), { ...found, version: { ...found.version, set: pasted } }, '')
    expect(page.notes.join()).not.to.contain('tóm ý')
    expect(page.standards[0]?.criteria[0]?.levels[0]?.items[0]).to.include({
      text: 'Nguyên văn của văn bản.',
      cite: 'Điều 7 khoản 1 điểm a · nguyên văn',
    })
  })

  it('draws all five sets, escaping what files say', () => {
    for (const { version } of files) {
      const html = draw('catalogue/set', setPage(officer, aTree(), inYear(version.set.id), ''))
      expect(html).to.contain(version.set.standards[0]?.criteria[0]?.title)
      expect(html).not.to.match(/undefined|\[object Object\]|kho_khan|con_lai/)
    }
    const { version, switches } = inYear(PRIMARY)
    const evil = { version: { ...version, set: { ...version.set, note: '<script>x</script>' } }, switches }
    expect(draw('catalogue/set', setPage(officer, aTree(), evil, ''))).to.contain('&lt;script&gt;x')
  })
})

describe('screen of the sets of a year', () => {
  it('lists each set with what waits for a decision', () => {
    const sets = [inYear(PRIMARY), inYear('trang-thiet-bi-cntt')]
    const page = cataloguePage(teacher, aTree(), sets)
    expect(page.sets[0]?.at(-1)).to.deep.equal({ badge: { label: '5 thay đổi chờ Sở quyết định', tone: 'orange' } })
    expect(page.sets[1]?.at(-1)).to.equal('')
    expect(page.publish).to.equal(undefined)
    expect(draw('catalogue/list', page)).to.contain(`href="/tieu-chi/${PRIMARY}?nam=${YEAR}"`)
  })

  it('says that nothing is published yet, and lets the Sở publish', () => {
    const html = draw('catalogue/list', cataloguePage(officer, emptyTree('so', YEAR), []))
    expect(html).to.contain('Sở chưa ban hành bộ tiêu chí nào').and.to.contain('action="/tieu-chi/ban-hanh"')
    expect(html).to.contain('Ban hành cho năm học này')
  })
})
