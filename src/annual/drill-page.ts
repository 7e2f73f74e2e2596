import { assessmentHref } from '../assessments/index.ts'
import type { PageFrame } from '../http/shell.ts'
import { printDay } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { compareCodes } from '../kernel/words.ts'
import type { SchoolRow, UnitReserve } from '../rollups/index.ts'
import { annualHref, type AnnualReport } from './annual-report.ts'
import { unitsOf, type AnnualTable, type FigureCell } from './annual-table.ts'
import { comparedColumns, linesOf, reservesBehind, stateWords } from './compared-figures.ts'
import { gradeWords, inReadingOrder, levelWords, TITLE_NAMES } from './list-tables.ts'
import { placeOf } from './row-groups.ts'
import { cellText, rowName } from './table-print.ts'
import { schoolHref } from './table-view.ts'

interface Line {
  readonly name: string
  readonly href: string
  readonly place: string
  readonly kind: string
  readonly level: string
  readonly sent: string
  readonly titles: string
  readonly more: readonly string[]
}

export interface DrillPage extends PageFrame {
  readonly figure: string
  readonly what: string
  readonly source: string
  /** Heads of what each line has more for this figure. */
  readonly more: readonly string[]
  readonly schools: readonly Line[]
  /** Schools that the figure counts and of which no row is kept any more. */
  readonly unknown: number
  /** Managing units whose reserve the figure adds: name, reserve, decision. */
  readonly units: ReturnType<typeof reservesBehind>
}

const dayOrDash = (day: string | undefined): string => (day === undefined ? '–' : printDay(day))

const titleWords = (row: SchoolRow, closingDay: string): string =>
  row.titles
    .filter(title => title.grantedOn <= closingDay && closingDay < title.expiresOn && !title.ended)
    .map(
      title =>
        `${title.kind === 'accreditation' ? 'KĐCLGD' : 'CQG'} ${gradeWords(title.kind, title.grade).toLocaleLowerCase('vi')}`,
    )
    .join('; ')

interface Known {
  readonly report: AnnualReport
  readonly rows: readonly SchoolRow[]
  readonly reserves: readonly UnitReserve[]
  readonly closingDay: string
  readonly source: string
  readonly unitName: (unitId: string) => string
}

/** The schools behind one figure of a table. */
export function drillPage(
  { report, rows, reserves, closingDay, source, unitName }: Known,
  table: AnnualTable,
  {
    rowKey,
    columnId,
    cell,
    schools,
  }: { rowKey: string; columnId: string; cell: FigureCell; schools: readonly string[] },
): DrillPage {
  const base = annualHref(report)
  const wanted = new Set(schools)
  const units = new Set(unitsOf(cell))
  const known = inReadingOrder(rows.filter(row => wanted.has(row.schoolId)))
  const column = table.columns.find(each => each.id === columnId)
  const more = comparedColumns(table.id, columnId)
  const line = table.rows.find(each => each.key === rowKey)
  return {
    breadcrumbs: [
      { label: 'Báo cáo năm', href: `/bao-cao-nam?nam=${report.year}` },
      { label: `Năm học ${report.year}`, href: base },
      { label: `${table.id}. ${table.title}`, href: `${base}#bang-${table.id}` },
    ],
    figure: cellText(cell),
    what: [line ? rowName(table, line) : '', ...(column?.under ?? []), column?.head ?? '']
      .filter(words => words !== '')
      .join(' · '),
    source,
    more: more?.head ?? [],
    schools: known.map(row => ({
      name: row.name,
      href: schoolHref(base, row.schoolId),
      place: unitName(placeOf(row)),
      kind: SCHOOL_KIND_NAMES[row.kind],
      level: levelWords(row.assessment?.level) || '–',
      sent: dayOrDash(row.assessment?.sentOn),
      titles: titleWords(row, closingDay) || '–',
      more: more?.cellsOf(row) ?? [],
    })),
    unknown: schools.length - known.length,
    units: reservesBehind(
      columnId,
      reserves.filter(({ unitId }) => units.has(unitId)),
    ),
  }
}

export interface SchoolPage extends PageFrame {
  readonly source: string
  readonly facts: readonly { readonly term: string; readonly text: string; readonly href?: string }[]
  readonly criteria: readonly {
    readonly code: string
    readonly title: string
    readonly level: string
    readonly team: string
    readonly href?: string
  }[]
  readonly titles: readonly (readonly string[])[]
  /** Line of form 13, assigned, current, difference. */
  readonly compared: readonly (readonly string[])[]
}

/** What a report knows of one school, as frozen; from here to the criterion's own sheet where it was sent. */
export function schoolPage(
  { report, source, unitName }: Known,
  row: SchoolRow,
  criterionTitle: (setHash: string, code: string) => string,
): SchoolPage {
  const base = annualHref(report)
  const { assessment } = row
  const run = row.external.at(-1)
  const dossier = assessment?.sentOn === undefined ? undefined : assessmentHref(assessment.id)
  const codes = [...new Set([...Object.keys(assessment?.criteria ?? {}), ...Object.keys(run?.criteria ?? {})])]
  return {
    breadcrumbs: [
      { label: 'Báo cáo năm', href: `/bao-cao-nam?nam=${report.year}` },
      { label: `Năm học ${report.year}`, href: base },
    ],
    subtitle: `${SCHOOL_KIND_NAMES[row.kind]} · ${unitName(placeOf(row))}`,
    source,
    facts: [
      { term: 'Mức tự đánh giá', text: levelWords(assessment?.level) || '–' },
      {
        term: 'Phiếu đã thống nhất',
        text: assessment ? `${assessment.sheets.agreed}/${assessment.sheets.all}` : '–',
      },
      { term: 'Thông qua báo cáo', text: dayOrDash(assessment?.adoptedOn) },
      { term: 'Gửi báo cáo', text: dayOrDash(assessment?.sentOn) },
      { term: 'Số lần trả lại', text: assessment ? String(assessment.returns) : '–' },
      {
        term: 'Đánh giá ngoài',
        text: run?.assessedOn === undefined ? '–' : `${levelWords(run.level)}, ngày ${printDay(run.assessedOn)}`,
      },
      {
        term: 'Đối sánh số liệu',
        text: stateWords(row),
        href: `/so-lieu/doi-sanh?${new URLSearchParams({ truong: row.schoolId, nam: row.year }).toString()}`,
      },
      {
        term: 'Số lớp; học sinh; cán bộ, giáo viên, nhân viên',
        text: row.figures ? `${row.figures.classes}; ${row.figures.pupils}; ${row.figures.staff}` : '–',
      },
      ...(dossier === undefined ? [] : [{ term: 'Hồ sơ', text: 'Mở hồ sơ tự đánh giá', href: dossier }]),
    ],
    criteria: codes.toSorted(compareCodes).map(code => ({
      code,
      title: criterionTitle(assessment?.setHash ?? '', code),
      level: levelOrDash(assessment?.criteria[code]),
      team: levelOrDash(run?.criteria?.[code]),
      ...(dossier !== undefined && { href: `${dossier}/phieu/${code}` }),
    })),
    compared: linesOf(row),
    titles: row.titles.map(title => [
      TITLE_NAMES[title.kind],
      gradeWords(title.kind, title.grade),
      `${title.decision.number}, ngày ${printDay(title.decision.date)}`,
      printDay(title.grantedOn),
      printDay(title.expiresOn),
      title.ended ? ENDED[title.ended.how] : '',
    ]),
  }
}

const levelOrDash = (level: number | undefined): string => levelWords(level) || '–'

const ENDED: Readonly<Record<'expired' | 'replaced' | 'revoked', string>> = {
  expired: 'Đã hết hạn',
  replaced: 'Đã được thay thế',
  revoked: 'Đã bị thu hồi',
}
