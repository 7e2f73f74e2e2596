import { expect } from 'chai'
import { createServer } from 'node:net'
import { WrongConfig } from '../src/config.ts'
import { DataFolderHeld, NoDatabase } from '../src/mongo/no-database.ts'
import { explainStartError } from '../src/start-errors.ts'

const systemError = (code: string, facts: object) => Object.assign(new Error(code), { code, ...facts })

describe('an error at the start', () => {
  it('names the taken port and another one to try', async () => {
    const first = createServer().listen(0, '127.0.0.1')
    await new Promise(done => first.once('listening', done))
    const address = first.address()
    const port = typeof address === 'object' ? address?.port : undefined
    if (port === undefined) throw new Error('the first server does not listen')
    const second = createServer()
    const error = await new Promise(done => second.once('error', done).listen(port, '127.0.0.1'))
    first.close()
    expect(explainStartError(error))
      .to.contain(`Cổng ${port} đã có chương trình khác dùng`)
      .and.contain(`PORT=${port + 1}`)
  })

  it('tells a port that needs rights from a folder that needs rights', () => {
    expect(explainStartError(systemError('EACCES', { port: 80, syscall: 'listen' }))).to.contain('cổng 80')
    expect(explainStartError(systemError('EACCES', { path: '/srv/data' }))).to.contain('ghi /srv/data')
  })

  it('says that the disk is full, and looks for it behind other errors', () => {
    const full = systemError('ENOSPC', { path: '/srv/data/x' })
    expect(explainStartError(new Error('could not open', { cause: full }))).to.contain('hết chỗ khi ghi /srv/data/x')
  })

  it('passes on the sentences that our own errors carry', () => {
    expect(explainStartError(new DataFolderHeld('/srv/data', 4321)))
      .to.contain('/srv/data')
      .and.contain('tiến trình 4321')
    expect(explainStartError(new NoDatabase('Không có cơ sở dữ liệu.'))).to.equal('Không có cơ sở dữ liệu.')
    expect(explainStartError(new WrongConfig(['PORT sai.']))).to.contain('- PORT sai.')
  })

  it('leaves a fault of ours to its stack', () => {
    expect(explainStartError(new TypeError('x is not a function'))).to.equal(undefined)
    expect(explainStartError('text')).to.equal(undefined)
  })
})
