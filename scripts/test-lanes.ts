import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How many tests went well and how many did not. */
export interface Counted {
  readonly passed: number
  readonly failed: number
}

/** What a worker is asked: one test file, and which of its tests. */
export interface FileToRun {
  readonly file: string
  readonly grep?: string
}

/** A file that is over, however it ended: its count, everything that was printed meanwhile, and how long it took. */
export interface FileDone extends Counted {
  readonly file: string
  readonly printed: string
  readonly seconds: number
}

export interface Lanes {
  /** How many processes run files beside each other. */
  readonly lanes: number
  /** The module of a process: answers every `FileToRun` with a `Counted`, and ends when its parent lets go of it. */
  readonly worker: string
  /** The longest that a file may take. */
  readonly limitMs: number
  readonly grep: string | undefined
  readonly onDone: (done: FileDone) => void
}

/** The process of a lane. It prints into a file, so that all of a test file's words are there once its answer is. */
interface Worker {
  readonly child: ChildProcess
  readonly ended: Promise<string>
  readonly printed: () => string
}

/** How a process ends that could put everything away. */
const WELL = '0'

function start(module: string): Worker {
  const folder = mkdtempSync(join(tmpdir(), 'kiem-dinh-lane-'))
  const place = join(folder, 'printed')
  const output = openSync(place, 'a+')
  rmSync(folder, { recursive: true }) // the open file stays as long as it is used, and no longer
  // As ES modules alone: mocha would else load the files by `require`, with modules of their own, and nobody put those away.
  const child = spawn(process.execPath, ['--import', 'tsx/esm', module], { stdio: ['ignore', output, output, 'ipc'] })
  const ended = new Promise<string>((done, fail) => {
    child.once('error', fail)
    child.once('exit', (code, signal) => done(signal ?? `${code}`))
  })
  let from = 0
  return {
    child,
    ended,
    printed() {
      const bytes = Buffer.alloc(fstatSync(output).size - from)
      from += readSync(output, bytes, 0, bytes.length, from)
      return bytes.toString('utf8')
    },
  }
}

/** Runs the files, each in whichever process is free next. What ends a process, or is not over in time, counts as failed. */
export async function runInLanes(files: readonly string[], lanes: Lanes): Promise<Counted> {
  const waiting = [...files]
  const total = { passed: 0, failed: 0 }
  const count = ({ passed, failed }: Counted) => {
    total.passed += passed
    total.failed += failed
  }
  const lane = async (): Promise<void> => {
    let worker: Worker | undefined
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      worker ??= start(lanes.worker)
      const began = performance.now()
      const { answer, printed } = await ask(worker, file, lanes)
      const done = {
        file,
        printed,
        seconds: (performance.now() - began) / 1000,
        ...(answer ?? { passed: 0, failed: 1 }),
      }
      count(done)
      lanes.onDone(done)
      if (answer?.failed === 0) continue
      // What a failure left behind must not be put down to the next file.
      await letGo(worker, lanes)
      worker = undefined
    }
    if (!worker) return
    const how = await letGo(worker, lanes)
    if (how === WELL) return
    const printed = `${worker.printed()}\n  Tiến trình kiểm thử không dọn được sau tệp cuối cùng (${how}).\n`
    count({ passed: 0, failed: 1 })
    lanes.onDone({ file: 'sau tệp cuối cùng', printed, seconds: 0, passed: 0, failed: 1 })
  }
  await Promise.all(Array.from({ length: Math.min(lanes.lanes, files.length) }, lane))
  return total
}

/** The worker's answer about one file; none when its process has ended, which is then said in what was printed. */
async function ask({ child, ended, printed }: Worker, file: string, { grep, limitMs }: Lanes) {
  const asked: FileToRun = { file, ...(grep !== undefined && { grep }) }
  let late = false
  const watch = setTimeout(() => {
    late = true
    child.kill('SIGKILL')
  }, limitMs)
  const answered = once(child, 'message').then(([answer]) => ({ answer: answer as Counted })) // by the contract of a worker
  child.send(asked, () => undefined) // a process that has just ended is told of by `ended`
  const over = await Promise.race([answered, ended.then(how => ({ how }))])
  clearTimeout(watch)
  if ('answer' in over) return { answer: over.answer, printed: printed() }
  const why = late
    ? `chưa xong sau ${Math.round(limitMs / 1000)} giây nên bị dừng`
    : `làm tiến trình dừng (${over.how})`
  return { answer: undefined, printed: `${printed()}\n  Tệp ${file} ${why}.\n` }
}

/** Lets a worker put its databases away; gives how its process ended. */
async function letGo({ child, ended }: Worker, { limitMs }: Lanes): Promise<string> {
  const watch = setTimeout(() => child.kill('SIGKILL'), limitMs)
  if (child.connected) child.disconnect()
  const how = await ended
  clearTimeout(watch)
  return how
}
