import { printDay, type Day } from '../kernel/dates.ts'
import { row, writeWorkbook } from '../sheet-files/index.ts'
import { dutiesShown, dutyWords, queryInWords, type DutyQuery } from './duty-list.ts'
import type { SeenDuty } from './owing.ts'
import type { Period } from './period.ts'

/** The list of units of a period as an .xlsx file: who has sent, who has not, how often they were reminded. */
export const dutySheet = (
  {
    period,
    duties,
    names,
    query,
  }: { period: Period; duties: readonly SeenDuty[]; names: ReadonlyMap<string, string>; query: DutyQuery },
  today: Day,
): Promise<Buffer> =>
  writeWorkbook([
    {
      name: 'Đơn vị báo cáo',
      title: [period.name.toLocaleUpperCase('vi'), 'TÌNH HÌNH GỬI BÁO CÁO CỦA CÁC ĐƠN VỊ'],
      notes: [
        `Lập ngày ${printDay(today)}. Đơn vị quá hạn đứng trước, đơn vị không còn thuộc diện báo cáo đứng sau cùng.`,
        ...(queryInWords(query) === '' ? [] : [`Chỉ gồm đơn vị có ${queryInWords(query)}.`]),
      ],
      landscape: true,
      frozenColumns: 2,
      columns: [
        { head: 'TT', kind: 'integer', width: 6 },
        { head: 'Đơn vị', width: 38 },
        { head: 'Loại', width: 20 },
        { head: 'Cấp quản lý trực tiếp', width: 32 },
        { head: 'Hạn', width: 12 },
        { head: 'Trạng thái', width: 20 },
        { head: 'Gửi lúc', width: 22 },
        { head: 'Số lần trả lại', kind: 'integer', width: 10 },
        { head: 'Đã nhắc ngày', width: 24 },
        { head: 'Lý do không phải báo cáo', width: 30 },
      ],
      rows: dutiesShown(duties, query, today).map((duty, at) => {
        const { name, kind, parent, due, state, sent, returns, reminders, reason } = dutyWords(
          duty,
          names.get(duty.parentId) ?? '',
        )
        return row(at + 1, name, kind, parent, due, state, sent, returns, reminders, reason)
      }),
    },
  ])
