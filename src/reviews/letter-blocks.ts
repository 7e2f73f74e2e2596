import { printDay, printDayInWords, type Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { list, paragraph, section, table, type Block, type Doc } from '../paper/index.ts'

/** A remark as a letter prints it. */
export interface LetterLine {
  readonly place: string
  readonly quote: string
  readonly reason: string
  readonly text: string
}

/** Everything that a letter of the managing level to a school prints. */
export interface LetterOnPaper {
  readonly parentLine: string
  readonly issuerLine: string
  readonly unitName: string
  readonly symbol: string
  readonly place: string
  readonly schoolName: string
  readonly year: WorkingYear
  readonly number: string
  readonly date: Day
  /** In capitals; `authority` line by line, e.g. `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`. */
  readonly signer: { readonly authority: readonly string[]; readonly position: string; readonly name: string }
  readonly dispatch: { readonly number: string; readonly date: Day }
  readonly receivedOn: Day
  readonly level: string
  readonly fixes: readonly LetterLine[]
  readonly advice: readonly LetterLine[]
}

const FORMS = { return: { id: 'X01', version: '2026.1' }, accept: { id: 'X02', version: '2026.1' } } as const

/** Công văn yêu cầu hoàn thiện hồ sơ: every point with its place, so that the school can answer one by one. */
export function returnDoc(paper: LetterOnPaper, due: Day): Doc {
  const { schoolName, year, dispatch } = paper
  const subject = `V/v yêu cầu hoàn thiện báo cáo tự đánh giá năm học ${year}`
  return letter('return', paper, subject, [
    paragraph(
      `${paper.unitName} đã nhận và xem xét báo cáo tự đánh giá năm học ${year} của ${schoolName}, gửi kèm Công văn số ` +
        `${dispatch.number} ngày ${printDay(dispatch.date)}, nhận ngày ${printDay(paper.receivedOn)}. Để báo cáo đủ điều ` +
        'kiện chấp nhận, đề nghị nhà trường hoàn thiện các nội dung sau:',
    ),
    remarkTable(paper.fixes, 'Nội dung yêu cầu'),
    ...adviceBlocks(paper.advice),
    paragraph(
      `Đề nghị nhà trường trả lời từng nội dung, hoàn thiện báo cáo và gửi lại trước hoặc trong ngày ${printDay(due)}./.`,
    ),
  ])
}

/** Thông báo chấp nhận báo cáo tự đánh giá. */
export function acceptanceDoc(paper: LetterOnPaper): Doc {
  const { schoolName, year, dispatch } = paper
  const subject = `V/v chấp nhận báo cáo tự đánh giá năm học ${year}`
  return letter('accept', paper, subject, [
    paragraph(
      `${paper.unitName} đã xem xét báo cáo tự đánh giá năm học ${year} của ${schoolName}, gửi kèm Công văn số ` +
        `${dispatch.number} ngày ${printDay(dispatch.date)}, và chấp nhận báo cáo. Kết quả tự đánh giá của nhà trường: ` +
        `${paper.level}.`,
    ),
    ...adviceBlocks(paper.advice),
    paragraph(
      'Đề nghị nhà trường thực hiện kế hoạch cải tiến chất lượng đã nêu trong báo cáo, lưu giữ hồ sơ và minh chứng theo ' +
        'quy định./.',
    ),
  ])
}

const adviceBlocks = (advice: readonly LetterLine[]): readonly Block[] =>
  advice.length === 0
    ? []
    : [
        paragraph('Ngoài ra, xin góp ý để nhà trường tham khảo:', { keepWithNext: true }),
        list(advice.map(({ place, text }) => `${place}: ${text}`)),
      ]

const remarkTable = (lines: readonly LetterLine[], what: string): Block =>
  table({
    columns: [[1, 'center'], 4, 8],
    head: ['TT', 'Chỗ trong báo cáo', what],
    rows: lines.map(({ place, quote, reason, text }, index) => [
      String(index + 1),
      place,
      [quote === '' ? '' : `“${quote}”`, text === '' ? reason : `${reason}: ${text}`]
        .filter(words => words !== '')
        .join('\n'),
    ]),
  })

function letter(kind: keyof typeof FORMS, paper: LetterOnPaper, subject: string, body: readonly Block[]): Doc {
  const { number, date, place } = paper
  const form = FORMS[kind]
  const day = printDayInWords(date)
  const name = kind === 'return' ? 'Công văn yêu cầu hoàn thiện báo cáo' : 'Thông báo chấp nhận báo cáo'
  return {
    meta: {
      title: `${name} tự đánh giá năm học ${paper.year}, ${paper.schoolName}`,
      author: paper.unitName,
      createdAt: new Date(`${date}T00:00:00+07:00`).toISOString(),
      formId: form.id,
      formVersion: form.version,
    },
    draft: false,
    footer: `Mẫu ${form.id}/${form.version}`,
    sections: [
      section([
        {
          kind: 'letterhead',
          ...(paper.parentLine !== '' && { parent: paper.parentLine }),
          issuer: paper.issuerLine,
          number: `Số: ${number}`,
          subject,
          placeAndDate: place === '' ? day : `${place}, ${day}`,
        },
        paragraph(`Kính gửi: ${paper.schoolName}`, { style: 'addressee' }),
        ...body,
        {
          kind: 'signature',
          signers: [
            {
              ...(paper.signer.authority.length > 0 && { authority: paper.signer.authority.join('\n') }),
              position: paper.signer.position,
              name: paper.signer.name,
            },
          ],
          receivers: ['Như trên;', 'Lưu: VT.'],
        },
      ]),
    ],
  }
}
