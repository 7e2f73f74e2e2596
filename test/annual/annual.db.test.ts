import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { keptPdf, keptTables } from '../../src/annual/freeze-annual.ts'
import { annualId, printAnnual, stepAnnual, writeText, type AnnualReport } from '../../src/annual/index.ts'
import { changeTyped } from '../../src/annual/write-annual.ts'
import { Forbidden, NotFound, StaleWrite, StepRefused, type Refusal } from '../../src/kernel/refusals.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { unzipOwn } from '../../src/kernel/zip.ts'
import { verifyByHash } from '../../src/reports/verify.ts'
import { readPages } from '../paper/read-pdf.ts'
import { testDatabase } from '../support/database.ts'
import { annualBench, COMMUNE, holder, PROVINCE } from './bench.ts'
import { NOW } from './some-rows.ts'

const LEAD = holder('provinceLead', 'so')
const OFFICER = holder('provinceOfficer', 'so')
const SIGN = { type: 'sign', number: '125/BC-SGDĐT', date: '2026-06-10', position: 'GIÁM ĐỐC' } as const

const refusal = async (doing: Promise<unknown>): Promise<Refusal> => {
  try {
    await doing
  } catch (error) {
    // Every refusal of ours is one; a fault fails the expectation that follows.
    return error as Refusal
  }
  throw new Error('nothing was refused')
}

describe('annual reports in the database', function () {
  this.timeout(180_000)
  let filesDir: string
  let bench: ReturnType<typeof annualBench>
  const stored = async (): Promise<AnnualReport> => {
    const report = await bench.needs.reports.find(annualId(PROVINCE))
    if (!report) throw new Error('no report')
    return report
  }

  before(async () => {
    filesDir = await mkdtemp(path.join(tmpdir(), 'kiem-dinh-annual-'))
    const db = await testDatabase()
    bench = annualBench(db, filesDir)
    await ensureIndexes(db)
  })
  after(() => rm(filesDir, { recursive: true }))

  it('keep texts part by part: two people on two parts never meet, two on one do', async () => {
    await bench.writeAll(OFFICER, PROVINCE)
    const again = writeText(bench.needs)(LEAD, PROVINCE, 'I', { base: 0, text: 'Bản của người khác' })
    expect(await refusal(again)).to.be.instanceOf(StaleWrite)
    const written = await writeText(bench.needs)(LEAD, PROVINCE, 'I', { base: 1, text: 'Bối cảnh.' })
    expect(written.rev).to.equal(2)
    expect((await stored()).texts['I']?.text).to.equal('Bối cảnh.')
    expect((await stored()).texts['II']?.rev).to.equal(1)
    expect(await refusal(writeText(bench.needs)(LEAD, PROVINCE, 'XX', { base: 0, text: 'x' }))).to.be.instanceOf(
      NotFound,
    )
  })

  it('refuse to sign figures that are not frozen, and signing by an officer', async () => {
    bench.state.frozen = undefined
    const open = await refusal(stepAnnual(bench.needs)(LEAD, PROVINCE, SIGN))
    expect(open).to.be.instanceOf(StepRefused)
    expect(open instanceof StepRefused && open.unmet.map(({ code }) => code)).to.deep.equal(['figuresOpen'])
    bench.state.frozen = '2025-2026-cuoi-nam.v1'
    expect(await refusal(stepAnnual(bench.needs)(OFFICER, PROVINCE, SIGN))).to.be.instanceOf(Forbidden)
  })

  it('of the Sở are not signed before the period has come to its end', async () => {
    bench.state.periodLacks = [{ code: 'periodOpen', message: 'Kỳ báo cáo chưa hoàn thành tổng hợp.' }]
    const early = await refusal(stepAnnual(bench.needs)(LEAD, PROVINCE, SIGN))
    expect(early instanceof StepRefused && early.unmet.map(({ code }) => code)).to.deep.equal(['periodOpen'])
    expect(bench.state.followed).to.deep.equal([])
    bench.state.periodLacks = []
  })

  it('are frozen whole by the signature: PDF, words and tables with their schools', async () => {
    await changeTyped(bench.needs)(
      OFFICER,
      PROVINCE,
      typed => ({ ...typed, targets: { 'P3.all': 30 } }),
      'changeTargets',
    )
    await stepAnnual(bench.needs)(OFFICER, PROVINCE, { type: 'propose' })
    await stepAnnual(bench.needs)(LEAD, PROVINCE, SIGN)
    expect(bench.state.followed, 'the period takes number and day').to.deep.equal([
      `${LEAD.personId} so ${SIGN.number}`,
    ])
    const [version] = (await stored()).versions
    expect(version).to.deep.include({ version: 1, number: '125/BC-SGDĐT', snapshotId: '2025-2026-cuoi-nam.v1' })
    const paper = await bench.needs.papers.get(version?.paperId ?? '')
    const bytes = await keptPdf(bench.needs.files, paper)
    expect(createHash('sha256').update(bytes).digest('hex')).to.equal(version?.sha256)
    const pages = await readPages(bytes)
    expect(pages[0]?.text).to.contain('Số: 125/BC-SGDĐT').and.contain('Bối cảnh.')
    expect(pages[0]?.artifacts).not.to.contain('BẢN NHÁP')
    expect(pages.at(-1)?.artifacts).to.contain('2025-2026-cuoi-nam.v1')
    const p1 = (await keptTables(bench.needs.files, paper)).find(({ id }) => id === 'P1')
    expect(JSON.stringify(p1?.rows)).to.contain('thcs-1')
  })

  it('give the same bytes again whatever happens to the figures afterwards', async () => {
    const before = await printAnnual(bench.needs)(PROVINCE, 'pdf', false)
    bench.state.now = { ...NOW, rows: NOW.rows.slice(1) }
    bench.state.snapshots.set('2025-2026-cuoi-nam.v2', bench.state.now)
    bench.state.frozen = '2025-2026-cuoi-nam.v2'
    const after = await printAnnual(bench.needs)(PROVINCE, 'pdf', false)
    expect(after.version).to.equal(1)
    expect(after.bytes.equals(before.bytes)).to.equal(true)
  })

  it('give the same Word file and spreadsheet for the same version', async () => {
    for (const format of ['docx', 'xlsx'] as const) {
      const [one, other] = [
        await printAnnual(bench.needs)(PROVINCE, format, false),
        await printAnnual(bench.needs)(PROVINCE, format, false),
      ]
      expect(one.bytes.equals(other.bytes), format).to.equal(true)
      const names = [...unzipOwn(one.bytes).keys()]
      expect(names).to.include(format === 'docx' ? 'word/document.xml' : 'xl/workbook.xml')
    }
  })

  it('refuse words once signed; a correction is a new version that leaves the old one as it was', async () => {
    const late = writeText(bench.needs)(OFFICER, PROVINCE, 'I', { base: 2, text: 'Sửa sau khi ký' })
    expect(await refusal(late)).to.be.instanceOf(StepRefused)
    const first = (await stored()).versions[0]
    await stepAnnual(bench.needs)(LEAD, PROVINCE, { type: 'send' })
    await stepAnnual(bench.needs)(LEAD, PROVINCE, { type: 'revise', reason: 'Đính chính số liệu trường mn-1' })
    await writeText(bench.needs)(OFFICER, PROVINCE, 'I', { base: 2, text: 'Bối cảnh đã sửa.' })
    await stepAnnual(bench.needs)(LEAD, PROVINCE, { ...SIGN, number: '130/BC-SGDĐT' })
    const { versions, correcting } = await stored()
    expect(versions).to.have.length(2)
    expect(versions[0]).to.deep.equal({ ...first, sentOn: '2026-06-10' })
    expect(versions[1]).to.deep.include({
      number: '130/BC-SGDĐT',
      reason: 'Đính chính số liệu trường mn-1',
      snapshotId: '2025-2026-cuoi-nam.v2',
    })
    expect(correcting).to.equal(undefined)
    const paper = await bench.needs.papers.get(first?.paperId ?? '')
    expect(
      createHash('sha256')
        .update(await keptPdf(bench.needs.files, paper))
        .digest('hex'),
    ).to.equal(first?.sha256)
  })

  it('can be checked by the code on paper: the newest is in force, the old one superseded', async () => {
    const needs = {
      papers: { byContent: async () => [], bySha256: async () => [] },
      assessment: async () => undefined,
      elsewhere: bench.annualPapers,
    }
    const results = await Promise.all(
      (await stored()).versions.map(async ({ paperId }) => {
        const { contentHash } = await bench.needs.papers.get(paperId)
        // The check asks the store of school papers for nothing else.
        return (await verifyByHash(needs as unknown as Parameters<typeof verifyByHash>[0])(contentHash.slice(0, 12)))
          .result
      }),
    )
    expect(results).to.deep.equal(['replaced', 'inForce'])
  })

  it('names its kept files, so that the sweeper leaves them', async () => {
    const [version] = (await stored()).versions
    const paper = await bench.needs.papers.get(version?.paperId ?? '')
    const named = await bench.needs.papers.references([
      paper.sha256,
      paper.docSha256,
      paper.tablesSha256,
      'f'.repeat(64),
    ])
    expect([...named]).to.have.members([paper.sha256, paper.docSha256, paper.tablesSha256])
  })

  it('refuses a signature decided on texts that somebody has changed since', async () => {
    const lead = holder('middleLead', 'xa-an')
    await bench.writeAll(lead, COMMUNE)
    const report = await bench.needs.reports.find(annualId(COMMUNE))
    if (!report) throw new Error('no report')
    await writeText(bench.needs)(lead, COMMUNE, 'I', { base: 1, text: 'Mới hơn' })
    const entry = (await bench.needs.history(report.id))[0]
    const stale = bench.needs.reports.step(
      report,
      { state: 'signed' },
      {
        ...entry,
        id: 'x',
        at: new Date(),
        by: { personId: 'x', name: 'x', seats: [] },
        unitId: 'xa-an',
        subject: { kind: 'annual', id: report.id },
        event: 'sign',
      },
    )
    expect(await refusal(stale)).to.be.instanceOf(StaleWrite)
  })

  it('writes each step into the journal', async () => {
    await bench.post.settled()
    const events = (await bench.needs.history(annualId(PROVINCE))).map(({ event }) => event)
    expect(events).to.include.members(['changeTargets', 'propose', 'sign', 'send', 'revise'])
  })
})
