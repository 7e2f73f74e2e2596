import type { CriterionRating, LevelCount, SchoolRating } from '../catalogue/index.ts'
import { printShare } from '../kernel/words.ts'
import {
  bold,
  cell,
  heading,
  paragraph,
  row,
  table,
  totalRow,
  type Block,
  type Cell,
  type CellLike,
  type Row,
} from '../paper/index.ts'
import { centred } from './official.ts'
import type { ReportOnPaper } from './report-on-paper.ts'
import { nameOfSheet, verdictWords } from './sheet-on-paper.ts'

const LEVELS = [1, 2, 3] as const
const CROSS = 'x'

export const LEVEL_FOUR_NOT_CLAIMED = 'Nhà trường không tự đánh giá các tiêu chí Mức 4.'

/** `Trường đạt Mức 2.`; a school that reaches none, or has not finished, is told so. */
export function schoolResult({ level, counts }: Pick<SchoolRating, 'level' | 'counts'>): string {
  if (level > 0) return `Trường đạt Mức ${level}.`
  return counts[1].open > 0 && counts[1].notMet === 0
    ? 'Trường chưa đánh giá xong các tiêu chí Mức 1.'
    : 'Trường không đạt Mức 1.'
}

/** TỔNG HỢP KẾT QUẢ TỰ ĐÁNH GIÁ: tables 1.1 and 1.2 and the conclusion (process § 3.5, part 4). */
export const summaryBlocks = (report: ReportOnPaper): readonly Block[] => [
  heading(1, 'TỔNG HỢP KẾT QUẢ TỰ ĐÁNH GIÁ', { pageBreakBefore: true }),
  heading(2, '1. Kết quả đánh giá'),
  heading(3, '1.1. Đánh giá tiêu chí Mức 1, 2 và 3'),
  levelsTable(report),
  heading(3, '1.2. Đánh giá tiêu chí Mức 4'),
  ...levelFourTable(report),
  heading(2, '2. Kết luận'),
  paragraph(bold(schoolResult(report.rating))),
]

const reached = ({ met, of }: LevelCount): CellLike => centred(`${met}/${of}`)

function levelsTable({ set, rating }: ReportOnPaper): Block {
  const { counts } = rating
  const rated = new Map(rating.criteria.map(one => [one.code, one]))
  return table({
    columns: [46, 15, 13, 13, 13],
    head: [
      row([cell('Tiêu chuẩn, tiêu chí', { rowSpan: 3 }), cell('Kết quả', { colSpan: 4 })]),
      row([cell('Không đạt', { rowSpan: 2 }), cell('Đạt', { colSpan: 3 })]),
      row(['Mức 1', 'Mức 2', 'Mức 3']),
    ],
    rows: [
      ...set.standards
        .filter(standard => !standard.local)
        .flatMap(standard => [
          row([cell(`Tiêu chuẩn ${standard.code}: ${standard.title}`, { colSpan: 5, bold: true, rowHeader: true })]),
          ...standard.criteria
            .filter(criterion => !criterion.local)
            .map(criterion => criterionRow(`Tiêu chí ${criterion.code}`, rated.get(criterion.code))),
        ]),
      totalRow([
        'Cộng: số tiêu chí đạt trên số tiêu chí có yêu cầu',
        centred(`${counts[1].notMet}/${counts[1].of}`),
        ...LEVELS.map(level => reached(counts[level])),
      ]),
    ],
  })
}

/** A cross in each level reached; “–” where the level asks nothing of the criterion. */
function criterionRow(name: string, rating: CriterionRating | undefined): Row {
  const remark = (words: string): Row => row([name, cell(words, { colSpan: 4, italic: true, align: 'center' })])
  if (!rating || !rating.applicable) return remark('không áp dụng')
  const failed = rating.level === 0
  if (failed && rating.blockedBy.every(block => block.why === 'open')) return remark('chưa đánh giá xong')
  const mark = (level: 1 | 2 | 3): string =>
    rating.perLevel[level] === 'none' ? '–' : rating.level >= level ? CROSS : ''
  return row([name, centred(failed ? CROSS : ''), ...LEVELS.map(level => centred(mark(level)))])
}

function levelFourTable({ set, sheets, aimsAtLevelFour }: ReportOnPaper): readonly Block[] {
  if (!aimsAtLevelFour) return [paragraph(LEVEL_FOUR_NOT_CLAIMED)]
  const rows = set.levelFour.flatMap((clause): (readonly CellLike[])[] => {
    const sheet = sheets.get(clause.code)
    const [asked] = sheet?.asked.indicators ?? []
    if (!sheet || !asked) return []
    const words = verdictWords(sheet, asked)
    const cross = (wanted: string): Cell => cell(words === wanted ? CROSS : '', { align: 'center' })
    const note = words === 'Đạt' || words === 'Không đạt' ? '' : words
    return [[nameOfSheet(clause.code), cross('Đạt'), cross('Không đạt'), note]]
  })
  return [table({ columns: [52, 12, 14, 22], head: ['Tiêu chí (khoản)', 'Đạt', 'Không đạt', 'Ghi chú'], rows })]
}

export interface LevelShare {
  readonly level: 1 | 2 | 3 | 4
  /** Criteria with own requirements at this level; clauses in force for Mức 4. */
  readonly of: number
  readonly met: number
  readonly notMet: number
  readonly open: number
  readonly metShare: string
  readonly notMetShare: string
}

/** Numbers and percentages met and not met per level, over the criteria that have own requirements there (process § 3.5). */
export function levelShares({ rating, aimsAtLevelFour, sheets }: ReportOnPaper): readonly LevelShare[] {
  const share = (level: LevelShare['level'], { of, met, notMet, open }: LevelCount): LevelShare => ({
    level,
    of,
    met,
    notMet,
    open,
    metShare: printShare(met, of),
    notMetShare: printShare(notMet, of),
  })
  const clauses = [...sheets.values()].flatMap(sheet => {
    const [asked] = sheet.asked.indicators
    return sheet.rating === undefined && asked?.applicable ? [verdictWords(sheet, asked)] : []
  })
  return [
    ...LEVELS.map(level => share(level, rating.counts[level])),
    ...(aimsAtLevelFour
      ? [
          share(4, {
            of: clauses.length,
            met: clauses.filter(words => words === 'Đạt').length,
            notMet: clauses.filter(words => words === 'Không đạt').length,
            open: clauses.filter(words => words === 'Chưa đánh giá').length,
          }),
        ]
      : []),
  ]
}
