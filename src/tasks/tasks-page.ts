import { DUE_TONES } from '../assessments/index.ts'
import { printDay } from '../kernel/dates.ts'
import type { Task, Work } from './task.ts'

/** “Việc của tôi”: what can be done now by school and year, and what waits for others. */
export function tasksPage(work: Work, name: string) {
  const { mine, waiting } = work
  const late = mine.filter(task => task.due?.state === 'overdue').length
  return {
    subtitle: mine.length === 0 ? `Chào ${name}.` : summary(mine.length, late),
    groups: grouped(mine),
    waiting: grouped(waiting),
    empty: emptyWords(waiting),
  }
}

const summary = (count: number, late: number): string =>
  late === 0 ? `${count} việc có thể làm ngay.` : `${count} việc có thể làm ngay, ${late} việc quá hạn.`

/** One group per school and year, in the order of the most pressing task. */
function grouped(tasks: readonly Task[]) {
  const titles = [...new Set(tasks.map(titleOf))]
  return titles.map(title => ({
    title,
    tasks: tasks
      .filter(task => titleOf(task) === title)
      .map(task => ({
        label: task.label,
        detail: task.detail,
        href: task.href,
        sheets: task.sheets ?? [],
        who: task.who ?? '',
        due: task.due && {
          printed: printDay(task.due.day),
          badge: { label: task.due.words, tone: DUE_TONES[task.due.state] },
        },
      })),
  }))
}

const titleOf = ({ schoolName, year }: Task): string => `${schoolName} – năm học ${year}`

/** An empty list says what comes next and from whom. */
function emptyWords(waiting: readonly Task[]) {
  const [next] = waiting
  return {
    title: 'Hiện không có việc nào đến lượt bạn',
    text:
      next?.who === undefined
        ? 'Việc mới hiện ở đây khi đến lượt.'
        : `Tiếp theo: ${next.label.toLocaleLowerCase('vi')}, chờ ${next.who}.`,
  }
}
