import { isInUse } from './dom.ts'
import { ask } from './server.ts'

export interface SheetNow {
  readonly stamp: string
  readonly others: readonly { readonly name: string; readonly part?: string }[]
  readonly writable: boolean
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
  readonly seen: (now: SheetNow) => void
}

const EVERY_MS = 15_000
const AFTER_SAVE_MS = 150

/** Looks every 15 seconds, and after each save, at who else is here and what has changed; silent while the tab is hidden. */
export function startWatch({ root, part, seen }: WatchNeeds) {
  const { stateHref = '', sideHref = '' } = root.dataset
  const side = root.querySelector<HTMLElement>('[data-side]')
  let stamp = root.dataset['stamp'] ?? ''
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    clearTimeout(timer)
    if (!document.hidden) {
      const query = part() === '' ? '' : `?o=${encodeURIComponent(part())}`
      const reply = await ask('GET', `${stateHref}${query}`)
      if (reply?.status === 200) {
        // Our own answer to this address.
        const now = reply.body as unknown as SheetNow
        showLevels(root, now)
        seen(now)
        if (now.stamp !== stamp && side && !isInUse(side) && (await refresh(side, `${sideHref}${query}`)))
          stamp = now.stamp
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
