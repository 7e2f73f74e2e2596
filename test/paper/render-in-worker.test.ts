import { expect } from 'chai'
import {
  paragraph,
  RenderFailed,
  renderPdf,
  renderPool,
  table,
  type Doc,
  type RenderPool,
} from '../../src/paper/index.ts'
import { aDoc, meta, pagesOfText } from './papers.ts'

const titled = (title: string): Doc => aDoc([paragraph('Nội dung')], { meta: { ...meta, title } })

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('renderPool', function () {
  this.timeout(300_000)
  let pool: RenderPool

  beforeEach(() => {
    pool = renderPool({ script: new URL('./crashing-worker.ts', import.meta.url), timeoutMs: 120_000 })
  })
  afterEach(() => pool.close())

  it('gives the bytes that the main thread would give', async () => {
    const doc = aDoc(pagesOfText(3))
    const here = await renderPdf(doc)
    const there = await pool.render(doc)
    expect(there.sha256).to.equal(here.sha256)
    expect(there.bytes.equals(here.bytes)).to.equal(true)
    expect(there.pageOf).to.deep.equal(here.pageOf)
  })

  it('tells its progress up to the last page', async () => {
    const told: number[] = []
    const { pages } = await pool.render(aDoc(pagesOfText(5)), { onProgress: ({ page }) => told.push(page) })
    expect(told.at(-1)).to.equal(pages)
    expect(told).to.deep.equal(told.toSorted((a, b) => a - b))
  })

  it('says what is wrong with a document and goes on with the next', async () => {
    const wrong = aDoc([table({ columns: [1], head: ['A'], rows: [['x', 'y']] })])
    const [refusal, next] = await Promise.all([failure(pool.render(wrong)), pool.render(titled('sau'))])
    expect(refusal).to.be.instanceOf(RenderFailed).with.property('message').that.includes('more cells')
    expect(next.pages).to.equal(1)
  })

  for (const [title, reason] of [
    ['crash', 'code 3'],
    ['throw', 'worker fell over'],
  ] as const) {
    it(`survives a worker that falls over (${title}): the waiting document gets a fresh one`, async () => {
      const [refusal, next] = await Promise.all([failure(pool.render(titled(title))), pool.render(titled('sau'))])
      expect(refusal).to.be.instanceOf(RenderFailed).with.property('message').that.includes(reason)
      expect(next.bytes.subarray(0, 5).toString()).to.equal('%PDF-')
    })
  }

  it('stops a document that takes too long', async () => {
    const impatient = renderPool({ script: new URL('./crashing-worker.ts', import.meta.url), timeoutMs: 1_500 })
    const refusal = await failure(impatient.render(titled('hang')))
    await impatient.close()
    expect(refusal).to.be.instanceOf(RenderFailed).with.property('message').that.includes('1500 ms')
  })

  it('refuses unknown letters when strict', async () => {
    const refusal = await failure(pool.render(aDoc([paragraph('漢')]), { strict: true }))
    expect(refusal).to.be.instanceOf(RenderFailed).with.property('message').that.includes('漢')
  })

  it('leaves the event loop to others while a long paper is drawn', async () => {
    const doc = aDoc(pagesOfText(60))
    /** Turns of the event loop while the work goes on; on the main thread there are only the pauses between pages. */
    const turnsDuring = async (work: () => Promise<unknown>): Promise<number> => {
      let turns = 0
      let working = true
      const turn = (): void => {
        turns++
        if (working) setImmediate(turn)
      }
      setImmediate(turn)
      await work()
      working = false
      return turns
    }
    const besideMain = await turnsDuring(() => renderPdf(doc))
    const besideWorker = await turnsDuring(() => pool.render(doc))
    expect(besideWorker).to.be.greaterThan(20 * besideMain)
  })
})
