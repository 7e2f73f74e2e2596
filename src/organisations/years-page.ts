import { printDay, type Day } from '../kernel/dates.ts'
import { shiftYear, workingYearOf, type WorkingYear } from '../kernel/working-year.ts'
import { usualClosingDay, type Year } from './year.ts'

/** The next year that is not there yet, from today's on. */
function nextYear(years: readonly Year[], today: Day): WorkingYear {
  let candidate = workingYearOf(today)
  while (years.some(year => year.id === candidate)) candidate = shiftYear(candidate, 1)
  return candidate
}

const fieldsFor = (action: string, closingDay: string, holidays: readonly string[]) => [
  {
    name: 'closingDay',
    id: `${action}-ngay-chot`,
    label: 'Ngày chốt',
    type: 'date',
    value: closingDay,
    required: true,
    hint: 'Báo cáo của năm học theo cây đơn vị của ngày này.',
    action,
  },
  {
    name: 'holidays',
    id: `${action}-ngay-nghi`,
    label: 'Ngày nghỉ lễ',
    type: 'textarea',
    rows: 4,
    value: holidays.map(printDay).join('\n'),
    hint: 'Mỗi dòng một ngày; dùng để tính ngày làm việc.',
    action,
  },
]

/** The list of working years, with forms for those who may change them. */
export function yearsPage(years: readonly Year[], today: Day, mayChange: boolean) {
  const next = nextYear(years, today)
  return {
    subtitle: 'Sở mở và đóng năm học cho toàn tỉnh',
    mayChange,
    open: {
      title: `Mở năm học ${next}`,
      action: '/nam-hoc/moi',
      hidden: { year: next },
      fields: fieldsFor('/nam-hoc/moi', usualClosingDay(next), []),
    },
    years: years.map(({ id, state, closingDay, holidays, rev }) => ({
      id,
      badge: state === 'open' ? { label: 'Đang mở', tone: 'green' } : { label: 'Đã đóng', tone: 'grey' },
      facts: [
        { term: 'Ngày chốt', text: printDay(closingDay) },
        { term: 'Ngày nghỉ lễ', text: holidays.map(printDay).join(', ') || 'Chưa ghi' },
      ],
      action: `/nam-hoc/${id}`,
      revision: rev,
      fields: fieldsFor(`/nam-hoc/${id}`, closingDay, holidays),
      step: {
        action: `/nam-hoc/${id}/${state === 'open' ? 'dong' : 'mo-lai'}`,
        label: state === 'open' ? 'Đóng năm học' : 'Mở lại năm học',
        tone: state === 'open' ? 'danger' : 'secondary',
        hidden: { revision: rev },
        reason: {},
      },
    })),
  }
}
