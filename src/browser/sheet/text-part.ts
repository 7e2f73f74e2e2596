import { drawChips, drawMirror, type Item, type KnownItems } from './citations.ts'
import { openConflict, type Piece } from './conflict.ts'
import { button, inputOf, isInUse } from './dom.ts'
import { localDrafts } from './local-drafts.ts'
import type { SaveLine } from './save-line.ts'
import { saver, type Outcome } from './saver.ts'
import { ask, refusalIn, textOf, type Reply } from './server.ts'

/** One part as the server shows it. */
interface Shown {
  readonly rev: number
  readonly text: string
  readonly by: string
  readonly at: string
  readonly cited: readonly Item[]
}

interface Standing {
  readonly current: Shown
  readonly pieces: readonly Piece[]
}

export interface PartNeeds {
  readonly draftPrefix: string
  readonly known: KnownItems
  readonly line: SaveLine
  readonly saved: () => void
}

export type TextPart = ReturnType<typeof startPart>

/** A text of the sheet that saves itself; undefined for a form that is not one. */
export function startPart(form: HTMLFormElement, { draftPrefix, known, line, saved }: PartNeeds) {
  const field = form.querySelector('textarea')
  const mirror = form.querySelector<HTMLElement>('.part-mirror')
  const chips = form.querySelector<HTMLElement>('[data-chips]')
  const note = form.querySelector<HTMLElement>('[data-part-note]')
  const past = form.querySelector<HTMLElement>('[data-past]')
  const revField = inputOf(form, 'rev')
  const key = form.dataset['part'] ?? ''
  if (!field || !mirror || !chips || !note || !revField) return undefined
  const title = form.querySelector('label')?.textContent ?? ''
  const drafts = localDrafts<string, number>(shelf(), draftPrefix)
  let stored = field.defaultValue

  const draw = (): void => {
    drawMirror(mirror, field.value, known)
    drawChips(chips, field.value, known)
  }
  const say = (words: string, again?: () => void): void => {
    note.replaceChildren(words)
    if (past) past.hidden = save.base() === 0
    note.classList.toggle('part-warned', again !== undefined)
    if (again) note.append(' ', button('Xem hai bản', 'link-button', again))
  }

  const save = saver<string, number, Standing>({
    key,
    drafts,
    base: Number(revField.value),
    value: () => field.value.normalize('NFC'),
    send: async (text, rev, leaving) => {
      const body = { rev, text, known: known.meantBy(text) }
      const reply = await ask('PUT', form.action, body, { keepalive: leaving })
      const outcome = outcomeOf<Standing>(reply)
      if (outcome.kind === 'saved' && reply) {
        // Our own answer to this address.
        const now = reply.body as unknown as Shown
        known.add(now.cited)
        stored = text
        revField.value = String(now.rev)
        say(`${now.by}, ${now.at}`)
        draw()
      }
      return outcome
    },
    show: (state, more) => {
      form.dataset['save'] = state
      line.report(key, state, more)
      if (state === 'saved') saved()
    },
    conflict: (standing, mine) => {
      const show = (): void =>
        void openConflict({
          title,
          by: standing.current.by,
          at: standing.current.at,
          mine,
          theirs: standing.current.text,
          pieces: standing.pieces,
          mergeable: true,
          choose: choice => decide(standing.current, choice),
        })
      say(`${standing.current.by || 'Người khác'} cũng vừa sửa phần này; bản của bạn chưa lưu.`, show)
      show()
    },
  })

  function decide(current: Shown, choice: 'mine' | 'theirs' | { readonly merged: string }): void {
    known.add(current.cited)
    if (choice === 'theirs') return take(current)
    if (field && choice !== 'mine') field.value = choice.merged
    draw()
    void save.decided(current.rev)
    field?.focus()
  }

  /** Shows what the server has; whatever was typed here has been given up or was never there. */
  function take(current: Shown): void {
    if (!field || !revField) return
    known.add(current.cited)
    field.value = current.text
    stored = current.text
    revField.value = String(current.rev)
    say(`${current.by}, ${current.at}`)
    draw()
    save.accepted(current.rev, current.at)
  }

  /** A draft that an earlier visit left behind. */
  async function restore(): Promise<void> {
    const draft = drafts.read(key)
    if (!draft || !field) return
    if (draft.value === stored) return drafts.drop(key)
    if (draft.base === save.base()) {
      field.value = draft.value
      draw()
      return save.touched()
    }
    // Typed on an older revision: never sent as if it were new.
    const reply = await ask('POST', `${form.action}/so-sanh`, { text: draft.value })
    if (reply?.status !== 200) return
    field.value = draft.value
    draw()
    save.holdBack(reply.body as unknown as Standing, draft.value)
  }

  field.addEventListener('input', () => {
    draw()
    save.touched()
  })
  field.addEventListener('compositionstart', () => save.composition(true))
  field.addEventListener('compositionend', () => save.composition(false))
  form.addEventListener('submit', event => {
    event.preventDefault()
    void save.save()
  })
  draw()

  return {
    key,
    field,
    save,
    restore,
    /** Somebody else saved this part: shown at once where nothing is being typed, announced where it is. */
    async changedElsewhere(rev: number, by: string): Promise<void> {
      if (rev <= save.base() || save.state() === 'conflict') return
      if (save.state() !== 'saved' || isInUse(form)) {
        say(`${by} vừa lưu một thay đổi ở phần này.`)
        return
      }
      const reply = await ask('GET', form.action)
      if (reply?.status !== 200 || save.state() !== 'saved' || isInUse(form)) return
      const now = reply.body as unknown as Shown
      if (now.rev > save.base()) take(now)
    },
  }
}

/** Storage that the person's browser may have switched off. */
export function shelf(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}

/** The common reading of a reply to a save. */
export function outcomeOf<Current>(reply: Reply | undefined): Outcome<number, Current> {
  if (!reply) return { kind: 'offline' }
  if (reply.status === 401) return { kind: 'signedOut' }
  if (reply.status === 200) return { kind: 'saved', base: Number(reply.body['rev']), at: textOf(reply.body['at']) }
  const refusal = refusalIn(reply)
  // The conflict's own answer carries what stands there now.
  if (refusal.code === 'staleWrite') return { kind: 'conflict', current: reply.body as unknown as Current }
  return { kind: 'refused', message: refusal.message }
}
