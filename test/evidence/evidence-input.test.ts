import { expect } from 'chai'
import { acceptedKind, LARGEST_FILE } from '../../src/evidence/accepted-kinds.ts'
import {
  boxFrom,
  checkFrom,
  collectFrom,
  forecastFrom,
  idFrom,
  quickFrom,
  reasonFrom,
} from '../../src/evidence/evidence-input.ts'
import { nameFromFile, suggestedClass } from '../../src/evidence/evidence-words.ts'
import { InvalidInput } from '../../src/kernel/refusals.ts'
import { aDossier } from './support.ts'

const fieldsRefused = (read: () => unknown): Readonly<Record<string, string>> => {
  try {
    read()
  } catch (error) {
    if (error instanceof InvalidInput) return error.fields
    throw error
  }
  throw new Error('not refused')
}

describe('what is typed about evidence', () => {
  const form = {
    criterion: '1.1',
    name: '  Kế hoạch ',
    kind: 'document',
    schoolYear: '2025-2026',
    number: '1/KH',
    date: '5/9/2025',
    issuer: '',
  }

  it('becomes typed values, tidied, with days as days', () => {
    expect(collectFrom(form, aDossier())).to.deep.equal({
      criterion: '1.1',
      name: 'Kế hoạch',
      kind: 'document',
      place: '',
      note: '',
      entry: { schoolYear: '2025-2026', number: '1/KH', date: '2025-09-05', issuer: '' },
    })
  })

  it('is composed to NFC, so that a name typed on another system is the same name', () => {
    expect(collectFrom({ ...form, name: 'Kế hoạch'.normalize('NFD') }, aDossier()).name).to.equal('Kế hoạch')
  })

  it('is refused with all messages at once, each at its field', () => {
    const bad = { criterion: '9.9', name: '', kind: 'tranh', schoolYear: '2025', date: '31/02/2025', dataClass: 'mật' }
    expect(Object.keys(fieldsRefused(() => collectFrom(bad, aDossier())))).to.have.members([
      'criterion',
      'name',
      'kind',
      'schoolYear',
      'date',
      'dataClass',
    ])
    expect(Object.keys(fieldsRefused(() => collectFrom('rác', aDossier())))).to.include.members(['criterion', 'name'])
  })

  it('takes no prototype word for a choice', () => {
    expect(fieldsRefused(() => collectFrom({ ...form, kind: 'constructor' }, aDossier()))).to.have.key('kind')
  })

  it('gives a quick item this school year', () => {
    const { entry } = quickFrom({ criterion: '1.1', name: 'Sổ' }, aDossier())
    expect(entry).to.deep.equal({ schoolYear: '2025-2026', number: '', issuer: '' })
  })

  it('reads reasons, boxes, checks and ids', () => {
    expect(reasonFrom({ reason: ' mờ ' })).to.equal('mờ')
    expect(fieldsRefused(() => reasonFrom({ reason: ' ' }))).to.have.key('reason')
    expect([boxFrom({ box: '12' }), boxFrom({})]).to.deep.equal([12, undefined])
    for (const box of ['0', '100', '1.5', 'hai'])
      expect(
        fieldsRefused(() => boxFrom({ box })),
        box,
      ).to.have.key('box')
    expect(checkFrom({ dataClass: 'public', originalSeen: 'on' })).to.deep.equal({
      dataClass: 'public',
      originalSeen: true,
    })
    expect(checkFrom({ dataClass: 'public' })).to.deep.equal({ dataClass: 'public', originalSeen: false })
    expect(idFrom({ id: '8c2a4f9e-1f3a-4d7b-9a55-0d1f2e3c4b5a' })).to.equal('8c2a4f9e-1f3a-4d7b-9a55-0d1f2e3c4b5a')
    for (const id of ['1', { $ne: '' }, undefined]) expect(idFrom({ id })).to.equal(undefined)
  })

  it('asks a forecast for criterion and name, and leaves out an unknown cost', () => {
    const input = { criterion: '1.1', name: 'Sổ', where: 'Kho', who: 'Nhóm 1', by: '', cost: '' }
    expect(forecastFrom(input, aDossier())).to.deep.equal({ criterion: '1.1', name: 'Sổ', where: 'Kho', who: 'Nhóm 1' })
    expect(fieldsRefused(() => forecastFrom({ ...input, by: 'mai' }, aDossier()))).to.have.key('by')
  })
})

describe('kinds of files', () => {
  const kindOf = (name: string, mime: string, size = 1000) => acceptedKind({ name, mime, size })

  it('takes papers, pictures, office files, sound and film', () => {
    for (const mime of ['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'audio/mpeg', 'video/mp4'])
      expect(kindOf('x', mime)).to.deep.equal({ mime })
    expect(kindOf('x.heic', 'image/heif')).to.deep.equal({ mime: 'image/heic' })
  })

  it('tells older Word and Excel files by their names', () => {
    expect(kindOf('bang.XLS', 'application/x-cfb')).to.deep.equal({ mime: 'application/vnd.ms-excel' })
    expect(kindOf('don.doc', 'application/x-cfb')).to.deep.equal({ mime: 'application/msword' })
    expect(kindOf('cai-dat.msi', 'application/x-cfb')).to.have.key('refused')
  })

  it('refuses archives, unknown kinds, empty and too large files, each in its own words', () => {
    expect(kindOf('a.zip', 'application/zip')).to.have.property('refused').that.includes('tệp nén')
    expect(kindOf('a.rar', 'application/x-rar-compressed')).to.have.property('refused').that.includes('tệp nén')
    expect(kindOf('a.html', 'text/plain')).to.have.property('refused').that.includes('không thuộc các loại')
    expect(kindOf('a.pdf', 'application/pdf', 0))
      .to.have.property('refused')
      .that.includes('không có nội dung')
    expect(kindOf('a.pdf', 'application/pdf', LARGEST_FILE + 1))
      .to.have.property('refused')
      .that.includes('50 MB')
    expect(kindOf('a.pdf', 'application/pdf', LARGEST_FILE)).to.deep.equal({ mime: 'application/pdf' })
  })
})

describe('words about evidence', () => {
  it('takes records of pupils, health and discipline for sensitive until somebody says otherwise', () => {
    for (const name of [
      'Sổ theo dõi sức khoẻ học sinh',
      'Học bạ lớp 5',
      'Danh sách học sinh khuyết tật',
      'Hồ sơ kỷ luật',
    ])
      expect(suggestedClass(name), name).to.equal('sensitive')
    expect(suggestedClass('Lý lịch viên chức')).to.equal('personal')
    expect(suggestedClass('Kế hoạch năm học')).to.equal('internal')
  })

  it('makes a name of a file name', () => {
    expect(nameFromFile('ke_hoach  nam-hoc.final.pdf')).to.equal('Ke hoach nam-hoc.final')
    expect(nameFromFile('.pdf')).to.equal('.pdf')
    expect(nameFromFile('ảnh.JPG'.normalize('NFD'))).to.equal('Ảnh')
  })
})
