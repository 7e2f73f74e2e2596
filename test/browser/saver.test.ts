import { expect } from 'chai'
import { localDrafts } from '../../src/browser/sheet/local-drafts.ts'
import { gravest } from '../../src/browser/sheet/save-line.ts'
import { saver, type Outcome, type SaveState } from '../../src/browser/sheet/saver.ts'

class Shelf {
  readonly kept = new Map<string, string>()
  getItem = (key: string): string | null => this.kept.get(key) ?? null
  setItem = (key: string, value: string): void => void this.kept.set(key, value)
  removeItem = (key: string): void => void this.kept.delete(key)
}

type Answer = Outcome<number, string>

/** A field with a server that answers when the test says so. */
function bench() {
  const shelf = new Shelf()
  const sent: { value: string; base: number }[] = []
  const answers: ((answer: Answer) => void)[] = []
  const states: SaveState[] = []
  const conflicts: { current: string; mine: string }[] = []
  const field = { text: '' }
  const save = saver<string, number, string>({
    key: 'strengths',
    base: 0,
    value: () => field.text,
    drafts: localDrafts<string, number>(shelf, 'phieu:p1:s1'),
    send: (value, base) => {
      sent.push({ value, base })
      return new Promise(done => answers.push(done))
    },
    show: state => states.push(state),
    conflict: (current, mine) => conflicts.push({ current, mine }),
    wait: 60_000,
    retry: 60_000,
  })
  const type = (text: string): void => {
    field.text = text
    save.touched()
  }
  const answer = async (outcome: Answer): Promise<void> => {
    answers.shift()?.(outcome)
    // Lets the promises that wait for the answer run.
    await new Promise(done => setImmediate(done))
  }
  return {
    shelf,
    sent,
    states,
    conflicts,
    field,
    save,
    type,
    answer,
    draft: () => shelf.kept.get('phieu:p1:s1:strengths'),
  }
}

const SAVED: Answer = { kind: 'saved', base: 1, at: '09:41' }

/** Timers of a minute would keep the run alive; a saver that has saved has none. */
const finish = async ({ save, answer }: ReturnType<typeof bench>): Promise<void> => {
  save.accepted(9, '')
  await answer(SAVED)
}

describe('a field that saves itself', () => {
  it('keeps what is typed on this machine at once and drops it when it has arrived', async () => {
    const b = bench()
    b.type('một')
    expect(JSON.parse(b.draft() ?? '')).to.deep.equal({ value: 'một', base: 0 })
    void b.save.save()
    await b.answer(SAVED)
    expect(b.sent).to.deep.equal([{ value: 'một', base: 0 }])
    expect(b.draft()).to.equal(undefined)
    expect(b.save.state()).to.equal('saved')
    expect(b.save.base()).to.equal(1)
  })

  it('does not call text saved that was typed while the answer was on its way', async () => {
    const b = bench()
    b.type('một')
    void b.save.save()
    b.type('một hai')
    await b.answer(SAVED)
    expect(b.save.state()).to.equal('waiting')
    expect(JSON.parse(b.draft() ?? '')).to.deep.equal({ value: 'một hai', base: 1 })
    void b.save.save()
    expect(b.sent.at(-1)).to.deep.equal({ value: 'một hai', base: 1 })
    await b.answer({ ...SAVED, base: 2 })
    expect(b.save.state()).to.equal('saved')
  })

  it('never sends twice at once', async () => {
    const b = bench()
    b.type('một')
    void b.save.save()
    void b.save.save()
    expect(b.sent).to.have.length(1)
    await b.answer(SAVED)
    expect(b.sent).to.have.length(1)
  })

  it('sends nothing while a word is being composed', async () => {
    const b = bench()
    b.save.composition(true)
    b.type('tiê')
    await b.save.save()
    expect(b.sent).to.deep.equal([])
    expect(b.draft()).to.include('tiê')
    b.field.text = 'tiến'
    b.save.composition(false)
    void b.save.save()
    expect(b.sent).to.deep.equal([{ value: 'tiến', base: 0 }])
    await b.answer(SAVED)
  })

  it('keeps the draft when the line is lost and sends it when asked again', async () => {
    const b = bench()
    b.type('một')
    void b.save.save()
    await b.answer({ kind: 'offline' })
    expect(b.save.state()).to.equal('offline')
    expect(b.draft()).to.include('một')
    b.save.again()
    await b.answer(SAVED)
    expect(b.save.state()).to.equal('saved')
    expect(b.draft()).to.equal(undefined)
  })

  it('stops at a conflict, shows both, and goes on from the newer revision when the person has decided', async () => {
    const b = bench()
    b.type('của tôi')
    void b.save.save()
    await b.answer({ kind: 'conflict', current: 'của họ' })
    expect(b.conflicts).to.deep.equal([{ current: 'của họ', mine: 'của tôi' }])
    b.type('của tôi, thêm')
    await b.save.save()
    b.save.again()
    expect(b.sent).to.have.length(1)
    expect(b.draft()).to.include('thêm')
    void b.save.decided(5)
    expect(b.sent.at(-1)).to.deep.equal({ value: 'của tôi, thêm', base: 5 })
    await b.answer({ ...SAVED, base: 6 })
    expect(b.save.state()).to.equal('saved')
  })

  it('holds back a draft of an older revision', async () => {
    const b = bench()
    b.field.text = 'nháp cũ'
    b.save.holdBack('bản mới', 'nháp cũ')
    await b.save.save()
    b.save.again()
    expect(b.sent).to.deep.equal([])
    expect(b.save.state()).to.equal('conflict')
    b.save.accepted(3, '')
    expect(b.draft()).to.equal(undefined)
    await finish(b)
  })

  it('keeps what the server will not take, and tries again with the next word', async () => {
    const b = bench()
    b.type('một')
    void b.save.save()
    await b.answer({ kind: 'refused', message: 'Phiếu đã nộp.' })
    expect(b.save.state()).to.equal('refused')
    expect(b.draft()).to.include('một')
    b.type('một hai')
    expect(b.save.state()).to.equal('waiting')
    void b.save.save()
    await b.answer(SAVED)
  })
})

describe('drafts on this machine', () => {
  it('belong to one person and sheet', () => {
    const shelf = new Shelf()
    const mine = localDrafts<string, number>(shelf, 'phieu:p1:s1')
    mine.keep('strengths', { value: 'x', base: 1 })
    expect(localDrafts<string, number>(shelf, 'phieu:p2:s1').read('strengths')).to.equal(undefined)
    expect(mine.read('strengths')).to.deep.equal({ value: 'x', base: 1 })
    mine.drop('strengths')
    expect(shelf.kept.size).to.equal(0)
  })
  it('fail in silence where storage is full, forbidden or holds nonsense', () => {
    const full = new Shelf()
    full.setItem = () => {
      throw new Error('QuotaExceededError')
    }
    localDrafts<string, number>(full, 'a').keep('k', { value: 'x', base: 1 })
    localDrafts<string, number>(undefined, 'a').keep('k', { value: 'x', base: 1 })
    const odd = new Shelf()
    odd.kept.set('a:k', '{broken')
    expect(localDrafts<string, number>(odd, 'a').read('k')).to.equal(undefined)
  })
})

describe('the line that tells what is saved', () => {
  it('tells the gravest state of all fields', () => {
    expect(gravest([])).to.equal('saved')
    expect(gravest(['saved', 'sending', 'saved'])).to.equal('sending')
    expect(gravest(['offline', 'conflict', 'saved'])).to.equal('conflict')
  })
})
