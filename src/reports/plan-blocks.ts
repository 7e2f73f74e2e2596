import type { CouncilVersion } from '../assessments/index.ts'
import type { CriteriaSet } from '../catalogue/index.ts'
import { printDay, type Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import {
  bold,
  cell,
  heading,
  list,
  paragraph,
  row,
  section,
  table,
  type Block,
  type Doc,
  type Row,
} from '../paper/index.ts'
import { RESOURCE_KIND_NAMES, type PlanContent } from '../plans/index.ts'
import { chairOf, councilTable, groupsTable, secretariatTable } from './council-tables.ts'
import { NOT_WRITTEN, textBlocks } from './criterion-blocks.ts'
import { citeBy } from './light-markdown.ts'
import {
  centred,
  dayInWords,
  docOf,
  FILED,
  letterhead,
  orDash,
  reportedTo,
  startOfDay,
  titleBlocks,
  yearWords,
} from './official.ts'
import type { SchoolOnDay } from './school-on-day.ts'
import { nameOfSheet } from './sheet-on-paper.ts'

/** Everything the self-assessment plan prints (form 2); a draft has neither number nor date. */
export interface PlanOnPaper {
  readonly school: SchoolOnDay
  readonly year: WorkingYear
  readonly set: CriteriaSet
  /** Absent while the school has not begun its plan. */
  readonly content?: PlanContent
  /** The lists in force, or the draft lists while no decision has been signed. */
  readonly council: Pick<CouncilVersion, 'members' | 'secretariat' | 'groups'> & {
    readonly decision?: CouncilVersion['decision']
  }
  readonly inStandard: ReadonlyMap<string, number>
  readonly number?: string
  readonly date?: Day
  readonly recordDay: Day
}

/** Kế hoạch tự đánh giá, sections I to IX (CV 5932/5942 annex). */
export function planDoc(paper: PlanOnPaper): Doc {
  const { school, year, number, date, council } = paper
  return docOf(
    'plan',
    {
      title: `Kế hoạch tự đánh giá ${school.name} ${yearWords(year)}`,
      author: school.name,
      createdAt: startOfDay(date ?? paper.recordDay),
      draft: number === undefined,
    },
    [
      section([
        letterhead(school, { number, fallback: `KH-${school.symbol}`, date }),
        ...titleBlocks('KẾ HOẠCH', `Tự đánh giá ${school.name} ${yearWords(year)}`),
        ...contentBlocks(paper),
        {
          kind: 'signature',
          signers: [
            {
              authority: 'TM. HỘI ĐỒNG TỰ ĐÁNH GIÁ',
              position: 'CHỦ TỊCH\n(Hiệu trưởng)',
              name: chairOf(council.members),
            },
          ],
          receivers: [
            ...reportedTo(school),
            'Các thành viên Hội đồng tự đánh giá;',
            'Trang thông tin điện tử của trường;',
            FILED,
          ],
        },
      ]),
    ],
  )
}

const part = (words: string): Block => heading(2, words)

function contentBlocks(paper: PlanOnPaper): readonly Block[] {
  const { content } = paper
  if (!content) return [paragraph('Nhà trường chưa lập kế hoạch tự đánh giá.')]
  const noCitation = citeBy(new Map())
  return [
    part('I. MỤC ĐÍCH'),
    ...textBlocks(content.purpose, noCitation),
    paragraph([bold('Mục tiêu phấn đấu: '), aimWords(paper, content)]),
    part('II. PHẠM VI TỰ ĐÁNH GIÁ'),
    ...textBlocks(content.scope, noCitation),
    paragraph(`Các năm học được đánh giá: ${content.years.join('; ')}.`),
    part('III. CÔNG CỤ TỰ ĐÁNH GIÁ'),
    content.tools.length === 0 ? paragraph(NOT_WRITTEN) : list(content.tools),
    part('IV. HỘI ĐỒNG TỰ ĐÁNH GIÁ'),
    ...councilBlocks(paper, content),
    part('V. TẬP HUẤN NGHIỆP VỤ TỰ ĐÁNH GIÁ'),
    rowsOr('Không tổ chức tập huấn riêng.', content.training, {
      columns: [15, 16, 23, 28, 18],
      head: ['Thời gian', 'Địa điểm', 'Thành phần', 'Nội dung', 'Người hướng dẫn'],
      row: one =>
        row([day(one.on), orDash(one.place), orDash(one.participants), orDash(one.content), orDash(one.trainer)]),
    }),
    part('VI. DỰ KIẾN CÁC NGUỒN LỰC CẦN HUY ĐỘNG'),
    rowsOr('Không có nguồn lực cần huy động thêm.', content.resources, {
      columns: [6, 18, 30, 16, 16, 14],
      head: ['TT', 'Tiêu chuẩn, tiêu chí', 'Các hoạt động', 'Loại nguồn lực', 'Thời điểm huy động', 'Ghi chú'],
      row: (one, index) =>
        row([
          centred(String(index + 1)),
          orDash(one.for),
          orDash(one.activity),
          RESOURCE_KIND_NAMES[one.kind],
          orDash(one.when),
          orDash(one.note),
        ]),
    }),
    part('VII. DỰ KIẾN MINH CHỨNG CẦN THU THẬP CHO TỪNG TIÊU CHÍ'),
    rowsOr('Chưa dự kiến minh chứng.', content.evidence, {
      columns: [8, 28, 17, 17, 15, 15],
      head: [
        'Tiêu chí',
        'Minh chứng cần thu thập',
        'Nơi thu thập',
        'Nhóm, cá nhân thu thập',
        'Thời gian',
        'Chi phí dự kiến; ghi chú',
      ],
      row: one =>
        row([
          centred(one.criterion),
          orDash(one.name),
          orDash(one.where),
          orDash(one.who),
          day(one.by),
          orDash([one.cost, one.note].filter(words => words.trim() !== '').join('; ')),
        ]),
    }),
    part('VIII. THUÊ CHUYÊN GIA (nếu có)'),
    rowsOr('Nhà trường không thuê chuyên gia.', content.experts, {
      columns: [24, 22, 22, 16, 16],
      head: ['Họ và tên', 'Lĩnh vực', 'Tiêu chuẩn, tiêu chí', 'Thời gian', 'Kinh phí'],
      row: one => row([orDash(one.name), orDash(one.field), orDash(one.for), orDash(one.when), orDash(one.cost)]),
    }),
    part('IX. THỜI GIAN BIỂU'),
    rowsOr('Chưa lập thời gian biểu.', content.timetable, {
      columns: [22, 38, 20, 20],
      head: ['Thời gian', 'Các hoạt động', 'Người chịu trách nhiệm', 'Kết quả'],
      row: one =>
        row([
          `${weeks(one)} (${printDay(one.from)} – ${printDay(one.to)})`,
          orDash(one.activity),
          orDash(one.responsible),
          orDash(one.result),
        ]),
    }),
  ]
}

const day = (known: Day | undefined): string => (known === undefined ? '–' : printDay(known))

const weeks = ({ weekFrom, weekTo }: PlanContent['timetable'][number]): string =>
  weekFrom === weekTo ? `Tuần ${weekFrom}` : `Tuần ${weekFrom}–${weekTo}`

interface Listing<Item> {
  readonly columns: readonly number[]
  readonly head: readonly string[]
  readonly row: (item: Item, index: number) => Row
}

/** A table of what was planned, or the sentence that nothing was. */
const rowsOr = <Item>(nothing: string, items: readonly Item[], listing: Listing<Item>): Block =>
  items.length === 0 ? paragraph(nothing) : table({ ...listing, rows: items.map(listing.row) })

function aimWords({ school }: PlanOnPaper, { aims }: PlanContent): string {
  const { level, accreditationGrade, nationalGrade } = aims
  if (accreditationGrade === undefined && nationalGrade === undefined) return `đạt Mức ${level}.`
  const titles = [
    ...(accreditationGrade === undefined ? [] : [`kiểm định chất lượng giáo dục cấp độ ${accreditationGrade}`]),
    ...(nationalGrade === undefined ? [] : [`chuẩn quốc gia mức độ ${nationalGrade}`]),
  ]
  return `đạt Mức ${level}; ${school.name} đề nghị công nhận đạt ${titles.join(' và đạt ')}.`
}

function councilBlocks({ council, inStandard }: PlanOnPaper, content: PlanContent): readonly Block[] {
  const { members, secretariat, groups, decision } = council
  const by = decision
    ? `Hội đồng tự đánh giá được thành lập theo Quyết định số ${decision.number} ${dayInWords(decision.date)}, gồm ${members.length} thành viên.`
    : `Dự kiến danh sách Hội đồng tự đánh giá, gồm ${members.length} thành viên.`
  return [
    heading(3, '1. Hội đồng tự đánh giá'),
    paragraph(by),
    councilTable(members),
    heading(3, '2. Nhóm thư ký'),
    secretariat.length === 0 ? paragraph('Hội đồng không lập nhóm thư ký riêng.') : secretariatTable(secretariat),
    heading(3, '3. Các nhóm công tác'),
    groups.length === 0 ? paragraph('Chưa lập nhóm công tác.') : groupsTable(groups, inStandard),
    heading(3, '4. Phân công thực hiện'),
    assignmentTable(content, groups),
  ]
}

function assignmentTable({ assignments }: PlanContent, groups: PlanOnPaper['council']['groups']): Block {
  const groupOf = (code: string): string => groups.find(group => group.criteria?.includes(code))?.name ?? ''
  const standards = [...new Set(assignments.map(one => one.criterion.split('.')[0] ?? ''))]
  return table({
    columns: [10, 12, 24, 24, 15, 15],
    head: ['Tiêu chí', 'Nhóm', 'Người chịu trách nhiệm chính', 'Người phối hợp', 'Bắt đầu', 'Hoàn thành'],
    rows: standards.flatMap(standard => [
      row([
        cell(standard === '22' ? 'Tiêu chí Mức 4' : `Tiêu chuẩn ${standard}`, {
          colSpan: 6,
          bold: true,
          rowHeader: true,
        }),
      ]),
      ...assignments
        .filter(one => one.criterion.startsWith(`${standard}.`))
        .map(one =>
          row([
            standard === '22' ? nameOfSheet(one.criterion) : one.criterion,
            orDash(groupOf(one.criterion)),
            orDash(one.responsible),
            orDash(one.supporting),
            day(one.from),
            day(one.to),
          ]),
        ),
    ]),
  })
}
