import {
  bold,
  cell,
  heading,
  lineBreak,
  paragraph,
  row,
  section,
  table,
  text,
  type Block,
  type Cell,
  type Doc,
  type Row,
} from '../paper/index.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { demandBlocks, partBlocks } from './criterion-blocks.ts'
import type { Cite } from './light-markdown.ts'
import { centred, docOf, orDash, placeAndDate, startOfDay, yearWords } from './official.ts'
import type { SchoolOnDay } from './school-on-day.ts'
import {
  indicatorsAt,
  isClause,
  LEVELS,
  levelsAsked,
  nameOfSheet,
  resultWords,
  verdictWords,
  type SheetOnPaper,
} from './sheet-on-paper.ts'

/** One sheet with its school: a working paper of the group, without number and seal. */
export interface SheetPaper {
  readonly school: SchoolOnDay
  readonly year: WorkingYear
  readonly sheet: SheetOnPaper
  /** The council has accepted the sheet. */
  readonly agreed: boolean
  readonly cite: Cite
}

/** Phiếu đánh giá tiêu chí (form 4). */
export function sheetDoc({ school, year, sheet, agreed, cite }: SheetPaper): Doc {
  const { asked } = sheet
  const name = nameOfSheet(sheet.code)
  return docOf(
    'sheet',
    {
      title: `Phiếu đánh giá ${name.toLocaleLowerCase('vi')} – ${school.name} ${yearWords(year)}`,
      author: school.name,
      createdAt: startOfDay(sheet.changedOn),
      draft: !agreed,
    },
    [
      section([
        {
          kind: 'letterhead',
          parent: school.issuerLine,
          issuer: sheet.groupName === '' ? 'HỘI ĐỒNG TỰ ĐÁNH GIÁ' : sheet.groupName.toLocaleUpperCase('vi'),
        },
        heading(1, 'PHIẾU ĐÁNH GIÁ TIÊU CHÍ', { inToc: false }),
        paragraph(
          bold(isClause(sheet) ? asked.standard.title : `Tiêu chuẩn ${asked.standard.code}: ${asked.standard.title}`),
        ),
        paragraph(bold(isClause(sheet) ? name : `${name}: ${asked.title}`)),
        ...demandBlocks(sheet),
        ...partBlocks(sheet, cite, 2),
        heading(2, '5. Tự đánh giá', { inToc: false }),
        isClause(sheet) ? paragraph(bold(`Kết quả: ${resultWords(sheet)}`)) : verdictTable(sheet),
        paragraph(text(placeAndDate(school, agreed ? sheet.changedOn : undefined), { italic: true }), {
          style: 'plain',
          align: 'right',
          keepWithNext: true,
        }),
        {
          kind: 'signature',
          signers: [
            { position: 'XÁC NHẬN CỦA TRƯỞNG NHÓM CÔNG TÁC', name: sheet.lead },
            { position: 'NGƯỜI VIẾT', name: sheet.writer },
          ],
        },
      ]),
    ],
  )
}

/** Three pairs of columns, one for each level; then a row for the levels and one for the criterion. */
function verdictTable(sheet: SheetOnPaper): Block {
  const depth = Math.max(...LEVELS.map(level => indicatorsAt(sheet.asked, level).length), 1)
  const rows = Array.from({ length: depth }, (_, index) =>
    row(
      LEVELS.flatMap(level => {
        const indicator = indicatorsAt(sheet.asked, level)[index]
        if (!indicator) return ['', '']
        return [centred(indicator.lettered ? indicator.code : '–'), centred(verdictWords(sheet, indicator))]
      }),
    ),
  )
  return table({
    columns: LEVELS.flatMap(() => [12, 21]),
    head: [
      row(LEVELS.map(level => cell(`Mức ${level}`, { colSpan: 2 }))),
      row(LEVELS.flatMap(() => ['Chỉ báo', 'Đạt/Không đạt'])),
    ],
    rows: [...rows, levelRow(sheet), resultRow(sheet)],
  })
}

const LEVEL_WORDS = { met: 'Đạt', notMet: 'Không đạt', open: 'Chưa đánh giá', none: 'Không có yêu cầu' } as const

const levelRow = ({ rating }: SheetOnPaper): Row =>
  row(
    ([1, 2, 3] as const).map(level =>
      cell(rating ? LEVEL_WORDS[rating.perLevel[level]] : '', { colSpan: 2, bold: true, align: 'center' }),
    ),
  )

const resultRow = (sheet: SheetOnPaper): Row =>
  row([cell(`Kết quả: ${resultWords(sheet)}`, { colSpan: 6, bold: true, align: 'center' })])

/** Phiếu xác định nội hàm, phân tích tiêu chí tìm minh chứng (form 3): landscape, without number and seal. */
export function analysisDoc({ school, year, sheet }: Omit<SheetPaper, 'cite' | 'agreed'>): Doc {
  const { asked } = sheet
  const name = nameOfSheet(sheet.code)
  return docOf(
    'analysis',
    {
      title: `Phiếu phân tích ${name.toLocaleLowerCase('vi')} – ${school.name} ${yearWords(year)}`,
      author: school.name,
      createdAt: startOfDay(sheet.changedOn),
      draft: false,
    },
    [
      section(
        [
          paragraph([school.name, lineBreak, bold(orDash(sheet.groupName))], { style: 'plain', align: 'left' }),
          heading(1, 'PHIẾU XÁC ĐỊNH NỘI HÀM, PHÂN TÍCH TIÊU CHÍ TÌM MINH CHỨNG', { inToc: false }),
          paragraph(
            bold(isClause(sheet) ? asked.standard.title : `Tiêu chuẩn ${asked.standard.code}: ${asked.standard.title}`),
            { style: 'plain' },
          ),
          paragraph(bold(isClause(sheet) ? name : `${name}: ${asked.title}`), { style: 'plain' }),
          analysisTable(sheet),
          {
            kind: 'signature',
            signers: [
              { position: 'TRƯỞNG NHÓM CÔNG TÁC', name: sheet.lead },
              { position: 'NGƯỜI LẬP PHIẾU', name: sheet.writer },
            ],
          },
        ],
        { landscape: true },
      ),
    ],
  )
}

const twoRows = (words: string): Cell => cell(words, { rowSpan: 2 })

function analysisTable({ asked, analysis }: SheetOnPaper): Block {
  const rows = levelsAsked(asked).flatMap(level =>
    indicatorsAt(asked, level).map((indicator, index, all) => {
      const found = analysis.find(one => one.level === level && one.indicator === indicator.code)
      const questions = found?.notNeeded === undefined ? found?.questions : `Không cần: ${found.notNeeded}`
      return row([
        ...(index === 0
          ? [cell(`Mức ${level}`, { rowSpan: all.length, bold: true, rowHeader: true, align: 'center' })]
          : []),
        centred(indicator.lettered ? indicator.code : '–'),
        indicator.applicable ? indicator.gist : `${indicator.gist} (${indicator.whyNot ?? 'không áp dụng'})`,
        orDash(questions),
        orDash(found?.evidenceNeeded),
        orDash(found?.source),
        orDash(found?.note),
      ])
    }),
  )
  return table({
    columns: [7, 6, 24, 24, 18, 12, 9],
    head: [
      row([
        twoRows('Mức'),
        twoRows('Chỉ báo'),
        twoRows('Nội hàm (yêu cầu)'),
        twoRows('Các câu hỏi đặt ra'),
        cell('Minh chứng', { colSpan: 2 }),
        twoRows('Ghi chú'),
      ]),
      row(['Cần thu thập', 'Nơi thu thập']),
    ],
    rows,
  })
}
