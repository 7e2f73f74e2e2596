import { expect } from 'chai'
import { unknownLetters } from '../../src/paper/index.ts'
import { documentOf } from '../../src/reports/gather.ts'
import { FORMS, type PrintKind } from '../../src/reports/index.ts'
import { aDossier, setIn } from './a-dossier.ts'
import { headingsOf, linesOf, tableUnder } from './read-doc.ts'

const kinds = [
  { level: 'mam_non', file: 'tt19-2018-mam-non', classes: '1. Số nhóm trẻ và lớp mẫu giáo', criteria: 25 },
  { level: 'tieu_hoc', file: 'tt17-2018-tieu-hoc', classes: '1. Số lớp học', criteria: 27 },
  { level: 'thpt', file: 'tt18-2018-thcs-thpt', classes: '1. Số lớp học', criteria: 28 },
] as const

describe('the papers of every kind of school', () => {
  for (const { level, file, classes, criteria } of kinds)
    it(`are composed for ${level} with ${criteria} criteria and no letter that cannot be printed`, async () => {
      const dossier = aDossier({ aimsAtLevelFour: true }, { set: setIn(file).set, level })
      const prints = await Promise.all(
        Object.keys(FORMS).map(kind =>
          // The keys of FORMS are the kinds.
          documentOf(dossier.needs)(dossier.assessment, { kind: kind as PrintKind, code: '1.1', draft: true }),
        ),
      )
      expect(prints.flatMap(unknownLetters)).to.deep.equal([])
      const report = await documentOf(dossier.needs)(dossier.assessment, { kind: 'report', draft: true })
      expect(headingsOf(report).filter(heading => /^Tiêu chí \d\.\d+:/.test(heading.text))).to.have.length(criteria)
      expect(tableUnder(report, classes).head).to.have.length(1)
      expect(linesOf(report).join('\n')).not.to.match(/undefined|NaN|\[object/)
    })
})
