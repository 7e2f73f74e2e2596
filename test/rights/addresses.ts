import type { Route } from '../../src/http/route.ts'
import type { RightsStage } from './rights-stage.ts'

type Ids = RightsStage['ids']
type Fields = Readonly<Record<string, string>>

/** What `:id` means under the first segment of a path; everywhere else it is the assessment. */
const RECORD_OF: Readonly<Record<string, keyof Ids>> = {
  'danh-gia-ngoai': 'run',
  'danh-hieu': 'title',
  'minh-chung': 'evidence',
  'ky-bao-cao': 'period',
  'cum-truong': 'cluster',
  'sap-xep-don-vi': 'operation',
  'uy-quyen': 'delegation',
  'don-vi': 'school',
  'quan-tri': 'account',
}

/** Parameters that name a record whose existence is not everybody's business. */
export const RECORD_PARAMS: readonly string[] = ['id', 'paperId', 'paperId.pdf', 'paperId.docx', 'schoolId', 'unit']

const paramNames = (path: string): readonly string[] => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)

/** The address of the school's own record under a route, or with `id` in the place of the record. */
export function paramsFor(path: string, ids: Ids, unknown?: string): Fields {
  const segment = path.split('/')[1] ?? ''
  const record = ids[RECORD_OF[segment] ?? 'assessment']
  const values: Fields = {
    id: record,
    paperId: ids.paper,
    schoolId: ids.school,
    unit: segment === 'uy-quyen' ? 'xa-ben' : 'xa',
    unitId: segment === 'cay-nam-hoc' ? 'so' : ids.school,
    school: ids.school,
    code: '1.1',
    part: segment === 'bao-cao-nam' ? 'I' : path.includes('/bao-cao/') ? 'situation' : 'strengths',
    level: '1',
    indicator: 'a',
    muc: 'nguon-luc',
    nhom: 'nhom-1',
    tieuchi: '1.1',
    viec: segment === 'sap-xep-don-vi' ? 'them' : 'viec-1',
    no: '1',
    letter: ids.letter,
    remark: ids.question,
    commentId: ids.comment,
    kind: path.includes('/quet/') ? 'plan' : path.includes('/lap/') ? 'start' : 'bao-cao',
    event: segment === 'so-lieu' ? 'verify' : 'confirm',
    entry: ids.entry,
    sha256: ids.sha256,
    handover: ids.handover,
    year: '2025-2026',
    ky: 'cuoi-nam',
    table: 'M2',
    row: 'all',
    column: 'schools',
    version: '1',
    key: 'councilDue',
    from: 'tt17-2018-tieu-hoc',
    to: 'tt17-2018-tieu-hoc',
    setId: 'tt17-2018-tieu-hoc',
    changeId: 'x',
    hash: 'x',
    job: 'x',
  }
  return Object.fromEntries(
    paramNames(path).map(name => [
      name,
      unknown !== undefined && RECORD_PARAMS.includes(name) ? unknown : (values[name] ?? ''),
    ]),
  )
}

/** What stands behind the question mark where that names the record. */
export function queryFor(path: string, ids: Ids, unknown?: string): Fields {
  const [, first = '', second = ''] = path.split('/')
  if (first === 'so-lieu') return { truong: unknown ?? ids.school }
  if (first === 'doi-sanh' || first === 'tong-hop') return { 'don-vi': unknown ?? 'xa' }
  if (first === 'cai-dat') return { 'don-vi': unknown ?? ids.school }
  if (path === '/don-vi/:id/ban-giao') return { vitri: ids.seat }
  if (path === '/quan-tri/tai-khoan/xuat') return { donvi: unknown ?? ids.school }
  if (first === 'thong-bao' && second === 'mo') return { id: 'x' }
  return {}
}

/** A form in which every field that some input reads is filled, so that a refusal is about the person. */
const FILLED: Readonly<Record<string, string>> = {
  revision: '1',
  rev: '0',
  year: '2025-2026',
  scope: 'year',
  reason: 'weakPlan',
  number: '1/QĐ',
  decision: '1/QĐ',
  decidedOn: '2026-05-18',
  date: '2026-05-18',
  on: '2026-05-18',
  from: '2026-05-18',
  to: '2026-05-30',
  due: '2026-06-01',
  start: '2026-05-18',
  closingDay: '2026-05-31',
  lastDay: '2026-05-30',
  visitedFrom: '2026-05-18',
  visitedTo: '2026-05-18',
  unitClosing: '2026-05-25',
  schoolDue: '2026-05-20',
  unitDue: '2026-06-10',
  closing: '2026-05-31',
  provinceDue: '2026-06-23',
  ministryDue: '2026-07-01',
  tableSet: 'accreditation',
  position: 'Giám đốc',
  value: '20',
  name: 'Người Mẫu',
  username: 'nguoi.mau',
  post: 'Giáo viên',
  phone: '02120000000',
  campuses: '1',
  address: 'Bản Mẫu',
  role: 'staff',
  postKind: 'teacher',
  personId: 'dungngoai',
  toPersonId: 'dungngoai',
  officer: 'canboxa',
  level: '2',
  answer: 'Đã sửa',
  result: 'Xong',
  evidence: 'Ảnh',
  progress: 'Đang làm',
  conclusion: 'Đạt',
  text: 'Chữ mẫu',
  place: 'weaknesses|0',
  minutes: '1/BB',
  body: 'council',
  accepted: 'yes',
  verdict: 'met',
  kind: 'fix',
  code: '1.1',
  criterion: '1.1',
  dataClass: 'internal',
  weeks: '1',
  accreditation: '1',
  grade: '1',
  title: 'accreditation:1',
  duties: 'review',
  byUnitId: 'so',
  file: 'x',
  current: 'x',
  next: 'Câu dễ nhớ: hoa ban',
}

/** Where a field means something else than on most forms, by the beginning of the path. */
const OF_ROUTES: Readonly<Record<string, Fields>> = {
  '/nam-hoc/moi': { year: '2027-2028' },
  '/minh-chung/': { kind: 'document' },
  '/danh-gia/:id/noi-dung-cu': { to: '1.1:strengths' },
  '/danh-gia/:id/bao-cao/bo-sung': { supplement: 'Bổ sung mẫu' },
  '/danh-gia/:id/minh-chung': { kind: 'document' },
  '/danh-gia/:id/bien-ban': { from: '14:00', to: '15:00' },
  '/bao-cao-nam/': { title: 'accreditation-1' },
}

export const bodyFor = ({ path }: Route, ids: Ids): Fields => ({
  ...FILLED,
  school: ids.school,
  schoolId: ids.school,
  toSchoolId: 'thcs-khac',
  unitId: ids.school,
  units: ids.school,
  donvi: ids.school,
  schoolIds: ids.school,
  ids: ids.assessment,
  seatId: ids.seat,
  sha256: ids.sha256,
  file: ids.sha256,
  ...(path.includes('/noi-dung-cu/') && { text: ids.oldText }),
  ...Object.entries(OF_ROUTES).find(([beginning]) => path.startsWith(beginning))?.[1],
})
