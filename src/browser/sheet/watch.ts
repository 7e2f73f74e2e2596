import { element, isInUse } from './dom.ts'
import { ask } from './server.ts'

export interface SheetNow {
  readonly stamp: string
  readonly others: readonly { readonly name: string; readonly part?: string }[]
  readonly writable: boolean
  /** The chair's decision that keeps the person from writing, in a sentence; empty: none. */
  readonly keptBecause: string
  readonly state: string
  readonly parts: Readonly<Record<string, { readonly rev: number; readonly by: string; readonly at: string }>>
  readonly answers: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly levels: readonly {
    readonly level: string
    readonly result: string
    readonly label: string
    readonly tone: string
  }[]
  readonly result: { readonly words: string }
}

export interface WatchNeeds {
  readonly root: HTMLElement
  /** Which part the person is in. */
  readonly part: () => string
  /** The server answered, so the line is there and the session lives. */
  readonly answered: () => void
  readonly changed: (now: SheetNow) => void
}

const EVERY_MS = 15_000
const AFTER_SAVE_MS = 150

/** Looks every 15 seconds, and after each save, at who else is here and what has changed; silent while the tab is hidden. */
export function startWatch({ root, part, answered, changed }: WatchNeeds) {
  const { stateHref = '', sideHref = '' } = root.dataset
  const side = root.querySelector<HTMLElement>('[data-side]')
  /** What the fields show, and what the side column shows: it waits while somebody is busy in it. */
  let [seen, drawn] = ['', root.dataset['stamp'] ?? '']
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    clearTimeout(timer)
    if (!document.hidden) {
      const query = part() === '' ? '' : `&o=${encodeURIComponent(part())}`
      const reply = await ask('GET', `${stateHref}?k=${encodeURIComponent(seen)}${query}`)
      if (reply?.status === 200) {
        answered()
        // Our own answer to this address.
        const now = reply.body as unknown as SheetNow
        if (reply.body['unchanged'] !== true) {
          seen = now.stamp
          showLevels(root, now)
          tellMoved(root, now)
          changed(now)
        }
        if (seen !== drawn && side && !isInUse(side) && (await refresh(side, `${sideHref}?${query}`))) drawn = seen
      }
    }
    timer = setTimeout(() => void look(), EVERY_MS)
  }

  const soon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), AFTER_SAVE_MS)
  }
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) soon()
  })
  soon()
  return { soon }
}

/** Somebody took a step or changed who writes: the fields of this page do not fit the sheet any more. */
function tellMoved(root: HTMLElement, now: SheetNow): void {
  const isLive = root.dataset['writable'] !== undefined
  if (now.writable === isLive || root.querySelector('[data-moved]')) return
  const again = element('a', { href: location.pathname }, 'Tải lại trang')
  const why = now.keptBecause || `Phiếu vừa chuyển sang bước “${now.state}”.`
  const words = element('p', {}, `${why} `, again)
  root
    .querySelector('.sheet-columns')
    ?.before(element('div', { class: 'notice notice-warning', role: 'status', 'data-moved': '' }, words))
}

/** Draws the side column anew; what the person folded away stays folded. */
async function refresh(side: HTMLElement, href: string): Promise<boolean> {
  try {
    const answer = await fetch(href, { headers: { Accept: 'text/html' } })
    if (!answer.ok || answer.redirected) return false
    const folds = new Map(
      [...side.querySelectorAll<HTMLDetailsElement>('[data-fold]')].map(each => [each.dataset['fold'], each.open]),
    )
    const html = new DOMParser().parseFromString(await answer.text(), 'text/html')
    side.replaceChildren(...html.body.childNodes)
    for (const fold of side.querySelectorAll<HTMLDetailsElement>('[data-fold]'))
      fold.open = folds.get(fold.dataset['fold']) ?? fold.open
    return true
  } catch {
    return false
  }
}

const VERDICTS: Readonly<Record<string, string>> = { met: 'Đạt', notMet: 'Không đạt' }

/** Badges of the levels, the table of mục 5 and the marks in the tree follow the answers. */
function showLevels(root: HTMLElement, now: SheetNow): void {
  for (const { level, label, tone } of now.levels) {
    const badge = root.querySelector(`[data-level="${level}"] [data-level-badge] .state`)
    if (badge && badge.textContent !== label) {
      badge.textContent = label
      badge.className = `state state-${tone}`
    }
    const sum = root.querySelector(`[data-sum="${level}"]`)
    if (sum) sum.textContent = label
  }
  for (const cell of root.querySelectorAll<HTMLElement>('[data-cell]')) {
    const [level = '', indicator = ''] = (cell.dataset['cell'] ?? '').split('.')
    const verdict = now.answers[level]?.[indicator]
    if (cell.dataset['applicable'] !== undefined) cell.textContent = VERDICTS[verdict ?? ''] ?? 'Chưa đánh giá'
  }
  const result = root.querySelector('[data-result]')
  if (result) result.textContent = now.result.words
  const marks = root.querySelectorAll('[data-tree] [aria-current] .marks i')
  for (const [index, mark] of [...marks].entries()) mark.className = `mark-${now.levels[index]?.result ?? 'open'}`
}
