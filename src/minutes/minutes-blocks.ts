import { printDay, printDayInWords } from '../kernel/dates.ts'
import { printShare } from '../kernel/words.ts'
import { letterheadOf, nameOn, placeOn, type UnitTree } from '../organisations/index.ts'
import { bold, cell, heading, list, paragraph, section, type Block, type Doc } from '../paper/index.ts'
import { MEETING_NAMES, type Minutes, type Participant } from './minutes.ts'

const FORM = { formId: 'M07', formVersion: '2026.1' }

/** Biên bản họp (forms § 7): the same record gives the same bytes; a draft carries the mark. */
export function minutesDoc(
  { words, no, kind, schoolId, year, state }: Minutes,
  groupName: string,
  tree: UnitTree,
): Doc {
  const school = tree.get(schoolId)
  const name = school ? nameOn(school, words.on) : schoolId
  const place = school ? placeOn(school, words.on) : ''
  const { parentLine, issuerLine } = school
    ? letterheadOf(school, tree, words.on)
    : { parentLine: '', issuerLine: name.toLocaleUpperCase('vi') }
  const body = kind === 'group' && groupName !== '' ? `${MEETING_NAMES[kind]} ${groupName}` : MEETING_NAMES[kind]
  const present = words.participants.filter(person => person.present)
  const absent = words.participants.filter(person => !person.present)
  return {
    meta: {
      title: `Biên bản họp ${body} lần thứ ${no}, ${name}, năm học ${year}`,
      author: name,
      createdAt: new Date(`${words.on}T00:00:00+07:00`).toISOString(),
      ...FORM,
    },
    draft: state === 'draft',
    sections: [
      section([
        {
          kind: 'letterhead',
          ...(parentLine !== '' && { parent: parentLine }),
          issuer: issuerLine,
          number: `Số: ${words.number === '' ? '……/BB' : words.number}`,
          placeAndDate: `${place === '' ? '……' : place}, ${printDayInWords(words.on)}`,
        },
        paragraph('BIÊN BẢN', { style: 'title' }),
        paragraph(`Họp ${body} lần thứ ${no}, năm học ${year}`, { style: 'abstract' }),
        paragraph([bold('Thời gian bắt đầu: '), `${words.from || '……'} ${printDayInWords(words.on)}`]),
        paragraph([bold('Địa điểm: '), words.place || '……']),
        paragraph([bold('Thành phần: '), `có mặt ${present.length}/${words.participants.length}`]),
        ...(present.length > 0 ? [list(present.map(named))] : []),
        ...(absent.length > 0 ? [paragraph(bold('Vắng mặt:')), list(absent.map(withReason))] : []),
        ...(words.guests === '' ? [] : [paragraph([bold('Khách mời: '), words.guests])]),
        paragraph([bold('Chủ trì: '), words.chair]),
        paragraph([bold('Thư ký: '), words.secretary]),
        heading(1, 'NỘI DUNG', { inToc: false }),
        ...words.agenda.flatMap((item, index) => agendaBlocks(item, index + 1)),
        ...voteBlocks(words.votes, words.participants.length),
        ...assignmentBlocks(words.assignments),
        paragraph(
          `Cuộc họp kết thúc hồi ${words.until || '……'} cùng ngày. Biên bản đã được đọc cho mọi người cùng nghe và nhất trí thông qua.`,
        ),
        {
          kind: 'signature',
          signers: [
            { position: 'THƯ KÝ', name: words.secretary },
            { position: 'CHỦ TRÌ', name: words.chair },
          ],
        },
      ]),
    ],
  }
}

const named = ({ name, post }: Participant): string => (post === '' ? name : `${name} – ${post}`)
const withReason = (person: Participant): string =>
  person.reason === '' ? named(person) : `${named(person)} (${person.reason})`

function agendaBlocks(item: Minutes['words']['agenda'][number], no: number): readonly Block[] {
  return [
    heading(2, `${no}. ${item.title}`, { inToc: false }),
    ...(item.speaker === '' ? [] : [paragraph([bold('Người trình bày: '), item.speaker])]),
    ...item.opinions
      .split('\n')
      .filter(line => line.trim() !== '')
      .map((line, index) => paragraph(index === 0 ? [bold('Ý kiến: '), line] : line)),
    paragraph([bold('Kết luận: '), item.conclusion]),
  ]
}

const voteBlocks = (votes: Minutes['words']['votes'], all: number): readonly Block[] =>
  votes.length === 0
    ? []
    : [
        heading(2, 'Biểu quyết', { inToc: false }),
        {
          kind: 'table',
          columns: [{ width: 6 }, { width: 1 }, { width: 1 }, { width: 1 }, { width: 2 }, { width: 2 }],
          head: [
            {
              cells: ['Vấn đề', 'Đồng ý', 'Không đồng ý', 'Ý kiến khác', 'Tỷ lệ trên tổng số', 'Kết quả'].map(words =>
                cell(words, { align: 'center' }),
              ),
            },
          ],
          body: votes.map(vote => ({
            cells: [
              cell(vote.question),
              ...[vote.for, vote.against, vote.other].map(count => cell(String(count), { align: 'center' })),
              cell(printShare(vote.for, all), { align: 'center' }),
              // Two thirds of all members, in whole numbers (process § 3.1).
              cell(vote.for * 3 >= all * 2 ? 'Đạt 2/3' : 'Chưa đạt 2/3', { align: 'center' }),
            ],
          })),
        },
      ]

const assignmentBlocks = (assignments: Minutes['words']['assignments']): readonly Block[] =>
  assignments.length === 0
    ? []
    : [
        heading(2, 'Giao việc', { inToc: false }),
        list(
          assignments.map(
            ({ what, who, due }) => `${what}: ${who}${due === undefined ? '' : `, hạn ${printDay(due)}`}`,
          ),
        ),
      ]
