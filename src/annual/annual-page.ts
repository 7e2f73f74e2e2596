import type { PageFrame } from '../http/shell.ts'
import type { Actor } from '../kernel/actor.ts'
import { printDay } from '../kernel/dates.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { isPossible, unmetOf } from '../kernel/step.ts'
import {
  ANNUAL_STATES,
  annualConditions,
  annualLife,
  type AnnualEvent,
  type AnnualFactsForStep,
} from './annual-machine.ts'
import { mayOnAnnual } from './annual-policy.ts'
import { annualHref, PERIOD_NAMES, PERIOD_SLUGS, type AnnualReport, type AnnualVersion } from './annual-report.ts'
import type { AnnualTable } from './annual-table.ts'
import type { Finding } from './consistency.ts'
import { schoolHref, tableView, type TableView } from './table-view.ts'

/** What the report's screen is drawn from; the routes have read it. */
export interface AnnualView {
  readonly actor: Actor
  readonly report: AnnualReport
  readonly own: boolean
  readonly unitName: string
  /** The report's text, drawn and escaped by paper/. */
  readonly html: string
  readonly tables: readonly AnnualTable[]
  readonly source: string
  readonly today: string
  /** Absent for readers of the level above, who see what was signed. */
  readonly draft?: { readonly facts: AnnualFactsForStep; readonly findings: readonly Finding[] }
  readonly shown?: AnnualVersion
  readonly schoolName: (schoolId: string) => string
}

interface StepView {
  readonly action: string
  readonly label: string
  readonly unmet: readonly Unmet[]
}

export interface AnnualPage extends PageFrame {
  readonly state: { readonly label: string; readonly tone: string }
  readonly source: string
  readonly provisional: boolean
  readonly html: string
  readonly tables: readonly TableView[]
  readonly contents: readonly { readonly label: string; readonly href: string }[]
  readonly downloads: readonly { readonly label: string; readonly href: string; readonly progress?: string }[]
  readonly findings: readonly {
    readonly tone: 'red' | 'orange'
    readonly label: string
    readonly message: string
    readonly schools: readonly { readonly name: string; readonly href: string }[]
    readonly more: number
  }[]
  readonly versions: readonly {
    readonly label: string
    readonly signed: string
    readonly sent: string
    readonly reason: string
    readonly snapshot: string
    readonly hash: string
    readonly pdf: string
    readonly word: string
    readonly sheet: string
  }[]
  readonly propose?: StepView
  /** Beside a proposal only what signing needs more than the proposal. */
  readonly sign?: StepView & {
    readonly unmetHeading: string
    readonly numberHint: string
    readonly today: string
    readonly position: string
  }
  readonly giveBack?: StepView
  readonly send?: StepView
  readonly revise?: StepView
  readonly periods: readonly { readonly label: string; readonly href: string; readonly current: boolean }[]
}

/** Schools named under a finding; the rest are counted. */
const MOST_NAMED = 8
const SHORT_HASH = 12

/** The whole report on screen: text, tables, checks, versions, and the steps that this person may take now. */
export function annualPage(view: AnnualView): AnnualPage {
  const { report, own, unitName, tables, draft, shown } = view
  const base = annualHref(report)
  return {
    wide: true,
    breadcrumbs: [{ label: 'Báo cáo năm', href: `/bao-cao-nam?nam=${report.year}` }],
    subtitle: `${unitName} · ${PERIOD_NAMES[report.period]} ${report.year}`,
    actions: [
      ...(own && report.state === 'drafting'
        ? [{ label: 'Soạn báo cáo', href: `${base}/soan`, icon: 'edit', primary: true }]
        : []),
      { label: 'Bản in', href: `${base}/bao-cao.pdf`, icon: 'print' },
    ],
    state: ANNUAL_STATES[report.state],
    source: view.source,
    provisional: draft !== undefined && !draft.facts.frozen,
    html: view.html,
    tables: tables.map(table => tableView(table, base)),
    contents: tables.map(({ id, title }) => ({ label: `${id}. ${title}`, href: `#bang-${id}` })),
    downloads: downloadsOf(base, shown),
    findings: (draft?.findings ?? []).map(({ severity, message, schools }) => ({
      tone: severity === 'error' ? 'red' : 'orange',
      label: severity === 'error' ? 'Phải sửa trước khi ký' : 'Câu hỏi',
      message,
      schools: schools.slice(0, MOST_NAMED).map(id => ({ name: view.schoolName(id), href: schoolHref(base, id) })),
      more: Math.max(0, schools.length - MOST_NAMED),
    })),
    versions: report.versions
      .filter(version => own || version.sentOn !== undefined)
      .toReversed()
      .map(version => versionView(base, version)),
    ...stepsOf(view, base),
    periods: PERIOD_SLUGS.map(period => ({
      label: PERIOD_NAMES[period],
      href: annualHref({ ...report, period }),
      current: period === report.period,
    })),
  }
}

const downloadsOf = (base: string, shown: AnnualVersion | undefined): AnnualPage['downloads'] =>
  shown
    ? [
        { label: 'PDF đã ký', href: `${base}/phien-ban/${shown.version}.pdf` },
        { label: 'Bản Word để sửa', href: `${base}/phien-ban/${shown.version}.docx` },
        { label: 'Các bảng (Excel)', href: `${base}/phien-ban/${shown.version}.xlsx` },
      ]
    : [
        { label: 'PDF (bản nháp)', href: `${base}/bao-cao.pdf`, progress: `${base}/lap-ban-in` },
        { label: 'Bản Word để sửa', href: `${base}/bao-cao.docx` },
        { label: 'Các bảng (Excel)', href: `${base}/bao-cao.xlsx` },
      ]

const versionView = (base: string, version: AnnualVersion): AnnualPage['versions'][number] => ({
  label: `Phiên bản ${version.version}: số ${version.number}, ngày ${printDay(version.date)}`,
  signed: `${version.signedBy.name} (${version.signedBy.position})`,
  sent: version.sentOn === undefined ? 'Chưa gửi' : `Gửi ngày ${printDay(version.sentOn)}`,
  reason: version.reason ?? '',
  snapshot: version.snapshotId,
  hash: version.sha256.slice(0, SHORT_HASH),
  pdf: `${base}/phien-ban/${version.version}.pdf`,
  word: `${base}/phien-ban/${version.version}.docx`,
  sheet: `${base}/phien-ban/${version.version}.xlsx`,
})

/** Conditions that only the form itself can meet are not listed beside it. */
const OF_THE_FORM = ['numberMissing', 'positionMissing', 'dateWrong', 'reasonMissing']

const EMPTY: { readonly [K in AnnualEvent['type']]: Extract<AnnualEvent, { type: K }> } = {
  propose: { type: 'propose' },
  giveBack: { type: 'giveBack', reason: '' },
  sign: { type: 'sign', number: '', date: '', position: '' },
  send: { type: 'send' },
  revise: { type: 'revise', reason: '' },
}

const SLUGS: Readonly<Record<AnnualEvent['type'], string>> = {
  propose: 'trinh',
  giveBack: 'tra-lai',
  sign: 'ky',
  send: 'gui',
  revise: 'sua-doi',
}

function stepsOf({ actor, report, draft, today, tables }: AnnualView, base: string): Partial<AnnualPage> {
  if (!draft) return {}
  const step = (type: AnnualEvent['type']): StepView | undefined =>
    mayOnAnnual[type](actor, report) && isPossible(annualLife, report.state, draft.facts, type)
      ? {
          action: `${base}/${SLUGS[type]}`,
          label: annualLife.eventNames[type],
          unmet: unmetOf(annualConditions, draft.facts, EMPTY[type]).filter(({ code }) => !OF_THE_FORM.includes(code)),
        }
      : undefined
  const [propose, giveBack, sign, send, revise] = [
    step('propose'),
    step('giveBack'),
    step('sign'),
    step('send'),
    step('revise'),
  ]
  const said = propose?.unmet ?? []
  const more = sign?.unmet.filter(({ code }) => !said.some(each => each.code === code)) ?? []
  const unmetHeading = said.length > 0 ? 'Còn thiếu thêm để ký' : 'Còn thiếu để ký'
  const ofProvince = tables.some(({ id }) => id === 'P1')
  const position = ofProvince ? 'GIÁM ĐỐC' : 'CHỦ TỊCH'
  const numberHint = ofProvince ? 'Ví dụ 125/BC-SGDĐT' : 'Ví dụ 125/BC-UBND'
  return {
    ...(propose && { propose }),
    ...(giveBack && { giveBack }),
    ...(sign && { sign: { ...sign, unmet: more, unmetHeading, numberHint, today, position } }),
    ...(send && { send }),
    ...(revise && { revise }),
  }
}
