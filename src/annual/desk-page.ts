import type { PageFrame } from '../http/shell.ts'
import { printInstant } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { printNumber } from '../kernel/words.ts'
import type { AnnualFacts, PlannedTitle } from './annual-facts.ts'
import { annualHref, PERIOD_NAMES, type AnnualReport } from './annual-report.ts'
import { gradeWords, inReadingOrder, TITLE_NAMES } from './list-tables.ts'
import { COMPARISON_REASON, partsFor, type ReportPart } from './report-parts.ts'
import { KINDS } from './row-groups.ts'
import { nextYearOf } from './next-year.ts'
import { proposalsOf } from './sentences.ts'
import { personDaysOf } from './typed-tables.ts'

export interface DeskPart {
  readonly key: string
  readonly anchor: string
  readonly title: string
  readonly written: boolean
  readonly required: boolean
  readonly action: string
  readonly rev: number
  readonly text: string
  readonly note: string
  readonly proposal: string
  readonly tables: readonly { readonly label: string; readonly href: string }[]
}

export interface DeskPage extends PageFrame {
  readonly person: string
  readonly key: string
  readonly writable: boolean
  readonly provisional: boolean
  readonly parts: readonly DeskPart[]
  readonly targets: {
    readonly action: string
    readonly fields: readonly { readonly name: string; readonly label: string; readonly value: string }[]
  }
  readonly plans: {
    readonly add: string
    readonly remove: string
    readonly schools: readonly { readonly value: string; readonly label: string }[]
    /** What the dossiers of external assessment say; the officer's lines stand beside or in the place of them. */
    readonly registered: readonly string[]
    readonly lines: readonly { readonly at: string; readonly text: string }[]
  }
  readonly money: {
    readonly action: string
    readonly text: string
    readonly assessors: string
    readonly days: string
    readonly daysHint: string
  }
}

/** Tables that have a target column, with the words of their question. */
const TARGET_TABLES = [
  ['P1', 'Hoàn thành tự đánh giá'],
  ['P3', 'Đạt kiểm định chất lượng giáo dục'],
  ['P4', 'Đạt chuẩn quốc gia'],
] as const

/** Name of the field of a target: `P3.all`. */
export const targetNames = (): readonly string[] =>
  TARGET_TABLES.flatMap(([table]) => ['all', ...KINDS].map(kind => `${table}.${kind}`))

/** Where the officer writes: texts that save themselves beside what the tables propose, and the few typed figures. */
export function deskPage(
  { personId }: { readonly personId: string },
  report: AnnualReport,
  facts: AnnualFacts,
  provisional: boolean,
): DeskPage {
  const base = annualHref(report)
  const proposals = proposalsOf(facts)
  const comparison: ReportPart = {
    key: COMPARISON_REASON,
    title: 'Lý do không so sánh được với năm trước',
    level: 2,
    written: true,
  }
  const parts = [...partsFor(facts.unit.isProvince), ...(facts.before ? [] : [comparison])]
  const { typed } = report
  const days = personDaysOf(facts)
  const names = new Map(facts.rows.map(row => [row.schoolId, row.name]))
  return {
    breadcrumbs: [
      { label: 'Báo cáo năm', href: `/bao-cao-nam?nam=${report.year}` },
      { label: `${PERIOD_NAMES[report.period]} ${report.year}`, href: base },
    ],
    subtitle: facts.unit.name,
    actions: [{ label: 'Xem cả báo cáo', href: base, icon: 'eye' }],
    person: personId,
    key: report.id,
    writable: report.state === 'drafting',
    provisional,
    parts: parts.map(part => deskPart(part, report, proposals[part.key] ?? '')),
    targets: {
      action: `${base}/chi-tieu`,
      fields: facts.unit.isProvince
        ? TARGET_TABLES.flatMap(([table, words]) =>
            (['all', ...KINDS] as const).map(kind => ({
              name: `${table}.${kind}`,
              label: `${words}, ${kind === 'all' ? 'toàn ngành' : SCHOOL_KIND_NAMES[kind].toLocaleLowerCase('vi')} (%)`,
              value: commaNumber(typed.targets[`${table}.${kind}`]),
            })),
          )
        : [],
    },
    plans: {
      add: `${base}/ke-hoach`,
      remove: `${base}/ke-hoach/bo`,
      schools: inReadingOrder(facts.rows).map(row => ({ value: row.schoolId, label: row.name })),
      registered: nextYearOf(facts)
        .filter(({ origin }) => origin === 'registered')
        .map(line => planWords(line, line.row.name)),
      lines: typed.plans.map((plan, index) => ({
        at: String(index),
        text: planWords(plan, names.get(plan.schoolId) ?? plan.schoolId),
      })),
    },
    money: {
      action: `${base}/kinh-phi`,
      text: typed.budget.map(line => [line.source, line.content, line.planned, line.used].join(' | ')).join('\n'),
      assessors: typed.assessors.map(line => `${line.place} | ${line.persons}`).join('\n'),
      days: typed.personDays === undefined ? '' : String(typed.personDays),
      daysHint:
        days === undefined
          ? 'Hồ sơ đánh giá ngoài của năm chưa có ngày khảo sát.'
          : `Để trống: lấy ${printNumber(days)} ngày công theo hồ sơ đánh giá ngoài.`,
    },
  }
}

const planWords = ({ kind, grade, batch }: PlannedTitle, school: string): string =>
  `${school}: ${TITLE_NAMES[kind]}, ${gradeWords(kind, grade).toLocaleLowerCase('vi')}${batch === '' ? '' : `, ${batch}`}`

const commaNumber = (value: number | undefined): string => (value === undefined ? '' : String(value).replace('.', ','))

function deskPart(part: ReportPart, report: AnnualReport, proposal: string): DeskPart {
  const { key, title, written, required = false, tables = [] } = part
  const stored = report.texts[key]
  const base = annualHref(report)
  return {
    key,
    anchor: `phan-${key}`,
    title,
    written,
    required,
    action: `${base}/phan/${key}`,
    rev: stored?.rev ?? 0,
    text: stored?.text ?? '',
    note: stored ? `${stored.by}, ${printInstant(stored.at)}` : 'Chưa viết',
    proposal: proposal.trim() === (stored?.text ?? '').trim() ? '' : proposal,
    tables: tables.map(id => ({ label: `Bảng ${id}`, href: `${base}#bang-${id}` })),
  }
}
