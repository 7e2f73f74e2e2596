/** Remembers over the next page that the person was in the tree by keyboard. */
const BY_KEYBOARD = 'cay-nam-hoc-ban-phim'

/** The tree of the year-tree editor by keyboard: arrows, Home, End, Enter, and shortcuts for the chosen node's forms. */
export function startYearTree(): void {
  const root = document.querySelector<HTMLElement>('[data-year-tree]')
  if (!root) return
  root.setAttribute('role', 'tree')
  root.setAttribute('aria-label', 'Cây tiêu chí')
  for (const group of root.querySelectorAll('ul')) group.setAttribute('role', 'group')
  for (const item of root.querySelectorAll<HTMLElement>('li')) becomeItem(item)
  const help = document.querySelector<HTMLElement>('[data-tree-help]')
  if (help) help.hidden = false

  const start = currentIn(root) ?? root.querySelector<HTMLElement>('li')
  if (start) reach(root, start)
  if (sessionStorage.getItem(BY_KEYBOARD) !== null) start?.focus()
  sessionStorage.removeItem(BY_KEYBOARD)

  root.addEventListener('keydown', event => {
    const item = event.target instanceof Element ? event.target.closest<HTMLElement>('li') : null
    if (!item || event.target !== item) return
    if (event.altKey ? changePlace(event.key) : walk(root, item, event.key)) event.preventDefault()
  })
  root.addEventListener('click', event => {
    const item = event.target instanceof Element ? event.target.closest<HTMLElement>('li') : null
    if (item && event.target === item.querySelector(':scope > .tree-toggle')) toggle(item)
  })
}

/** A fold of plain HTML becomes an item of the tree: the link stays, the fold is drawn by `aria-expanded`. */
function becomeItem(item: HTMLElement): void {
  item.setAttribute('role', 'treeitem')
  item.tabIndex = -1
  const fold = item.querySelector<HTMLDetailsElement>(':scope > details')
  const link = item.querySelector<HTMLAnchorElement>(':scope > a, :scope > details > summary > a')
  const children = fold?.querySelector<HTMLElement>(':scope > ul')
  if (link) {
    link.tabIndex = -1
    item.setAttribute('aria-label', link.textContent.trim())
    if (link.hasAttribute('aria-current')) item.setAttribute('aria-selected', 'true')
  }
  if (!fold || !link || !children) return
  const mark = document.createElement('span')
  mark.className = 'tree-toggle'
  mark.setAttribute('aria-hidden', 'true')
  const isOpen = fold.open
  fold.replaceWith(mark, link, children)
  setOpen(item, isOpen)
}

const groupOf = (item: HTMLElement): HTMLElement | null => item.querySelector(':scope > ul')
const isOpen = (item: HTMLElement): boolean => item.getAttribute('aria-expanded') === 'true'
const currentIn = (root: HTMLElement): HTMLElement | null => root.querySelector('li[aria-selected="true"]')

function setOpen(item: HTMLElement, open: boolean): void {
  const group = groupOf(item)
  if (!group) return
  item.setAttribute('aria-expanded', String(open))
  group.hidden = !open
}

const toggle = (item: HTMLElement): void => setOpen(item, !isOpen(item))

/** Only one item of a tree is in the order of Tab. */
function reach(root: HTMLElement, item: HTMLElement): void {
  for (const other of root.querySelectorAll<HTMLElement>('li[tabindex="0"]')) other.tabIndex = -1
  item.tabIndex = 0
}

const shownIn = (root: HTMLElement): readonly HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>('li')].filter(item => item.closest('ul[hidden]') === null)

/** Carries out a key of the tree; false when the key means nothing here. */
function walk(root: HTMLElement, item: HTMLElement, key: string): boolean {
  const shown = shownIn(root)
  const at = shown.indexOf(item)
  const parent = item.parentElement?.closest<HTMLElement>('li')
  const go = (to: HTMLElement | null | undefined): true => {
    if (to) {
      reach(root, to)
      to.focus()
    }
    return true
  }
  switch (key) {
    case 'ArrowDown':
      return go(shown[at + 1])
    case 'ArrowUp':
      return go(shown[at - 1])
    case 'Home':
      return go(shown[0])
    case 'End':
      return go(shown.at(-1))
    case 'ArrowRight':
      if (groupOf(item) && !isOpen(item)) setOpen(item, true)
      else if (groupOf(item)) go(groupOf(item)?.querySelector<HTMLElement>('li'))
      return true
    case 'ArrowLeft':
      if (isOpen(item)) setOpen(item, false)
      else go(parent)
      return true
    case 'Enter':
      sessionStorage.setItem(BY_KEYBOARD, 'yes')
      item.querySelector<HTMLAnchorElement>(':scope > a')?.click()
      return true
    case 'Insert':
      return focusOn('[data-add] textarea')
    case 'Delete':
      return focusOn('[data-remove] button, [data-remove] summary')
    default:
      return false
  }
}

function focusOn(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector)
  found?.focus()
  return found !== null
}

/** Moves the chosen node among its siblings by the forms of the page. */
function changePlace(key: string): boolean {
  const by = key === 'ArrowUp' ? 'up' : key === 'ArrowDown' ? 'down' : undefined
  const form = by && document.querySelector<HTMLFormElement>(`form[data-move="${by}"]`)
  if (!form) return false
  sessionStorage.setItem(BY_KEYBOARD, 'yes')
  form.requestSubmit()
  return true
}
