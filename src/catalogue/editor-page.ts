import type { Actor } from '../kernel/actor.ts'
import type { Criterion, Indicator, Standard } from './criteria-set.ts'
import { allCriteria } from './criteria-tree.ts'
import type { LocalKind, LocalNode } from './local-part.ts'
import { isProvinces } from './tree-draft.ts'
import { deskHref, nodeHref, type Desk, type DeskSet } from './tree-desk.ts'
import { mayTree } from './tree-policy.ts'

/** One line of the tree at the left, with the lines under it. */
export interface TreeLine {
  readonly key: string
  readonly label: string
  readonly href: string
  readonly current: boolean
  readonly local: boolean
  readonly retired: boolean
  readonly errors: number
  readonly open: boolean
  readonly children: readonly TreeLine[]
}

/** The editor of one set: the tree, the chosen node with its forms, and what the linter says at it. */
export function editorPage(actor: Actor, desk: Desk, one: DeskSet, key: string) {
  const { draft, place, yearClosed } = desk
  const { set } = one.base
  const shown = withRetired(one)
  const may = {
    advise: !yearClosed && mayTree.advise(actor, place),
    add: !yearClosed && mayTree.addNodes(actor, place) && set.rating === 'levels',
  }
  const chosen = chosenNode(one, shown, key)
  const action = `/cay-nam-hoc/${draft.unitId}/${set.id}`
  return {
    wide: true,
    breadcrumbs: [
      { label: 'Bộ tiêu chí', href: `/tieu-chi?nam=${draft.year}` },
      { label: `Cây năm học ${draft.year}`, href: deskHref(draft) },
    ],
    subtitle: `${set.instrument} · phiên bản gốc ${one.base.hash.slice(0, 12)}`,
    actions: [
      { label: 'Xem như trường', href: `${action}/xem-truoc?nam=${draft.year}`, icon: 'eye' },
      { label: 'Tải bảng tính', href: `${action}/bang-tinh.xlsx?nam=${draft.year}`, icon: 'download' },
      ...(may.add ? [{ label: 'Nhập bảng tính', href: `${action}/nhap?nam=${draft.year}`, icon: 'upload' }] : []),
    ],
    notes: set.rating === 'levels' ? [] : ['Bộ này chỉ nhận hướng dẫn, minh chứng và hạn; không thêm nút địa phương.'],
    tree: [
      {
        ...line(desk, one, key, { key: '', label: set.title, local: false, retired: false }),
        open: true,
        children: shown.map(standard => standardLine(desk, one, key, standard)),
      },
    ],
    node: chosen,
    findings: one.findings
      .filter(finding => finding.key === key)
      .map(({ severity, message }) => ({ message, tone: severity === 'error' ? 'danger' : 'warning' })),
    forms: formsOf(desk, one, chosen, may, action),
    elsewhere: one.findings
      .filter(finding => finding.key !== key && finding.severity === 'error')
      .map(finding => ({
        message: `${finding.key === '' ? 'Cả bộ' : finding.key}: ${finding.message}`,
        href: nodeHref(draft, set.id, finding.key),
      })),
  }
}

interface ShownStandard extends Standard {
  readonly criteria: readonly ShownCriterion[]
}
type ShownCriterion = Criterion & { readonly indicators: readonly (Indicator & { readonly level: string })[] }

/** The effective tree with retired nodes in it, so that they can be looked at and taken up again. */
function withRetired({ effective, part }: DeskSet): readonly ShownStandard[] {
  const retired = part.nodes.filter(node => node.retired)
  const under = (kind: LocalKind, parent: string): readonly LocalNode[] =>
    retired.filter(node => node.kind === kind && node.parent === parent)
  const criterion = (one: Criterion): ShownCriterion => ({
    ...one,
    indicators: [
      ...one.levels.flatMap(({ level, indicators }) => indicators.map(each => ({ ...each, level }))),
      ...under('indicator', one.code).map(node => ({ ...bareIndicator(node), level: node.level })),
    ],
  })
  const standards = [
    ...effective.set.standards,
    ...retired
      .filter(node => node.kind === 'standard')
      .map(node => ({ code: node.code, title: node.words, local: true as const, criteria: [] })),
  ]
  return standards.map(standard => ({
    ...standard,
    criteria: [...standard.criteria, ...under('criterion', standard.code).map(bareCriterion)].map(criterion),
  }))
}

const bareIndicator = ({ code, words }: LocalNode): Indicator => ({
  code,
  gist: words,
  cite: '',
  lettered: true,
  local: true,
  changes: [],
})

const bareCriterion = ({ code, words }: LocalNode): Criterion => ({
  code,
  title: words,
  local: true,
  confidence: 'high',
  levels: [],
  thresholds: [],
  typicalEvidence: [],
  changes: [],
})

type Named = Pick<TreeLine, 'key' | 'label' | 'local' | 'retired'>

const line = ({ draft }: Desk, { base, findings }: DeskSet, key: string, named: Named) => ({
  ...named,
  href: nodeHref(draft, base.set.id, named.key),
  current: named.key === key,
  errors: findings.filter(one => one.key === named.key && one.severity === 'error').length,
})

const isRetired = ({ part }: DeskSet, key: string): boolean =>
  part.nodes.some(node => node.key === key && node.retired !== undefined)

function standardLine(desk: Desk, one: DeskSet, key: string, standard: ShownStandard): TreeLine {
  const children = standard.criteria.map(criterion => {
    const lines = criterion.indicators.map(indicator => ({
      ...line(desk, one, key, {
        key: `${criterion.code}/${indicator.level}/${indicator.code}`,
        label: `Mức ${indicator.level} ${indicator.lettered ? `${indicator.code}) ` : ''}${short(indicator.official ?? indicator.gist)}`,
        local: indicator.local === true,
        retired: isRetired(one, `${criterion.code}/${indicator.level}/${indicator.code}`),
      }),
      open: false,
      children: [],
    }))
    return {
      ...line(desk, one, key, {
        key: criterion.code,
        label: `${criterion.code}. ${criterion.title}`,
        local: criterion.local === true,
        retired: isRetired(one, criterion.code),
      }),
      open: criterion.code === key || lines.some(each => each.current),
      children: lines,
    }
  })
  return {
    ...line(desk, one, key, {
      key: standard.code,
      label: `${standard.code}. ${standard.title}`,
      local: standard.local === true,
      retired: isRetired(one, standard.code),
    }),
    open: standard.code === key || children.some(each => each.current || each.open),
    children,
  }
}

const MOST_LETTERS = 70
const short = (text: string): string => (text.length <= MOST_LETTERS ? text : `${text.slice(0, MOST_LETTERS)}…`)

/** The chosen node in words. */
function chosenNode({ base, part }: DeskSet, shown: readonly ShownStandard[], key: string) {
  const { labels } = base.set
  const local = part.nodes.find(node => node.key === key)
  const standard = shown.find(one => one.code === key)
  const criterion = shown.flatMap(one => one.criteria).find(one => one.code === key)
  const [code = '', level = '', letter = ''] = key.split('/')
  const indicator = shown
    .flatMap(one => one.criteria)
    .find(one => one.code === code)
    ?.indicators.find(one => one.level === level && one.code === letter)
  const kind: LocalKind | 'set' = standard ? 'standard' : criterion ? 'criterion' : indicator ? 'indicator' : 'set'
  const titles = {
    set: base.set.title,
    standard: `${labels.standard} ${key}`,
    criterion: `${labels.criterion} ${key}`,
    indicator: `${labels.criterion} ${code}, Mức ${level}, ${labels.indicator.toLocaleLowerCase('vi')} ${letter}`,
  }
  const advice = part.advice.find(one => one.criterion === key)
  const above = allCriteria(base.set).find(one => one.code === key)
  return {
    kind,
    key: kind === 'set' ? '' : key,
    title: titles[kind],
    words: local?.words ?? standard?.title ?? criterion?.title ?? indicator?.official ?? indicator?.gist ?? '',
    cite: indicator?.cite ?? '',
    local,
    localBadge:
      local && (local.retired ? { label: 'đã thôi dùng', tone: 'grey' } : { label: 'địa phương', tone: 'blue' }),
    since:
      local === undefined
        ? ''
        : `Có từ năm học ${local.since}.${local.retired ? ` Thôi dùng từ năm học ${local.retired.year}: ${local.retired.reason}` : ''}`,
    typicalEvidence: criterion?.typicalEvidence ?? [],
    advice: {
      rev: advice?.rev ?? 0,
      guidance: advice?.guidance ?? '',
      good: (advice?.goodEvidence ?? []).join('\n'),
      required: (advice?.requiredEvidence ?? []).join('\n'),
      due: (advice?.due ?? '').split('-').toReversed().join('/'),
    },
    /** What the unit above already says, shown beside the form. */
    fromAbove: above?.guidance ?? '',
  }
}

function formsOf(
  desk: Desk,
  one: DeskSet,
  node: ReturnType<typeof chosenNode>,
  may: { readonly advise: boolean; readonly add: boolean },
  action: string,
) {
  const { local, kind, key } = node
  const hidden = { year: desk.draft.year, revision: local?.rev ?? 0, key }
  const live = local === undefined || local.retired === undefined
  return {
    rewrite: may.add && local && live ? { action: `${action}/sua`, hidden } : undefined,
    move: may.add && local && live ? { action: `${action}/chuyen`, hidden } : undefined,
    remove: may.add && local && live && !one.published.has(key) ? { action: `${action}/xoa`, hidden } : undefined,
    retire:
      may.add && local && live && one.published.has(key)
        ? { action: `${action}/thoi-dung`, label: 'Thôi dùng', hidden, reason: { label: 'Lý do thôi dùng' } }
        : undefined,
    restore: may.add && local && !live ? { action: `${action}/dung-lai`, label: 'Dùng lại', hidden } : undefined,
    advise:
      may.advise && kind === 'criterion' && live
        ? { action: `${action}/huong-dan`, hidden: { year: desk.draft.year, revision: node.advice.rev, key } }
        : undefined,
    add: may.add && live && kind !== 'indicator' ? addForm(desk, kind, key, action) : undefined,
    whyNot: may.advise ? '' : whyNot(desk),
  }
}

const ADD_LABELS = {
  set: 'Thêm tiêu chuẩn địa phương',
  standard: 'Thêm tiêu chí địa phương',
  criterion: 'Thêm chỉ báo địa phương',
} as const
const CHILD_OF = { set: 'standard', standard: 'criterion', criterion: 'indicator' } as const

const addForm = ({ draft }: Desk, kind: keyof typeof CHILD_OF, key: string, action: string) => ({
  action: `${action}/them`,
  title: ADD_LABELS[kind],
  hidden: { year: draft.year, revision: 0, kind: CHILD_OF[kind], parent: key },
  levels: kind === 'criterion' ? ['1', '2', '3'].map(level => ({ value: level, label: `Mức ${level}` })) : [],
})

const whyNot = ({ yearClosed, place }: Desk): string =>
  yearClosed
    ? 'Năm học đã khóa nên cây tiêu chí chỉ còn để xem.'
    : isProvinces(place)
      ? 'Chỉ Sở sửa cây tiêu chí của Sở; bạn đang xem.'
      : 'Trong năm học này Sở không cho đơn vị bổ sung, hoặc bạn không làm việc ở đơn vị này.'
