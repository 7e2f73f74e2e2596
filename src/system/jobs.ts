import path from 'node:path'
import { nightlyBackup } from '../backup/index.ts'
import type { Config } from '../config.ts'
import { dayOf } from '../kernel/dates.ts'
import { deliverMail, mailDoor } from '../notices/index.ts'
import { isOpen } from '../people/index.ts'
import { periodJobs } from '../periods/index.ts'
import type { System } from './system.ts'

const EVERY_MS = 60_000

/**
 * What the clock does while the system runs: figures are frozen at the end of a closing day, people are told and
 * reminded, e-mails go out, the day's backup is made. Gives the function that ends it; it resolves when what is under way is done.
 */
export function startJobs(
  system: System,
  config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'dataDir' | 'baseUrl' | 'backupHour' | 'backupKeep'>,
  report: (error: unknown) => void,
): () => Promise<void> {
  const jobs = [
    periodJobs(system.periodNeeds),
    deliverMail({
      notices: system.notices,
      now: system.now,
      baseUrl: config.baseUrl,
      addressOf: async personId => {
        const person = await system.people.find(personId)
        return person && isOpen(person, dayOf(system.now())) && person.email !== undefined
          ? { name: person.name, address: person.email }
          : undefined
      },
      send: mailDoor({
        from: config.mailFrom,
        folder: path.join(config.dataDir, 'mail'),
        ...(config.smtpUrl !== undefined && { smtpUrl: config.smtpUrl }),
      }),
    }),
    ...(config.backupHour === undefined
      ? []
      : [nightlyBackup(system.backupNeeds, config.backupHour, config.backupKeep)]),
  ]
  let running: Promise<void> | undefined
  const round = async (): Promise<void> => {
    for (const job of jobs) {
      try {
        await job()
      } catch (error) {
        report(error)
      }
    }
  }
  const timer = setInterval(() => {
    running ??= round().finally(() => (running = undefined))
  }, EVERY_MS)
  return async () => {
    clearInterval(timer)
    await running
  }
}
