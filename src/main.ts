import { createServer as createHttpServer, type Server } from 'node:http'
import path from 'node:path'
import { pino } from 'pino'
import { createApp } from './app.ts'
import { closeCut, refuseHalfRestored } from './backup/index.ts'
import { readConfig, type Config } from './config.ts'
import { DEMO_PASSWORD, demoAccounts, demoBegun, loadDemo } from './demo/index.ts'
import { finishHalfDone, finishLongWork, sweepFiles } from './system/finish-half-done.ts'
import { buildAssets } from './http/assets.ts'
import { closeGracefully } from './http/stop.ts'
import { sweepUploads } from './http/uploads.ts'
import type { Clock } from './kernel/dates.ts'
import { startJobs } from './system/jobs.ts'
import { ensureIndexes } from './mongo/collection.ts'
import { connect } from './mongo/connect.ts'
import { databaseFolders, openDatabase } from './mongo/open-database.ts'
import { mailDoor, type SendMail } from './notices/index.ts'
import { sealSecrets, secretSeal, SIGN_ON_CALLBACK, signInLimits, signOn } from './people/index.ts'
import { closeRenderWorker } from './paper/index.ts'
import { explainStartError } from './start-errors.ts'
import { buildSystem, type System } from './system/system.ts'

const say = (line: string): void => console.log(line)

/** Seconds between two looks for journal entries that a crash left in an outbox. */
const SWEEP_SECONDS = 30

/** Minutes between two sweeps of limiter rows, cut-off uploads and files that nothing names. */
const TEMPORARY_MINUTES = 30

async function start(config: Config): Promise<() => Promise<void>> {
  const log = pino({ level: config.logLevel })
  // The bundler is a process of its own, so it works while the database opens; its failure is met where it is awaited.
  const building = buildAssets()
  building.catch(() => undefined)
  const opened = await openDatabase({
    uri: config.mongodbUri,
    mongodBinary: config.mongodBinary,
    dataDir: config.dataDir,
    cacheMb: config.engineCacheMb,
    say,
  })
  const undo: (() => Promise<unknown>)[] = [() => opened.close()]
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step()
  }
  try {
    const db = await connect(opened.uri, config.databaseName, { serves: true })
    undo.push(() => db.close())
    await refuseHalfRestored(db)
    const limits = signInLimits(db)
    const systemAt = (now: Clock): System =>
      buildSystem(db, {
        filesDir: config.filesDir,
        baseUrl: config.baseUrl,
        backup: {
          folder: config.backupDir,
          hour: config.backupHour,
          keep: config.backupKeep,
          databaseDirs: databaseFolders(config.dataDir),
        },
        now,
        report: error => log.error({ error }, 'journal relay'),
      })
    const system = systemAt(() => new Date())
    await ensureIndexes(db)
    const imported = await system.catalogue.importCriteriaFiles(path.resolve(import.meta.dirname, '../criteria'))
    say(`Bộ tiêu chí: ${imported.length} bộ, ${imported.filter(file => file.isNew).length} bộ mới.`)
    await finishHalfDone(system)
    // Another process may be making one beside this start.
    await closeCut(system.backupNeeds).catch((error: unknown) => log.warn({ error }, 'backups'))
    const sessionSecrets = [
      config.sessionSecret,
      ...(config.previousSecret === undefined ? [] : [config.previousSecret]),
    ]
    saySealed(await sealSecrets({ people: system.people, seal: secretSeal(sessionSecrets) }))
    system.keepRollupsFresh()
    const demo = config.demo && (await wantsDemo(system))
    if (demo) await loadDemo(systemAt, { say, essentialOnly: true })
    const sweeper = setInterval(() => {
      system.post.sweep().catch((error: unknown) => log.error({ error }, 'journal sweep'))
    }, SWEEP_SECONDS * 1000)
    undo.push(async () => {
      clearInterval(sweeper)
      await system.post.settled()
      await closeRenderWorker()
    })
    const sweepTemporary = setInterval(() => {
      const now = new Date()
      Promise.all([limits.sweep(now), sweepUploads(path.join(config.filesDir, 'tmp'), now), sweepFiles(system)]).catch(
        (error: unknown) => log.error({ error }, 'sweep'),
      )
    }, TEMPORARY_MINUTES * 60_000)
    undo.push(() => Promise.resolve(clearInterval(sweepTemporary)))
    const work = () => undo.push(startJobs(system, config, error => log.error({ error }, 'jobs')))
    if (!demo) work()
    const app = createApp({
      system,
      limits,
      mail: config.smtpUrl === undefined ? undefined : linkMail(config, config.smtpUrl),
      signOn: config.signOn && signOn({ ...config.signOn, callback: `${config.baseUrl}${SIGN_ON_CALLBACK}` }),
      assets: await building,
      config: {
        baseUrl: config.baseUrl,
        filesDir: config.filesDir,
        sessionSecrets,
        ...(config.trustProxy && { trustProxy: config.trustProxy }),
      },
      log,
    })
    const server = await listen(createHttpServer(app), config)
    undo.push(() => closeGracefully(server))
    say(`\nMở trình duyệt tại ${config.baseUrl}`)
    const longWork = finishLongWork(system, () => undo.length === 0)
    undo.push(() => longWork)
    if (demo) {
      sayAccounts()
      // The demonstration tells of days gone by: a reminder of today would stand in the middle of its story.
      const rest = loadDemo(systemAt, { say, stopped: () => undo.length === 0 })
        .catch((error: unknown) => log.error({ error }, 'demonstration province'))
        .then(() => (undo.length === 0 ? undefined : work()))
      // Telling the rest ends at its next step, before anything that it stands on is closed.
      undo.push(() => rest)
    }
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}

/** The demonstration belongs into an empty database, or goes on where it was broken off. */
const wantsDemo = async (system: System): Promise<boolean> =>
  (await system.units.tree()).size === 0 || (await demoBegun(system.db))

function saySealed({ sealed, lost }: Awaited<ReturnType<typeof sealSecrets>>): void {
  if (sealed > 0) say(`Xác thực hai bước: đã mã hóa lại khóa của ${sealed} tài khoản.`)
  if (lost > 0)
    say(
      `Xác thực hai bước: không đọc được khóa của ${lost} tài khoản vì SESSION_SECRET đã đổi hoặc tệp secret trong DATA_DIR đã mất.\n` +
        '  Đặt lại giá trị cũ vào SESSION_SECRET_PREVIOUS rồi khởi động lại; không còn giá trị cũ thì người dùng vào bằng mã khôi phục, hoặc quản trị gỡ xác thực hai bước của họ.',
    )
}

function sayAccounts(): void {
  say(`\nTài khoản minh họa (mật khẩu chung: ${DEMO_PASSWORD})`)
  const width = Math.max(...demoAccounts.map(account => account.username.length))
  for (const { username, who, tryThis } of demoAccounts) say(`  ${username.padEnd(width)}  ${who}: ${tryThis}`)
  say('')
}

/** Links to passwords are secrets: they go to a mail server or nowhere, never into a folder of drafts. */
const linkMail = ({ mailFrom, dataDir }: Config, smtpUrl: string): SendMail =>
  mailDoor({ smtpUrl, from: mailFrom, folder: path.join(dataDir, 'mail') })

const listen = (server: Server, { port, host }: Config): Promise<Server> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })

try {
  const stop = await start(readConfig())
  let stopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      say('Đang dừng…')
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error)
          process.exit(1)
        },
      )
    })
} catch (error) {
  console.error(explainStartError(error) ?? error)
  process.exit(1)
}
