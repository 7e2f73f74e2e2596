import { KnownItems } from './sheet/citations.ts'
import { keepSaving } from './sheet/keep-saving.ts'
import { startPicker } from './sheet/picker.ts'
import { saveLine } from './sheet/save-line.ts'
import { startPart } from './sheet/text-part.ts'
import { startToolbar } from './sheet/toolbar.ts'

/** The report desk: its texts save themselves as those of a sheet do, and a vote is counted while it is typed. */
export function startReportDesk(): void {
  const root = document.querySelector<HTMLElement>('[data-report-desk]')
  if (root?.dataset['writable'] !== undefined) startTexts(root)
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-votes]')) countVotes(form)
}

function startTexts(root: HTMLElement): void {
  root.classList.add('sheet-live')
  const { person = '', key = '', searchHref = '' } = root.dataset
  const known = new KnownItems()
  const line = saveLine(root.querySelector<HTMLElement>('[data-save]'))
  const needs = { draftPrefix: `bao-cao:${person}:${key}`, known, line, saved: () => {} }
  const parts = [...root.querySelectorAll<HTMLFormElement>('form[data-part]')].flatMap(form => {
    const part = startPart(form, needs)
    const bar = form.querySelector<HTMLElement>('[data-bar]')
    if (!part || !bar) return []
    // New evidence is added on the sheets, where it has a criterion.
    const picker = startPicker(part.field, { searchHref, known, addNew: () => Promise.resolve(undefined) })
    startToolbar(bar, part.field, picker.open)
    return [part]
  })
  for (const part of parts) void part.restore()
  keepSaving(
    parts.map(part => part.save),
    line,
  )
}

/** Tells while votes are typed whether they add up and carry; the server decides. */
function countVotes(form: HTMLFormElement): void {
  const total = Number(form.dataset['total'])
  const needed = Number(form.dataset['needed'])
  const result = form.querySelector('output')
  const count = (name: string): number => {
    const field = form.elements.namedItem(name)
    return field instanceof HTMLInputElement ? Number(field.value) || 0 : 0
  }
  const show = (): void => {
    const yes = count('for')
    if (yes === 0 && result) result.value = ''
    if (yes === 0) return
    const sum = yes + count('against') + count('other')
    if (!result) return
    result.value =
      sum !== total
        ? `Các phiếu cộng lại là ${sum}, hội đồng có ${total} thành viên.`
        : yes >= needed
          ? `${yes}/${total} phiếu tán thành: đủ để thông qua.`
          : `${yes}/${total} phiếu tán thành: chưa đủ ${needed} phiếu.`
    result.dataset['carried'] = String(sum === total && yes >= needed)
  }
  form.addEventListener('input', show)
  show()
}
