import { descriptionPart, type AskedIndicator, type SheetAction } from '../assessments/index.ts'
import { printDay } from '../kernel/dates.ts'
import { bold, heading, italic, paragraph, table, text, type Block, type Heading, type Inline } from '../paper/index.ts'
import { markdownBlocks, type Cite } from './light-markdown.ts'
import { centred, orDash } from './official.ts'
import { indicatorsAt, levelsAsked, resultWords, type SheetOnPaper } from './sheet-on-paper.ts'

/** What a paper says where the school has written nothing: never left out in silence. */
export const NOT_WRITTEN = '(Chưa viết)'

/** A stored text, or the remark that there is none. */
export const textBlocks = (stored: string | undefined, cite: Cite, lead: readonly Inline[] = []): readonly Block[] =>
  stored === undefined || stored.trim() === ''
    ? [paragraph([...lead, italic(NOT_WRITTEN)])]
    : markdownBlocks(stored, cite, lead)

const letterOf = (indicator: AskedIndicator): string => (indicator.lettered ? `${indicator.code}) ` : '')

/** What the regulation asks: Mức 1 a) b) c), Mức 2 …; levels without own requirements are not printed. */
export function demandBlocks({ asked }: SheetOnPaper): readonly Block[] {
  return levelsAsked(asked).flatMap(level => [
    paragraph(bold(level === '4' ? 'Yêu cầu:' : `Mức ${level}:`), { keepWithNext: true }),
    ...indicatorsAt(asked, level).map(indicator => {
      const words = `${letterOf(indicator)}${indicator.gist}${indicator.local ? ' (địa phương)' : ''}`
      return paragraph(
        indicator.applicable
          ? text(words, { italic: true })
          : [text(words, { italic: true }), text(` (${indicator.whyNot ?? 'không áp dụng'})`)],
      )
    }),
  ])
}

/** Blocks 1 to 4 of a sheet under headings of this level: description, strengths, weaknesses, improvement. */
export function partBlocks(sheet: SheetOnPaper, cite: Cite, level: Heading['level']): readonly Block[] {
  const part = (words: string): Block => heading(level, words, { inToc: false })
  return [
    part('1. Mô tả hiện trạng'),
    ...descriptionBlocks(sheet, cite),
    part('2. Điểm mạnh'),
    ...textBlocks(sheet.texts['strengths'], cite),
    part('3. Điểm yếu'),
    ...textBlocks(sheet.texts['weaknesses'], cite),
    part('4. Kế hoạch cải tiến chất lượng'),
    ...improvementBlocks(sheet, cite),
  ]
}

/** Block 5 as the report prints it: one line. */
export const resultHeading = (sheet: SheetOnPaper, level: Heading['level']): Block =>
  heading(level, `5. Tự đánh giá: ${resultWords(sheet)}`, { inToc: false })

function descriptionBlocks({ asked, texts }: SheetOnPaper, cite: Cite): readonly Block[] {
  return levelsAsked(asked).flatMap((level, index) => [
    ...(level === '4' ? [] : [paragraph(bold(`1.${index + 1}. Mức ${level}`), { keepWithNext: true })]),
    ...indicatorsAt(asked, level).flatMap(indicator =>
      indicator.applicable
        ? textBlocks(
            texts[descriptionPart(level, indicator.code)],
            cite,
            indicator.lettered ? [`${indicator.code}) `] : [],
          )
        : [paragraph(italic(`${letterOf(indicator)}${indicator.whyNot ?? 'Không áp dụng'}.`))],
    ),
  ])
}

/** Where a school states that it has no weakness there is nothing to improve, and block 4 says so. */
const NO_WEAKNESS = /^[-–•\s]*không có(?!\p{L})/iu

/** The text of block 4 with its table of actions; both may be missing only where there is no weakness. */
function improvementBlocks({ texts, actions }: SheetOnPaper, cite: Cite): readonly Block[] {
  const written = texts['improvement']
  if (actions.length === 0)
    return NO_WEAKNESS.test(texts['weaknesses'] ?? '') && (written ?? '').trim() === ''
      ? [paragraph('Không có.')]
      : textBlocks(written, cite)
  return [
    ...(written === undefined || written.trim() === '' ? [] : markdownBlocks(written, cite)),
    table({
      columns: [6, 28, 16, 18, 16, 16],
      head: ['TT', 'Nội dung, giải pháp', 'Người thực hiện', 'Thời gian', 'Nguồn lực, kinh phí', 'Kết quả cần đạt'],
      rows: actions.map((action, index) => [
        centred(String(index + 1)),
        action.what,
        orDash(action.who),
        timeOf(action),
        orDash([action.resources, action.cost].filter(words => words.trim() !== '').join('; ')),
        orDash(action.expected),
      ]),
    }),
  ]
}

function timeOf({ from, to }: SheetAction): string {
  if (from !== undefined && to !== undefined) return `Từ ${printDay(from)} đến ${printDay(to)}`
  if (to !== undefined) return `Đến ${printDay(to)}`
  return from === undefined ? '–' : `Từ ${printDay(from)}`
}
