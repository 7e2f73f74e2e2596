import { setImmediate as nextTurn, setTimeout } from 'node:timers/promises'
import type { Actor } from '../kernel/actor.ts'
import { NotFound, Refusal } from '../kernel/refusals.ts'
import type { ImportJob, ImportJobStore } from './import-job-store.ts'
import { importPeople, rowsToEnter, type ImportPeopleNeeds, type RowsToEnter } from './import-people.ts'

export interface ImportJobNeeds extends ImportPeopleNeeds {
  readonly jobs: ImportJobStore
  /** The person with the seats of today; undefined when they may no longer sign in. */
  readonly actorOf: (personId: string) => Promise<Actor | undefined>
  readonly report: (error: unknown) => void
}

const LOOK_EVERY_MS = 500
const NOT_ALLOWED = 'Người xác nhận không còn quyền nhập nhân sự nên phần còn lại chưa nhập.'
const FAULT = 'Máy chủ gặp lỗi. Phần đã nhập được giữ; xem trước lại cùng tệp để nhập nốt phần còn lại.'

/**
 * Begins to carry out the plan that was shown and gives the job at once; the work goes on behind it. The same plan
 * confirmed twice is one job. Refuses a plan with faults, or one that is no longer what the person saw.
 */
export const beginImport =
  (needs: ImportJobNeeds) =>
  async (
    actor: Actor,
    token: string,
    mark: string,
  ): Promise<{ readonly id: string; readonly ended: Promise<void> }> => {
    const id = `${token.slice(0, 32)}${mark.slice(0, 32)}`
    if (await needs.jobs.find(id)) return { id, ended: Promise.resolve() }
    const rows = await rowsToEnter(needs)(actor, token, mark)
    const by = { personId: actor.personId, name: actor.name }
    const job: ImportJob = { id, token, by, at: needs.now(), state: 'running', rows: rows.count, people: 0, seats: 0 }
    if (!(await needs.jobs.begin(job))) return { id, ended: Promise.resolve() }
    // After the answer: entering thousands of people takes seconds.
    return { id, ended: nextTurn().then(() => carryOut(needs, actor, job, async () => rows)) }
  }

/**
 * Goes on with every import that a crash broke off, or says on it why it cannot. Run behind every start, while people are
 * served; once `stopped`, it ends at its next write and leaves the rest to the next start.
 */
export async function finishImports(needs: ImportJobNeeds, stopped: () => boolean = () => false): Promise<void> {
  for (const job of await needs.jobs.running()) {
    if (stopped()) return
    const actor = await needs.actorOf(job.by.personId)
    if (actor) await carryOut(interruptible(needs, stopped), actor, job, () => rowsToEnter(needs)(actor, job.token))
    else await needs.jobs.end(job.id, 'stopped', NOT_ALLOWED)
  }
}

/** The process is being stopped: nothing is wrong with the import, and the next start goes on with it. */
class Interrupted extends Error {}

/** The same stores, which write nothing more once the process is being stopped. */
function interruptible(needs: ImportJobNeeds, stopped: () => boolean): ImportJobNeeds {
  const unlessStopped = (): void => {
    if (stopped()) throw new Interrupted('the process is being stopped')
  }
  return {
    ...needs,
    people: {
      ...needs.people,
      inviteMany: async (people, by) => {
        unlessStopped()
        return needs.people.inviteMany(people, by)
      },
    },
    seats: {
      ...needs.seats,
      saveMany: async changes => {
        unlessStopped()
        return needs.seats.saveMany(changes)
      },
    },
  }
}

/** Never rejects: how it ended stands on the job. */
async function carryOut(
  needs: ImportJobNeeds,
  actor: Actor,
  { id }: ImportJob,
  rows: () => Promise<RowsToEnter>,
): Promise<void> {
  try {
    await importPeople(counting(needs, id))(actor, await rows())
    await needs.jobs.end(id, 'done')
  } catch (error) {
    if (error instanceof Interrupted) return
    if (!(error instanceof Refusal)) needs.report(error)
    // A database that is being closed cannot be told either; the job then stands as running and the next start goes on.
    await needs.jobs.end(id, 'stopped', error instanceof Refusal ? error.message : FAULT).catch(needs.report)
  }
}

/** The same stores, each of whose writes is counted on the job. */
const counting = (needs: ImportJobNeeds, id: string): ImportPeopleNeeds => ({
  ...needs,
  people: {
    ...needs.people,
    inviteMany: async (people, by) => {
      const entered = await needs.people.inviteMany(people, by)
      await needs.jobs.advance(id, { people: entered.length, seats: 0 })
      return entered
    },
  },
  seats: {
    ...needs.seats,
    saveMany: async changes => {
      const written = await needs.seats.saveMany(changes)
      const seats = written.reduce((sum, { before, seats: after }) => sum + after.length - before.seats.length, 0)
      await needs.jobs.advance(id, { people: 0, seats })
      return written
    },
  },
})

/** The job, for whoever began it; `NotFound` for everybody else. */
export async function openImport({ jobs }: Pick<ImportJobNeeds, 'jobs'>, actor: Actor, id: string): Promise<ImportJob> {
  const job = await jobs.find(id)
  if (!job || job.by.personId !== actor.personId) throw new NotFound(`import ${id}`)
  return job
}

/** How far a job is, again and again until it has ended; then the page that tells how. */
export async function* followImport(
  { jobs }: Pick<ImportJobNeeds, 'jobs'>,
  id: string,
  href: string,
): AsyncGenerator<object> {
  for (;;) {
    const job = await jobs.find(id)
    if (job?.state !== 'running') {
      yield { href }
      return
    }
    yield { done: job.seats, total: job.rows, message: progressWords(job) }
    await setTimeout(LOOK_EVERY_MS)
  }
}

/** `62% – đã nhập 1240/2000 dòng, 980 người mới`. */
export const progressWords = ({ rows, people, seats }: ImportJob): string =>
  `${rows === 0 ? 100 : Math.floor((100 * seats) / rows)}% – đã nhập ${seats}/${rows} dòng, ${people} người mới.`
