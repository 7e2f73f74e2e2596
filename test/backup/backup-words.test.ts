import { expect } from 'chai'
import { BackupFailed, diskFault, LEFT_OUT, printBytes } from '../../src/backup/backup-words.ts'
import { backupPage, progressWords } from '../../src/backup/backup-page.ts'
import type { Backup } from '../../src/backup/backup.ts'

const failure = (code: string): unknown => Object.assign(new Error(code), { code })

describe('words of backups', () => {
  it('say what a fault of the disk means and what to do', () => {
    for (const [code, words] of [
      ['ENOSPC', 'đã hết chỗ'],
      ['EACCES', 'Không ghi được'],
      ['EROFS', 'Không ghi được'],
      ['ENOTDIR', 'không phải là thư mục'],
    ] as const)
      expect(diskFault(failure(code), '/kho'))
        .to.be.instanceOf(BackupFailed)
        .and.have.property('message')
        .that.contains(words)
        .and.contains('/kho')
  })
  it('leave a fault of ours as it is', () => {
    const fault = new TypeError('ours')
    expect(diskFault(fault, '/kho')).to.equal(fault)
  })
  it('print sizes as people read them', () => {
    expect([0, 1023, 1024, 13_002_342, 3 * 2 ** 30].map(printBytes)).to.deep.equal([
      '0 byte',
      '1.023 byte',
      '1 KB',
      '12,4 MB',
      '3 GB',
    ])
  })
  it('give a reason for whatever is left out, and never leave out what was decided', () => {
    for (const why of Object.values(LEFT_OUT)) expect(why).to.not.equal('')
    for (const name of ['journal', 'people', 'assessments', 'sheets', 'papers', 'snapshots', 'backups'])
      expect(LEFT_OUT).to.not.have.property(name)
  })
  it('tell how far a backup is, and offer a check only of one that is done', () => {
    const running: Backup = {
      id: 'sao-luu-2026-02-05-020000',
      at: new Date('2026-02-04T19:00:00Z'),
      by: { personId: 'system', name: 'Hệ thống' },
      state: 'running',
      folder: '/kho/sao-luu-2026-02-05-020000',
      progress: { words: 'Đang chép tệp', done: 3, total: 9 },
    }
    expect(progressWords(running)).to.equal('Đang chép tệp (3/9)…')
    expect(backupPage(running)).to.include({ mayCheck: false })
    expect(backupPage({ ...running, state: 'done' })).to.include({ mayCheck: true, running: undefined })
    expect(backupPage({ ...running, state: 'failed', why: 'Hết chỗ.' })).to.include({
      mayCheck: false,
      why: 'Hết chỗ.',
    })
  })
})
