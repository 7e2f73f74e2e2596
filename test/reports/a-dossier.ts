import { readFileSync } from 'node:fs'
import {
  askedBy,
  emptySheet,
  forceOf,
  keyOf,
  REPORT,
  reportParts,
  sheetCodes,
  type Assessment,
  type CitedEvidence,
  type CriterionDecision,
  type Group,
  type Sheet,
  type SheetPart,
  type SheetPin,
} from '../../src/assessments/index.ts'
import { EVERYTHING_ASKED, readCriteriaFile, type CriteriaSet, type Verdict } from '../../src/catalogue/index.ts'
import { catalogueFrom, boxLabelsOf } from '../../src/evidence/evidence-catalogue.ts'
import { formatCode } from '../../src/evidence/evidence-code.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { fiveYearsTo, workingYear } from '../../src/kernel/working-year.ts'
import { treeOf, type SchoolLevel, type UnitTree } from '../../src/organisations/index.ts'
import type { PlanContent } from '../../src/plans/plan-content.ts'
import { modelTimetable } from '../../src/plans/plan-template.ts'
import type { GatherNeeds } from '../../src/reports/report-needs.ts'
import { aCouncil } from '../assessments/council-builders.ts'
import { aFigureYear, soundThcs } from '../figures/some-figures.ts'
import { aUnit, twoTierProvince } from '../organisations/a-tree.ts'

export const YEAR = workingYear('2025-2026')
export const SCHOOL = 'thcs'
export const ID = `${SCHOOL}.${YEAR}`
const AT = new Date('2026-03-10T02:00:00Z')
const stamp = { by: 'x', name: 'Giáo Viên X', at: AT }

/** One of the criteria sets that the system ships. */
export const setIn = (file: string) =>
  readCriteriaFile(readFileSync(new URL(`../../criteria/${file}.yaml`, import.meta.url), 'utf8'))

export const { set: SET, hash: HASH } = setIn('tt18-2018-thcs-thpt')

/** A lower-secondary school under a district until 30/6/2025 and under a commune since, with its head data. */
export const aTree = (level: SchoolLevel = 'thcs'): UnitTree => {
  const units = [...twoTierProvince().values()].filter(unit => unit.id !== SCHOOL)
  const before = twoTierProvince().get(SCHOOL)
  return treeOf([
    ...units,
    aUnit(SCHOOL, {
      name: 'Trường THCS Lá Lúa',
      symbol: 'THCSLL',
      parents: before?.parents ?? [],
      school: {
        schoolKind: level,
        levels: [level],
        ownership: 'public',
        founded: 1998,
        formerNames: ['Trường PTCS Suối Mây'],
        address: 'Thôn 2, xã Suối Mây',
        phone: '0200 000 0001',
        website: 'thcslalua.example.vn',
        campuses: 1,
        difficultArea: 'difficult',
        nationalStandard: { grade: 1, year: 2021 },
      },
    }),
  ])
}

const part = (text: string): SheetPart => ({ text, rev: 1, by: 'x', name: 'Giáo Viên X', at: AT, since: AT })

const evidenceId = (code: string, no: number): string => `mc-${code.replace('.', '-')}-${String(no).padStart(3, '0')}`

const DESCRIPTION =
  'Nhà trường xây dựng kế hoạch phù hợp với mục tiêu giáo dục, với điều kiện kinh tế - xã hội của địa phương và nguồn ' +
  'lực của trường; GV, NV và CMHS được góp ý trước khi ban hành'

/** The words of one sheet; the first indicator cites two items in a row, each later one a single item. */
function partsOf(set: CriteriaSet, assessment: Assessment, code: string): Sheet['parts'] {
  const asked = askedBy(set, code, forceOf(assessment, set))
  const cited = `[[${evidenceId(code, 1)}]], [[${evidenceId(code, 2)}]]`
  const descriptions = (asked?.indicators ?? []).map((indicator, index): [string, SheetPart] => [
    `description.${indicator.level}.${indicator.code}`,
    part(`${DESCRIPTION} ${index === 0 ? cited : `[[${evidenceId(code, 2)}]]`}.`),
  ])
  return {
    ...Object.fromEntries(descriptions),
    strengths: part('- Tập thể đoàn kết, có **truyền thống hiếu học**.\n- Kế hoạch được rà soát hằng năm.'),
    weaknesses: part('Việc lưu trữ hồ sơ ở một số bộ phận *chưa kịp thời*.'),
    improvement: part('Từ năm học sau nhà trường số hóa hồ sơ theo từng học kỳ.'),
  }
}

/** One year's item per criterion, and a yearly one with a line for each of five years. */
export function someEvidence(codes: readonly string[]): readonly Evidence[] {
  return codes.flatMap((code, index) => {
    const [a = 0, b = 0] = code.split('.').map(Number)
    const base = {
      assessmentId: ID,
      schoolId: SCHOOL,
      year: YEAR,
      state: 'coded',
      machine: 'evidence@1',
      rev: 3,
      criterion: code,
      kind: 'document',
      place: '',
      note: '',
      formerCodes: [],
      outbox: [],
    } as const
    const yearly = fiveYearsTo(YEAR).map(schoolYear => ({
      id: `${code}-${schoolYear}`,
      schoolYear,
      number: `12/KH-THCSLL`,
      date: `${schoolYear.slice(0, 4)}-09-05`,
      issuer: 'Trường THCS Lá Lúa',
      files: [],
    }))
    return [
      {
        ...base,
        id: evidenceId(code, 1),
        no: index * 2 + 1,
        name: `Kế hoạch giáo dục nhà trường, phần dùng cho tiêu chí ${code}`,
        entries: yearly,
        code: { box: a, a, b, c: 1 },
      },
      {
        ...base,
        id: evidenceId(code, 2),
        no: index * 2 + 2,
        name: 'Biên bản họp hội đồng trường',
        entries: [{ id: `${code}-e`, number: '', date: '2025-10-12', issuer: 'Hội đồng trường', files: [] }],
        place: 'văn phòng',
        code: { box: a, a, b, c: 2 },
      },
    ]
  })
}

export const someGroups = (set: CriteriaSet = SET): readonly Group[] =>
  set.standards.map((standard, index) => ({
    id: `nhom-${index + 1}`,
    name: `Nhóm ${index + 1}`,
    lead: { personId: 'd', name: 'Thành Viên D', post: 'Tổ trưởng văn phòng' },
    members: [
      { personId: 'd', name: 'Thành Viên D', post: 'Tổ trưởng văn phòng' },
      { personId: 'x', name: 'Giáo Viên X', post: 'Giáo viên' },
    ],
    criteria: standard.criteria.map(criterion => criterion.code),
  }))

/** Every asked indicator met, up to Mức 2: what stands at Mức 3 is not met. */
function answersFor(code: string, set: CriteriaSet): CriterionDecision['answers'] {
  const asked = askedBy(set, code, EVERYTHING_ASKED)
  const answers: Record<string, Record<string, Verdict>> = {}
  for (const { level, code: indicator } of asked?.indicators ?? [])
    answers[level] = { ...answers[level], [indicator]: level === '3' ? 'notMet' : 'met' }
  return answers
}

export interface ADossier {
  readonly assessment: Assessment
  readonly sheets: readonly Sheet[]
  readonly pins: readonly SheetPin[]
  readonly evidence: readonly Evidence[]
  readonly needs: GatherNeeds
}

/** A school's whole assessment at the end of the writing: all sheets agreed, report texts written, not yet adopted. */
export function aDossier(
  own: Partial<Assessment> = {},
  {
    plan = aPlan(),
    reportTexts = {},
    set = SET,
    level = 'thcs',
  }: {
    plan?: PlanContent
    reportTexts?: Readonly<Record<string, string>>
    set?: CriteriaSet
    level?: SchoolLevel
  } = {},
): ADossier {
  const aimsAtLevelFour = own.aimsAtLevelFour ?? false
  const codes = sheetCodes(set, aimsAtLevelFour)
  const council = aCouncil()
  const decision = { number: '15/QĐ-THCSLL', date: '2025-09-08' }
  const assessment: Assessment = {
    id: ID,
    schoolId: SCHOOL,
    year: YEAR,
    schoolKind: level,
    state: 'drafting',
    machine: 'assessment@1',
    rev: 40,
    set: { id: set.id, hash: HASH, switches: {} },
    ancestors: ['xa', 'so'],
    openedOn: '2025-09-01',
    council,
    councilVersions: [{ ...council, version: 1, decision, groups: someGroups(set), paperId: 'p1' }],
    groups: someGroups(set),
    peopleIds: [],
    criteria: Object.fromEntries(
      codes.map(code => [
        keyOf(code),
        {
          code,
          state: 'agreed',
          rev: 5,
          groupId: `nhom-${code.split('.')[0]}`,
          answers: answersFor(code, set),
          authors: ['x'],
          pin: `${ID}:${code}:3`,
          handedIn: stamp,
          confirmed: { ...stamp, by: 'd', name: 'Thành Viên D' },
          agreed: { ...stamp, decision: { kind: 'minutes', minutesId: 'bb-3', signed: true } },
        } satisfies CriterionDecision,
      ]),
    ),
    aimsAtLevelFour,
    plan: { version: 1, number: '16/KH-THCSLL', approvedOn: '2025-09-15', paperId: 'p2', deadlines: {} },
    report: { version: 0 },
    submissions: [],
    supplements: [],
    outbox: [],
    ...own,
  }
  const report: Sheet = {
    ...emptySheet(ID, REPORT),
    parts: Object.fromEntries(
      reportParts(set).flatMap(({ key, title }) => {
        const text = reportTexts[key] ?? (key === 'abbreviations' ? 'GDCD: Giáo dục công dân' : `${title}: nội dung.`)
        return text === '' ? [] : [[key, part(text)] as const]
      }),
    ),
  }
  const sheets = [
    ...codes.map((code): Sheet => ({
      ...emptySheet(ID, code),
      parts: partsOf(set, assessment, code),
      actions: [
        {
          id: `${code}-1`,
          what: 'Số hóa hồ sơ của các tổ',
          who: 'Văn thư, tổ trưởng',
          from: '2026-08-15',
          to: '2027-05-31',
          resources: 'Máy quét',
          cost: '5 triệu đồng',
          expected: '100% hồ sơ có bản điện tử',
          weakness: 'Lưu trữ chưa kịp thời',
        },
      ],
      analysis: [],
    })),
    report,
  ]
  const pins = sheets.map(sheet => ({
    id: `${sheet.id}:3`,
    parts: Object.fromEntries(Object.entries(sheet.parts).map(([key, { text }]) => [key, text])),
    actions: sheet.actions,
    at: AT,
  }))
  const evidence = someEvidence(codes)
  const cited = new Map<string, CitedEvidence>(
    evidence.map(item => [
      item.id,
      {
        id: item.id,
        state: item.state,
        label: item.code ? formatCode(item.code) : '',
        name: item.name,
        criterion: item.criterion,
        years: [],
      },
    ]),
  )
  const needs: GatherNeeds = {
    setOf: () => Promise.resolve(set),
    sheets: {
      ofAssessment: () => Promise.resolve(sheets),
      pins: ids => Promise.resolve(pins.filter(pin => ids.includes(pin.id))),
    },
    tree: () => Promise.resolve(aTree(level)),
    figures: (schoolId, year) =>
      Promise.resolve({ schoolId, year, sheets: fiveYearsTo(year).map(each => aFigureYear(soundThcs(), each)) }),
    catalogue: () => Promise.resolve(catalogueFrom(evidenceDossier(codes, set), evidence, new Map())),
    boxes: () => Promise.resolve(boxLabelsOf(evidence)),
    evidence: () => Promise.resolve(cited),
    plan: () => Promise.resolve(plan),
  }
  return { assessment, sheets, pins, evidence, needs }
}

const evidenceDossier = (codes: readonly string[], set: CriteriaSet) => ({
  id: ID,
  schoolId: SCHOOL,
  schoolName: 'Trường THCS Lá Lúa',
  year: YEAR,
  ancestors: ['xa', 'so'],
  collecting: true,
  adopted: false,
  criteria: codes.map(code => ({
    code,
    title: askedBy(set, code, EVERYTHING_ASKED)?.title ?? '',
    typicalEvidence: [],
  })),
})

export const aPlan = (own: Partial<PlanContent> = {}): PlanContent => ({
  purpose: 'Xác định mức đạt được của nhà trường và cải tiến chất lượng các hoạt động giáo dục.',
  aims: { level: 2, accreditationGrade: 2, nationalGrade: 1 },
  scope: 'Toàn bộ hoạt động của nhà trường theo các tiêu chuẩn đánh giá.',
  years: fiveYearsTo(YEAR),
  tools: ['Thông tư số 18/2018/TT-BGDĐT', 'Phiếu hỏi cha mẹ học sinh'],
  assignments: sheetCodes(SET, false).map(criterion => ({
    criterion,
    responsible: 'Thành Viên D',
    supporting: 'Giáo Viên X',
    from: '2025-09-29',
    to: '2025-11-30',
  })),
  training: [
    {
      on: '2025-09-24',
      place: 'Phòng họp',
      participants: 'Hội đồng, các nhóm công tác',
      content: 'Viết phiếu đánh giá tiêu chí',
      trainer: 'Thành Viên B',
    },
  ],
  resources: [{ for: 'Tiêu chuẩn 5', activity: 'Khảo sát', kind: 'people', when: 'Tháng 10/2025', note: '' }],
  evidence: sheetCodes(SET, false).map(criterion => ({
    criterion,
    name: 'Kế hoạch giáo dục',
    where: 'Văn phòng',
    who: 'Nhóm công tác',
    by: '2025-10-30',
    cost: '',
    note: '',
  })),
  experts: [],
  timetable: modelTimetable('2025-09-15'),
  ...own,
})

/** The same assessment as the council's adoption would leave it. */
export const adopted = (assessment: Assessment): Assessment => ({
  ...assessment,
  state: 'drafting',
  report: {
    version: 1,
    draft: { level: 2, paperId: 'p3', at: new Date('2026-03-12T02:00:00Z') },
    adopted: {
      ...stamp,
      on: '2026-04-15',
      votes: { for: 7, against: 0, other: 0, total: 7 },
      minutes: 'Biên bản số 9',
      level: 2,
      paperId: '',
      sha256: '',
    },
  },
})
