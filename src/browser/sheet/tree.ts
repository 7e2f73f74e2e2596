import { searchKey } from '../../kernel/words.ts'
import { jsonIn } from './dom.ts'

/** The list of criteria: search without accents, own group only, and a drawer on narrow screens. */
export function startTree(tree: HTMLElement): void {
  findIn(tree)
  drawer(tree)
  const current = tree.querySelector<HTMLElement>('[aria-current]')
  // Only the tree is scrolled: the page stays where it was opened.
  if (current)
    tree.scrollTop += current.getBoundingClientRect().top - tree.getBoundingClientRect().top - tree.clientHeight / 2
}

function findIn(tree: HTMLElement): void {
  const box = tree.querySelector<HTMLElement>('[data-tree-find]')
  const search = box?.querySelector<HTMLInputElement>('input[type=search]')
  const mine = box?.querySelector<HTMLInputElement>('[data-tree-mine]')
  const unreviewed = box?.querySelector<HTMLInputElement>('[data-tree-unreviewed]')
  const none = tree.querySelector<HTMLElement>('[data-tree-none]')
  if (!box || !search || !mine || !unreviewed) return
  const groups = new Set(jsonIn<readonly string[]>(tree.dataset['myGroups'], []))
  box.hidden = false
  if (mine.parentElement) mine.parentElement.hidden = groups.size === 0
  if (unreviewed.parentElement) unreviewed.parentElement.hidden = !tree.querySelector('[data-unreviewed]')
  const apply = (): void => {
    const words = searchKey(search.value).split(' ').filter(Boolean)
    const isFiltered = words.length > 0 || mine.checked || unreviewed.checked
    let found = 0
    for (const branch of tree.querySelectorAll<HTMLDetailsElement>('.tree-branch')) {
      let here = 0
      for (const entry of branch.querySelectorAll<HTMLElement>('[data-entry]')) {
        const key = searchKey(entry.textContent ?? '')
        const isShown =
          words.every(word => key.includes(word)) &&
          (!mine.checked || groups.has(entry.dataset['group'] ?? '')) &&
          (!unreviewed.checked || 'unreviewed' in entry.dataset)
        entry.hidden = !isShown
        if (isShown) here++
      }
      branch.hidden = here === 0
      if (isFiltered && here > 0) branch.open = true
      found += here
    }
    if (none) none.hidden = found > 0
  }
  search.addEventListener('input', apply)
  mine.addEventListener('change', apply)
  unreviewed.addEventListener('change', apply)
}

/** Without script the links open and close it by `:target`; here the focus goes with it. */
function drawer(tree: HTMLElement): void {
  const opener = document.querySelector<HTMLElement>('[data-drawer-open]')
  const closer = tree.querySelector<HTMLElement>('[data-drawer-close]')
  if (!opener || !closer) return
  const close = (): void => {
    tree.classList.remove('tree-open')
    opener.focus()
  }
  opener.addEventListener('click', event => {
    event.preventDefault()
    tree.classList.add('tree-open')
    closer.focus()
  })
  closer.addEventListener('click', event => {
    event.preventDefault()
    close()
  })
  tree.addEventListener('keydown', event => {
    if (event.key === 'Escape' && tree.classList.contains('tree-open')) close()
  })
}
