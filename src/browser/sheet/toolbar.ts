import { cleanPaste } from './clean-paste.ts'

/** Puts text in at the caret as typing would, so that Ctrl+Z takes it back; `setRangeText` would empty that memory. */
export function insertText(field: HTMLTextAreaElement, text: string): void {
  field.focus()
  // Deprecated, yet the only way that keeps the undo list; every browser still has it.
  if (!document.execCommand('insertText', false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
}

const SAMPLE: Readonly<Record<string, string>> = { '**': 'chữ đậm', '*': 'chữ nghiêng' }

/** Bold, italic and list in light Markdown; the arrow keys walk along the bar, as toolbars do. */
export function startToolbar(bar: HTMLElement, field: HTMLTextAreaElement, openPicker: () => void): void {
  bar.hidden = false
  const buttons = [...bar.querySelectorAll<HTMLButtonElement>('button[data-mark]')]
  bar.addEventListener('mousedown', event => event.preventDefault()) // keeps the caret where it is
  bar.addEventListener('click', event => {
    const pressed = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('[data-mark]') : null
    const mark = pressed?.dataset['mark']
    if (mark === '[') {
      field.focus()
      openPicker()
    } else if (mark === '-') makeList(field)
    else if (mark) wrap(field, mark)
  })
  bar.addEventListener('keydown', event => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const at = buttons.findIndex(each => each === document.activeElement)
    const next = buttons[(at + step + buttons.length) % buttons.length]
    for (const each of buttons) each.tabIndex = each === next ? 0 : -1
    next?.focus()
  })
  field.addEventListener('keydown', event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return
    const mark = event.key === 'b' ? '**' : event.key === 'i' ? '*' : undefined
    if (!mark) return
    event.preventDefault()
    wrap(field, mark)
  })
  field.addEventListener('paste', event => {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (text === '' || cleanPaste(text) === text) return
    event.preventDefault()
    insertText(field, cleanPaste(text))
  })
}

function wrap(field: HTMLTextAreaElement, mark: string): void {
  const { selectionStart: start, selectionEnd: end, value } = field
  const chosen = value.slice(start, end)
  const words = chosen.trim() === '' ? (SAMPLE[mark] ?? '') : chosen.trim()
  insertText(field, `${mark}${words}${mark}`)
  field.setSelectionRange(start + mark.length, start + mark.length + words.length)
}

/** The chosen lines, or the line of the caret, as list items. */
function makeList(field: HTMLTextAreaElement): void {
  const { value } = field
  const from = value.lastIndexOf('\n', field.selectionStart - 1) + 1
  const end = value.indexOf('\n', field.selectionEnd)
  const lines = value.slice(from, end === -1 ? value.length : end).split('\n')
  const isList = lines.every(line => line.startsWith('- '))
  field.setSelectionRange(from, end === -1 ? value.length : end)
  insertText(field, lines.map(line => (isList ? line.slice(2) : line.startsWith('- ') ? line : `- ${line}`)).join('\n'))
}
