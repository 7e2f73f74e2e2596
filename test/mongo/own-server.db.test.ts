import { expect } from 'chai'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { MongoClient } from 'mongodb'
import { holderOf } from '../../src/mongo/data-lock.ts'
import { NoDatabase } from '../../src/mongo/no-database.ts'
import { openDatabase } from '../../src/mongo/open-database.ts'
import { findOnPath } from '../../src/mongo/own-server.ts'
import { addressOf, testDatabase } from '../support/database.ts'

/** A program with mongod's arguments that hands every connection on to the database of this run. */
const standIn = (uri: string) => {
  const [host = ''] = uri.replace('mongodb://', '').split('/')
  const [name, port] = decodeURIComponent(host).split(':')
  const target = port === undefined ? { path: name } : { host: name, port: Number(port) }
  return `#!${process.execPath}
const net = require('node:net')
const port = Number(process.argv[process.argv.indexOf('--port') + 1])
const address = process.argv[process.argv.indexOf('--bind_ip') + 1]
net.createServer(client => {
  const server = net.connect(${JSON.stringify(target)})
  client.pipe(server).pipe(client)
  for (const socket of [client, server]) socket.on('error', () => { client.destroy(); server.destroy() })
}).listen(port, address)`
}

describe('a mongod of this machine', () => {
  let folder: string
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mongod-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const program = (name: string, text: string) => {
    const file = join(folder, name)
    writeFileSync(file, text)
    chmodSync(file, 0o755)
    return file
  }

  it('is found on PATH only where it may be run', () => {
    const empty = join(folder, 'empty')
    writeFileSync(join(folder, 'mongod'), '')
    expect(findOnPath('mongod', [empty, folder].join(delimiter))).to.equal(undefined)
    const file = program('mongod', '')
    expect(findOnPath('mongod', [empty, folder].join(delimiter))).to.equal(file)
  })

  it('is started over its own folder on this machine alone, answers, and ends with us', async () => {
    const mongodBinary = program('mongod', standIn(addressOf(await testDatabase())))
    const dataDir = join(folder, 'data')
    const database = await openDatabase({ mongodBinary, dataDir, say })
    expect(database.kind).to.equal('mongod')
    expect(database.uri).to.match(/^mongodb:\/\/127\.0\.0\.1:\d+\//)
    expect(existsSync(join(dataDir, 'mongod'))).to.equal(true)
    expect(holderOf(dataDir)?.uri).to.equal(database.uri)
    const client = await MongoClient.connect(database.uri)
    expect(await client.db('admin').command({ ping: 1 })).to.include({ ok: 1 })
    await client.close()
    await database.close()
    expect(holderOf(dataDir)).to.equal(undefined)
    const gone = await MongoClient.connect(database.uri, { serverSelectionTimeoutMS: 200 }).catch(
      (error: unknown) => error,
    )
    expect(gone).to.be.instanceOf(Error)
  })

  it('is reported with its last words when it ends at once', async () => {
    const mongodBinary = program('broken', '#!/bin/sh\necho "Unsupported feature version" >&2\nexit 62')
    const error = await openDatabase({ mongodBinary, dataDir: folder, say }).catch((reason: unknown) => reason)
    expect(error).to.be.instanceOf(NoDatabase)
    expect(String(error)).to.contain('Unsupported feature version')
    expect(holderOf(folder)).to.equal(undefined)
  })

  it('is asked for by a name that is not there', async () => {
    const wanted = openDatabase({ mongodBinary: join(folder, 'absent'), dataDir: folder, say })
    const error = await wanted.catch((reason: unknown) => reason)
    expect(String(error)).to.contain(`Không có tệp ${join(folder, 'absent')}`)
  })

  it('is passed over for a given address, whose password is not shown', async () => {
    const uri = 'mongodb://officer:secret@db.example.vn/kiemdinh'
    const database = await openDatabase({ uri, mongodBinary: join(folder, 'absent'), dataDir: folder, say })
    expect(database).to.include({ uri, kind: 'uri' })
    expect(said.at(-1)).to.contain('db.example.vn').and.not.contain('secret')
  })
})
