import { LINE_NAMES } from '../figures/index.ts'
import { printDay } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { printNumber, printSigned } from '../kernel/words.ts'
import type { AnnualFacts } from './annual-facts.ts'
import { nextYearOf } from './next-year.ts'
import { cellAt, printedPercent, statTable, type AnnualTable, type FigureCell, type StatTable } from './annual-table.ts'
import { COMPARED } from './compared-figures.ts'
import { missingOf } from './list-tables.ts'
import { levelUntold } from './row-facts.ts'
import { KINDS, kindGroups } from './row-groups.ts'
import { P1, P14, P2, P3, P4 } from './stat-tables.ts'
import { p9 } from './criteria-tables.ts'

const percent = (value: number | undefined): string => (value === undefined ? '–' : `${printNumber(value, 1)}%`)
const schools = (value: number): string => `${printNumber(value)} trường`

interface Line {
  readonly table: AnnualTable
  readonly at: (column: string) => FigureCell | undefined
  readonly count: (column: string) => number
  readonly share: (column: string) => number | undefined
  readonly number: (column: string) => number | undefined
}

/** The total line of a table of kinds. */
function totalOf(spec: StatTable, facts: AnnualFacts): Line {
  const table = statTable(spec, kindGroups({ now: facts, before: facts.before }, spec.id, facts.typed.targets))
  const at = (column: string) => cellAt(table, 'all', column)
  return {
    table,
    at,
    count: column => {
      const cell = at(column)
      return cell?.kind === 'count' ? cell.value : 0
    },
    share: column => {
      const cell = at(column)
      return cell?.kind === 'share' ? printedPercent(cell.part, cell.whole) : undefined
    },
    number: column => {
      const cell = at(column)
      return cell && 'value' in cell ? cell.value : undefined
    },
  }
}

/** “; năm trước 40,0%, tăng 2,5 điểm”; nothing where there is no year before. */
function against(now: number | undefined, then: number | undefined): string {
  if (now === undefined || then === undefined) return ''
  const gap = Math.round((now - then) * 10) / 10
  const moved = gap === 0 ? 'không đổi' : `${gap > 0 ? 'tăng' : 'giảm'} ${printNumber(Math.abs(gap), 1)} điểm phần trăm`
  return `; năm trước ${percent(then)}, ${moved}`
}

function toTarget(now: number | undefined, target: number | undefined): string {
  if (now === undefined || target === undefined) return ''
  const verb = now >= target ? 'đạt' : 'chưa đạt'
  return ` Chỉ tiêu ${percent(target)}: ${verb} chỉ tiêu.`
}

const join = (...sentences: readonly (string | false)[]): string =>
  sentences.filter(sentence => sentence !== false && sentence !== '').join(' ')

type Proposal = (facts: AnnualFacts) => string

const scale: Proposal = facts => {
  const kinds = KINDS.flatMap(kind => {
    const many = facts.rows.filter(row => row.kind === kind).length
    return many === 0 ? [] : [`${SCHOOL_KIND_NAMES[kind].toLocaleLowerCase('vi')} ${many}`]
  })
  const { number } = totalOf(P14, facts)
  const [classes, pupils, staff] = ['classes', 'pupils', 'staff'].map(number)
  const entered = facts.rows.filter(row => row.figures).length
  const priv = facts.rows.filter(row => row.ownership === 'private').length
  return join(
    `Đến ngày ${printDay(facts.closingDay)}, ${facts.unit.name} có ${schools(facts.rows.length)} (${kinds.join(', ')}), trong đó ${priv} trường ngoài công lập.`,
    classes !== undefined &&
      pupils !== undefined &&
      staff !== undefined &&
      `Toàn đơn vị có ${printNumber(classes)} lớp, nhóm; ${printNumber(pupils)} học sinh, trẻ; ${printNumber(staff)} cán bộ quản lý, giáo viên, nhân viên (số liệu của ${entered}/${facts.rows.length} trường).`,
  )
}

const selfAssessment: Proposal = facts => {
  const line = totalOf(P1, facts)
  const now = line.share('finishedShare')
  const then =
    facts.before &&
    totalOf(P1, { ...facts, ...facts.before, typed: { ...facts.typed, targets: {} } }).share('finishedShare')
  const reached = [4, 3, 2, 1, 0].flatMap(level => {
    const many = line.count(`level${level}`)
    return many === 0 ? [] : [`${level === 0 ? 'không đạt' : `Mức ${level}`}: ${many}`]
  })
  const silent = line.count('notReported')
  const untold = facts.rows.filter(row => levelUntold(row, facts)).length
  return join(
    `${schools(line.count('finished'))} trong ${printNumber(line.count('mustReport'))} trường phải báo cáo đã hoàn thành tự đánh giá (${percent(now)})${against(now, then)}.`,
    toTarget(now, facts.typed.targets['P1.all']).trim(),
    untold > 0 && `Trong đó ${schools(untold)} chưa gửi báo cáo nên chưa có trong kết quả theo mức.`,
    reached.length > 0 && `Kết quả tự đánh giá: ${reached.join('; ')} trường.`,
    silent > 0 && `Còn ${schools(silent)} chưa gửi báo cáo tự đánh giá.`,
  )
}

const external: Proposal = facts => {
  const line = totalOf(P2, facts)
  return join(
    `Trong năm có ${schools(line.count('registered'))} đăng ký đánh giá ngoài, ${schools(line.count('team'))} đã có đoàn, ${schools(line.count('assessed'))} đã được đánh giá (${percent(line.share('assessedShare'))} tổng số trường).`,
    line.count('assessed') > 0 &&
      `Kết quả trùng với tự đánh giá: ${line.count('same')} trường; thấp hơn: ${line.count('lower')}; cao hơn: ${line.count('higher')}.`,
  )
}

const titles =
  (spec: typeof P3, words: string, granted: (line: Line) => number): Proposal =>
  facts => {
    const line = totalOf(spec, facts)
    const [now, then] = [line.share('validShare'), line.number('lastYear')]
    const expired = spec.id === 'P4' ? line.count('expired') : 0
    return join(
      `Đến ngày ${printDay(facts.closingDay)} có ${schools(line.count('valid'))} ${words} còn hiệu lực (${percent(now)} tổng số trường)${against(now, then)}.`,
      toTarget(now, facts.typed.targets[`${spec.id}.all`]).trim(),
      `Trong năm có ${schools(granted(line))} được công nhận.`,
      expired > 0 && `Còn ${schools(expired)} hết hạn chưa được công nhận lại.`,
    )
  }

const accreditation = titles(P3, 'đạt kiểm định chất lượng giáo dục', line => line.count('new'))
const national = titles(P4, 'đạt chuẩn quốc gia', line =>
  ['new1', 'new2', 'again1', 'again2'].reduce((sum, column) => sum + line.count(column), 0),
)

const places: Proposal = facts => {
  const missing = facts.rows.filter(row => missingOf(row, facts) !== undefined).length
  const units = new Set(facts.rows.map(row => row.ancestors[0] ?? '')).size
  return join(
    `Các trường do ${printNumber(units)} đơn vị quản lý trực tiếp; kết quả của từng địa bàn ở bảng P5, qua năm năm học ở bảng P6.`,
    missing > 0 && `${schools(missing)} chưa báo cáo đủ được liệt kê ở bảng P12.`,
  )
}

const weak: Proposal = facts => {
  const { notes } = p9(facts)
  return notes.length === 0 ? 'Chưa có trường nào tự đánh giá tiêu chí không đạt Mức 1.' : notes.join(' ')
}

/** What was assigned and what is there, in the lines that the directive levels ask for first. */
function assignedWords(facts: AnnualFacts): string {
  const { number } = totalOf(COMPARED, facts)
  const words = (['classes', 'pupils', 'staff'] as const).flatMap(line => {
    const [assigned, current, difference] = (['assigned', 'current', 'difference'] as const).map(part =>
      number(`${line}-${part}`),
    )
    if (assigned === undefined || current === undefined) return []
    const name = LINE_NAMES[line].toLocaleLowerCase('vi')
    return [
      `${name} giao ${printNumber(assigned)}, hiện có ${printNumber(current)}, chênh lệch ${printSigned(difference)}`,
    ]
  })
  return words.length === 0 ? '' : `Toàn đơn vị: ${words.join('; ')}.`
}

const reconciliation: Proposal = facts => {
  const line = totalOf(P14, facts)
  return join(
    `${schools(line.count('verified'))} đã được cấp quản lý xác nhận khớp số liệu (${percent(line.share('verifiedShare'))} tổng số trường); ${schools(line.count('confirmed'))} đã được hiệu trưởng xác nhận.`,
    line.count('none') > 0 && `${schools(line.count('none'))} chưa lập phiếu đối sánh.`,
    assignedWords(facts),
    line.count('apart') > 0 &&
      `${schools(line.count('apart'))} có chênh lệch giữa số giao và hiện có${line.count('unexplained') > 0 ? `, trong đó ${schools(line.count('unexplained'))} còn chênh lệch chưa giải trình` : ', đều đã giải trình'}.`,
  )
}

const nextYear: Proposal = facts => {
  const planned = (kind: 'accreditation' | 'national') => nextYearOf(facts).filter(plan => plan.kind === kind).length
  const [first, second] = [planned('accreditation'), planned('national')]
  return first + second === 0
    ? ''
    : `Năm học tới dự kiến có ${first} trường đăng ký công nhận đạt kiểm định chất lượng giáo dục và ${second} trường đăng ký công nhận đạt chuẩn quốc gia (danh sách ở phụ lục).`
}

const PROPOSALS: Readonly<Record<'province' | 'unit', Readonly<Record<string, Proposal>>>> = {
  province: {
    I: scale,
    'III-1': selfAssessment,
    'III-2': external,
    'III-3': accreditation,
    'III-4': national,
    'III-5': places,
    'III-6': weak,
    'III-7': reconciliation,
    V: nextYear,
  },
  unit: {
    I: scale,
    'III-1': selfAssessment,
    'III-2': external,
    'III-3': facts => join(accreditation(facts), national(facts)),
    'III-4': reconciliation,
    V: nextYear,
  },
}

/** Two or three sentences on the tables of a part: this year, last year, target. The officer edits them. */
export const proposalsOf = (facts: AnnualFacts): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(PROPOSALS[facts.unit.isProvince ? 'province' : 'unit']).map(([key, propose]) => [
      key,
      propose(facts),
    ]),
  )
