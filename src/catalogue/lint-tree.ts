import { compareCodes } from '../kernel/words.ts'
import type { CriteriaSet } from './criteria-set.ts'
import { CRITERION_LEVELS, changesOf, clausePlace } from './criteria-tree.ts'
import {
  placedCriteria,
  placedDemands,
  placedIndicators,
  placedStandards,
  placedThresholds,
  repeated,
  type Placed,
} from './lint-places.ts'
import type { Found, LintRule } from './linter.ts'

const found = ({ path, place }: Omit<Placed<unknown>, 'node'>, message: string): Found => ({ path, place, message })

/** Rules about the tree itself: codes, order, levels, citations, changes. */
export const treeRules: readonly LintRule[] = [
  {
    id: 'duplicate-standard-code',
    severity: 'error',
    says: 'Mỗi mã tiêu chuẩn chỉ dùng một lần.',
    check: set =>
      repeated(placedStandards(set), at => at.node.code).map(at => found(at, `Mã ${at.node.code} bị trùng.`)),
  },
  {
    id: 'duplicate-criterion-code',
    severity: 'error',
    says: 'Mỗi mã tiêu chí chỉ dùng một lần trong cả bộ.',
    check: set =>
      repeated(placedCriteria(set), at => at.node.code).map(at => found(at, `Mã ${at.node.code} bị trùng.`)),
  },
  {
    id: 'duplicate-level',
    severity: 'error',
    says: 'Mỗi mức của một tiêu chí chỉ ghi một lần.',
    check: set =>
      placedCriteria(set).flatMap(({ node }) =>
        repeated(
          placedDemands(set).filter(at => at.criterion === node),
          at => at.node.level,
        ).map(at => found(at, `Mức ${at.node.level} ghi hai lần.`)),
      ),
  },
  {
    id: 'duplicate-indicator-code',
    severity: 'error',
    says: 'Mỗi mã chỉ báo chỉ dùng một lần trong một mức của tiêu chí.',
    check: set =>
      placedDemands(set).flatMap(demand =>
        repeated(demand.node.indicators, indicator => indicator.code).map(indicator =>
          found(demand, `Mã chỉ báo ${indicator.code} bị trùng.`),
        ),
      ),
  },
  {
    id: 'duplicate-clause-code',
    severity: 'error',
    says: 'Mỗi khoản của Mức 4 chỉ ghi một lần.',
    check: set =>
      repeated(clausesOf(set), at => at.node.code).map(at => found(at, `Mã khoản ${at.node.code} bị trùng.`)),
  },
  {
    id: 'codes-out-of-order',
    severity: 'warning',
    says: 'Tiêu chuẩn, tiêu chí, mức, chỉ báo và khoản xếp theo thứ tự mã.',
    check: set => [
      ...backward(placedStandards(set), at => at.node.code),
      ...backward(clausesOf(set), at => at.node.code),
      ...set.standards.flatMap(standard =>
        backward(
          placedCriteria(set).filter(at => at.standard === standard),
          at => at.node.code,
        ),
      ),
      ...placedCriteria(set).flatMap(({ node }) =>
        backward(
          placedDemands(set).filter(at => at.criterion === node),
          at => at.node.level,
        ),
      ),
      ...placedDemands(set).flatMap(({ node }) =>
        backward(
          placedIndicators(set).filter(at => at.demand === node),
          at => at.node.code,
        ),
      ),
    ],
  },
  {
    id: 'criterion-not-under-standard',
    severity: 'error',
    says: 'Mã tiêu chí bắt đầu bằng mã tiêu chuẩn chứa nó.',
    check: set =>
      placedCriteria(set)
        .filter(at => !at.node.code.startsWith(`${at.standard.code}.`))
        .map(at => found(at, `Mã ${at.node.code} không thuộc tiêu chuẩn ${at.standard.code}.`)),
  },
  {
    id: 'standard-without-criteria',
    severity: 'error',
    says: 'Mỗi tiêu chuẩn có ít nhất một tiêu chí.',
    check: set =>
      placedStandards(set)
        .filter(at => at.node.criteria.length === 0)
        .map(at => found(at, 'Tiêu chuẩn chưa có tiêu chí nào.')),
  },
  {
    id: 'criterion-without-demand',
    severity: 'error',
    says: 'Mỗi tiêu chí có yêu cầu đúng loại của bộ: mức, điểm hoặc định mức.',
    check: set =>
      placedCriteria(set)
        .filter(({ node }) => {
          if (set.rating === 'levels') return node.levels.length === 0
          return set.rating === 'points' ? node.points === undefined : (node.quotas ?? []).length === 0
        })
        .map(at => found(at, 'Tiêu chí không có yêu cầu nào để đánh giá.')),
  },
  {
    id: 'unknown-level',
    severity: 'error',
    says: 'Tiêu chí chỉ có yêu cầu ở Mức 1, 2, 3; Mức 4 ghi ở levelFour.',
    check: set =>
      placedDemands(set)
        .filter(at => !CRITERION_LEVELS.some(level => String(level) === at.node.level))
        .map(at => found(at, `Không có Mức ${at.node.level} cho tiêu chí.`)),
  },
  {
    id: 'empty-level',
    severity: 'error',
    says: 'Mức đã ghi ra thì có ít nhất một chỉ báo.',
    check: set =>
      placedDemands(set)
        .filter(at => at.node.indicators.length === 0)
        .map(at => found(at, 'Mức không có chỉ báo nào; nếu không có yêu cầu riêng thì bỏ mức này.')),
  },
  {
    id: 'level-gap',
    severity: 'warning',
    says: 'Tiêu chí có yêu cầu ở mức cao thì thường có ở mọi mức thấp hơn.',
    check: set =>
      placedCriteria(set).flatMap(at => {
        const own = at.node.levels.map(demand => Number(demand.level))
        const highest = Math.max(0, ...own)
        return CRITERION_LEVELS.filter(level => level < highest && !own.includes(level)).map(level =>
          found(at, `Có Mức ${highest} mà không có Mức ${level}; cần đối chiếu văn bản gốc.`),
        )
      }),
  },
  {
    id: 'unlettered-among-others',
    severity: 'error',
    says: 'Chỉ báo không đánh chữ phải là chỉ báo duy nhất của mức.',
    check: set =>
      placedIndicators(set)
        .filter(at => !at.node.lettered && at.demand.indicators.filter(one => !one.local).length > 1)
        .map(at => found(at, 'Chỉ báo không đánh chữ đứng chung mức với chỉ báo khác.')),
  },
  {
    id: 'missing-level-four',
    severity: 'warning',
    says: 'Bộ xếp theo mức có các khoản của Mức 4.',
    check: set =>
      set.rating === 'levels' && set.levelFour.length === 0
        ? [{ path: ['levelFour'], place: 'Mức 4', message: 'Chưa có khoản nào, nên không trường nào đạt được Mức 4.' }]
        : [],
  },
  {
    id: 'no-school-kind',
    severity: 'error',
    says: 'Bộ tiêu chí nêu loại trường áp dụng.',
    check: set =>
      set.schoolKinds.length === 0
        ? [{ path: ['schoolKinds'], place: 'Đầu tệp', message: 'Chưa nêu loại trường nào áp dụng bộ này.' }]
        : [],
  },
  {
    id: 'school-kind-outside-set',
    severity: 'error',
    says: 'Tiêu chí chỉ áp dụng cho loại trường thuộc bộ.',
    check: set =>
      placedCriteria(set).flatMap(at =>
        (at.node.appliesTo ?? [])
          .filter(kind => !set.schoolKinds.includes(kind))
          .map(kind => found(at, `Loại trường ${kind} không thuộc bộ này.`)),
      ),
  },
  {
    id: 'missing-citation',
    severity: 'error',
    says: 'Mỗi chỉ báo và mỗi khoản dẫn Điều của văn bản.',
    check: set =>
      [...placedIndicators(set), ...clausesOf(set)]
        .filter(at => !('local' in at.node) && !/^Điều \d/.test(at.node.cite))
        .map(at => found(at, 'Chưa dẫn Điều, khoản, điểm của văn bản.')),
  },
  {
    id: 'duplicate-change-id',
    severity: 'error',
    says: 'Mỗi thay đổi có mã riêng, để Sở bật tắt từng thay đổi.',
    check: set =>
      repeated(changesOf(set), at => at.change.id).map(at => ({
        path: [],
        place: at.place,
        message: `Mã thay đổi ${at.change.id} đã dùng ở chỗ khác.`,
      })),
  },
  {
    id: 'change-before-set',
    severity: 'error',
    says: 'Thay đổi có hiệu lực sau ngày bộ tiêu chí có hiệu lực.',
    check: set =>
      changesOf(set)
        .filter(({ change }) => change.from <= set.validFrom)
        .map(({ change, place }) => ({
          path: [],
          place,
          message: `Thay đổi ${change.id} từ ${change.from}, trước khi bộ có hiệu lực (${set.validFrom}).`,
        })),
  },
  {
    id: 'change-without-amendment',
    severity: 'error',
    says: 'Văn bản của mỗi thay đổi có trong danh sách văn bản sửa đổi.',
    check: set =>
      changesOf(set)
        .filter(({ change }) => !set.amendments.some(amendment => amendment.instrument === change.instrument))
        .map(({ change, place }) => ({
          path: ['amendments'],
          place,
          message: `Văn bản ${change.instrument} của thay đổi ${change.id} không có trong danh sách sửa đổi.`,
        })),
  },
  {
    id: 'repealed-still-referenced',
    severity: 'warning',
    says: 'Không còn ngưỡng số gắn với chỉ báo chắc chắn đã bị bãi bỏ.',
    check: set =>
      placedThresholds(set)
        .filter(({ node, criterion }) =>
          criterion.levels
            .filter(demand => demand.level === node.level)
            .flatMap(demand => demand.indicators)
            .some(
              indicator =>
                indicator.code === node.indicator &&
                indicator.changes.some(change => change.effect === 'repealed' && change.standing === 'confirmed'),
            ),
        )
        .map(at => found(at, `Chỉ báo ${at.node.indicator} Mức ${at.node.level} đã bị bãi bỏ mà ngưỡng vẫn còn.`)),
  },
]

const clausesOf = (set: CriteriaSet): readonly Placed<CriteriaSet['levelFour'][number]>[] =>
  set.levelFour.map((node, at) => ({ node, path: ['levelFour', at], place: clausePlace(node) }))

/** Items whose code comes before that of the item above them. */
const backward = <Node>(items: readonly Placed<Node>[], codeOf: (item: Placed<Node>) => string): readonly Found[] =>
  items.flatMap((item, at) => {
    const before = items[at - 1]
    return before !== undefined && compare(codeOf(item), codeOf(before)) < 0
      ? [found(item, `Mã ${codeOf(item)} đứng sau ${codeOf(before)}.`)]
      : []
  })

const compare = (a: string, b: string): number => (/\d/.test(a) ? compareCodes(a, b) : a < b ? -1 : a > b ? 1 : 0)
