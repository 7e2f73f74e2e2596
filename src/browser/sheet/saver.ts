import type { Drafts } from './local-drafts.ts'

/**
 * `waiting`: typed, to be sent after a pause. `offline`: kept on this machine. `conflict`: somebody else saved first.
 * `signedOut` and `refused`: the server will not take it now; the draft stays.
 */
export type SaveState = 'saved' | 'waiting' | 'sending' | 'offline' | 'conflict' | 'signedOut' | 'refused'

/** How one attempt to save ended. */
export type Outcome<Base, Current> =
  | { readonly kind: 'saved'; readonly base: Base; readonly at: string }
  | { readonly kind: 'conflict'; readonly current: Current }
  | { readonly kind: 'offline' }
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'refused'; readonly message: string }

export interface Field<Value, Base, Current> {
  readonly key: string
  /** What stands in the field now. */
  readonly value: () => Value
  /** The revision that the page was drawn with. */
  readonly base: Base
  readonly send: (value: Value, base: Base, leaving: boolean) => Promise<Outcome<Base, Current>>
  readonly drafts: Drafts<Value, Base>
  readonly show: (state: SaveState, more: { readonly at?: string; readonly message?: string }) => void
  readonly conflict: (current: Current, mine: Value) => void
  readonly wait?: number
  readonly retry?: number
}

const PAUSE_MS = 1_200
const RETRY_MS = 4_000
const LONGEST_RETRY_MS = 60_000

export type Saver<Value, Base> = ReturnType<typeof saver<Value, Base, unknown>>

/** Saves one field: after a pause, never twice at once, never during a composition, and never over somebody else. */
export function saver<Value, Base, Current>(field: Field<Value, Base, Current>) {
  const { key, drafts, wait = PAUSE_MS, retry = RETRY_MS } = field
  let base = field.base
  let state: SaveState = 'saved'
  let composing = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let sending: Promise<void> | undefined
  let failures = 0

  const become = (next: SaveState, more: { readonly at?: string; readonly message?: string } = {}): void => {
    state = next
    field.show(next, more)
  }
  const later = (ms: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), ms)
  }
  const same = (one: Value, other: Value): boolean => JSON.stringify(one) === JSON.stringify(other)

  async function save(leaving = false): Promise<void> {
    clearTimeout(timer)
    if (state === 'saved' || state === 'conflict' || composing) return
    if (sending) return sending.then(() => save(leaving))
    const value = field.value()
    become('sending')
    sending = field
      .send(value, base, leaving)
      .then(outcome => settle(outcome, value))
      .finally(() => (sending = undefined))
    return sending
  }

  function settle(outcome: Outcome<Base, Current>, sent: Value): void {
    if (outcome.kind !== 'offline') failures = 0
    switch (outcome.kind) {
      case 'saved':
        base = outcome.base
        if (same(sent, field.value())) {
          drafts.drop(key)
          become('saved', { at: outcome.at })
        } else touched()
        return
      case 'conflict':
        become('conflict')
        field.conflict(outcome.current, field.value())
        return
      case 'offline':
        become('offline')
        later(Math.min(LONGEST_RETRY_MS, retry * 2 ** failures++))
        return
      case 'signedOut':
        become('signedOut')
        return
      case 'refused':
        become('refused', { message: outcome.message })
    }
  }

  /** Something was typed: kept on this machine at once, sent after the pause. */
  function touched(ms = wait): void {
    drafts.keep(key, { value: field.value(), base })
    if (state === 'conflict') return
    become('waiting')
    if (!composing) later(ms)
  }

  return {
    touched,
    save,
    state: (): SaveState => state,
    base: (): Base => base,
    /** Between the start and the end of a composition (Telex, VNI) nothing is sent: the text is half a word. */
    composition(running: boolean): void {
      composing = running
      if (running) clearTimeout(timer)
      else if (state !== 'saved') touched()
    },
    isComposing: (): boolean => composing,
    /** Everything typed since has been thrown away: the field shows what the server has. */
    accepted(now: Base, at: string): void {
      base = now
      drafts.drop(key)
      become('saved', { at })
    },
    /** The person decided on a conflict with the newer revision before the eyes. */
    decided(now: Base): Promise<void> {
      base = now
      become('waiting')
      touched()
      return save()
    },
    /** A draft of an earlier visit stands on another revision: nothing is sent before the person has chosen. */
    holdBack(current: Current, mine: Value): void {
      become('conflict')
      field.conflict(current, mine)
    },
    /** Tries again at once: the connection is back, or somebody has signed in. What was refused waits for the next word. */
    again(): void {
      if (state === 'offline' || state === 'signedOut') {
        become('waiting')
        void save()
      }
    },
  }
}
