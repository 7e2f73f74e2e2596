import { searchKey } from '../../kernel/words.ts'
import type { Item, KnownItems } from './citations.ts'
import { element } from './dom.ts'
import { ask } from './server.ts'
import { insertText } from './toolbar.ts'

export interface PickerNeeds {
  readonly searchHref: string
  readonly known: KnownItems
  /** Opens the short form for an item that is not in the catalogue; undefined when it was given up. */
  readonly addNew: (name: string) => Promise<Item | undefined>
}

const SEARCH_PAUSE_MS = 180
const NEW = 'new'

/**
 * The list that opens when `[` is typed: filtered by what follows, chosen by arrow keys and Enter, closed by Escape.
 * Without a connection it offers what this page has met.
 */
export function startPicker(field: HTMLTextAreaElement, { searchHref, known, addNew }: PickerNeeds) {
  const id = `${field.id}-chon`
  const list = element('ul', { class: 'picker-list', role: 'listbox', id, 'aria-label': 'Minh chứng', hidden: '' })
  const spoken = element('p', { class: 'visually-hidden', role: 'status' })
  field.after(list, spoken)
  let items: readonly Item[] = []
  let at = 0
  /** Place of the `[` that opened the list. */
  let from: number | undefined
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const isOpen = (): boolean => from !== undefined
  const question = (): string => (from === undefined ? '' : field.value.slice(from + 1, field.selectionStart))

  function close(): void {
    from = undefined
    clearTimeout(timer)
    list.hidden = true
    field.removeAttribute('aria-activedescendant')
    field.removeAttribute('aria-controls')
    field.removeAttribute('aria-autocomplete')
  }

  function draw(found: readonly Item[]): void {
    items = found
    at = Math.min(at, items.length)
    list.replaceChildren(
      ...items.map((item, index) =>
        option(index, element('b', {}, item.label.slice(1, -1)), ' ', element('span', {}, item.name)),
      ),
      option(items.length, `+ Thêm minh chứng mới${question().trim() === '' ? '' : `: “${question().trim()}”`}`),
    )
    list.lastElementChild?.setAttribute('data-kind', NEW)
    list.hidden = false
    field.setAttribute('aria-controls', id)
    field.setAttribute('aria-autocomplete', 'list')
    spoken.textContent = items.length === 0 ? 'Không có minh chứng nào khớp' : `${items.length} minh chứng`
    mark()
  }

  function option(index: number, ...words: readonly (Node | string)[]): HTMLLIElement {
    const made = element('li', { role: 'option', id: `${id}-${index}`, 'aria-selected': 'false' }, ...words)
    // Before the field loses the caret.
    made.addEventListener('mousedown', event => {
      event.preventDefault()
      at = index
      void choose()
    })
    return made
  }

  function mark(): void {
    for (const [index, each] of [...list.children].entries()) {
      each.setAttribute('aria-selected', String(index === at))
      if (index === at) {
        field.setAttribute('aria-activedescendant', each.id)
        each.scrollIntoView({ block: 'nearest' })
      }
    }
  }

  async function search(): Promise<void> {
    const turn = ++asked
    const typed = question()
    const href = `${searchHref}&q=${encodeURIComponent(typed)}`
    const reply = await ask('GET', href)
    if (turn !== asked || !isOpen()) return
    // The address is ours; a refusal or a lost line leaves what the page knows.
    const found =
      reply?.status === 200
        ? (Object.values(reply.body) as readonly Found[]).map(itemFrom)
        : matching(known.all(), typed)
    known.add(found)
    draw(found.slice(0, 8))
  }

  function refresh(): void {
    clearTimeout(timer)
    draw(matching(items.length > 0 ? items : known.all(), question()).slice(0, 8))
    timer = setTimeout(() => void search(), SEARCH_PAUSE_MS)
  }

  /** Replaces what was typed from `[` on by the label, as one step that Ctrl+Z takes back. */
  function insert(start: number, end: number, label: string): void {
    const before = field.value.slice(0, start)
    const separator = /\]\s*$/.test(before) && !/[;,]\s*$/.test(before) ? '; ' : ''
    field.setSelectionRange(separator === '' ? start : before.trimEnd().length, end)
    insertText(field, `${separator}${label}`)
  }

  async function choose(): Promise<void> {
    if (from === undefined) return
    const [start, end, typed] = [from, field.selectionStart, question().trim()]
    const picked = items[at]
    close()
    const item = picked ?? (await addNew(typed))
    if (!item) return field.focus()
    known.add([item])
    insert(start, end, item.label)
  }

  function open(): void {
    if (field.value[field.selectionStart - 1] !== '[') insertText(field, '[')
    from = field.selectionStart - 1
    at = 0
    items = []
    refresh()
  }

  field.addEventListener('input', event => {
    if (event instanceof InputEvent && event.data === '[' && !event.isComposing) return open()
    if (from === undefined) return
    const typed = question()
    const isLeft = field.selectionStart <= from || field.value[from] !== '['
    if (isLeft || typed.includes('\n') || typed.includes(']') || typed.length > 60) close()
    else refresh()
  })
  field.addEventListener('keydown', event => {
    if (!isOpen() || event.isComposing) return
    const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (move !== 0) {
      at = (at + move + items.length + 1) % (items.length + 1)
      mark()
    } else if (event.key === 'Enter' || (event.key === 'Tab' && items[at])) void choose()
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  field.addEventListener('blur', () => close())
  return { open, isOpen }
}

interface Found {
  readonly id: string
  readonly label: string
  readonly name: string
  readonly state: string
}

/** An item without a code is cited all the same; the chip says that it does not count as proof yet. */
export const itemFrom = ({ id, label, name, state }: Found): Item => ({
  id,
  label,
  name,
  caution: state === 'coded' || state === 'frozen' ? '' : 'chưa mã hóa',
})

const matching = (items: readonly Item[], question: string): readonly Item[] => {
  const words = searchKey(question).split(' ').filter(Boolean)
  return items.filter(item => words.every(word => searchKey(`${item.label} ${item.name}`).includes(word)))
}
