import { expect } from 'chai'
import { assignCode, moveBox } from '../../src/evidence/assign-code.ts'
import { declareMissing, reject, verify, withdraw } from '../../src/evidence/check-evidence.ts'
import { collect, collectExpected, collectMany, twinWarning } from '../../src/evidence/collect.ts'
import { addEntry, editDetails, editEntry, removeFile } from '../../src/evidence/edit-evidence.ts'
import { labelOf } from '../../src/evidence/evidence-facts.ts'
import { evidenceOf } from '../../src/evidence/evidence-needs.ts'
import { forecast } from '../../src/evidence/forecast.ts'
import { dispose } from '../../src/evidence/dispose.ts'
import { freezeAll } from '../../src/evidence/freeze-all.ts'
import { openFile } from '../../src/evidence/open-file.ts'
import { refileAll } from '../../src/evidence/refile-all.ts'
import { thawAll } from '../../src/evidence/thaw-all.ts'
import { replaceFile } from '../../src/evidence/replace-file.ts'
import { Forbidden, InvalidInput, NotFound, StaleWrite, StepRefused } from '../../src/kernel/refusals.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import {
  actor,
  aDossier,
  anInput,
  bench,
  HEAD,
  LEAD,
  MEMBER,
  refusalOf,
  seat,
  SECRETARIAT,
  SECRETARY,
  type Bench,
} from './support.ts'

const ID = aDossier().id

describe('the life of an item of evidence', () => {
  let b: Bench
  beforeEach(async () => {
    b = await bench()
  })
  afterEach(() => b.close())

  const collected = async (changes: Parameters<typeof anInput>[0] = {}, content = `tệp ${Math.random()}`) =>
    (await collect(b.needs)(MEMBER, ID, { input: anInput(changes), files: [await b.received(content)] })).item
  const verified = async (changes: Parameters<typeof anInput>[0] = {}) => {
    const item = await collected(changes)
    return verify(b.needs)(SECRETARIAT, item.id, { dataClass: 'internal', originalSeen: true })
  }
  const coded = async (changes: Parameters<typeof anInput>[0] = {}) =>
    assignCode(b.needs)(SECRETARIAT, (await verified(changes)).id)

  it('goes from the forecast through finding and checking to its code, each step in the journal', async () => {
    const expected = await forecast(b.needs)(MEMBER, ID, {
      criterion: '1.1',
      name: 'Kế hoạch chiến lược',
      where: 'Văn phòng',
      who: 'Nhóm 1',
    })
    const files = [await b.received('%PDF kế hoạch')]
    const { item } = await collectExpected(b.needs)(MEMBER, expected.id, { input: anInput(), files })
    expect(item).to.include({ state: 'collected', no: 1, name: 'Kế hoạch chiến lược phát triển nhà trường' })
    await verify(b.needs)(SECRETARIAT, item.id, { dataClass: 'internal', originalSeen: true })
    const done = await assignCode(b.needs)(SECRETARIAT, item.id)
    expect(labelOf(done)).to.equal('[H1-1.1-01]')
    const history = await b.historyOf(item.id)
    expect(history.map(each => [each.event, each.from, each.to])).to.deep.equal([
      ['forecast', undefined, 'expected'],
      ['collect', 'expected', 'collected'],
      ['verify', 'collected', 'verified'],
      ['assignCode', 'verified', 'coded'],
    ])
    expect(history[2]?.by).to.deep.equal({
      personId: SECRETARIAT.personId,
      name: SECRETARIAT.name,
      seats: ['secretariat'],
    })
  })

  it('keeps the file under its hash and describes it in the entry', async () => {
    const file = await b.received('%PDF nội dung', 'Kế hoạch.pdf')
    const { item } = await collect(b.needs)(MEMBER, ID, { input: anInput(), files: [file] })
    expect(item.entries[0]?.files[0]).to.include({
      sha256: file.sha256,
      name: 'Kế hoạch.pdf',
      mime: 'application/pdf',
      size: file.size,
      addedBy: MEMBER.personId,
    })
    expect(await b.needs.files.has(file.sha256)).to.equal(true)
  })

  it('takes a place instead of a file, and neither is refused at the field', async () => {
    const { item } = await collect(b.needs)(MEMBER, ID, { input: anInput({ place: 'lớp 5A' }), files: [] })
    expect(item.place).to.equal('lớp 5A')
    const refusal = await refusalOf(collect(b.needs)(MEMBER, ID, { input: anInput(), files: [] }))
    expect(refusal).to.be.instanceOf(InvalidInput)
    expect((refusal as InvalidInput).fields).to.deep.equal({ files: 'Cần tải tệp lên hoặc ghi nơi lưu giữ.' })
  })

  it('warns of the same file and of the same number, date and issuer, naming item and code, and adds all the same', async () => {
    const first = await coded({}).then(item => item)
    const sha256 = first.entries[0]?.files[0]?.sha256 ?? ''
    const { path } = await b.needs.files.open(sha256)
    const { readFile } = await import('node:fs/promises')
    const sameFile = await collect(b.needs)(MEMBER, ID, {
      input: anInput({ name: 'Bản khác', entry: { ...anInput().entry, number: '99/KH' } }),
      files: [await b.received(await readFile(path))],
    })
    expect(sameFile.twins.map(twin => [twin.label, twin.by])).to.deep.equal([['[H1-1.1-01]', 'file']])
    expect(twinWarning(sameFile.twins)).to.include('[H1-1.1-01] Kế hoạch chiến lược phát triển nhà trường')
    const sameDocument = await collect(b.needs)(MEMBER, ID, {
      input: anInput({ name: 'Bản chụp khác' }),
      files: [await b.received('chụp lại')],
    })
    expect(sameDocument.twins.map(twin => [twin.label, twin.by])).to.deep.equal([['[H1-1.1-01]', 'document']])
  })

  it('refuses to code what a coded item already holds', async () => {
    await coded()
    const twin = await verified()
    const refusal = await refusalOf(assignCode(b.needs)(SECRETARIAT, twin.id))
    expect((refusal as StepRefused).unmet.map(each => each.code)).to.deep.equal(['duplicate'])
  })

  it('adds nothing when a request is sent again with the same id', async () => {
    const id = b.needs.newId()
    const file = () => b.received('một lần thôi')
    await collect(b.needs)(MEMBER, ID, { input: anInput(), files: [await file()], id })
    const again = await collect(b.needs)(MEMBER, ID, { input: anInput(), files: [await file()], id })
    expect(again.twins).to.deep.equal([])
    expect((await evidenceOf(b.needs, ID)).map(item => item.id)).to.deep.equal([id])
  })

  it('makes an item of each of many files, and one bad file does not hold up the others', async () => {
    const files = [
      await b.received('%PDF 1', 'ke_hoach nam hoc.pdf'),
      await b.received('MZ', 'virus.exe', 'application/x-msdownload'),
      await b.received('%PDF 2', 'Quyết định 12.pdf'),
      await b.received('PK', 'tat-ca.zip', 'application/zip'),
    ]
    const outcome = await collectMany(b.needs)(MEMBER, ID, {
      criterion: '1.2',
      schoolYear: workingYear('2024-2025'),
      files,
    })
    expect(outcome.collected.map(({ item }) => [item.no, item.name, item.entries[0]?.schoolYear])).to.deep.equal([
      [1, 'Ke hoach nam hoc', '2024-2025'],
      [2, 'Quyết định 12', '2024-2025'],
    ])
    expect(outcome.refused.map(each => each.name)).to.deep.equal(['virus.exe', 'tat-ca.zip'])
    expect(outcome.refused[1]?.reason).to.include('là tệp nén')
  })

  it('lists everything that the check still misses', async () => {
    const item = await collected({ entry: { schoolYear: workingYear('2025-2026'), number: '', issuer: '' } })
    const refusal = await refusalOf(
      verify(b.needs)(SECRETARIAT, item.id, { dataClass: 'internal', originalSeen: false }),
    )
    expect((refusal as StepRefused).unmet.map(each => each.code)).to.have.members([
      'numberMissing',
      'dateMissing',
      'issuerMissing',
      'originalNotSeen',
    ])
    expect((await b.needs.evidence.get(item.id)).originalSeen, 'a refused step leaves nothing').to.equal(undefined)
  })

  it('keeps one item with an entry per school year under one code', async () => {
    const item = await coded()
    const entry = { schoolYear: workingYear('2024-2025'), number: '10/KH', date: '2024-09-05', issuer: 'Trường' }
    const longer = await addEntry(b.needs)(SECRETARIAT, item.id, entry, [await b.received('%PDF năm trước')])
    expect(longer.entries.map(each => each.schoolYear)).to.deep.equal(['2025-2026', '2024-2025'])
    expect(labelOf(longer)).to.equal('[H1-1.1-01]')
    const twice = await refusalOf(addEntry(b.needs)(SECRETARIAT, item.id, entry, []))
    expect((twice as InvalidInput).fields['schoolYear']).to.include('đã có')
  })

  it('lets the group edit until the check and the secretariat after it', async () => {
    const item = await collected()
    const entryId = item.entries[0]?.id ?? ''
    const details = { criterion: '1.2', name: 'Nghị quyết', kind: 'document' as const, place: '', note: '' }
    expect((await editDetails(b.needs)(MEMBER, item.id, details)).criterion).to.equal('1.2')
    await editEntry(b.needs)(MEMBER, item.id, entryId, { ...anInput().entry, number: '13/NQ' }, [])
    await verify(b.needs)(SECRETARIAT, item.id, { dataClass: 'internal', originalSeen: true })
    expect(await refusalOf(editDetails(b.needs)(MEMBER, item.id, details))).to.be.instanceOf(Forbidden)
    await assignCode(b.needs)(SECRETARIAT, item.id)
    const moved = await refusalOf(editDetails(b.needs)(SECRETARIAT, item.id, { ...details, criterion: '1.1' }))
    expect((moved as InvalidInput).fields).to.have.key('criterion')
  })

  it('keeps the class of a checked item until another one is chosen', async () => {
    const item = await verified()
    const details = { criterion: '1.1', name: 'Tên mới', kind: 'document' as const, place: '', note: '' }
    expect((await editDetails(b.needs)(SECRETARIAT, item.id, details)).dataClass).to.equal('internal')
    const opened = { ...details, dataClass: 'public' as const }
    expect((await editDetails(b.needs)(SECRETARIAT, item.id, opened)).dataClass).to.equal('public')
  })

  it('does not let an item go to a criterion of another group', async () => {
    const item = await collected()
    const details = { criterion: '2.1', name: 'Nghị quyết', kind: 'document' as const, place: '', note: '' }
    expect(await refusalOf(editDetails(b.needs)(MEMBER, item.id, details))).to.be.instanceOf(Forbidden)
  })

  it('takes a wrong file out before the check, but never the only source', async () => {
    const item = await collected()
    const entry = item.entries[0]
    const wrong = await b.received('nhầm tệp')
    await editEntry(b.needs)(MEMBER, item.id, entry?.id ?? '', anInput().entry, [wrong])
    const after = await removeFile(b.needs)(MEMBER, item.id, wrong.sha256)
    expect(after.entries[0]?.files.map(file => file.sha256)).to.deep.equal([entry?.files[0]?.sha256])
    const last = await refusalOf(removeFile(b.needs)(MEMBER, item.id, entry?.files[0]?.sha256 ?? ''))
    expect(last).to.be.instanceOf(InvalidInput)
  })

  it('is rejected or declared missing only with a reason, by those who may', async () => {
    const item = await collected()
    expect(await refusalOf(reject(b.needs)(MEMBER, item.id, 'mờ'))).to.be.instanceOf(Forbidden)
    expect(await refusalOf(reject(b.needs)(LEAD, item.id, ' '))).to.be.instanceOf(StepRefused)
    expect((await reject(b.needs)(LEAD, item.id, 'Không đọc được')).rejected?.reason).to.equal('Không đọc được')
    const expected = await forecast(b.needs)(MEMBER, ID, {
      criterion: '1.1',
      name: 'Sổ nghị quyết',
      where: 'Kho',
      who: 'Nhóm 1',
    })
    expect(await refusalOf(declareMissing(b.needs)(SECRETARIAT, expected.id, 'mất'))).to.be.instanceOf(Forbidden)
    const missing = await declareMissing(b.needs)(LEAD, expected.id, 'Thất lạc khi chuyển trường')
    expect(missing).to.include({ state: 'missing', missingReason: 'Thất lạc khi chuyển trường' })
    const { item: found } = await collectExpected(b.needs)(LEAD, missing.id, {
      input: anInput({ place: 'Kho' }),
      files: [],
    })
    expect(found.state).to.equal('collected')
    expect((await b.needs.evidence.get(found.id)).missingReason).to.equal(undefined)
  })

  it('moves to a box that exists, keeping its number', async () => {
    const item = await coded()
    expect(await refusalOf(moveBox(b.needs)(SECRETARIAT, item.id, 9))).to.be.instanceOf(StepRefused)
    expect(labelOf(await moveBox(b.needs)(SECRETARIAT, item.id, 3))).to.equal('[H3-1.1-01]')
  })

  it('keeps the earlier version when a file is replaced', async () => {
    const item = await coded()
    const old = item.entries[0]?.files[0]?.sha256 ?? ''
    const fresh = await b.received('%PDF rõ hơn')
    const after = await replaceFile(b.needs)(SECRETARIAT, item.id, { old, received: [fresh], reason: 'Bản quét mờ' })
    expect(after.entries[0]?.files.map(file => [file.sha256, file.replacedBy])).to.deep.equal([
      [old, fresh.sha256],
      [fresh.sha256, undefined],
    ])
    expect([...(await b.needs.evidence.referenced([old, fresh.sha256, 'a'.repeat(64)]))]).to.have.members([
      old,
      fresh.sha256,
    ])
  })

  it('is withdrawn only when cited nowhere, and its number is not given again', async () => {
    const [first, second] = [await coded(), await coded({ entry: { ...anInput().entry, number: '13/KH' } })]
    b.cited.set(second.id, ['1.2'])
    const cited = await refusalOf(withdraw(b.needs)(SECRETARY, second.id, 'trùng'))
    expect((cited as StepRefused).unmet[0]?.message).to.include('1.2')
    b.cited.clear()
    await withdraw(b.needs)(SECRETARY, second.id, 'trùng')
    const third = await coded({ entry: { ...anInput().entry, number: '14/KH' } })
    expect([first, third].map(labelOf)).to.deep.equal(['[H1-1.1-01]', '[H1-1.1-03]'])
  })

  it('gives two secretaries who code at the same moment two numbers', async () => {
    const items = []
    for (let n = 0; n < 8; n++) items.push(await verified({ entry: { ...anInput().entry, number: `${n}/KH` } }))
    const done = await Promise.all(items.map(item => assignCode(b.needs)(SECRETARIAT, item.id)))
    expect(done.map(item => item.code?.c).toSorted((one = 0, other = 0) => one - other)).to.deep.equal([
      1, 2, 3, 4, 5, 6, 7, 8,
    ])
  })

  it('refuses a code that is taken even to a writer who did not look', async () => {
    const [one, other] = [await coded(), await verified({ entry: { ...anInput().entry, number: '2/KH' } })]
    const fault: unknown = await b.needs.evidence
      .save({ ...other, code: { box: 2, a: 1, b: 1, c: 1 } }, { ...(await b.historyOf(one.id))[0], id: 'x' } as never)
      .catch((error: unknown) => error)
    expect(fault).to.have.property('code', 11_000)
  })

  it('tells the slower of two people on one item that it changed', async () => {
    const item = await collected()
    const details = { criterion: '1.1', kind: 'document' as const, place: '', note: '' }
    const outcomes = await Promise.allSettled([
      b.needs.evidence.save({ ...item, name: 'một' }, { ...(await b.historyOf(item.id))[0], id: '1' } as never),
      b.needs.evidence.save({ ...item, name: 'hai' }, { ...(await b.historyOf(item.id))[0], id: '2' } as never),
    ])
    const lost = outcomes.filter(each => each.status === 'rejected')
    expect(lost.map(each => each.reason instanceof StaleWrite)).to.deep.equal([true])
    expect((await editDetails(b.needs)(MEMBER, item.id, { ...details, name: 'ba' })).rev).to.equal(2)
  })

  it('freezes everything coded with the adoption, again without harm, and stays as it is', async () => {
    const item = await coded()
    await verified({ entry: { ...anInput().entry, number: '2/KH' } })
    expect(await freezeAll(b.needs)(HEAD, ID)).to.equal(1)
    expect(await freezeAll(b.needs)(HEAD, ID)).to.equal(0)
    b.put({ adopted: true, collecting: false })
    expect(await refusalOf(withdraw(b.needs)(SECRETARY, item.id, 'x'))).to.be.instanceOf(StepRefused)
    expect(
      await refusalOf(collect(b.needs)(MEMBER, ID, { input: anInput({ place: 'kho' }), files: [] })),
    ).to.be.instanceOf(StepRefused)
  })

  it('thaws after a return so that a file can be replaced, and freezes again; codes never change any more', async () => {
    const item = await coded()
    await freezeAll(b.needs)(HEAD, ID)
    b.put({ adopted: true, collecting: false, everAdopted: true })
    expect(await thawAll(b.needs)(HEAD, ID)).to.equal(0)
    b.put({ adopted: false, collecting: true, everAdopted: true })
    expect(await thawAll(b.needs)(HEAD, ID)).to.equal(1)
    expect(await thawAll(b.needs)(HEAD, ID)).to.equal(0)
    const old = item.entries[0]?.files[0]?.sha256 ?? ''
    const replaced = await replaceFile(b.needs)(SECRETARIAT, item.id, {
      old,
      received: [await b.received('bản ký lại')],
      reason: 'Cấp quản lý yêu cầu bản có dấu.',
    })
    expect(replaced.entries[0]?.files.map(file => file.replacedBy !== undefined)).to.deep.equal([true, false])
    expect(await refusalOf(moveBox(b.needs)(SECRETARIAT, item.id, 2))).to.be.instanceOf(StepRefused)
    expect(await freezeAll(b.needs)(HEAD, ID)).to.equal(1)
  })

  it('is disposed of by decision and minutes once its time is over; its hash stays, its file is no longer kept', async () => {
    const item = await coded()
    const numbers = { decisionNumber: '7/QĐ-TM', recordNumber: '3/BB-TM' }
    expect(await refusalOf(dispose(b.needs)(HEAD, item.id, numbers))).to.be.instanceOf(StepRefused)
    b.put({ retentionOver: true, collecting: false })
    expect(await refusalOf(dispose(b.needs)(SECRETARIAT, item.id, numbers))).to.be.instanceOf(Forbidden)
    const sha256 = item.entries[0]?.files[0]?.sha256 ?? ''
    const gone = await dispose(b.needs)(HEAD, item.id, numbers)
    expect(gone.state).to.equal('disposed')
    expect(gone.entries[0]?.files[0]?.sha256).to.equal(sha256)
    expect(gone.disposed).to.include({ decision: '7/QĐ-TM', record: '3/BB-TM' })
    expect([...(await b.needs.evidence.referenced([sha256]))]).to.deep.equal([])
    expect(await refusalOf(openFile(b.needs)(HEAD, item.id, sha256))).to.be.instanceOf(NotFound)
  })

  it('is filed under the criterion of a newer set once for each move, its old code kept with it', async () => {
    const item = await coded()
    const swap = (criterion: string) => (criterion === '1.1' ? '1.2' : criterion === '1.2' ? '1.1' : criterion)
    expect(await refileAll(b.needs)(HEAD, ID, 'bang-1', swap)).to.equal(1)
    expect(await refileAll(b.needs)(HEAD, ID, 'bang-1', swap)).to.equal(0)
    const now = (await evidenceOf(b.needs, ID)).find(each => each.id === item.id)
    expect(now).to.deep.include({ criterion: '1.2', state: 'verified', formerCodes: ['[H1-1.1-01]'] })
    expect(now?.code).to.equal(undefined)
  })

  it('takes further items for the visit of the external team, marked as such, after everything is frozen', async () => {
    await coded()
    await freezeAll(b.needs)(HEAD, ID)
    b.put({ adopted: true, collecting: false })
    const asked = {
      input: anInput({ entry: { ...anInput().entry, number: '77/KH' } }),
      requestOfTeam: 'Biên bản khảo sát sơ bộ ngày 05/05/2026',
    }
    expect(
      await refusalOf(collect(b.needs)(MEMBER, ID, { ...asked, files: [await b.received('x')] })),
    ).to.be.instanceOf(Forbidden)
    const { item } = await collect(b.needs)(SECRETARIAT, ID, { ...asked, files: [await b.received('x')] })
    expect(item.addedForVisit).to.equal(true)
    await verify(b.needs)(SECRETARIAT, item.id, { dataClass: 'internal', originalSeen: true })
    expect(labelOf(await assignCode(b.needs)(SECRETARIAT, item.id))).to.equal('[H1-1.1-02]')
  })

  it('is unknown to those who almost may', async () => {
    const item = await collected()
    const nextYear = actor('Khác Năm', seat('secretariat', { year: workingYear('2026-2027') }))
    const nextSchool = actor('Khác Trường', seat('secretariat', { unitId: 'truong-khac' }))
    for (const stranger of [nextYear, nextSchool])
      expect(
        await refusalOf(verify(b.needs)(stranger, item.id, { dataClass: 'internal', originalSeen: true })),
        stranger.name,
      ).to.be.instanceOf(NotFound)
    const otherGroup = actor('Khác Nhóm', seat('groupMember', { groupId: 'g2' }))
    expect(
      await refusalOf(collect(b.needs)(otherGroup, ID, { input: anInput({ place: 'kho' }), files: [] })),
    ).to.be.instanceOf(Forbidden)
  })
})
