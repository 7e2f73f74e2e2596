import { button, element } from './sheet/dom.ts'
import { localDrafts } from './sheet/local-drafts.ts'
import { shelf } from './sheet/text-part.ts'

/** The fields of a remark as typed; `remark` is the id that the page gave it, so that sending it again adds nothing. */
const FIELDS = ['remark', 'place', 'words', 'kind', 'reason', 'text'] as const

type Typed = Readonly<Partial<Record<(typeof FIELDS)[number], string>>>

/** A server that takes longer than this counts as a broken line, in milliseconds. */
const PATIENCE = 20_000

/**
 * What an officer types in the form of a remark stays on this machine until the server has it: a broken line, an ended
 * session or a dossier that a colleague has meanwhile returned loses no word. `shown` is told when the form was filled again.
 */
export function keepRemark(box: HTMLElement, form: HTMLFormElement | undefined, shown: () => void): void {
  const { person = '', key = '' } = box.dataset
  const drafts = localDrafts<Typed, number>(shelf(), `nhan-xet:${person}`)
  const draft = drafts.read(key)?.value
  const hasLanded = draft?.remark !== undefined && document.getElementById(`y-kien-${draft.remark}`) !== null
  if (hasLanded) drafts.drop(key)
  const waits = draft !== undefined && !hasLanded && (draft.text ?? '').trim() !== ''
  if (!form) {
    if (waits) box.before(leftOver(draft.text ?? '', () => drafts.drop(key)))
    return
  }
  const say = teller(form)
  if (waits && textOf(form) === '') {
    fill(form, draft)
    shown()
    say('Nội dung bạn gõ dở mà chưa gửi được lấy lại từ máy này.')
  }
  const keep = (): void =>
    textOf(form) === '' ? drafts.drop(key) : drafts.keep(key, { value: typedIn(form), base: 0 })
  form.addEventListener('input', keep)
  box.addEventListener('change', keep)
  form.addEventListener('submit', event => {
    event.preventDefault()
    keep()
    void send(form, say)
  })
}

/** Sends by script, so that a broken line leaves the page as it stands; what the server refuses it shows on the page itself. */
async function send(form: HTMLFormElement, say: (words: string) => void): Promise<void> {
  const press = form.querySelector<HTMLButtonElement>('button:not([type=button])')
  if (press) press.disabled = true
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(
        [...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      ),
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(PATIENCE),
    })
    const read: unknown = await answer.json()
    const href = typeof read === 'object' && read !== null && 'redirect' in read ? String(read.redirect) : ''
    if (answer.status >= 500) throw new Error(String(answer.status))
    if (!answer.ok || href === '') {
      form.submit()
      return
    }
    location.assign(href)
    // The address of the page itself, with another part of it: the browser would only scroll.
    if (new URL(href, location.href).href.split('#')[0] === location.href.split('#')[0]) location.reload()
  } catch {
    if (press) press.disabled = false
    say('Chưa gửi được vì mất kết nối. Nội dung được giữ trên máy này; có mạng trở lại thì bấm gửi lần nữa.')
  }
}

const textOf = (form: HTMLFormElement): string => {
  const field = form.elements.namedItem('text')
  return field instanceof HTMLTextAreaElement ? field.value.trim() : ''
}

const typedIn = (form: HTMLFormElement): Typed => {
  const posted = new FormData(form)
  return Object.fromEntries(
    FIELDS.map(name => {
      const value = posted.get(name)
      return [name, typeof value === 'string' ? value : '']
    }),
  )
}

function fill(form: HTMLFormElement, draft: Typed): void {
  for (const name of FIELDS) {
    const field = form.elements.namedItem(name)
    const value = draft[name] ?? ''
    // Several radio buttons answer as a list that takes the chosen value, a single one as itself; a place that is gone chooses none.
    if (field instanceof HTMLInputElement && field.type === 'radio') field.checked = field.value === value
    else if (
      field instanceof RadioNodeList ||
      field instanceof HTMLInputElement ||
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement
    )
      field.value = value
  }
}

/** A line above the button that screen readers read out when it changes. */
function teller(form: HTMLFormElement): (words: string) => void {
  const line = element('p', { class: 'notice notice-warning', role: 'status', hidden: '' })
  form.querySelector('.button-row')?.before(line)
  return words => {
    line.textContent = words
    line.hidden = false
  }
}

/** The dossier can only be read now: the words stand there to be copied from until they are thrown away. */
function leftOver(words: string, drop: () => void): HTMLElement {
  const note: HTMLElement = element(
    'div',
    { class: 'notice notice-warning', 'data-unsent': '' },
    element(
      'div',
      {},
      element('p', {}, 'Nhận xét bạn đã gõ mà chưa gửi được, giữ trên máy này:'),
      element('p', { class: 'stored' }, words),
      button('Bỏ nội dung này', 'link-button', () => {
        drop()
        note.remove()
      }),
    ),
  )
  return note
}
