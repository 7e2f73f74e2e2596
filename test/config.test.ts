import { expect } from 'chai'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WrongConfig, readConfig } from '../src/config.ts'

function mistakesOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof WrongConfig) return error.mistakes
    throw error
  }
  return []
}

describe('configuration', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'config-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const production = () => ({ NODE_ENV: 'production', SESSION_SECRET: 'x'.repeat(32), DATA_DIR: folder })

  it('runs a demonstration on this machine alone when nothing is set', () => {
    const config = readConfig({ DATA_DIR: folder })
    expect(config).to.include({
      nodeEnv: 'development',
      port: 3000,
      host: '127.0.0.1',
      baseUrl: 'http://127.0.0.1:3000',
      mongodbUri: undefined,
      mongodBinary: undefined,
      databaseName: 'kiemdinh',
      engineCacheMb: 1024,
      dataDir: folder,
      filesDir: join(folder, 'files'),
      demo: true,
      logLevel: 'info',
    })
    expect(Object.isFrozen(config)).to.equal(true)
  })

  it('takes a common sign-on whole or not at all, over https', () => {
    const whole = { OIDC_CLIENT_ID: 'kd', OIDC_CLIENT_SECRET: 'x', OIDC_ISSUER: 'https://dinhdanh.example' }
    expect(readConfig({ ...production(), ...whole }).signOn).to.deep.equal({
      issuer: 'https://dinhdanh.example',
      clientId: 'kd',
      clientSecret: 'x',
      name: 'cổng định danh',
    })
    expect(mistakesOf({ ...production(), OIDC_ISSUER: 'https://a.example' })[0]).to.match(
      /OIDC_CLIENT_ID, OIDC_CLIENT_SECRET/,
    )
    expect(mistakesOf({ ...production(), ...whole, OIDC_ISSUER: 'http://a.example' })[0]).to.match(/https/)
    expect(readConfig({ ...production(), ...whole, OIDC_ISSUER: 'http://127.0.0.1:8080' }).signOn).to.be.an('object')
  })

  it('takes every value that is set', () => {
    const config = readConfig({
      ...production(),
      PORT: '8080',
      SESSION_SECRET_PREVIOUS: 'y'.repeat(32),
      HOST: '::1',
      BASE_URL: 'https://kiemdinh.example.vn/',
      MONGODB_URI: 'mongodb://db/?replicaSet=rs0',
      MONGOD_BINARY: '/opt/mongod',
      FILES_DIR: '/srv/files',
      ENGINE_CACHE_MB: '512',
      LOG_LEVEL: 'warn',
      DEMO: 'true',
    })
    expect(config).to.include({
      port: 8080,
      previousSecret: 'y'.repeat(32),
      host: '::1',
      baseUrl: 'https://kiemdinh.example.vn',
      mongodbUri: 'mongodb://db/?replicaSet=rs0',
      mongodBinary: '/opt/mongod',
      filesDir: '/srv/files',
      engineCacheMb: 512,
      logLevel: 'warn',
      demo: true,
    })
  })

  it('makes a backup each night when it runs for real, and where it is told to', () => {
    const backups = (env: Record<string, string>) => {
      const { backupDir, backupHour, backupKeep } = readConfig(env)
      return { backupDir, backupHour, backupKeep }
    }
    const place = join(folder, 'backups')
    expect(backups(production())).to.deep.equal({ backupDir: place, backupHour: 2, backupKeep: 14 })
    expect(backups({ DATA_DIR: folder })).to.deep.equal({ backupDir: place, backupHour: undefined, backupKeep: 14 })
    expect(backups({ ...production(), BACKUP_DIR: '/kho', BACKUP_HOUR: '0', BACKUP_KEEP: '3' })).to.deep.equal({
      backupDir: '/kho',
      backupHour: 0,
      backupKeep: 3,
    })
    expect(backups({ ...production(), BACKUP_HOUR: 'off' })).to.include({ backupHour: undefined })
    expect(mistakesOf({ DATA_DIR: folder, BACKUP_HOUR: '24', BACKUP_KEEP: '0' })).to.have.length(2)
  })
  it('counts a variable set to nothing as not set', () => {
    expect(readConfig({ DATA_DIR: folder, PORT: '', MONGODB_URI: ' ' })).to.include({
      port: 3000,
      mongodbUri: undefined,
    })
  })

  it('writes an IPv6 host in brackets into the address', () => {
    expect(readConfig({ DATA_DIR: folder, HOST: '::1' }).baseUrl).to.equal('http://[::1]:3000')
  })

  it('lists all mistakes together', () => {
    const mistakes = mistakesOf({
      NODE_ENV: 'production',
      PORT: '70000',
      BASE_URL: 'kiemdinh.vn',
      MONGODB_URI: 'postgres://db',
      ENGINE_CACHE_MB: 'nhiều',
      DEMO: 'có',
      SESSION_SECRET_PREVIOUS: 'ngắn',
      LOG_LEVEL: 'loud',
    })
    const named = [
      'PORT',
      'BASE_URL',
      'MONGODB_URI',
      'ENGINE_CACHE_MB',
      'DEMO',
      'LOG_LEVEL',
      'SESSION_SECRET',
      'SESSION_SECRET_PREVIOUS',
    ]
    expect(mistakes.map(sentence => sentence.split(' ')[0])).to.have.members(named)
    expect(mistakes[0]).to.equal('PORT phải là một số nguyên từ 0 đến 65535.')
  })

  it('has no secret of its own in production, and refuses a short one anywhere', () => {
    const { SESSION_SECRET: _, ...withoutSecret } = production()
    expect(mistakesOf(withoutSecret)).to.have.length(1)
    expect(mistakesOf({ DATA_DIR: folder, SESSION_SECRET: 'short' })).to.have.length(1)
    expect(readConfig(production()).demo).to.equal(false)
  })

  it('makes a secret once elsewhere and keeps it where only its user can read', () => {
    const { sessionSecret } = readConfig({ DATA_DIR: folder })
    expect(sessionSecret).to.match(/^[0-9a-f]{64}$/)
    expect(readConfig({ DATA_DIR: folder }).sessionSecret).to.equal(sessionSecret)
    expect(readFileSync(join(folder, 'secret'), 'utf8')).to.equal(sessionSecret)
    expect(statSync(join(folder, 'secret')).mode & 0o777).to.equal(0o600)
  })
})
