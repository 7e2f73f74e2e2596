import { startActionRows } from './action-rows.ts'
import { KnownItems } from './citations.ts'
import { jsonIn } from './dom.ts'
import { keepSaving } from './keep-saving.ts'
import { itemFrom, startPicker } from './picker.ts'
import { quickAdd } from './quick-add.ts'
import { saveLine } from './save-line.ts'
import { startPart } from './text-part.ts'
import { startToolbar } from './toolbar.ts'
import { startTree } from './tree.ts'
import { startVerdict } from './verdicts.ts'
import { showUnsentDrafts } from './unsent-drafts.ts'
import { startWatch, type SheetNow } from './watch.ts'

/** The criterion sheet: everything on it saves itself; see each module. */
export function startSheet(): void {
  const root = document.querySelector<HTMLElement>('[data-sheet]')
  if (!root) return
  const tree = root.querySelector<HTMLElement>('[data-tree]')
  if (tree) startTree(tree)
  goToPlace()
  window.addEventListener('hashchange', goToPlace)
  if (root.dataset['writable'] === undefined) {
    showUnsentDrafts(root, draftPrefixOf(root))
    startWatch({ root, part: () => '', answered: () => {}, changed: () => {} })
    return
  }
  root.classList.add('sheet-live')
  startWriting(root)
}

/** Drafts are kept for each person and sheet. */
const draftPrefixOf = ({ dataset: { person = '', key = '' } }: HTMLElement): string => `phieu:${person}:${key}`

function startWriting(root: HTMLElement): void {
  const { searchHref = '', quickHref = '', code = '' } = root.dataset
  const known = new KnownItems()
  known.add(knownOnPage(root))
  const line = saveLine(root.querySelector<HTMLElement>('[data-save]'))
  const needs = { draftPrefix: draftPrefixOf(root), known, line, saved: () => watch.soon() }

  const parts = [...root.querySelectorAll<HTMLFormElement>('form[data-part]')].flatMap(form => {
    const part = startPart(form, needs)
    const bar = form.querySelector<HTMLElement>('[data-bar]')
    if (!part || !bar) return []
    const addNew = quickAdd(root.querySelector<HTMLDialogElement>('[data-quick]'), quickHref, code)
    const picker = startPicker(part.field, { searchHref, known, addNew })
    startToolbar(bar, part.field, picker.open)
    return [part]
  })
  const verdicts = [...root.querySelectorAll<HTMLFormElement>('form[data-verdict]')].flatMap(
    form => startVerdict(form, needs) ?? [],
  )
  const rowsForm = root.querySelector<HTMLFormElement>('form[data-actions]')
  const template = root.querySelector<HTMLTemplateElement>('template[data-action-row]')
  const rows = rowsForm ? startActionRows(rowsForm, { ...needs, template }) : undefined
  const savers = [
    ...parts.map(part => part.save),
    ...verdicts.map(verdict => verdict.save),
    ...(rows ? [rows.save] : []),
  ]

  const watch = startWatch({
    root,
    part: () => parts.find(part => part.field === document.activeElement)?.key ?? '',
    answered: () => {
      for (const each of savers) each.again()
    },
    changed: now => {
      for (const part of parts) {
        const standing = now.parts[part.key]
        if (standing) void part.changedElsewhere(standing.rev, standing.by)
      }
      for (const verdict of verdicts) verdict.changedElsewhere(verdictIn(now, verdict.key))
      showOthers(root, now)
    },
  })

  for (const part of parts) void part.restore()
  for (const verdict of verdicts) verdict.restore()
  rows?.restore()

  keepSaving(savers, line)
  saveBeforeSteps(root, () => Promise.all(savers.map(each => each.save())), line)
}

/** A step rests on the words of the sheet, so what was typed a moment ago must have arrived before it is taken. */
function saveBeforeSteps(
  root: HTMLElement,
  saveAll: () => Promise<unknown>,
  line: { readonly isUnsent: () => boolean },
): void {
  root.addEventListener(
    'submit',
    event => {
      const form = event.target
      if (!(form instanceof HTMLFormElement) || !form.querySelector('[data-step]') || !line.isUnsent()) return
      event.preventDefault()
      event.stopPropagation()
      void saveAll().then(() => {
        if (!line.isUnsent()) form.requestSubmit(event.submitter)
      })
    },
    true,
  )
}

/** Items that the page itself names: under its texts, and of its criterion. */
function knownOnPage(root: HTMLElement) {
  const nearby = jsonIn<readonly Parameters<typeof itemFrom>[0][]>(
    root.querySelector('[data-nearby]')?.textContent,
    [],
  ).map(itemFrom)
  const cited = [...root.querySelectorAll<HTMLElement>('[data-chips] li:not(.chip-unknown)')].map(chip => ({
    id: chip.querySelector('a')?.getAttribute('href')?.split('/').at(-1) ?? '',
    label: `[${chip.querySelector('b')?.textContent ?? ''}]`,
    name: chip.querySelector('span')?.textContent ?? '',
    caution: chip.querySelector('em')?.textContent ?? '',
  }))
  return [...nearby, ...cited]
}

const verdictIn = (now: SheetNow, key: string): string => {
  const [level = '', indicator = ''] = key.split('.')
  return now.answers[level]?.[indicator] ?? ''
}

/** Who is in which part, said at the part itself. */
function showOthers(root: HTMLElement, now: SheetNow): void {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[data-part]')) {
    const here = now.others.filter(other => other.part === form.dataset['part']).map(other => other.name)
    if (here.length > 0) form.dataset['here'] = `${here.join(', ')} đang ở phần này`
    else delete form.dataset['here']
  }
}

/** A link to a place on the sheet (what is missing, a remark) puts the caret there. */
function goToPlace(): void {
  const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null
  target?.querySelector<HTMLElement>('textarea, input[type=radio]')?.focus({ preventScroll: true })
}
