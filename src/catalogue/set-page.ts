import type { Actor } from '../kernel/actor.ts'
import { printDay, printInstant } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { mayCatalogue } from './catalogue-policy.ts'
import {
  RATING_NAMES,
  bandWords,
  changeWords,
  comparisonWords,
  kindsWords,
  validityWords,
  verificationBadge,
} from './catalogue-words.ts'
import type { SetInYear } from './catalogue.ts'
import type { CriteriaSet } from './criteria-set.ts'
import { allCriteria, changesOf } from './criteria-tree.ts'
import { inForce } from './in-force.ts'
import { clauseView, criterionView, matches } from './set-nodes.ts'
import { isSwitchable, type YearTree } from './year-tree.ts'

export const SWITCH_WORDS = { on: 'ap-dung', off: 'khong-ap-dung' } as const

/** One set in one year as a tree; `search` keeps the criteria whose code, title, demands or evidence hold the words. */
export function setPage(actor: Actor, tree: YearTree, { version, switches }: SetInYear, search: string) {
  const { set, hash } = version
  const { year } = tree
  const force = inForce(set, year, switches)
  const standards = set.standards
    .map(standard => ({
      title: `${set.labels.standard} ${standard.code}. ${standard.title}`,
      criteria: standard.criteria
        .filter(criterion => matches(criterion, search))
        .map(criterion => criterionView(set, criterion, force)),
    }))
    .filter(standard => standard.criteria.length > 0)
  const found = standards.reduce((sum, standard) => sum + standard.criteria.length, 0)
  return {
    breadcrumbs: [{ label: 'Bộ tiêu chí', href: `/tieu-chi?nam=${year}` }],
    subtitle: `${set.instrument} · ${set.issuer} · ban hành ngày ${printDay(set.issued)}`,
    facts: factsOf(set, hash, year),
    notes: [...(set.note === undefined ? [] : [set.note]), ...(paraphrased(set) ? [PARAPHRASED] : [])],
    rules: rulesOf(set),
    profiles: (set.profiles ?? []).map(profile => [
      { text: profile.name, ...(profile.note !== undefined && { note: profile.note }) },
      profile.scope ?? '',
      { badge: verificationBadge(profile.verification) },
    ]),
    targets: (set.targets ?? []).map(target => [
      { text: target.label, ...(target.note !== undefined && { note: target.note }) },
      target.criteria.join(', '),
      target.value === null ? 'cơ quan quản lý tự đặt' : comparisonWords(target.op, target.value, 'percent'),
      target.source ?? '',
      { badge: verificationBadge(target.verification) },
    ]),
    year,
    pinned: tree.sets.some(one => one.hash === hash) ? undefined : hash,
    search,
    found: search === '' ? '' : `Tìm thấy ${found} trong ${allCriteria(set).length} tiêu chí.`,
    open: search !== '',
    standards,
    clauses: search === '' ? set.levelFour.map(clause => clauseView(clause, force)) : [],
    decisions: decisionsOf(actor, tree, set),
    amendments: set.amendments.map(({ instrument, from, issued, verification, notes }) => ({
      title: instrument,
      dates: [
        issued === undefined ? 'chưa rõ ngày ban hành' : `ban hành ${printDay(issued)}`,
        from === undefined ? 'chưa rõ ngày hiệu lực' : `hiệu lực từ ${printDay(from)}`,
      ].join(', '),
      badge: verificationBadge(verification),
      notes: notes.map(note => ({ text: `${note.target}: ${note.note}`, badge: verificationBadge(note.verification) })),
    })),
    related: set.relatedDocuments.map(document => [
      document.number,
      document.note === undefined ? document.subject : { text: document.subject, note: document.note },
      document.usedBy,
    ]),
  }
}

const PARAPHRASED =
  'Yêu cầu của chỉ báo viết dưới đây là phần tóm ý để tiện theo dõi; khi cần câu chữ chính xác, xin xem văn bản theo điều, khoản đã dẫn.'

/** Whether some demand still has no official wording pasted in. */
const paraphrased = (set: CriteriaSet): boolean =>
  allCriteria(set).some(({ levels }) =>
    levels.some(({ indicators }) => indicators.some(one => one.official === undefined)),
  )

/** How a points set makes a level of a group's points. */
function rulesOf(set: CriteriaSet) {
  const { pointsRules } = set
  if (!pointsRules) return []
  const names = pointsRules.levelNames ?? {}
  const levels = Object.entries(pointsRules.levels).map(([level, band]) => ({
    text: `Mức ${level}${names[level] === undefined ? '' : ` (${names[level]})`}: ${bandWords(band)} điểm.`,
    badge: verificationBadge(pointsRules.verification),
  }))
  const { mandatory } = pointsRules
  if (!mandatory) return levels
  const effect =
    mandatory.effect === 'holdAtLowest'
      ? 'Thiếu điều kiện bắt buộc thì nhóm giữ ở mức thấp nhất.'
      : 'Thiếu điều kiện bắt buộc thì chỉ nhắc, chưa hạ mức.'
  return [...levels, { text: effect, badge: verificationBadge(mandatory.verification) }]
}

const factsOf = (set: CriteriaSet, hash: string, year: WorkingYear) => [
  { term: 'Hiệu lực', text: validityWords(set) },
  { term: 'Loại trường', text: kindsWords(set.schoolKinds) },
  { term: 'Cách xếp', text: RATING_NAMES[set.rating] },
  { term: 'Năm học', text: year },
  { term: 'Phiên bản', text: hash.slice(0, 12), note: 'Mỗi đợt tự đánh giá giữ phiên bản có lúc mở đợt.' },
]

/** Unverified repeals that reach the year, what the Sở decided about each, and the buttons for those who may. */
function decisionsOf(actor: Actor, tree: YearTree, set: CriteriaSet) {
  const may = mayCatalogue.switchChange(actor, tree)
  return changesOf(set)
    .filter(({ change }) => isSwitchable(change, tree.year))
    .map(({ change, place }) => {
      const decided = tree.switches.find(one => one.setId === set.id && one.changeId === change.id)
      const step = (state: 'on' | 'off') => ({
        action: `/tieu-chi/${set.id}/thay-doi/${change.id}/${SWITCH_WORDS[state]}`,
        label: state === 'on' ? 'Áp dụng' : 'Không áp dụng',
        hidden: { year: tree.year, revision: tree.rev },
        reason: { label: 'Lý do, căn cứ', hint: 'Ví dụ: đã đọc văn bản gốc, số và trang Công báo.' },
      })
      return {
        place,
        what: changeWords(change),
        note: change.note,
        badge:
          decided === undefined
            ? { label: 'chờ Sở quyết định', tone: 'orange' }
            : decided.state === 'on'
              ? { label: 'Sở áp dụng', tone: 'green' }
              : { label: 'Sở không áp dụng', tone: 'grey' },
        decided:
          decided === undefined ? undefined : `${decided.by.name}, ${printInstant(decided.at)}: ${decided.reason}`,
        steps: may ? (['on', 'off'] as const).filter(state => state !== decided?.state).map(step) : [],
      }
    })
}
