import { expect } from 'chai'
import path from 'node:path'
import { councilUnmet } from '../../src/assessments/index.ts'
import { allCriteria, readCriteriaFolder, type CriteriaSet } from '../../src/catalogue/index.ts'
import { castOf, demoAccounts, OFFICERS } from '../../src/demo/cast.ts'
import { holidaysOf, storyYears } from '../../src/demo/build-years.ts'
import { PRIMARY_WORDS } from '../../src/demo/primary/index.ts'
import { ALL_SCHOOLS, COMMUNES, FULL_PRIMARY, FULL_SECONDARY, type Reach } from '../../src/demo/province.ts'
import { figuresOf } from '../../src/demo/school-figures.ts'
import { councilOf, groupsOf } from '../../src/demo/seat-council.ts'
import { SECONDARY_WORDS } from '../../src/demo/secondary/index.ts'
import { fullWords, type StandardWords } from '../../src/demo/full-words.ts'
import { dayIn } from '../../src/demo/world.ts'
import { lintFigures } from '../../src/figures/index.ts'
import { workingYear, workingYearFrom, workingYearOf } from '../../src/kernel/working-year.ts'
import { newPersonFrom } from '../../src/people/people-input.ts'

const TODAY = '2026-11-22'

describe('the demonstration province as it is planned', () => {
  it('has at least 24 schools of every kind, a private, a renamed, a merged and two in hard areas', () => {
    expect(ALL_SCHOOLS.length).to.be.at.least(24)
    const kinds = new Set(ALL_SCHOOLS.map(school => school.kind))
    expect(kinds).to.have.keys('mam_non', 'tieu_hoc', 'thcs', 'thpt', 'pho_thong_nhieu_cap_hoc')
    expect(ALL_SCHOOLS.some(school => school.ownership === 'private')).to.equal(true)
    expect(ALL_SCHOOLS.some(school => school.formerName !== undefined)).to.equal(true)
    expect(ALL_SCHOOLS.some(school => school.merged)).to.equal(true)
    expect(ALL_SCHOOLS.filter(school => school.area !== undefined).length).to.be.at.least(2)
    expect(new Set(ALL_SCHOOLS.map(school => school.commune))).to.have.keys(...COMMUNES.map(({ id }) => id))
  })

  it('shows every step of the work in the running year', () => {
    const reached = new Set(ALL_SCHOOLS.map(school => school.years[2]))
    const wanted: Reach[] = [
      'none',
      'preparing',
      'council',
      'working',
      'agreed',
      'drafting',
      'consulting',
      'adopted',
      'published',
      'submitted',
      'reviewing',
      'returned',
      'accepted',
      'cancelled',
    ]
    expect(reached).to.have.keys(...wanted)
  })

  it('shows what becomes of a sent report in the years before', () => {
    const reached = new Set(ALL_SCHOOLS.flatMap(school => school.years.slice(0, 2)))
    expect([...reached]).to.include.members(['submitted', 'accepted', 'closed'])
  })

  it('tells of nobody twice: user names and ids are unique and lawful, names within a unit differ', () => {
    const everybody = [...OFFICERS, ...ALL_SCHOOLS.flatMap(castOf)]
    expect(new Set(everybody.map(each => each.username)).size).to.equal(everybody.length)
    expect(new Set(everybody.map(each => each.id)).size).to.equal(everybody.length)
    expect(new Set(everybody.map(each => `${each.unitId} ${each.name}`)).size).to.equal(everybody.length)
    for (const { username, name, unitId } of everybody)
      expect(newPersonFrom({ username, name, unitId }).username).to.equal(username)
  })

  it('offers only accounts that somebody has', () => {
    const usernames = new Set([...OFFICERS, ...ALL_SCHOOLS.flatMap(castOf)].map(each => each.username))
    for (const account of demoAccounts) expect(usernames).to.include(account.username)
  })

  it('seats lawful councils, with and without a school board', () => {
    for (const school of ALL_SCHOOLS)
      for (const year of storyYears(TODAY)) {
        const cast = castOf(school)
        const council = councilOf(cast, school, year)
        const headId = cast.find(each => each.role === 'head')?.id ?? ''
        const setting = { headId, hasDeputy: true, councilMin: 7, ownership: school.ownership ?? 'public', year }
        expect(councilUnmet(council, setting), `${school.id} ${year}`).to.deep.equal([])
        for (const group of groupsOf(cast)) expect(group.lead, school.id).to.not.equal(undefined)
      }
  })

  it('counts pupils, classes and staff without a contradiction in any year', () => {
    for (const school of ALL_SCHOOLS)
      for (const back of [0, 1, 2, 3, 4, 5, 6])
        expect(
          lintFigures(school.levels, workingYearFrom(2026 - back), figuresOf(school, back)),
          `${school.id} ${back}`,
        ).to.deep.equal([])
  })

  it('lets every step of a year fall on a working day of that year, in order and never after today', () => {
    for (const today of ['2026-08-01', '2026-08-20', TODAY, '2027-07-31'])
      for (const year of storyYears(today)) {
        const days = (['open', 'council', 'plan', 'writing', 'agree', 'adopt', 'submit'] as const).map(moment =>
          dayIn({ today }, year, moment),
        )
        expect(days, `${year} seen on ${today}`).to.deep.equal(days.toSorted((a, b) => a.localeCompare(b)))
        for (const day of days) expect(workingYearOf(day)).to.equal(year)
        expect(days.at(-1)?.localeCompare(today)).to.be.at.most(0)
      }
  })

  it('keeps the holidays of a year inside it', () => {
    for (const day of holidaysOf(workingYear('2025-2026'))) expect(workingYearOf(day)).to.equal('2025-2026')
  })
})

const wordsFor = (words: readonly StandardWords[], code: string) => {
  const found = words.map(each => each[code]).find(each => each !== undefined)
  if (!found) throw new Error(`no words for ${code}`)
  return found
}

describe('the words of the two schools that are told in full', () => {
  let sets: readonly CriteriaSet[]
  before(async () => {
    const read = await readCriteriaFolder(path.resolve(import.meta.dirname, '../../criteria'))
    sets = read.map(file => file.version.set)
  })
  const setFor = (kind: string): CriteriaSet => {
    const found = sets.find(set => set.rating === 'levels' && set.schoolKinds.some(each => each === kind))
    if (!found) throw new Error(`no set for ${kind}`)
    return found
  }
  const told = [
    { school: FULL_SECONDARY, words: SECONDARY_WORDS },
    { school: FULL_PRIMARY, words: PRIMARY_WORDS },
  ]

  for (const { school, words } of told) {
    it(`${school.name}: every indicator has its own words, no sentence comes twice`, () => {
      const said = new Set<string>()
      for (const criterion of allCriteria(setFor(school.kind))) {
        const { is } = wordsFor(words, criterion.code)
        const wanted = criterion.levels.flatMap(level => level.indicators.map(each => `${level.level}${each.code}`))
        expect(Object.keys(is), criterion.code).to.have.members(wanted)
        for (const text of Object.values(is)) {
          expect(said, text).to.not.include(text)
          said.add(text)
        }
      }
    })

    it(`${school.name}: every number that a text names is one of the school's`, () => {
      for (const back of [0, 1]) {
        const tell = fullWords(school, back, words)
        for (const { code, title } of allCriteria(setFor(school.kind))) {
          const standard = { code: '', title: '' }
          const { described } = tell({ code, title, standard, indicators: [], typicalEvidence: [] })
          expect(Object.values(described).join(' ')).to.not.match(/[{}]/)
        }
      }
    })
  }
})
