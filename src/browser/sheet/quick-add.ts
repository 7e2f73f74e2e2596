import type { Item } from './citations.ts'
import { textOf } from './server.ts'

const tokenOf = (): string => document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? ''

/** The short form “Thêm minh chứng mới”: a name and a file. Resolves with the new item, or undefined when given up. */
export function quickAdd(dialog: HTMLDialogElement | null, href: string, criterion: string) {
  return (name: string): Promise<Item | undefined> =>
    new Promise(done => {
      const form = dialog?.querySelector<HTMLFormElement>('[data-quick-form]')
      const field = form?.elements.namedItem('name')
      const error = dialog?.querySelector<HTMLElement>('[data-quick-error]')
      if (!dialog || !form || !error || !(field instanceof HTMLInputElement)) return done(undefined)
      form.reset()
      error.textContent = ''
      field.value = name
      const listening = new AbortController()
      const finish = (item: Item | undefined): void => {
        listening.abort()
        dialog.close()
        done(item)
      }
      form.addEventListener(
        'submit',
        event => {
          event.preventDefault()
          if (event.submitter instanceof HTMLButtonElement && event.submitter.value === 'cancel')
            return finish(undefined)
          const button = event.submitter instanceof HTMLButtonElement ? event.submitter : undefined
          if (button) button.disabled = true
          void send(form, href, criterion)
            .then(outcome => {
              if (typeof outcome === 'string') error.textContent = outcome
              else finish({ ...outcome, name: field.value.trim() })
            })
            .finally(() => {
              if (button) button.disabled = false
            })
        },
        { signal: listening.signal },
      )
      dialog.addEventListener('cancel', () => finish(undefined), { signal: listening.signal })
      dialog.showModal()
      field.focus()
    })
}

/** The new item, or the sentence that says why there is none. */
async function send(
  form: HTMLFormElement,
  href: string,
  criterion: string,
): Promise<{ readonly id: string; readonly label: string; readonly caution: string } | string> {
  const body = new FormData(form)
  body.set('criterion', criterion)
  const file = body.get('files')
  if (file instanceof File && file.name === '') body.delete('files')
  try {
    const answer = await fetch(href, {
      method: 'POST',
      body,
      headers: { Accept: 'application/json', 'X-CSRF-Token': tokenOf() },
    })
    const read: unknown = await answer.json()
    const fields = Object.fromEntries(Object.entries(read ?? {})) as Readonly<Record<string, unknown>>
    if (answer.ok && typeof fields['id'] === 'string' && typeof fields['label'] === 'string')
      return { id: fields['id'], label: fields['label'], caution: 'chưa kiểm tra' }
    return sentenceIn(fields['error'])
  } catch {
    return 'Mất kết nối nên chưa thêm được. Xin thử lại.'
  }
}

function sentenceIn(error: unknown): string {
  const said = typeof error === 'object' && error !== null ? Object.fromEntries(Object.entries(error)) : {}
  const { fields, unmet, message } = said as Readonly<Record<string, unknown>>
  if (typeof fields === 'object' && fields !== null) return Object.values(fields).map(String).join(' ')
  const lacks = Array.isArray(unmet) ? unmet.flatMap((each: unknown) => messageOf(each)) : []
  return lacks.length > 0 ? lacks.join(' ') : textOf(message) || 'Chưa thêm được minh chứng.'
}

const messageOf = (each: unknown): readonly string[] =>
  typeof each === 'object' && each !== null && 'message' in each ? [String(each.message)] : []
