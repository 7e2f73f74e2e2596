import type { Actor } from '../kernel/actor.ts'
import { printDay } from '../kernel/dates.ts'
import type { Assessment } from './assessment.ts'
import type { CriteriaSet } from '../catalogue/index.ts'
import { mayOnSheet } from './assessment-policy.ts'
import { mayConfirm, unreviewedParts } from './confirm-review.ts'
import { CRITERION_STATE_NAMES, type CriterionState } from './criterion-machine.ts'
import { whyNot } from './group-rights-words.ts'
import { assessmentHref, sheetHref } from './links.ts'
import type { CitedEvidence } from './needs.ts'
import type { DrawerText } from './drawer-store.ts'
import { toLabels } from './sheet-labels.ts'
import { placeOf } from './open-sheet.ts'
import { stampOf } from './sheet-now.ts'
import { closingParts, levelModels, selfTable } from './sheet-parts.ts'
import { sheetSide, type SideInput } from './sheet-side.ts'
import { WITH_GROUP } from './criterion-conditions.ts'
import { isWritable, placesToReturn, stepsOffered, whyReadOnly } from './sheet-steps.ts'
import { sheetTree, type Tone, type TreeEntry } from './sheet-tree.ts'
import type { Sheet, SheetAction, SheetPin } from './sheet.ts'

const STATE_TONES: Readonly<Record<CriterionState, Tone>> = {
  assigned: 'grey',
  analysing: 'blue',
  drafting: 'blue',
  groupReview: 'orange',
  councilReview: 'orange',
  agreed: 'green',
  frozen: 'green',
}

/** Everything that the sheet screen shows. `pin` holds the words that count once the sheet has left its group. */
export function sheetPage(
  input: SideInput & {
    readonly pin?: SheetPin | undefined
    /** What waits in the drawer and this person may read. */
    readonly oldTexts?: readonly DrawerText[] | undefined
  },
) {
  const { actor, open, sheet, evidence, facts } = input
  const { assessment, set, decision, asked } = open
  const writable = isWritable(actor, open)
  const shown = WITH_GROUP.includes(decision.state) || !input.pin ? sheet : pinned(sheet, input.pin)
  const levels = levelModels(open, shown, evidence)
  const closing = closingParts(open, shown, evidence)
  const tree = sheetTree(assessment, set, decision.code)
  const around = neighbours(tree.flatMap(branch => branch.entries))
  const base = sheetHref(assessment.id, decision.code)
  const isClause = asked.standard.code === '22'
  return {
    wide: true,
    ownHeading: true,
    breadcrumbs: [
      { label: `Tự đánh giá ${assessment.year.replace('-', '–')}`, href: assessmentHref(assessment.id) },
      { label: isClause ? asked.standard.title : `Tiêu chuẩn ${asked.standard.code}. ${asked.standard.title}` },
    ],
    heading: isClause ? `Mức 4, khoản ${decision.code.split('.')[1] ?? ''}` : `Tiêu chí ${decision.code}`,
    title: asked.local ? `${asked.title} (địa phương)` : asked.title,
    code: decision.code,
    base,
    person: actor.personId,
    sheetKey: sheet.id,
    writable,
    mayConfirm: mayConfirm(actor, assessment, decision.code, input.today),
    unreviewed: unreviewedParts([sheet]),
    oldTexts: {
      count: input.oldTexts?.length ?? 0,
      href: `${assessmentHref(assessment.id)}/noi-dung-cu?phieu=${decision.code}`,
      near: (input.oldTexts ?? [])
        .filter(({ near }) => near.includes(decision.code))
        .map(({ label, text }) => ({ label, text: toLabels(text, evidence) })),
    },
    confirmHref: `${base}/ra-soat`,
    readOnlyBecause: writable ? '' : whyReadOnly(actor, open, input.today),
    handInNote: writable ? (whyNot(assessment, actor.personId, decision.code, 'handIn', input.today) ?? '') : '',
    state: { label: CRITERION_STATE_NAMES[decision.state], tone: STATE_TONES[decision.state] },
    tree,
    myGroups: JSON.stringify(groupsOf(actor, assessment)),
    ...around,
    levels,
    strengths: closing.slice(0, 1),
    weaknesses: closing.slice(1, 2),
    improvement: closing.slice(2),
    actions: {
      action: `${base}/hanh-dong`,
      rev: sheet.rev,
      rows: shown.actions.map(rowOf),
      blank: EMPTY_ROW,
    },
    table: selfTable(levels),
    side: sheetSide({ ...input, sheet: shown }),
    steps: stepsOffered(actor, open, facts),
    places: placesToReturn([...levels.flatMap(level => level.indicators.map(each => each.part)), ...closing]),
    councilSize: facts.councilSize,
    historyHref: `${base}/lich-su`,
    analysisHref: `${base}/phan-tich`,
    stateHref: `${base}/trang-thai`,
    sideHref: `${base}/ben-canh`,
    searchHref: `/danh-gia/${assessment.id}/minh-chung/tim?tieuchi=${decision.code}`,
    quickHref: `/danh-gia/${assessment.id}/minh-chung/nhanh`,
    /** Items of this criterion: the picker works with these when the connection is lost. */
    nearby: JSON.stringify(nearby(decision.code, evidence)),
    stamp: stampOf(open, sheet, input.others),
  }
}

export type SheetPage = ReturnType<typeof sheetPage>

const pinned = (sheet: Sheet, pin: SheetPin): Sheet => ({
  ...sheet,
  parts: Object.fromEntries(
    Object.entries(pin.parts).map(([key, text]) => {
      const now = sheet.parts[key]
      return [key, { rev: 0, by: '', name: '', at: pin.at, since: pin.at, ...now, text }]
    }),
  ),
  actions: pin.actions,
})

const nearby = (code: string, evidence: ReadonlyMap<string, CitedEvidence>) =>
  [...evidence.values()]
    .filter(item => item.criterion === code)
    .map(({ id, label, name, state, criterion }) => ({ id, label, name, state, criterion }))

const groupsOf = (actor: Actor, assessment: Assessment): readonly string[] => [
  ...new Set(
    actor.seats
      .filter(seat => seat.unitId === assessment.schoolId && seat.year === assessment.year)
      .flatMap(seat => seat.groupId ?? []),
  ),
]

function neighbours(entries: readonly TreeEntry[]) {
  const at = entries.findIndex(entry => entry.current)
  const [previous, next] = [entries[at - 1], entries[at + 1]]
  return {
    previous: previous && { href: previous.href, label: `${previous.code}. ${previous.title}` },
    next: next && { href: next.href, label: `${next.code}. ${next.title}` },
  }
}

const rowOf = (action: SheetAction) => ({
  ...action,
  from: action.from ?? '',
  to: action.to ?? '',
  when: [action.from, action.to].flatMap(day => (day === undefined ? [] : printDay(day))).join(' – '),
})

const EMPTY_ROW = {
  id: '',
  what: '',
  who: '',
  from: '',
  to: '',
  resources: '',
  cost: '',
  expected: '',
  weakness: '',
  when: '',
}

/** The sheet that this person should open first: own work, then what waits for a decision of theirs, else the first. */
export function nextSheet(actor: Actor, assessment: Assessment, set: CriteriaSet, today: string): string | undefined {
  const entries = sheetTree(assessment, set, '').flatMap(branch => branch.entries)
  const decisions = entries.flatMap(
    entry => Object.values(assessment.criteria).find(each => each.code === entry.code) ?? [],
  )
  const waits = (states: readonly CriterionState[], deed: keyof typeof mayOnSheet): string | undefined =>
    decisions.find(
      decision => states.includes(decision.state) && mayOnSheet[deed](actor, placeOf(assessment, decision, today)),
    )?.code
  return (
    waits(['groupReview'], 'confirm') ??
    waits(['drafting', 'analysing', 'assigned'], 'write') ??
    waits(['councilReview'], 'agree') ??
    entries[0]?.code
  )
}
