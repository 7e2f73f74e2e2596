import { printDayInWords } from '../kernel/dates.ts'
import { printSigned } from '../kernel/words.ts'
import { letterheadOf, nameOn, placeOn } from '../organisations/index.ts'
import {
  cell,
  numberCell,
  paragraph,
  row,
  section,
  table,
  type Block,
  type CellLike,
  type Doc,
  type Row,
} from '../paper/index.ts'
import {
  FORM_TITLE,
  formFacts,
  formLines,
  remedyText,
  shareOf,
  type FormLine,
  type StandingForm,
} from './form-table.ts'
import { isConfirmed, isVerified, REASONS } from './reconciliation.ts'

const signedCell = (value: number | null, decimals = 0): CellLike =>
  cell(printSigned(value, decimals), { align: 'right' })

const lineOf = ({ number, row: line, norm, gap }: FormLine): Row => {
  const share = shareOf(line)
  return row(
    [
      cell(String(number), { align: 'center' }),
      cell(line.label, { rowHeader: true }),
      line.unit,
      numberCell(line.assigned),
      numberCell(line.current),
      signedCell(line.difference),
      numberCell(share === null ? null : share * 100, 1),
      norm === null ? '' : numberCell(norm, 1),
      norm === null ? '' : signedCell(gap, 1),
      line.explanation ? REASONS[line.explanation.code] : '',
      line.explanation?.sentence ?? '',
      remedyText(line),
    ],
    { total: line.of !== undefined },
  )
}

const HEAD = [
  'TT',
  'Nội dung',
  'Đơn vị tính',
  'Số giao',
  'Hiện có',
  'Chênh lệch',
  'Tỷ lệ (%)',
  'Định mức',
  'Thừa, thiếu so định mức',
  'Nguyên nhân',
  'Giải trình',
  'Hướng xử lý, thời hạn',
]

/** Form 13 on paper, landscape; a draft until the head has confirmed it. */
export function formOnPaper(form: StandingForm): Doc {
  const { school, figures, tree, day } = form
  const { parentLine, issuerLine } = letterheadOf(school, tree, day)
  const state = figures.reconciliation?.state ?? 'drafting'
  const place = placeOn(school, day) || '……'
  const verified = isVerified(state)
  const answer = figures.reconciliation?.answered
  const blocks: readonly Block[] = [
    {
      kind: 'letterhead',
      ...(parentLine !== '' && { parent: parentLine }),
      issuer: issuerLine,
      number: 'Số: ……',
      placeAndDate: `${place}, ${printDayInWords(day)}`,
    },
    paragraph(FORM_TITLE, { style: 'title' }),
    paragraph(`Năm học ${figures.year}`, { style: 'abstract' }),
    ...formFacts(form).map(line => paragraph(line, { style: 'plain' })),
    table({
      columns: [3, 14, 5, 6, 6, 7, 6, 6, 8, 11, 16, 12],
      head: HEAD.map(text => cell(text, { align: 'center', bold: true })),
      rows: formLines(form).flatMap(({ title, lines }) => [
        row([cell(title, { colSpan: HEAD.length, bold: true })]),
        ...lines.map(lineOf),
      ]),
      size: 9,
    }),
    paragraph(
      verified
        ? `Xác nhận của cấp quản lý: khớp số liệu${answer ? ` (${answer.name})` : ''}.`
        : 'Xác nhận của cấp quản lý: ☐ Khớp   ☐ Chưa khớp, nội dung: ……………………',
      { style: 'plain' },
    ),
    {
      kind: 'signature',
      signers: [
        { position: 'NGƯỜI LẬP', name: '' },
        { position: 'HIỆU TRƯỞNG', name: figures.reconciliation?.confirmed?.name ?? '' },
      ],
    },
  ]
  return {
    meta: {
      title: `Phiếu đối sánh số liệu – ${nameOn(school, day)} – năm học ${figures.year}`,
      author: nameOn(school, day),
      createdAt: `${day}T00:00:00Z`,
    },
    ...(!isConfirmed(state) && { draft: true }),
    footer: `Phiếu đối sánh số liệu, năm học ${figures.year}, lần sửa ${figures.rev}`,
    sections: [section(blocks, { landscape: true })],
  }
}
