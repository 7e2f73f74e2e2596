import { expect } from 'chai'
import { CriteriaFileInvalid, contentHash, lineOf, readCriteriaFile } from '../../src/catalogue/criteria-file.ts'

const SMALLEST = `id: bo-thu
title: Bộ thử
instrument: 1/2018/TT-BGDĐT
issuer: Bộ
issued: 2018-08-22
validFrom: 2018-10-10
schoolKinds: [tieu_hoc]
rating: levels
standards:
  - code: '1'
    title: Tổ chức
    criteria:
      - code: '1.1'
        title: Chiến lược
        confidence: high
        levels:
          - level: '1'
            verification: confirmed
            indicators:
              - code: a
                gist: Có chiến lược.
                cite: Điều 7 khoản 1 điểm a
`

const problemsOf = (text: string): CriteriaFileInvalid['problems'] => {
  try {
    readCriteriaFile(text)
  } catch (problem) {
    if (problem instanceof CriteriaFileInvalid) return problem.problems
    throw problem
  }
  return []
}

describe('reading a criteria file', () => {
  it('fills in what may be left out', () => {
    const { set } = readCriteriaFile(SMALLEST)
    expect(set.labels).to.deep.equal({ standard: 'Tiêu chuẩn', criterion: 'Tiêu chí', indicator: 'Chỉ báo' })
    expect(set.levelFour).to.deep.equal([])
    const criterion = set.standards[0]?.criteria[0]
    expect(criterion?.thresholds).to.deep.equal([])
    expect(criterion?.levels[0]?.indicators[0]).to.include({ code: 'a', lettered: true })
    expect(criterion).not.to.have.property('note')
  })

  it('gives the same hash whatever the order of keys, comments and composed letters', () => {
    const [first = '', second = '', ...rest] = SMALLEST.split('\n')
    const shuffled = [`# ghi chú`, second, first, ...rest].join('\n').normalize('NFD')
    expect(readCriteriaFile(shuffled).hash).to.equal(readCriteriaFile(SMALLEST).hash)
    expect(readCriteriaFile(SMALLEST).hash).to.match(/^[0-9a-f]{64}$/)
  })

  it('gives another hash for another word', () => {
    const { set, hash } = readCriteriaFile(SMALLEST)
    expect(contentHash({ ...set, title: 'Bộ khác' })).not.to.equal(hash)
  })

  it('refuses a key written twice, with its line', () => {
    const problems = problemsOf(SMALLEST.replace('issuer: Bộ', 'issuer: Bộ\nissuer: Sở'))
    expect(problems).to.have.length(1)
    expect(problems[0]).to.include({ line: 5 })
    expect(problems[0]?.message).to.contain('hai lần')
  })

  it('refuses a code that YAML reads as a number, a missing title, an unknown key and an unknown school kind at once', () => {
    const text = SMALLEST.replace("code: '1.1'", 'code: 1.1')
      .replace('        title: Chiến lược\n', '')
      .replace('[tieu_hoc]', '[dai_hoc]')
      .replace('rating: levels', 'rating: levels\nratng: points')
    const problems = problemsOf(text)
    expect(problems.map(problem => problem.path)).to.have.members([
      'standards.0.criteria.0.code',
      'standards.0.criteria.0.title',
      'schoolKinds.0',
      '',
    ])
    const byPath = new Map(problems.map(problem => [problem.path, problem]))
    expect(byPath.get('standards.0.criteria.0.code')?.line).to.equal(14)
    expect(byPath.get('standards.0.criteria.0.code')?.message).to.contain('dấu nháy')
    expect(byPath.get('standards.0.criteria.0.title')?.message).to.contain('thiếu')
    expect(byPath.get('schoolKinds.0')?.message).to.contain('mam_non')
    expect(byPath.get('')?.message).to.contain('ratng')
  })

  it('refuses a day that does not exist', () => {
    expect(problemsOf(SMALLEST.replace('2018-08-22', '2018-02-30'))[0]?.message).to.contain('ngày phải có thật')
  })

  it('refuses a change without a day or a standing', () => {
    const change = `                changes:
                  - id: x
                    instrument: 22/2024/TT-BGDĐT
                    effect: repealed
`
    expect(problemsOf(SMALLEST + change).map(problem => problem.path.split('.').at(-1))).to.have.members([
      'from',
      'standing',
    ])
  })

  it('finds the line of a place, and of the nearest one above it when the key is absent', () => {
    expect(lineOf(SMALLEST, ['standards', 0, 'criteria', 0, 'title'])).to.equal(14)
    expect(lineOf(SMALLEST, ['standards', 0, 'criteria', 0, 'thresholds', 3])).to.equal(13)
  })
})
