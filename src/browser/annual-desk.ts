import { KnownItems } from './sheet/citations.ts'
import { keepSaving } from './sheet/keep-saving.ts'
import { saveLine } from './sheet/save-line.ts'
import { startPart } from './sheet/text-part.ts'

/** The desk of an annual report: its texts save themselves as those of a sheet do; they cite no evidence. */
export function startAnnualDesk(): void {
  const root = document.querySelector<HTMLElement>('[data-annual-desk]')
  if (root?.dataset['writable'] === undefined) return
  root.classList.add('sheet-live')
  const { person = '', key = '' } = root.dataset
  const line = saveLine(root.querySelector<HTMLElement>('[data-save]'))
  const needs = { draftPrefix: `bao-cao-nam:${person}:${key}`, known: new KnownItems(), line, saved: () => {} }
  const parts = [...root.querySelectorAll<HTMLFormElement>('form[data-part]')].flatMap(
    form => startPart(form, needs) ?? [],
  )
  for (const part of parts) void part.restore()
  keepSaving(
    parts.map(part => part.save),
    line,
  )
}
