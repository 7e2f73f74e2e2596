import type { SchoolRow } from '../rollups/index.ts'
import type { StatColumn, StatTable } from './annual-table.ts'
import {
  agreesWithTeam,
  assessed,
  assessedAt,
  dossierAccepted,
  everySchool,
  expiredUnrenewed,
  finished,
  finishedAt,
  granted,
  hasCouncil,
  holds,
  mustReport,
  notReported,
  registered,
  teamFormed,
  teamHigher,
  teamLower,
  underWay,
} from './row-facts.ts'

const SCHOOLS: StatColumn = { id: 'schools', head: 'Tổng số trường', counts: everySchool }
const LEVELS = [0, 1, 2, 3, 4] as const
const GRADES = [1, 2, 3, 4] as const
const LEVEL_NAMES = ['Không đạt', 'Mức 1', 'Mức 2', 'Mức 3', 'Mức 4'] as const

/** A number and its percentage side by side under one head that names the denominator. */
const withShare = (
  id: string,
  counts: (typeof SCHOOLS & { counts: unknown })['counts'],
  { under, of, ofWords }: { readonly under: readonly string[]; readonly of: string; readonly ofWords: string },
): readonly StatColumn[] => [
  { id, head: 'SL', under, counts },
  { id: `${id}Share`, head: `% ${ofWords}`, under, share: id, of },
]

/** Forms § 12, P1: the same columns serve M2 of a unit. */
export const P1: StatTable = {
  id: 'P1',
  title: 'Tự đánh giá theo cấp học',
  rowsHead: 'Cấp học',
  columns: [
    SCHOOLS,
    { id: 'mustReport', head: 'Phải báo cáo', counts: mustReport },
    ...withShare('council', hasCouncil, {
      under: ['Đã thành lập hội đồng'],
      of: 'mustReport',
      ofWords: 'phải báo cáo',
    }),
    { id: 'underWay', head: 'Đang thực hiện', counts: underWay },
    ...withShare('finished', finished, {
      under: ['Hoàn thành tự đánh giá'],
      of: 'mustReport',
      ofWords: 'phải báo cáo',
    }),
    ...LEVELS.flatMap(level =>
      withShare(`level${level}`, finishedAt(level), {
        under: ['Kết quả tự đánh giá', LEVEL_NAMES[level]],
        of: 'finished',
        ofWords: 'hoàn thành',
      }),
    ),
    { id: 'notReported', head: 'Chưa báo cáo', counts: notReported },
  ],
}

export const P2: StatTable = {
  id: 'P2',
  title: 'Đánh giá ngoài trong năm',
  rowsHead: 'Cấp học',
  columns: [
    SCHOOLS,
    { id: 'registered', head: 'Đăng ký', counts: registered },
    { id: 'accepted', head: 'Được chấp nhận', counts: dossierAccepted },
    { id: 'team', head: 'Đã thành lập đoàn', counts: teamFormed },
    ...withShare('assessed', assessed, { under: ['Đã đánh giá ngoài'], of: 'schools', ofWords: 'tổng số trường' }),
    ...LEVELS.map((level): StatColumn => ({
      id: `level${level}`,
      head: LEVEL_NAMES[level],
      under: ['Kết quả đánh giá ngoài'],
      counts: assessedAt(level),
    })),
    ...withShare('same', agreesWithTeam, {
      under: ['So với tự đánh giá', 'Trùng'],
      of: 'assessed',
      ofWords: 'đã đánh giá ngoài',
    }),
    { id: 'lower', head: 'Thấp hơn', under: ['So với tự đánh giá'], counts: teamLower },
    { id: 'higher', head: 'Cao hơn', under: ['So với tự đánh giá'], counts: teamHigher },
  ],
}

const VALID = 'Còn hiệu lực đến ngày chốt'

const sinceLastYear = (share: string): readonly StatColumn[] => [
  { id: 'lastYear', head: 'Năm trước (%)', lastYear: share },
  { id: 'change', head: 'Tăng, giảm (điểm %)', change: share },
  { id: 'target', head: 'Chỉ tiêu (%)', target: share },
]

export const P3: StatTable = {
  id: 'P3',
  title: 'Công nhận đạt kiểm định chất lượng giáo dục',
  rowsHead: 'Cấp học',
  columns: [
    SCHOOLS,
    ...GRADES.map((grade): StatColumn => ({
      id: `new${grade}`,
      head: `Cấp độ ${grade}`,
      under: ['Mới trong năm'],
      counts: granted('accreditation', { grade }),
    })),
    { id: 'new', head: 'Cộng', under: ['Mới trong năm'], counts: granted('accreditation') },
    ...GRADES.map((grade): StatColumn => ({
      id: `valid${grade}`,
      head: `Cấp độ ${grade}`,
      under: [VALID],
      counts: holds('accreditation', grade),
    })),
    ...withShare('valid', holds('accreditation'), {
      under: [VALID, 'Cộng'],
      of: 'schools',
      ofWords: 'tổng số trường',
    }),
    ...sinceLastYear('validShare'),
  ],
}

export const P4: StatTable = {
  id: 'P4',
  title: 'Công nhận trường đạt chuẩn quốc gia',
  rowsHead: 'Cấp học',
  columns: [
    SCHOOLS,
    ...([false, true] as const).flatMap(again =>
      ([1, 2] as const).map((grade): StatColumn => ({
        id: `${again ? 'again' : 'new'}${grade}`,
        head: `Mức độ ${grade}`,
        under: ['Trong năm', again ? 'Công nhận lại' : 'Công nhận mới'],
        counts: granted('national', { grade, again }),
      })),
    ),
    ...([1, 2] as const).map((grade): StatColumn => ({
      id: `valid${grade}`,
      head: `Mức độ ${grade}`,
      under: [VALID],
      counts: holds('national', grade),
    })),
    ...withShare('valid', holds('national'), { under: [VALID, 'Cộng'], of: 'schools', ofWords: 'tổng số trường' }),
    ...sinceLastYear('validShare'),
    { id: 'expired', head: 'Hết hạn chưa công nhận lại', counts: expiredUnrenewed('national') },
  ],
}

const THREE_SHARES: readonly StatColumn[] = [
  SCHOOLS,
  { id: 'mustReport', head: 'Phải báo cáo', counts: mustReport },
  ...withShare('finished', finished, { under: ['Hoàn thành tự đánh giá'], of: 'mustReport', ofWords: 'phải báo cáo' }),
  ...withShare('accreditation', holds('accreditation'), {
    under: ['Đạt KĐCLGD còn hiệu lực'],
    of: 'schools',
    ofWords: 'tổng số trường',
  }),
  ...withShare('national', holds('national'), {
    under: ['Đạt chuẩn quốc gia còn hiệu lực'],
    of: 'schools',
    ofWords: 'tổng số trường',
  }),
]

export const P5: StatTable = {
  id: 'P5',
  title: 'Kết quả theo địa bàn',
  rowsHead: 'Địa bàn, cấp học',
  columns: THREE_SHARES,
}

export const P6: StatTable = {
  id: 'P6',
  title: 'Kết quả qua năm năm học',
  rowsHead: 'Năm học',
  columns: [
    SCHOOLS,
    { id: 'mustReport', head: 'Phải báo cáo', counts: mustReport },
    ...withShare('finished', finished, {
      under: ['Hoàn thành tự đánh giá'],
      of: 'mustReport',
      ofWords: 'phải báo cáo',
    }),
    { id: 'assessed', head: 'Đánh giá ngoài (SL)', counts: assessed },
    ...GRADES.map((grade): StatColumn => ({
      id: `accreditation${grade}`,
      head: `Cấp độ ${grade}`,
      under: ['KĐCLGD còn hiệu lực'],
      counts: holds('accreditation', grade),
    })),
    ...withShare('accreditation', holds('accreditation'), {
      under: ['KĐCLGD còn hiệu lực', 'Cộng'],
      of: 'schools',
      ofWords: 'tổng số trường',
    }),
    ...([1, 2] as const).map((grade): StatColumn => ({
      id: `national${grade}`,
      head: `Mức độ ${grade}`,
      under: ['Chuẩn quốc gia còn hiệu lực'],
      counts: holds('national', grade),
    })),
    ...withShare('national', holds('national'), {
      under: ['Chuẩn quốc gia còn hiệu lực', 'Cộng'],
      of: 'schools',
      ofWords: 'tổng số trường',
    }),
  ],
}

const reconciled =
  (...states: readonly NonNullable<SchoolRow['reconciliation']>['state'][]) =>
  ({ reconciliation }: SchoolRow): boolean =>
    reconciliation !== undefined && states.includes(reconciliation.state)

/** Forms § 12, P14, and M6: how far each school's reconciliation has come, and the figures that stand behind it. */
export const P14: StatTable = {
  id: 'P14',
  title: 'Đối sánh số liệu kế hoạch giao và hiện có',
  rowsHead: 'Cấp học',
  columns: [
    SCHOOLS,
    { id: 'none', head: 'Chưa lập phiếu', counts: row => row.reconciliation === undefined },
    { id: 'drafting', head: 'Đang lập', counts: reconciled('drafting', 'explained') },
    { id: 'confirmed', head: 'Hiệu trưởng đã xác nhận', counts: reconciled('confirmed') },
    { id: 'disputed', head: 'Chưa khớp', counts: reconciled('disputed') },
    // What the Sở confirmed, the managing unit had confirmed before.
    ...withShare('verified', reconciled('verified', 'provinceVerified'), {
      under: ['Cấp quản lý xác nhận khớp'],
      of: 'schools',
      ofWords: 'tổng số trường',
    }),
    { id: 'provinceVerified', head: 'Trong đó: Sở xác nhận khớp', counts: reconciled('provinceVerified') },
    { id: 'apart', head: 'Có chênh lệch', counts: ({ compared }) => (compared?.differing ?? 0) > 0 },
    {
      id: 'unexplained',
      head: 'Còn chênh lệch chưa giải trình',
      counts: ({ compared }) => (compared?.unexplained ?? 0) > 0,
    },
    { id: 'classes', head: 'Số lớp, nhóm', under: ['Hiện có'], sum: row => row.figures?.classes },
    { id: 'pupils', head: 'Học sinh, trẻ', under: ['Hiện có'], sum: row => row.figures?.pupils },
    { id: 'staff', head: 'CBQL, GV, NV', under: ['Hiện có'], sum: row => row.figures?.staff },
  ],
}
