import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { DataFolderHeld } from './no-database.ts'

const noteSchema = z.object({
  pid: z.int().positive(),
  /** Start time of the process in kernel ticks: a process id alone may have been given to somebody else since. */
  startedAt: z.string().optional(),
  uri: z.string().optional(),
  scratch: z.string().optional(),
})

/** What the holder of a data folder tells others: its process, where its database listens, its scratch folder. */
export type LockNote = z.infer<typeof noteSchema>

export type DataLock = {
  /** Adds the address, so that commands run beside the server can join its database. */
  note(facts: { uri?: string; scratch?: string }): void
  release(): void
}

const lockFile = (folder: string): string => join(folder, 'kiem-dinh.lock')

/** State letter and start time of a process, where the kernel tells them. */
function kernelFacts(pid: number): { state: string | undefined; startedAt: string | undefined } {
  try {
    // The command name (field 2) may hold spaces and brackets, so fields are counted from its closing bracket.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0], startedAt: fields[19] }
  } catch {
    return { state: undefined, startedAt: undefined }
  }
}

function isAlive(note: LockNote): boolean {
  try {
    process.kill(note.pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const { state, startedAt } = kernelFacts(note.pid)
  if (state === 'Z' || state === 'X') return false // ended, and only waits for its parent to notice
  return startedAt === undefined || note.startedAt === undefined || startedAt === note.startedAt
}

function readNote(folder: string): LockNote | undefined {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(lockFile(folder), 'utf8')))
  } catch {
    return undefined
  }
}

/** The note of the living process that holds this data folder, if there is one. */
export function holderOf(folder: string): LockNote | undefined {
  const note = readNote(folder)
  return note !== undefined && isAlive(note) ? note : undefined
}

/**
 * Takes the data folder for this process or throws `DataFolderHeld`. It exists for the sentence and the address; what
 * protects the files is the engine's own lock, so two processes that race for a dead holder's file do no harm.
 */
export function takeDataFolder(folder: string): DataLock {
  mkdirSync(folder, { recursive: true })
  const file = lockFile(folder)
  const draft = `${file}.${process.pid}`
  const { startedAt } = kernelFacts(process.pid)
  let mine: LockNote = { pid: process.pid, ...(startedAt === undefined ? {} : { startedAt }) }
  const writeDraft = () => writeFileSync(draft, `${JSON.stringify(mine)}\n`, { mode: 0o600 })

  const before = holderOf(folder)
  if (before !== undefined) throw new DataFolderHeld(folder, before.pid)
  const left = readNote(folder)
  if (left?.scratch !== undefined) rmSync(left.scratch, { recursive: true, force: true })
  rmSync(file, { force: true })
  writeDraft()
  try {
    linkSync(draft, file) // unlike a write, fails when somebody was faster
  } catch (error) {
    const faster = holderOf(folder)
    if (faster !== undefined) throw new DataFolderHeld(folder, faster.pid)
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return {
    note(facts) {
      mine = { ...mine, ...facts }
      writeDraft()
      renameSync(draft, file)
    },
    release: () => rmSync(file, { force: true }),
  }
}
