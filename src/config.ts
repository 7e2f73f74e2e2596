import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { findOnPath } from './mongo/own-server.ts'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const SHORTEST_SECRET = 32
/** When an installation that runs for real makes its backup unless told otherwise. */
const NIGHT_HOUR = 2

/** How the system runs, read once from the environment and never changed. Folders are absolute. */
export type Config = {
  readonly nodeEnv: 'production' | 'development' | 'test'
  readonly port: number
  readonly host: string
  /** Address that people type, without a slash at the end; links in papers and mails begin with it. */
  readonly baseUrl: string
  readonly mongodbUri: string | undefined
  /** MONGOD_BINARY, else the `mongod` on PATH, if there is one. */
  readonly mongodBinary: string | undefined
  readonly databaseName: string
  readonly engineCacheMb: number
  readonly dataDir: string
  /** Where evidence files lie. */
  readonly filesDir: string
  readonly sessionSecret: string
  /** Where backups are laid; best on another disk. */
  readonly backupDir: string
  /** Hour of Vietnamese time from which the day's backup is made; undefined: none by itself. */
  readonly backupHour: number | undefined
  /** How many backups are kept; the oldest beyond that are thrown away. */
  readonly backupKeep: number
  /** The secret before this one: still opens what it closed, until everything is closed anew. */
  readonly previousSecret: string | undefined
  /** Address of the proxy in front (`loopback`, an IP); without it no forwarded header is believed. */
  readonly trustProxy: string | undefined
  /** `smtp://` or `smtps://`; without it e-mails are laid into DATA_DIR/mail as .eml files. */
  readonly smtpUrl: string | undefined
  /** The sender of e-mails, e.g. `Kiểm định <kiemdinh@so.example>`. */
  readonly mailFrom: string
  /** The province's own sign-on (OpenID Connect); all three of OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET or none. */
  readonly signOn:
    | { readonly issuer: string; readonly clientId: string; readonly clientSecret: string; readonly name: string }
    | undefined
  /** Load the demonstration province when the database is empty. */
  readonly demo: boolean
  readonly logLevel: (typeof LOG_LEVELS)[number]
}

/** The environment holds mistakes; `mistakes` are Vietnamese sentences, the message lists them all. */
export class WrongConfig extends Error {
  override readonly name = 'WrongConfig'
  readonly mistakes: readonly string[]

  constructor(mistakes: readonly string[]) {
    super(['Cấu hình chưa đúng, hãy sửa các biến môi trường sau rồi chạy lại:', ...mistakes].join('\n  - '))
    this.mistakes = mistakes
  }
}

const wholeNumber = (least: number, most: number) =>
  z.coerce
    .number(`phải là một số nguyên từ ${least} đến ${most}`)
    .refine(n => Number.isInteger(n) && n >= least && n <= most, `phải là một số nguyên từ ${least} đến ${most}`)

const yesOrNo = z
  .enum(['1', 'true', 'yes', '0', 'false', 'no'], 'phải là true hoặc false')
  .transform(word => ['1', 'true', 'yes'].includes(word))

/** Passwords of the whole province pass through there, so plain http is taken for this machine's own loopback alone. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
}

const OIDC = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const

const environment = z.object({
  NODE_ENV: z
    .enum(['production', 'development', 'test'], 'phải là production, development hoặc test')
    .default('development'),
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  BASE_URL: z
    .url({ protocol: /^https?$/, error: 'phải là một địa chỉ bắt đầu bằng http:// hoặc https://' })
    .transform(url => url.replace(/\/+$/, ''))
    .optional(),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/./, 'phải bắt đầu bằng mongodb:// hoặc mongodb+srv://')
    .optional(),
  MONGOD_BINARY: z.string().optional(),
  DATABASE_NAME: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,38}$/, 'chỉ gồm chữ không dấu, số, gạch dưới, gạch nối và dài không quá 38 ký tự')
    .default('kiemdinh'),
  ENGINE_CACHE_MB: wholeNumber(64, 1_000_000).default(1024),
  DATA_DIR: z.string().default('./data'),
  FILES_DIR: z.string().optional(),
  BACKUP_DIR: z.string().optional(),
  BACKUP_HOUR: z.literal('off', 'phải là một giờ từ 0 đến 23, hoặc off').or(wholeNumber(0, 23)).optional(),
  BACKUP_KEEP: wholeNumber(1, 1000).default(14),
  SESSION_SECRET: z.string().min(SHORTEST_SECRET, `phải dài từ ${SHORTEST_SECRET} ký tự trở lên`).optional(),
  SESSION_SECRET_PREVIOUS: z.string().min(SHORTEST_SECRET, `phải dài từ ${SHORTEST_SECRET} ký tự trở lên`).optional(),
  TRUST_PROXY: z.string().optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'phải là một địa chỉ bắt đầu bằng smtp:// hoặc smtps://' }).optional(),
  MAIL_FROM: z.string().default('Kiểm định chất lượng giáo dục <kiem-dinh@localhost>'),
  OIDC_ISSUER: z
    .string()
    .refine(isIssuer, 'phải là địa chỉ https:// của cổng định danh (http:// chỉ cho chính máy này)')
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().default('cổng định danh'),
  DEMO: yesOrNo.optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `phải là một trong: ${LOG_LEVELS.join(', ')}`).default('info'),
})

/** An installation that nobody configured gets a secret of its own, made once and kept where only its user can read. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  mkdirSync(dataDir, { recursive: true })
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readFileSync(file, 'utf8').trim()
}

/**
 * Reads the whole configuration or throws `WrongConfig` with every mistake at once. A variable set to nothing counts as
 * not set. Outside production a missing session secret is made and kept in the data folder.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const parsed = environment.safeParse(given)
  const mistakes = (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}.`)
  if (given['NODE_ENV'] === 'production' && given['SESSION_SECRET'] === undefined) {
    mistakes.push(
      `SESSION_SECRET phải có khi chạy thật (NODE_ENV=production): một chuỗi ngẫu nhiên từ ${SHORTEST_SECRET} ký tự trở lên.`,
    )
  }
  const missing = OIDC.filter(name => given[name] === undefined)
  if (missing.length > 0 && missing.length < OIDC.length)
    mistakes.push(`${missing.join(', ')} phải có khi dùng cổng định danh (OIDC).`)
  if (!parsed.success || mistakes.length > 0) throw new WrongConfig(mistakes)
  const values = parsed.data
  const dataDir = resolve(values.DATA_DIR)
  const nightly = values.NODE_ENV === 'production' ? NIGHT_HOUR : undefined
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = values
  return Object.freeze({
    nodeEnv: values.NODE_ENV,
    port: values.PORT,
    host: values.HOST,
    baseUrl: values.BASE_URL ?? `http://${values.HOST.includes(':') ? `[${values.HOST}]` : values.HOST}:${values.PORT}`,
    mongodbUri: values.MONGODB_URI,
    mongodBinary: values.MONGOD_BINARY ?? findOnPath('mongod', given['PATH'] ?? ''),
    databaseName: values.DATABASE_NAME,
    engineCacheMb: values.ENGINE_CACHE_MB,
    dataDir,
    filesDir: values.FILES_DIR === undefined ? join(dataDir, 'files') : resolve(values.FILES_DIR),
    backupDir: values.BACKUP_DIR === undefined ? join(dataDir, 'backups') : resolve(values.BACKUP_DIR),
    backupHour: values.BACKUP_HOUR === 'off' ? undefined : (values.BACKUP_HOUR ?? nightly),
    backupKeep: values.BACKUP_KEEP,
    sessionSecret: values.SESSION_SECRET ?? keptSecret(dataDir),
    previousSecret: values.SESSION_SECRET_PREVIOUS,
    trustProxy: values.TRUST_PROXY,
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM,
    signOn: issuer && clientId && clientSecret ? { issuer, clientId, clientSecret, name } : undefined,
    demo: values.DEMO ?? values.NODE_ENV !== 'production',
    logLevel: values.LOG_LEVEL,
  })
}
