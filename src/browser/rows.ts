/**
 * Tables of repeated fields: `<div data-rows="dòng">` around a table whose body holds the lines and a `<template>` with an
 * empty one; each line ends in a hidden cell `data-rows-tools`. Lines can be added, moved and taken away. Without this
 * script an empty line waits at the end, and a cleared line is dropped when the form is saved.
 */
export function startRows(): void {
  for (const box of document.querySelectorAll<HTMLElement>('[data-rows]')) {
    const body = box.querySelector('tbody')
    const template = box.querySelector('template')
    if (!body || !template) continue
    const word = box.dataset['rows'] ?? 'dòng'
    box.classList.add('rows-with-script')
    for (const cell of box.querySelectorAll<HTMLElement>('[data-rows-tools]')) cell.hidden = false
    for (const row of body.rows) equip(row, word)
    const add = button('+', `Thêm ${word}`, 'btn btn-sm')
    add.textContent = `Thêm ${word}`
    add.addEventListener('click', () => addRow(box, body, template, word))
    box.append(add)
  }
}

function addRow(box: HTMLElement, body: HTMLTableSectionElement, template: HTMLTemplateElement, word: string): void {
  const row = template.content.querySelector('tr')?.cloneNode(true)
  if (!(row instanceof HTMLTableRowElement)) return
  const number = body.rows.length
  for (const field of row.querySelectorAll<HTMLElement>('[id]')) field.id = `${field.id}.moi${number}`
  for (const cell of row.querySelectorAll<HTMLElement>('[data-rows-tools]')) cell.hidden = false
  body.append(row)
  equip(row, word)
  relabel(body)
  fieldIn(row)?.focus()
  changed(box)
}

/** The buttons of one line. */
function equip(row: HTMLTableRowElement, word: string): void {
  const cell = row.querySelector('[data-rows-tools]')
  if (!cell) return
  const group = document.createElement('div')
  group.className = 'rows-buttons'
  const up = button('↑', `Đưa ${word} lên`)
  const down = button('↓', `Đưa ${word} xuống`)
  const remove = button('×', `Bỏ ${word}`)
  up.addEventListener('click', () => move(row, row.previousElementSibling, 'before', up))
  down.addEventListener('click', () => move(row, row.nextElementSibling, 'after', down))
  remove.addEventListener('click', () => {
    const { parentElement: body } = row
    const next = row.nextElementSibling ?? row.previousElementSibling
    row.remove()
    if (!(body instanceof HTMLTableSectionElement)) return
    relabel(body)
    changed(body)
    if (next instanceof HTMLElement) fieldIn(next)?.focus()
  })
  group.append(up, down, remove)
  cell.replaceChildren(group)
}

function move(row: HTMLTableRowElement, other: Element | null, place: 'before' | 'after', pressed: HTMLElement): void {
  const { parentElement: body } = row
  if (!other || !(body instanceof HTMLTableSectionElement)) return
  other[place](row)
  relabel(body)
  changed(body)
  pressed.focus()
}

/** Screen readers hear the line's number in each field's name. */
function relabel(body: HTMLTableSectionElement): void {
  for (const [at, row] of [...body.rows].entries())
    for (const field of row.querySelectorAll('[aria-label]'))
      field.setAttribute('aria-label', (field.getAttribute('aria-label') ?? '').replace(/\d+$/, String(at + 1)))
}

const fieldIn = (row: HTMLElement): HTMLElement | null =>
  row.querySelector<HTMLElement>('input:not([type=hidden]), textarea, select')

/** Lets the form know that it is no longer as it was saved. */
const changed = (where: HTMLElement): void => void where.dispatchEvent(new Event('input', { bubbles: true }))

function button(sign: string, label: string, classes = 'rows-button'): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = classes
  made.textContent = sign
  made.setAttribute('aria-label', label)
  return made
}
