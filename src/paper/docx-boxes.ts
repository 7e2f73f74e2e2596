import { BorderStyle, ImageRun, Paragraph, TabStopType, type FileChild, type IParagraphOptions } from 'docx'
import { ChartRun } from 'docx/charts'
import type { Chart, Cover, Figure, Letterhead, Signature, Signer } from './blocks.ts'
import { docxColumns } from './docx-table.ts'
import { docxParagraph, twips, type DocxContext, type DocxLook } from './docx-text.ts'
import { oneLine } from './fonts.ts'
import { issuerLines } from './issuer-lines.ts'
import { pngSize } from './layout-boxes.ts'
import { mm } from './layout-profile.ts'
import { textWidth } from './line-break.ts'

const SHORT_RULE = { bottom: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } } as const

type Line = (words: string | undefined, look: DocxLook, more?: IParagraphOptions) => readonly Paragraph[]

/** A centred line; nothing at all where there are no words. */
const lineIn =
  (context: DocxContext): Line =>
  (words, look, more) =>
    words ? [docxParagraph([words], { align: 'center', lineHeight: 1.15, ...look }, context, more)] : []

/** The short line under a name: an empty paragraph whose border is all that shows. */
function rule(width: number, share: number): Paragraph {
  const indent = twips((width * (1 - share)) / 2)
  return new Paragraph({
    border: SHORT_RULE,
    indent: { left: indent, right: indent },
    spacing: { before: 0, after: 60, line: 40, lineRule: 'exact' },
  })
}

/** Issuer on the left, Quốc hiệu and Tiêu ngữ on the right (NĐ 30/2020, Phụ lục I). */
export function docxLetterhead(block: Letterhead, context: DocxContext): readonly FileChild[] {
  const { letterhead } = context.profile
  const [, small] = letterhead.sizes
  const line = lineIn(context)
  const left = letterhead.leftShare
  const right = 1 - left
  const fits =
    (bold: boolean) =>
    (words: string): boolean =>
      textWidth(words, { size: small, bold }) <= left * context.width
  return [
    docxColumns(
      [
        {
          share: left,
          children: [
            ...issuerLines(block.parent ?? '', fits(false)).flatMap(words => line(words, { size: small })),
            ...issuerLines(block.issuer, fits(true)).flatMap(words => line(words, { size: small, bold: true })),
            rule(left * context.width, letterhead.issuerRule),
            ...line(block.number, { size: letterhead.number }),
            ...line(block.subject, { size: small }),
          ],
        },
        {
          share: right,
          children: [
            ...line(letterhead.nation, { size: small, bold: true }),
            ...line(letterhead.motto, { size: small + 1, bold: true }),
            rule(right * context.width, 0.6),
            ...line(block.placeAndDate, { size: letterhead.place, italic: true }),
          ],
        },
      ],
      context,
    ),
  ]
}

/** Signers by twos; a single one stands on the right, with "Nơi nhận" level with the office. */
export function docxSignature({ signers, receivers = [] }: Signature, context: DocxContext): readonly FileChild[] {
  const { signature } = context.profile
  const line = lineIn(context)
  const signerLines = (signer: Signer | undefined): readonly Paragraph[] =>
    signer
      ? [
          ...line(signer.authority, { size: signature.size, bold: true }),
          ...line(signer.position, { size: signature.size, bold: true }),
          ...line(signer.name || ' ', { size: signature.size, bold: true, gapBefore: signature.space }),
        ]
      : line(' ', { size: signature.size })
  const receiverLines =
    receivers.length === 0
      ? line(' ', { size: signature.receivers })
      : [
          ...line('Nơi nhận:', { size: signature.receiversTitle, bold: true, italic: true, align: 'left' }),
          ...receivers.flatMap(receiver => line(`- ${receiver}`, { size: signature.receivers, align: 'left' })),
        ]
  const pairs: FileChild[] = []
  for (let i = 0; i < signers.length; i += 2) {
    const [first, second] = signers.slice(i, i + 2)
    const left = second ? signerLines(first) : signers.length === 1 ? receiverLines : signerLines(undefined)
    pairs.push(
      docxColumns(
        [
          { share: 0.5, children: left },
          { share: 0.5, children: signerLines(second ?? first) },
        ],
        context,
      ),
    )
  }
  const below = signers.length === 1 || receivers.length === 0 ? [] : receiverLines
  return [docxParagraph([''], { size: 8 }, context, { keepNext: true }), ...pairs, ...below]
}

/** A page of its own; the gaps are those of the printed cover. */
export function docxCover(block: Cover, context: DocxContext): readonly FileChild[] {
  const { cover, page } = context.profile
  const line = lineIn(context)
  return [
    ...line(block.parent, { size: cover.body }),
    ...line(block.issuer, { size: cover.body, bold: true }),
    rule(context.width, 0.3),
    ...line(block.title, { size: cover.title, bold: true, gapBefore: page.height * 0.27 }),
    ...line(block.subtitle, { size: cover.subtitle, bold: true, gapBefore: 12 }),
    ...line(block.placeAndYear, { size: cover.body, bold: true, gapBefore: page.height * 0.33 }),
  ]
}

/** The colours of the drawn charts, so that paper, screen and Word agree. */
const COLORS = ['1F4E8C', '5B9BD5', 'C77700', '7F9C3B', 'B3B3B3', '6A4C93'] as const
const DOTS_PER_POINT = 96 / 72

/** A chart of Word itself, whose numbers can be edited; its words for the blind are those of the paper. */
function chartRun(chart: Chart, { alt, heightMm = 70 }: Figure, width: number): ChartRun {
  const words = oneLine(alt)
  const series = chart.series.map(({ name, values }, index) => ({
    name: oneLine(name),
    values,
    color: COLORS[index % COLORS.length] ?? COLORS[0],
  }))
  const shared = {
    categories: chart.labels.map(oneLine),
    series,
    stacking: chart.type === 'stacked' ? ('stacked' as const) : ('none' as const),
    dataLabels: { value: true },
    ...(series.length < 2 && { legend: false as const }),
    transformation: { width: width * DOTS_PER_POINT, height: mm(heightMm) * DOTS_PER_POINT },
    altText: { name: words, description: words, title: words },
  }
  return chart.type === 'lying'
    ? new ChartRun({ ...shared, type: 'bar', categoryAxis: { reverseOrder: true } })
    : new ChartRun({ ...shared, type: 'column' })
}

/** The picture with its caption; a chart without numbers is told in words. */
export function docxFigure(block: Figure, context: DocxContext): readonly FileChild[] {
  const caption = lineIn(context)(block.caption, { size: context.profile.table.caption, italic: true, gapAfter: 6 })
  if ('chart' in block.picture) {
    const { chart } = block.picture
    if (chart.labels.length === 0 || chart.series.length === 0)
      return [docxParagraph([block.alt], { size: context.profile.note.size, italic: true }, context), ...caption]
    return [
      new Paragraph({ alignment: 'center', keepNext: true, children: [chartRun(chart, block, context.width)] }),
      ...caption,
    ]
  }
  const dots = pngSize(block.picture.pngBase64)
  const scale = Math.min(context.width / dots.width, mm(block.heightMm ?? 70) / dots.height) * DOTS_PER_POINT
  const image = new ImageRun({
    type: 'png',
    data: Buffer.from(block.picture.pngBase64, 'base64'),
    transformation: { width: dots.width * scale, height: dots.height * scale },
    altText: { name: oneLine(block.alt), description: oneLine(block.alt), title: oneLine(block.alt) },
  })
  return [new Paragraph({ alignment: 'center', keepNext: true, children: [image] }), ...caption]
}

/** One line of the table of contents: the title, dots, the page as the PDF numbers it. */
export function docxTocLine(
  { title, level, page, anchor }: { title: string; level: number; page: string; anchor: string },
  context: DocxContext,
): Paragraph {
  const { toc } = context.profile
  return docxParagraph(
    [{ kind: 'ref', text: `${title}\t${page}`, to: anchor }],
    {
      size: toc.size,
      bold: level === 1,
      gapBefore: toc.gapBefore,
      indentLeft: (level - 1) * toc.indentPerLevel,
    },
    context,
    { tabStops: [{ type: TabStopType.RIGHT, position: twips(context.width), leader: 'dot' }] },
  )
}
