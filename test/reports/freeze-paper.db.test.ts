import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { adopt, printDraft } from '../../src/assessments/index.ts'
import { NotFound } from '../../src/kernel/refusals.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { freezePaper, paperBytes } from '../../src/reports/index.ts'
import { addressOf, testDatabase } from '../support/database.ts'
import { explainUsesIndex } from '../support/explain.ts'
import { adopted, ID } from './a-dossier.ts'
import { adoptionStage, ADOPTION, CHAIR } from './adoption-stage.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('freezing papers', function () {
  this.timeout(300_000)
  let db: Database
  let filesDir: string
  let stage: ReturnType<typeof adoptionStage>
  beforeEach(async () => {
    db = await testDatabase()
    filesDir = await mkdtemp(path.join(tmpdir(), 'kiem-dinh-papers-'))
    stage = adoptionStage(db, filesDir)
    await ensureIndexes(db)
    await stage.assessments.insert(stage.dossier.assessment)
  })
  afterEach(() => rm(filesDir, { recursive: true }))

  it('keeps the report that the council adopts, with its hash, before the state names it', async () => {
    const after = await adopt(stage.needs)(CHAIR, ID, ADOPTION)
    expect(after.state).to.equal('adopted')
    const { paperId = '', sha256: named } = after.report.adopted ?? {}
    const bytes = await paperBytes(stage.reports)(paperId)
    expect(sha256(bytes)).to.equal(named)
    const paper = await stage.reports.papers.get(paperId)
    expect(paper).to.deep.include({ kind: 'report', formId: 'M06', date: '2026-04-15', frozen: true, assessmentId: ID })
  })

  it('survives a kill between freezing and the step: the assessment stands, adopting again takes the same paper', async () => {
    const script = new URL('adopt-and-die.ts', import.meta.url).pathname
    const child = spawn(process.execPath, ['--import=tsx', script, addressOf(db), db.name, filesDir], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
    expect([code, signal]).to.deep.equal([null, 'SIGKILL'])
    const left = await stage.reports.papers.ofAssessment(ID)
    expect(left.map(paper => paper.kind)).to.deep.equal(['report'])
    const now = await stage.assessments.get(ID)
    expect(now.state).to.equal('drafting')
    expect(now.report.adopted).to.equal(undefined)

    const after = await adopt(stage.needs)(CHAIR, ID, ADOPTION)
    expect(after.state).to.equal('adopted')
    expect(after.report.adopted?.paperId).to.equal(left[0]?.id)
    expect(await stage.reports.papers.ofAssessment(ID)).to.have.length(1)
    expect(sha256(await paperBytes(stage.reports)(left[0]?.id ?? ''))).to.equal(after.report.adopted?.sha256)
  })

  it('gives the same paper for the same step, and another one when the words have changed', async () => {
    const freeze = freezePaper(stage.reports)
    const after = adopted(stage.dossier.assessment)
    const [first, again] = [await freeze('report', after), await freeze('report', after)]
    expect(again).to.deep.equal(first)
    const changed = { ...after, aimsAtLevelFour: true }
    expect((await freeze('report', changed)).id).not.to.equal(first.id)
    expect(await stage.reports.papers.ofAssessment(ID)).to.have.length(2)
  })

  it('keeps a printed draft with its mark, not as an issued paper', async () => {
    const after = await printDraft(stage.needs)(CHAIR, ID)
    const paper = await stage.reports.papers.get(after.report.draft?.paperId ?? '')
    expect(paper).to.deep.include({ kind: 'draftReport', frozen: false })
  })

  it('keeps the decision on the council with its number and date', async () => {
    const paper = await freezePaper(stage.reports)('decision', stage.dossier.assessment)
    expect(await stage.reports.papers.get(paper.id)).to.deep.include({
      number: '15/QĐ-THCSLL',
      date: '2025-09-08',
      pages: 5,
    })
  })

  it('tells the sweeper which files papers still name', async () => {
    const { id, sha256: pdf } = await freezePaper(stage.reports)('decision', stage.dossier.assessment)
    const { docSha256 } = await stage.reports.papers.get(id)
    const unknown = 'f'.repeat(64)
    expect(await stage.reports.papers.references([pdf, docSha256, unknown])).to.deep.equal(new Set([pdf, docSha256]))
  })

  it('finds papers by their indexes', async () => {
    const papers = db.connection.collection('papers')
    await explainUsesIndex(papers.find({ assessmentId: ID }).sort({ _id: 1 }))
    await explainUsesIndex(papers.find({ contentHash: { $gte: 'aaaaaaaaaaaa', $lt: 'aaaaaaaaaaaag' } }))
    await explainUsesIndex(papers.find({ sha256: { $in: ['a', 'b'] } }))
    await explainUsesIndex(papers.find({ $or: [{ sha256: { $in: ['a'] } }, { docSha256: { $in: ['a'] } }] }))
  })

  it('finds no paper that is not kept', async () => {
    const missing = await paperBytes(stage.reports)('report-0').catch((error: unknown) => error)
    expect(missing).to.be.instanceOf(NotFound)
  })
})
