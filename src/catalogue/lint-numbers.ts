import type { Band } from './criteria-set.ts'
import { namesIn, parseFormula } from './formula.ts'
import { appliesKey, placedCriteria, placedQuotas, placedStandards, placedThresholds, repeated } from './lint-places.ts'
import type { Found, LintRule } from './linter.ts'

/** Rules about numbers: thresholds, points, bands, quotas and their formulas. */
export const numberRules: readonly LintRule[] = [
  {
    id: 'dangling-threshold',
    severity: 'error',
    says: 'Ngưỡng số trỏ tới một mức và một chỉ báo có thật.',
    check: set =>
      placedThresholds(set)
        .filter(
          ({ node, criterion }) =>
            !criterion.levels.some(
              demand => demand.level === node.level && demand.indicators.some(one => one.code === node.indicator),
            ),
        )
        .map(({ node, path, place }) => ({
          path,
          place,
          message: `Không có chỉ báo ${node.indicator} ở Mức ${node.level} của tiêu chí này.`,
        })),
  },
  {
    id: 'duplicate-threshold',
    severity: 'error',
    says: 'Mỗi ngưỡng (khóa, mức, chỉ báo, phạm vi) chỉ ghi một lần.',
    check: set =>
      placedCriteria(set).flatMap(({ node: criterion }) =>
        repeated(
          placedThresholds(set).filter(at => at.criterion === criterion),
          ({ node }) => [node.key, node.level, node.indicator, appliesKey(node.appliesTo)].join('/'),
        ).map(({ path, place }) => ({ path, place, message: 'Ngưỡng này đã ghi ở trên.' })),
      ),
  },
  {
    id: 'unverified-binding-threshold',
    severity: 'error',
    says: 'Ngưỡng chưa đối chiếu văn bản gốc chỉ được cảnh báo, không được chặn.',
    check: set =>
      placedThresholds(set)
        .filter(({ node }) => node.binding === true && node.verification === 'unverified')
        .map(({ path, place }) => ({ path, place, message: 'Ngưỡng chưa đối chiếu mà đặt là bắt buộc.' })),
  },
  {
    id: 'unverified-hard-rule',
    severity: 'error',
    says: 'Hệ quả chưa đối chiếu của điều kiện bắt buộc chỉ được cảnh báo.',
    check: set =>
      set.pointsRules?.mandatory?.effect === 'holdAtLowest' && set.pointsRules.mandatory.verification === 'unverified'
        ? [
            {
              path: ['pointsRules', 'mandatory'],
              place: 'Điều kiện bắt buộc',
              message: 'Quy tắc giữ ở mức thấp nhất chưa đối chiếu văn bản gốc; dùng warnOnly.',
            },
          ]
        : [],
  },
  {
    id: 'standard-points-sum',
    severity: 'error',
    says: 'Điểm tối đa của các tiêu chí cộng đúng bằng điểm của nhóm.',
    check: set =>
      set.rating !== 'points'
        ? []
        : placedStandards(set).flatMap(({ node, path, place }) => {
            const due = node.maxPoints ?? set.pointsRules?.totalPerStandard ?? 0
            const sum = total(node.criteria.map(({ points }) => (points?.kind === 'scored' ? points.max : 0)))
            return sum === due ? [] : [{ path, place, message: `Các tiêu chí cộng được ${sum} điểm, phải là ${due}.` }]
          }),
  },
  {
    id: 'item-points-sum',
    severity: 'error',
    says: 'Điểm các nội dung chấm cộng đúng bằng điểm tối đa của tiêu chí.',
    check: set =>
      placedCriteria(set).flatMap(({ node, path, place }) => {
        const items = node.points?.items ?? []
        const sum = total(items.map(item => item.max))
        return items.length === 0 || sum === node.points?.max
          ? []
          : [{ path, place, message: `Các nội dung cộng được ${sum} điểm, phải là ${node.points?.max ?? 0}.` }]
      }),
  },
  {
    id: 'duplicate-item-code',
    severity: 'error',
    says: 'Mỗi nội dung chấm có mã riêng.',
    check: set =>
      placedCriteria(set).flatMap(({ node, path, place }) =>
        repeated(node.points?.items ?? [], item => item.code).map(item => ({
          path,
          place,
          message: `Mã nội dung ${item.code} bị trùng.`,
        })),
      ),
  },
  {
    id: 'bands-not-covering',
    severity: 'error',
    says: 'Các khoảng điểm của mức nối nhau, không hở và không chồng.',
    check: set => [
      ...uncovered(set.pointsRules?.levels ?? {}, ['pointsRules', 'levels'], 'Mức của nhóm'),
      ...placedCriteria(set).flatMap(({ node, path, place }) =>
        uncovered(node.points?.bands ?? {}, [...path, 'points', 'bands'], place),
      ),
    ],
  },
  {
    id: 'bands-unknown',
    severity: 'warning',
    says: 'Khoảng điểm chưa biết để null thì không xếp mức cho tiêu chí.',
    check: set =>
      placedCriteria(set)
        .filter(({ node }) => Object.values(node.points?.bands ?? {}).includes(null))
        .map(({ path, place }) => ({ path, place, message: 'Chưa biết khoảng điểm của từng mức.' })),
  },
  {
    id: 'bad-formula',
    severity: 'error',
    says: 'Công thức chỉ gồm tên số liệu, số, + - * / và ngoặc; không có hàm.',
    check: set =>
      placedQuotas(set).flatMap(({ node, path, place }) => {
        const parsed = parseFormula(node.formula)
        return parsed.ok ? [] : [{ path, place, message: `Công thức sai: ${parsed.message}.` }]
      }),
  },
  {
    id: 'unknown-statistic',
    severity: 'error',
    says: 'Công thức chỉ dùng số liệu đã khai ở statistics.',
    check: set =>
      placedQuotas(set).flatMap(({ node, path, place }) => {
        const parsed = parseFormula(node.formula)
        const names = parsed.ok ? namesIn(parsed.formula) : []
        return names
          .filter(name => !(set.statistics ?? []).some(statistic => statistic.key === name))
          .map(name => ({ path, place, message: `Số liệu “${name}” chưa khai ở statistics.` }))
      }),
  },
  {
    id: 'duplicate-statistic',
    severity: 'error',
    says: 'Mỗi số liệu chỉ khai một lần.',
    check: set =>
      repeated(set.statistics ?? [], statistic => statistic.key).map(statistic => ({
        path: ['statistics'],
        place: 'Số liệu',
        message: `Số liệu ${statistic.key} khai hai lần.`,
      })),
  },
  {
    id: 'unknown-profile',
    severity: 'error',
    says: 'Định mức thuộc một bộ định mức đã khai ở profiles.',
    check: set =>
      placedQuotas(set)
        .filter(({ node }) => !(set.profiles ?? []).some(profile => profile.code === node.profile))
        .map(({ node, path, place }) => ({ path, place, message: `Không có bộ định mức ${node.profile}.` })),
  },
  {
    id: 'duplicate-quota',
    severity: 'error',
    says: 'Mỗi định mức (khóa, bộ, phạm vi) chỉ ghi một lần trong cả tệp.',
    check: set =>
      repeated(placedQuotas(set), ({ node }) => [node.key, node.profile, appliesKey(node.appliesTo)].join('/')).map(
        ({ path, place }) => ({ path, place, message: 'Định mức này đã ghi ở trên.' }),
      ),
  },
  {
    id: 'dangling-target',
    severity: 'error',
    says: 'Chỉ tiêu trỏ tới tiêu chí có thật.',
    check: set =>
      (set.targets ?? []).flatMap((target, at) =>
        target.criteria
          .filter(code => !placedCriteria(set).some(({ node }) => node.code === code))
          .map(code => ({
            path: ['targets', at],
            place: `Chỉ tiêu ${target.key}`,
            message: `Không có tiêu chí ${code}.`,
          })),
      ),
  },
]

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

/** The first band is open below, the last above; where one ends the next begins, and only one of them includes the mark. */
function uncovered(bands: Readonly<Record<string, Band | null>>, path: Found['path'], place: string): readonly Found[] {
  const known = Object.entries(bands).flatMap(([level, band]) => (band === null ? [] : [{ level, band }]))
  if (known.length < Object.keys(bands).length) return []
  const first = known[0]
  const last = known.at(-1)
  const ends = [
    ...(first && (first.band.above !== undefined || (first.band.min ?? 0) > 0)
      ? [{ path, place, message: `Điểm thấp hơn khoảng của mức ${first.level} không thuộc mức nào.` }]
      : []),
    ...(last && (last.band.max !== undefined || last.band.below !== undefined)
      ? [{ path, place, message: `Điểm cao hơn khoảng của mức ${last.level} không thuộc mức nào.` }]
      : []),
  ]
  const joints = known.slice(1).flatMap(({ level, band }, at) => {
    const before = known[at]?.band
    const joins =
      (before?.below !== undefined && before.below === band.min) ||
      (before?.max !== undefined && before.max === band.above)
    return joins ? [] : [{ path, place, message: `Khoảng điểm của mức ${level} không nối với mức ngay dưới.` }]
  })
  return [...ends, ...joints]
}
