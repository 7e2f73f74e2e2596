import { readFile } from 'node:fs/promises'
import path from 'node:path'
import {
  assessmentId,
  descriptionPart,
  askedBy,
  forceOf,
  keyOf,
  sheetCodes,
  sheetId,
  TEXT_PARTS,
  type Assessment,
} from '../../src/assessments/index.ts'
import { readCriteriaFile } from '../../src/catalogue/index.ts'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { unprotectedCreatePerson } from '../../src/people/index.ts'
import type { System } from '../../src/system/system.ts'

const CRITERIA = path.resolve(import.meta.dirname, '../../criteria/tt17-2018-tieu-hoc.yaml')
const YEAR = workingYear('2025-2026')
const DAY = '2025-09-01'
const EVIDENCE_PER_SCHOOL = 150

export const PASSWORD = 'Câu dễ nhớ: hoa sữa'

/** One text field that a person of the bench writes in. */
export interface Field {
  readonly username: string
  readonly assessment: string
  readonly code: string
  readonly part: string
}

const SENTENCE =
  'Trong năm học, nhà trường đã rà soát, bổ sung kế hoạch và công khai để cha mẹ học sinh cùng giám sát [[MINHCHUNG]]. '
/** About 2 KB, as a written part is. */
const textOf = (evidence: string): string => SENTENCE.repeat(11).replaceAll('MINHCHUNG', evidence)

/**
 * Schools in the middle of their work, put into the stores directly because the bench asks for speed, not for the
 * process: each with all sheets written, 150 items of evidence and two writers.
 */
export async function buildProvince(system: System, schools: number): Promise<readonly Field[]> {
  const version = readCriteriaFile(await readFile(CRITERIA, 'utf8'))
  await system.criteriaSets.insertOnce(version, new Date())
  const by = { actor: SYSTEM, at: new Date() }
  const create = unprotectedCreatePerson({ people: system.people, now: system.now })
  await system.units.add(aUnit('so', 'Sở mẫu'), by)
  const fields: Field[] = []
  for (let n = 0; n < schools; n++) {
    const schoolId = `truong-${n}`
    const writer = `nguoi-viet-${n}`
    await system.units.add(aUnit(schoolId, `Trường Tiểu học Mẫu ${n}`), by)
    await create(SYSTEM, { id: writer, name: `Người Viết Mẫu ${n}`, username: writer, unitId: schoolId }, PASSWORD, {
      mustChange: false,
    })
    const id = assessmentId(schoolId, YEAR)
    const codes = sheetCodes(version.set, false)
    const assessment = anAssessment(id, schoolId, writer, version.hash, codes)
    await system.assessments.insert(assessment)
    const evidence = Array.from({ length: EVIDENCE_PER_SCHOOL }, (_, no) => anItem(assessment, codes, no))
    await system.db.connection.collection('evidence').insertMany(evidence)
    const force = forceOf(assessment, version.set)
    const sheets = codes.map(code => {
      const asked = askedBy(version.set, code, force)
      const parts = [...(asked?.indicators.map(each => descriptionPart(each.level, each.code)) ?? []), ...TEXT_PARTS]
      fields.push(...parts.map(part => ({ username: writer, assessment: id, code, part })))
      const cited = String(evidence[codes.indexOf(code)]?._id)
      return aSheet(id, code, parts, writer, textOf(cited))
    })
    await system.db.connection.collection<(typeof sheets)[number]>('sheets').insertMany(sheets)
  }
  await system.post.settled()
  return fields
}

const aUnit = (id: string, name: string) => ({
  id,
  kind: id === 'so' ? ('province' as const) : ('school' as const),
  names: [{ name, from: '2000-01-01' }],
  places: [{ place: 'Minh Họa', from: '2000-01-01' }],
  parents: id === 'so' ? [] : [{ parentId: 'so', from: '2000-01-01' }],
  symbol: id.toUpperCase(),
  from: '2000-01-01',
  ...(id !== 'so' && {
    school: {
      schoolKind: 'tieu_hoc' as const,
      levels: ['tieu_hoc' as const],
      ownership: 'public' as const,
      formerNames: [],
      address: 'Thôn Mẫu',
      phone: '',
      website: '',
      campuses: 1,
      difficultArea: 'none' as const,
    },
  }),
})

function anAssessment(
  id: string,
  schoolId: string,
  writer: string,
  hash: string,
  codes: readonly string[],
): Assessment {
  const helper = { personId: writer, name: 'Người Viết Mẫu', post: 'Giáo viên' }
  const council = {
    members: [{ ...helper, role: 'secretary' as const, represents: [] }],
    absentBodies: {},
    secretariat: [helper],
  }
  const groups = [{ id: 'nhom', name: 'Nhóm công tác', lead: helper, members: [helper] }]
  return {
    id,
    schoolId,
    year: YEAR,
    schoolKind: 'tieu_hoc',
    state: 'working',
    machine: 'assessment@1',
    rev: 1,
    set: { id: 'tt17-2018-tieu-hoc', hash, switches: {} },
    ancestors: ['so'],
    openedOn: DAY,
    council,
    councilVersions: [{ ...council, version: 1, decision: { number: '1/QĐ', date: DAY }, groups, paperId: '' }],
    groups,
    peopleIds: [writer],
    criteria: Object.fromEntries(
      codes.map(code => [keyOf(code), { code, state: 'drafting', rev: 1, groupId: 'nhom', answers: {}, authors: [] }]),
    ),
    aimsAtLevelFour: false,
    plan: { version: 1, deadlines: {} },
    report: { version: 0 },
    submissions: [],
    supplements: [],
    outbox: [],
  }
}

const anItem = (assessment: Assessment, codes: readonly string[], no: number) => {
  const criterion = codes[no % codes.length] ?? '1.1'
  const [a = 1, b = 1] = criterion.split('.').map(Number)
  return {
    // The driver's own ids are not strings; the product's are.
    _id: `${assessment.schoolId}-mc-${String(no).padStart(3, '0')}` as never,
    assessmentId: assessment.id,
    schoolId: assessment.schoolId,
    year: YEAR,
    no: no + 1,
    state: 'coded',
    machine: 'evidence@1',
    rev: 3,
    criterion,
    name: `Kế hoạch hoạt động số ${no} của nhà trường, có phê duyệt của cấp trên`,
    kind: 'document',
    entries: [0, 1, 2].map(year => ({
      id: `${no}-${year}`,
      schoolYear: `${2023 + year}-${2024 + year}`,
      number: `${no}/KH`,
      issuer: 'Nhà trường',
      files: [],
    })),
    code: { box: a, a, b, c: Math.floor(no / codes.length) + 1 },
    formerCodes: [],
    outbox: [],
  }
}

const aSheet = (id: string, code: string, parts: readonly string[], writer: string, text: string) => ({
  _id: sheetId(id, code),
  assessmentId: id,
  code,
  parts: Object.fromEntries(
    parts.map(key => [
      key.replaceAll('.', '_'),
      { key, text, rev: 1, by: writer, name: 'Người Viết Mẫu', at: new Date(), since: new Date() },
    ]),
  ),
  actions: [],
  analysis: [],
  rev: 0,
})
