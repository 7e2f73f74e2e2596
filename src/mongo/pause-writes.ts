import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Db } from 'mongodb'
import { Refusal } from '../kernel/refusals.ts'
import { ago, GONE_MS, pausesOf, WRITERS, type PauseState } from './pause-rows.ts'

/** The row of a holder that died goes after this; while it lives it is lengthened five times as often. */
const HOLD_MS = 5000
const LENGTHEN_MS = 1000
const LOOK_MS = 10
/** A process that ended without a word counts for fifteen seconds; nobody waits for anything meanwhile. */
const CALL_MS = GONE_MS + 5000
/** Writes under way end within milliseconds; who cannot stop in this time is not waited for. */
const STOP_MS = 5000
/** However much there is to copy, nobody waits longer; the right then runs out. */
const MOST_PAUSED_MS = 120_000

/** Somebody else holds up writes, or not every process did: a Vietnamese sentence. */
export class NotPaused extends Refusal {
  readonly status = 409
}

const TAKEN = 'Một bản sao lưu khác đang chạy. Xin đợi nó xong rồi thử lại.'
const SILENT =
  'Có tiến trình đang dùng cơ sở dữ liệu mà không tạm dừng ghi, nên chưa sao lưu được. Xin thử lại sau ít phút.'
const BROKEN =
  'Thời gian tạm dừng ghi đã hết trước khi chép xong, nên bản sao lưu bị bỏ. Xin thử lại lúc ít người dùng.'

/** The right to hold up writes, taken by one process at a time. */
export interface PauseHold {
  /**
   * Runs `work`, which must not write through the stores itself, while no process writes: each has answered that its own writes under way are done. Throws `NotPaused` when
   * not all of them stopped, or when one went on before `work` had ended. `pausedMs`: from the first word to the last;
   * `workMs`: what of it was the work.
   */
  during<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly pausedMs: number; readonly workMs: number }>
  /** Whoever else wants it may have it. */
  release(): Promise<void>
}

/** Takes the right to hold up the writes of all processes of this database, or throws `NotPaused`. */
export async function holdPauses(db: Db): Promise<PauseHold> {
  const pauses = pausesOf(db)
  const writers = db.collection<{ readonly _id: string; readonly heard?: string; readonly stopped?: string }>(WRITERS)
  const holder = randomUUID()
  if (!(await pauses.take(holder, HOLD_MS))) throw new NotPaused(TAKEN)
  let since: number | undefined
  // A trip that fails is made up for by the next; when all do, the row ends and `during` finds out.
  const timer = setInterval(() => {
    if (since !== undefined && performance.now() - since > MOST_PAUSED_MS) return
    void pauses.keep(holder, HOLD_MS).catch(() => undefined)
  }, LENGTHEN_MS)

  const enter = async (state: PauseState, why: string): Promise<void> => {
    if (!(await pauses.keep(holder, HOLD_MS, state))) throw new NotPaused(why)
  }
  const others = (answer: 'heard' | 'stopped') =>
    writers.findOne({ [answer]: { $ne: holder }, ended: { $ne: true }, $expr: { $gt: ['$at', ago(GONE_MS)] } })
  const everybody = async (answer: 'heard' | 'stopped', withinMs: number): Promise<void> => {
    const until = performance.now() + withinMs
    while (await others(answer)) {
      if (performance.now() > until) throw new NotPaused(SILENT)
      await setTimeout(LOOK_MS)
    }
  }

  return {
    async during(work) {
      await enter('called', BROKEN)
      try {
        await everybody('heard', CALL_MS)
        const begun = performance.now()
        since = begun
        await enter('paused', BROKEN)
        await everybody('stopped', STOP_MS)
        const from = performance.now()
        const result = await work()
        const workMs = performance.now() - from
        // Who went on has taken its answer back first, and who is new would have had to answer.
        if (await others('stopped')) throw new NotPaused(BROKEN)
        await enter('held', BROKEN)
        return { result, pausedMs: performance.now() - begun, workMs }
      } catch (error) {
        await pauses.keep(holder, HOLD_MS, 'held')
        throw error
      } finally {
        since = undefined
      }
    },
    async release() {
      clearInterval(timer)
      await pauses.leave(holder)
    },
  }
}
