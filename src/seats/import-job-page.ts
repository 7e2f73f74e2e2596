import { printInstant } from '../kernel/dates.ts'
import { progressWords } from './import-job.ts'
import type { ImportJob } from './import-job-store.ts'

const STATES = {
  running: { label: 'Đang nhập', tone: 'blue' },
  done: { label: 'Đã nhập xong', tone: 'green' },
  stopped: { label: 'Dừng giữa chừng', tone: 'red' },
} as const

/** A confirmed import: how far it is while it runs, and how it ended. */
export function importJobPage(job: ImportJob, href: string, form: string) {
  const { state, rows, seats, people, why } = job
  return {
    badge: STATES[state],
    facts: [
      { term: 'Người xác nhận', text: `${job.by.name}, ${printInstant(job.at)}` },
      { term: 'Dòng cần nhập', text: String(rows) },
      { term: 'Vị trí đã thêm', text: String(seats) },
      { term: 'Người mới', text: String(people) },
    ],
    running:
      state === 'running' ? { follow: `${href}/tien-do`, seats, rows, words: progressWords(job), href } : undefined,
    stopped: state === 'stopped' ? { why: why ?? '', again: `${form}?tep=${job.token}` } : undefined,
    // Somebody else may have entered the same post meanwhile; it is then there, but was not added by this import.
    leftOut: state === 'done' ? Math.max(0, rows - seats) : 0,
    back: '/quan-tri/tai-khoan',
  }
}
