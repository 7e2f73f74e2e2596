import { element } from './dom.ts'

/** An item of evidence as the page knows it. */
export interface Item {
  readonly id: string
  readonly label: string
  readonly name: string
  readonly caution?: string
}

const LABEL = /\[(?:H\d{1,2}-(?:ĐP)?\d{1,2}\.(?:ĐP)?\d{1,2}-\d{2,3}|MC-\d{3,})\]/g

/** label → item, for everything that has been shown on this page; a part sends what it means by its labels. */
export class KnownItems {
  readonly #byLabel = new Map<string, Item>()

  add(items: Iterable<Item>): void {
    for (const item of items) this.#byLabel.set(item.label, item)
  }

  get(label: string): Item | undefined {
    return this.#byLabel.get(label)
  }

  all(): readonly Item[] {
    return [...this.#byLabel.values()]
  }

  /** Ids of the labels that a text holds. */
  meantBy(text: string): Readonly<Record<string, string>> {
    return Object.fromEntries(
      labelsIn(text).flatMap(label => {
        const item = this.#byLabel.get(label)
        return item ? [[label, item.id]] : []
      }),
    )
  }
}

export const labelsIn = (text: string): readonly string[] => [...new Set(text.match(LABEL) ?? [])]

/** Draws the text behind its field with the labels marked as chips; letters of the mirror itself are invisible. */
export function drawMirror(mirror: HTMLElement, text: string, known: KnownItems): void {
  const pieces: (Node | string)[] = []
  let at = 0
  for (const found of text.matchAll(LABEL)) {
    pieces.push(text.slice(at, found.index))
    pieces.push(element('mark', { class: known.get(found[0]) ? '' : 'unknown' }, found[0]))
    at = found.index + found[0].length
  }
  // A line break at the very end is not drawn; with a letter of no width behind it the field grows in time.
  mirror.replaceChildren(...pieces, `${text.slice(at)}\u200b`)
}

/** The list under a field: each cited item with its name, opening the item; what is not in the catalogue says so. */
export function drawChips(list: HTMLElement, text: string, known: KnownItems): void {
  const chips = labelsIn(text).map(label => {
    const item = known.get(label)
    const code = element('b', {}, label.slice(1, -1))
    if (!item)
      return element('li', { class: 'chip chip-unknown' }, code, ' ', element('em', {}, 'không có trong danh mục'))
    const link = element('a', { href: `/minh-chung/${item.id}` }, code, ' ', element('span', {}, item.name))
    return element(
      'li',
      { class: item.caution ? 'chip chip-caution' : 'chip' },
      link,
      ...(item.caution ? [element('em', {}, item.caution)] : []),
    )
  })
  list.hidden = chips.length === 0
  list.replaceChildren(...chips)
}
