import type { Actor } from '../kernel/actor.ts'
import { printInstant } from '../kernel/dates.ts'
import { shiftYear } from '../kernel/working-year.ts'
import { kindsWords, RATING_NAMES } from './catalogue-words.ts'
import type { CriteriaSet, CriteriaVersion } from './criteria-set.ts'
import { diffNodes, type NodeChange, type NodeDiff } from './part-diff.ts'
import { regimesIn } from './regimes.ts'
import { isProvinces } from './tree-draft.ts'
import { nodeHref, versionFactsOf, type Desk, type DeskSet } from './tree-desk.ts'
import { mayTree } from './tree-policy.ts'
import { TREE_VERSION_STATES, treeVersionConditions } from './year-tree-machine.ts'
import type { UnitsMayAdd } from './year-tree.ts'

const MAY_ADD: Readonly<Record<UnitsMayAdd, string>> = {
  nothing: 'Không bổ sung gì',
  guidance: 'Hướng dẫn, minh chứng và hạn',
  criteria: 'Cả tiêu chuẩn, tiêu chí, chỉ báo địa phương',
}

/** What a unit below the Sở reads of the same choice. */
const UNIT_NOTES: Readonly<Record<UnitsMayAdd, string>> = {
  nothing: 'Sở không mở phần bổ sung của đơn vị cho năm học này: cây của Sở áp dụng nguyên vẹn.',
  guidance: 'Sở cho phép đơn vị bổ sung hướng dẫn, minh chứng và hạn.',
  criteria: 'Sở cho phép đơn vị bổ sung cả tiêu chuẩn, tiêu chí, chỉ báo địa phương.',
}

export const CHANGE_BADGES: Readonly<Record<NodeChange, { readonly label: string; readonly tone: string }>> = {
  added: { label: 'thêm', tone: 'green' },
  changed: { label: 'đổi nội dung', tone: 'blue' },
  gone: { label: 'bỏ', tone: 'red' },
  kept: { label: 'giữ nguyên', tone: 'grey' },
}

/** What else the page shows: names, versions to choose from, and what last year and this year had in force. */
export interface DeskSurroundings {
  readonly unitName: string
  readonly choices: readonly CriteriaVersion[]
  /** The unit prepared something last year that can be copied. */
  readonly hasLastDraft: boolean
  /** By set id: what was in force last year, and what is in force now. */
  readonly lastYear: ReadonlyMap<string, CriteriaSet>
  readonly inForce: ReadonlyMap<string, CriteriaSet>
}

/** The desk of a unit's tree: frame, sets, what changed, versions, and the button that publishes. */
export function deskPage(actor: Actor, desk: Desk, around: DeskSurroundings) {
  const { draft, place, tree, yearClosed } = desk
  const { year, unitId } = draft
  const hidden = { year, revision: draft.rev }
  const base = `/cay-nam-hoc/${unitId}`
  const facts = versionFactsOf(desk)
  const lastYear = shiftYear(year, -1)
  const mayFrame = isProvinces(place) && mayTree.decideFrame(actor, place) && !yearClosed
  const mayChange = mayTree.advise(actor, place) && !yearClosed
  return {
    breadcrumbs: [{ label: 'Bộ tiêu chí', href: `/tieu-chi?nam=${year}` }],
    subtitle: `${around.unitName} · năm học ${year.replace('-', '–')}`,
    notes: notesOf(desk),
    sets: desk.sets.map(one => setRow(desk, one)),
    frame: mayFrame
      ? {
          action: `${base}/khung`,
          hidden,
          bases: around.choices.map(({ set, hash }) => ({
            value: hash,
            label: set.title,
            hint: `${set.instrument} · phiên bản ${hash.slice(0, 12)} · ${kindsWords(set.schoolKinds)}`,
          })),
          chosenBases: draft.bases,
          mayAdd: Object.entries(MAY_ADD).map(([value, label]) => ({ value, label })),
          unitsMayAdd: draft.unitsMayAdd,
          regimes: regimesIn(year).map(one => ({
            value: one.id,
            label: one.name,
            hint: `${one.basis}${one.unverified ? ' · chưa đối chiếu văn bản gốc' : ''}. ${one.transition}`,
          })),
          chosenRegimes: draft.regimes,
        }
      : undefined,
    copy:
      mayChange && around.hasLastDraft
        ? { action: `${base}/chep`, label: `Chép từ năm học ${lastYear}`, hidden, icon: 'history' }
        : undefined,
    copiedFrom: draft.copiedFrom === undefined ? '' : `Bản soạn này chép từ năm học ${draft.copiedFrom}.`,
    changes: desk.sets.flatMap(one => changesRows(one, around.inForce.get(one.base.set.id))),
    sinceLastYear: desk.sets.flatMap(one => {
      const before = around.lastYear.get(one.base.set.id)
      return before === undefined ? [] : changesRows(one, before)
    }),
    lastYear,
    publish:
      mayTree.publish(actor, place) && !yearClosed
        ? {
            action: `${base}/ban-hanh`,
            hidden,
            unmet: treeVersionConditions.publish?.(facts, { type: 'publish' }) ?? [],
            confirm:
              'Ban hành bản soạn này? Các trường mở đợt sau đó dùng phiên bản mới; đợt đang làm giữ phiên bản cũ.',
          }
        : undefined,
    versions: (tree.versions ?? []).toReversed().map(version => ({
      when: printInstant(version.at),
      what: `Phiên bản ${version.number}: ${TREE_VERSION_STATES[version.state].label.toLocaleLowerCase('vi')}`,
      who: version.by.name,
      detail: [version.note, ...version.sets.map(one => `${one.setId} ${one.hash.slice(0, 12)}`)]
        .filter(text => text !== '')
        .join(' · '),
    })),
  }
}

function notesOf({ place, yearClosed, tree, provinceTree, sets }: Desk): readonly string[] {
  const outdated = tree.sets.some(one => !provinceTree.sets.some(base => base.hash === one.basedOn))
  return [
    ...(yearClosed ? ['Năm học đã khóa: cây tiêu chí chỉ còn để xem.'] : []),
    ...(isProvinces(place) ? [] : [UNIT_NOTES[place.unitsMayAdd]]),
    ...(!isProvinces(place) && outdated && tree.sets.length > 0
      ? [
          'Sở đã ban hành phiên bản mới. Phần bổ sung của đơn vị tạm thời không áp dụng cho đợt mở mới; xin ban hành lại.',
        ]
      : []),
    ...(sets.length === 0 ? ['Sở chưa ban hành bộ tiêu chí nào cho năm học này.'] : []),
  ]
}

function setRow({ draft }: Desk, { base, part, findings }: DeskSet) {
  const errors = findings.filter(one => one.severity === 'error').length
  const added = part.nodes.filter(one => !one.retired).length
  const advised = part.advice.length
  return [
    { text: base.set.title, href: nodeHref(draft, base.set.id), note: `Phiên bản gốc ${base.hash.slice(0, 12)}` },
    base.set.instrument,
    RATING_NAMES[base.set.rating],
    added,
    advised,
    errors === 0 ? '' : { badge: { label: `${errors} lỗi`, tone: 'red' } },
  ]
}

const changesRows = ({ base, effective }: DeskSet, before: CriteriaSet | undefined) =>
  diffNodes(before, effective.set)
    .filter(one => one.change !== 'kept')
    .map(one => diffRow(base.set.instrument, one))

const diffRow = (instrument: string, { key, change, before, after }: NodeDiff) => [
  instrument,
  key,
  { badge: CHANGE_BADGES[change] },
  before,
  after,
]
