import type { CouncilVersion } from '../assessments/index.ts'
import type { Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { bold, paragraph, section, type Block, type Doc } from '../paper/index.ts'
import { chairOf, councilTable, groupsTable, inRoleOrder, secretariatTable } from './council-tables.ts'
import {
  annexBlocks,
  capitals,
  dayInWords,
  docOf,
  DOTS,
  FILED,
  letterhead,
  reportedTo,
  startOfDay,
  titleBlocks,
  yearWords,
} from './official.ts'
import type { SchoolOnDay } from './school-on-day.ts'

/** Everything the decision on the council prints (form 1); a draft has neither number nor date. */
export interface DecisionOnPaper {
  readonly school: SchoolOnDay
  readonly year: WorkingYear
  readonly council: Pick<CouncilVersion, 'members' | 'secretariat' | 'groups'>
  readonly number?: string
  readonly date?: Day
  /** The list that this one completes or replaces (quyết định kiện toàn). */
  readonly before?: Pick<CouncilVersion, 'members' | 'decision'>
  readonly reason?: string
  readonly bases: readonly string[]
  /** Number of criteria of each standard by its code. */
  readonly inStandard: ReadonlyMap<string, number>
  /** Day of the record that a draft stands on. */
  readonly recordDay: Day
}

/** Quyết định thành lập (or kiện toàn) hội đồng tự đánh giá with its three annexes (Điều 24). */
export function decisionDoc(paper: DecisionOnPaper): Doc {
  const { school, year, number, date, council, before } = paper
  const deed = before ? 'kiện toàn' : 'thành lập'
  const about = `Về việc ${deed} Hội đồng tự đánh giá ${school.name} ${yearWords(year)}`
  const belongsTo = `(Kèm theo Quyết định số ${number ?? DOTS} ${dayInWords(date)} của Hiệu trưởng ${school.name})`
  const annex = (no: string, title: string, blocks: readonly Block[]) =>
    section([...annexBlocks(`Phụ lục ${no}`, title, belongsTo), ...blocks], { restart: 1 })
  return docOf(
    'decision',
    {
      title: `Quyết định ${deed} Hội đồng tự đánh giá ${school.name} ${yearWords(year)}`,
      author: school.name,
      createdAt: startOfDay(date ?? paper.recordDay),
      draft: number === undefined,
    },
    [
      section([
        letterhead(school, { number, fallback: `QĐ-${school.symbol}`, date }),
        ...titleBlocks('QUYẾT ĐỊNH', about),
        paragraph(bold(`HIỆU TRƯỞNG ${capitals(school.name)}`), { style: 'centered' }),
        ...basisBlocks(paper.bases, year),
        paragraph(bold('QUYẾT ĐỊNH:'), { style: 'centered', keepWithNext: true }),
        ...articles(paper),
        {
          kind: 'signature',
          signers: [{ position: 'HIỆU TRƯỞNG', name: chairOf(council.members) }],
          receivers: ['Như Điều 3;', ...reportedTo(school), FILED],
        },
      ]),
      annex('I', `DANH SÁCH HỘI ĐỒNG TỰ ĐÁNH GIÁ`, [councilTable(council.members)]),
      annex('II', 'DANH SÁCH NHÓM THƯ KÝ', [
        council.secretariat.length === 0
          ? paragraph('Hội đồng không lập nhóm thư ký riêng.')
          : secretariatTable(council.secretariat),
      ]),
      annex('III', 'DANH SÁCH CÁC NHÓM CÔNG TÁC', [
        council.groups.length === 0
          ? paragraph('Các nhóm công tác do Chủ tịch Hội đồng quyết định khi lập kế hoạch tự đánh giá.')
          : groupsTable(council.groups, paper.inStandard),
      ]),
    ],
  )
}

/** Each basis ends with a semicolon, the last with a full stop. */
const basisBlocks = (bases: readonly string[], year: WorkingYear): readonly Block[] =>
  [...bases, `Căn cứ nhiệm vụ ${yearWords(year)} của nhà trường`].map((basis, index, all) =>
    paragraph(`${basis.replace(/[;.\s]+$/, '')}${index === all.length - 1 ? '.' : ';'}`, { style: 'basis' }),
  )

const article = (no: number, words: string): Block => paragraph([bold(`Điều ${no}.`), ` ${words}`])

function articles({ school, year, council, before, reason }: DecisionOnPaper): readonly Block[] {
  const count = String(council.members.length).padStart(2, '0')
  const groups = council.groups.length > 0 ? ', các nhóm công tác (Phụ lục III)' : ''
  const lists = `danh sách Hội đồng (Phụ lục I), nhóm thư ký (Phụ lục II)${groups} kèm theo Quyết định này`
  return [
    ...(before
      ? [
          article(
            1,
            `Kiện toàn Hội đồng tự đánh giá ${school.name} ${yearWords(year)} (thành lập theo Quyết định số ` +
              `${before.decision.number} ${dayInWords(before.decision.date)}), gồm ${count} ông (bà) có tên trong ${lists}.`,
          ),
          ...changesBetween(before.members, council.members, reason),
        ]
      : [
          article(
            1,
            `Thành lập Hội đồng tự đánh giá ${school.name} ${yearWords(year)}, gồm ${count} ông (bà) có tên trong ${lists}.`,
          ),
        ]),
    article(
      2,
      'Hội đồng có nhiệm vụ triển khai tự đánh giá nhà trường theo quy định của Bộ Giáo dục và Đào tạo. Nhiệm vụ cụ thể ' +
        'của các thành viên do Chủ tịch Hội đồng phân công. Hội đồng tự giải thể khi hoàn thành nhiệm vụ.',
    ),
    article(
      3,
      'Quyết định này có hiệu lực kể từ ngày ký. Bộ phận văn phòng, các tổ chuyên môn, các đoàn thể và các ông (bà) có ' +
        'tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.',
    ),
  ]
}

const nameAndPost = ({ name, post }: CouncilVersion['members'][number]): string =>
  post === '' ? name : `${name} (${post})`

const namedLine = (label: string, members: CouncilVersion['members']): readonly Block[] =>
  members.length === 0 ? [] : [paragraph(`- ${label}: ${members.map(nameAndPost).join('; ')}.`)]

/** Who leaves, who comes and whose duty changes, so that the reader need not compare two lists. */
function changesBetween(
  before: CouncilVersion['members'],
  now: CouncilVersion['members'],
  reason: string | undefined,
): readonly Block[] {
  const out = inRoleOrder(before).filter(one => now.every(other => other.personId !== one.personId))
  const come = inRoleOrder(now).filter(one => before.every(other => other.personId !== one.personId))
  const moved = inRoleOrder(now).filter(one =>
    before.some(other => other.personId === one.personId && other.role !== one.role),
  )
  return [
    ...namedLine('Thôi tham gia Hội đồng', out),
    ...namedLine('Bổ sung vào Hội đồng', come),
    ...namedLine('Thay đổi nhiệm vụ trong Hội đồng', moved),
    ...(reason === undefined || reason === '' ? [] : [paragraph(`- Lý do: ${reason.replace(/\.$/, '')}.`)]),
  ]
}
