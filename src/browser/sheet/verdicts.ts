import { inputOf } from './dom.ts'
import { localDrafts } from './local-drafts.ts'
import type { SaveLine } from './save-line.ts'
import { saver, type Outcome } from './saver.ts'
import { ask, refusalIn, textOf } from './server.ts'
import { shelf } from './text-part.ts'

const WORDS: Readonly<Record<string, string>> = { met: 'Đạt', notMet: 'Không đạt', '': 'chưa đánh giá' }

export interface VerdictNeeds {
  readonly draftPrefix: string
  readonly line: SaveLine
  readonly saved: () => void
}

export type VerdictField = ReturnType<typeof startVerdict>

/** Đạt / Không đạt of one indicator: sent when it is chosen, with the answer that the person had before the eyes. */
export function startVerdict(form: HTMLFormElement, { draftPrefix, line, saved }: VerdictNeeds) {
  const seenField = inputOf(form, 'seen')
  const clear = form.querySelector<HTMLButtonElement>('[name=clear]')
  const note = form.querySelector<HTMLElement>('[data-note]')
  const radios = [...form.querySelectorAll<HTMLInputElement>('input[type=radio]')]
  if (!seenField || !clear || !note) return undefined
  const key = form.dataset['indicator'] ?? ''
  const drafts = localDrafts<string, string>(shelf(), draftPrefix)
  const value = (): string => radios.find(radio => radio.checked)?.value ?? ''
  const show = (verdict: string): void => {
    for (const radio of radios) radio.checked = radio.value === verdict
    clear.hidden = verdict === ''
  }

  const save = saver<string, string, string>({
    key,
    drafts,
    base: seenField.value,
    value,
    wait: 0,
    send: (verdict, seen, leaving) => send(form.action, verdict, seen, leaving),
    show: (state, more) => {
      form.dataset['save'] = state
      line.report(`verdict ${key}`, state, more)
      note.textContent = state === 'refused' ? (more.message ?? '') : ''
      if (state === 'saved') {
        seenField.value = save.base()
        clear.hidden = value() === ''
        saved()
      }
    },
    conflict: current => {
      show(current)
      save.accepted(current, '')
      note.textContent = `Đồng nghiệp vừa đánh giá: ${WORDS[current] ?? current}. Lựa chọn của bạn chưa được ghi; xin xem lại.`
    },
  })

  form.addEventListener('change', () => {
    clear.hidden = false
    save.touched()
  })
  form.addEventListener('submit', event => {
    event.preventDefault()
    if (event.submitter !== clear) return
    show('')
    radios[0]?.focus()
    save.touched()
  })

  return {
    key,
    save,
    restore(): void {
      const draft = drafts.read(key)
      if (!draft) return
      if (draft.value === save.base() || draft.base !== save.base()) return drafts.drop(key)
      show(draft.value)
      save.touched()
    },
    changedElsewhere(verdict: string): void {
      if (save.state() !== 'saved' || verdict === save.base()) return
      show(verdict)
      save.accepted(verdict, '')
      note.textContent = `Đồng nghiệp vừa đánh giá: ${WORDS[verdict] ?? verdict}.`
    },
  }
}

async function send(href: string, verdict: string, seen: string, leaving: boolean): Promise<Outcome<string, string>> {
  const body = verdict === '' ? { clear: 'yes', seen } : { verdict, seen }
  const reply = await ask('PUT', href, body, { keepalive: leaving })
  if (!reply) return { kind: 'offline' }
  if (reply.status === 401) return { kind: 'signedOut' }
  if (reply.status === 200) return { kind: 'saved', base: textOf(reply.body['verdict']), at: textOf(reply.body['at']) }
  const refusal = refusalIn(reply)
  if (refusal.code !== 'staleWrite') return { kind: 'refused', message: refusal.message }
  const { current } = reply.body
  const verdictNow = typeof current === 'object' && current !== null && 'verdict' in current ? current.verdict : ''
  return { kind: 'conflict', current: String(verdictNow) }
}
