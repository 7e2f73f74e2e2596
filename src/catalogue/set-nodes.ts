import { printNumber, searchKey } from '../kernel/words.ts'
import {
  appliesWords,
  bandWords,
  changeWords,
  comparisonWords,
  confidenceBadge,
  kindsWords,
  verificationBadge,
  windowWords,
} from './catalogue-words.ts'
import type { Change, CriteriaSet, Criterion, LevelFourClause } from './criteria-set.ts'
import { clauseKey, clauseWords, criterionKey, indicatorKey } from './criteria-tree.ts'
import type { InForce } from './in-force.ts'

/** One criterion as the tree shows it: words, badges and marks of changes. */
export function criterionView(set: CriteriaSet, criterion: Criterion, force: InForce) {
  const { code } = criterion
  return {
    id: `tc-${code}`,
    title: `${set.labels.criterion} ${code}. ${criterion.title}`,
    badge: confidenceBadge(criterion.confidence),
    dropped: force.dropped.has(criterionKey(code)),
    applies: criterion.appliesTo === undefined ? undefined : `Áp dụng cho: ${kindsWords(criterion.appliesTo)}`,
    note: criterion.note,
    changes: criterion.changes.map(change => changeView(change, force.dropped.has(criterionKey(code)))),
    levels: criterion.levels.map(demand => ({
      title: `Mức ${demand.level}`,
      badge: verificationBadge(demand.verification),
      items: demand.indicators.map(indicator => {
        const dropped = force.dropped.has(indicatorKey(code, demand.level, indicator.code))
        return {
          letter: indicator.lettered ? `${indicator.code})` : '',
          text: indicator.official ?? indicator.gist,
          cite: indicator.official === undefined ? indicator.cite : `${indicator.cite} · nguyên văn`,
          dropped,
          changes: indicator.changes.map(change => changeView(change, dropped)),
        }
      }),
    })),
    thresholds: thresholdRows(set, criterion),
    points: pointsView(criterion),
    quotas: quotaRows(set, criterion),
    evidence: criterion.typicalEvidence,
  }
}

/** One clause of the fourth level. */
export function clauseView(clause: LevelFourClause, force: InForce) {
  const dropped = force.dropped.has(clauseKey(clause.code))
  return {
    title: clauseWords(clause),
    text: clause.gist,
    badge: verificationBadge(clause.verification),
    dropped,
    changes: clause.changes.map(change => changeView(change, dropped)),
  }
}

/** Whether a criterion holds the words looked for in this order, marks and case aside. */
export function matches(criterion: Criterion, search: string): boolean {
  const wanted = searchKey(search)
  if (wanted === '') return true
  const texts = [
    criterion.code,
    criterion.title,
    criterion.note ?? '',
    criterion.points?.gist ?? '',
    ...criterion.levels.flatMap(demand => demand.indicators.flatMap(one => [one.gist, one.official ?? '', one.cite])),
    ...(criterion.points?.items ?? []).map(item => item.gist),
    ...criterion.thresholds.map(threshold => threshold.label),
    ...criterion.typicalEvidence,
  ]
  return texts.some(text => searchKey(text).includes(wanted))
}

const changeView = (change: Change, dropped: boolean) => ({
  text: changeWords(change),
  note: change.note,
  badge: verificationBadge(change.standing),
  result: change.effect === 'repealed' ? (dropped ? 'Không xét trong năm học này.' : 'Vẫn xét trong năm học này.') : '',
})

const thresholdRows = (set: CriteriaSet, criterion: Criterion) =>
  criterion.thresholds.map(threshold => [
    { text: threshold.label, note: windowWords(threshold) },
    `Mức ${threshold.level}, ${threshold.indicator}`,
    appliesWords(set, threshold.appliesTo),
    comparisonWords(threshold.op, threshold.value, threshold.unit),
    { badge: verificationBadge(threshold.verification) },
  ])

const quotaRows = (set: CriteriaSet, criterion: Criterion) =>
  (criterion.quotas ?? []).map(quota => [
    { text: quota.label, note: quota.formula },
    set.profiles?.find(profile => profile.code === quota.profile)?.name ?? quota.profile,
    appliesWords(set, quota.appliesTo),
    comparisonWords(quota.op, quota.value, quota.unit),
    { badge: verificationBadge(quota.verification) },
  ])

function pointsView(criterion: Criterion) {
  const { points } = criterion
  if (!points) return undefined
  return {
    kind: points.kind === 'mandatory' ? 'Điều kiện bắt buộc' : `Tối đa ${printNumber(points.max)} điểm`,
    badge: verificationBadge(points.maxVerification),
    gist: points.gist,
    items: points.items.map(item => [
      item.code,
      item.gist,
      printNumber(item.max),
      { badge: verificationBadge(item.verification) },
    ]),
    bands: Object.entries(points.bands)
      .map(([level, band]) => `Mức ${level}: ${bandWords(band)}`)
      .join('; '),
  }
}
