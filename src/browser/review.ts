import { keepRemark } from './kept-remark.ts'

/**
 * The reading page of the review desk: choosing a sentence by clicking it or by marking words in it fills the form
 * beside the text. Without this script each sentence has its own radio button.
 */
export function startReview(): void {
  const box = document.querySelector<HTMLElement>('[data-review]')
  if (!box) return
  if (window.matchMedia('(max-width: 61.99rem)').matches) closeTree(box)
  const form = document.querySelector<HTMLFormElement>('[data-review-form]')
  if (!form) {
    keepRemark(box, undefined, () => undefined)
    return
  }
  box.classList.add('review-with-script')
  const shown = form.querySelector<HTMLElement>('[data-review-chosen]')
  const words = form.querySelector<HTMLInputElement>('[data-review-words]')
  if (!shown || !words) return

  const tell = (radio: HTMLInputElement, marked: string): void => {
    words.value = marked
    const label = radio.closest('label')
    shown.textContent = marked === '' ? (label?.textContent ?? '').trim() : `“${marked}”`
  }
  box.addEventListener('change', event => {
    const { target } = event
    if (target instanceof HTMLInputElement && target.name === 'place') tell(target, '')
  })
  box.addEventListener('mouseup', () => {
    const found = markedSentence()
    if (!found) return
    found.radio.checked = true
    tell(found.radio, found.marked)
  })
  const showChosen = (): void => {
    const chosen = box.querySelector<HTMLInputElement>('input[name=place]:checked')
    if (chosen) tell(chosen, words.value)
  }
  showChosen()
  keepRemark(box, form, showChosen)
}

/** The sentence in which words are marked, with those of the words that lie in it. */
function markedSentence(): { readonly radio: HTMLInputElement; readonly marked: string } | undefined {
  const selection = window.getSelection()
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined
  const range = selection.getRangeAt(0)
  const start = range.startContainer instanceof Element ? range.startContainer : range.startContainer.parentElement
  const sentence = start?.closest('label.sentence')
  const radio = sentence?.querySelector<HTMLInputElement>('input[name=place]')
  const text = sentence?.querySelector('[data-sentence]')
  if (!radio || !text) return undefined
  const inside = document.createRange()
  inside.selectNodeContents(text)
  if (range.compareBoundaryPoints(Range.START_TO_START, inside) > 0)
    inside.setStart(range.startContainer, range.startOffset)
  if (range.compareBoundaryPoints(Range.END_TO_END, inside) < 0) inside.setEnd(range.endContainer, range.endOffset)
  const marked = inside.toString().replace(/\s+/g, ' ').trim()
  return marked === '' ? undefined : { radio, marked }
}

/** On a narrow screen the list of parts would push the text away. */
function closeTree(box: HTMLElement): void {
  const tree = box.querySelector<HTMLDetailsElement>('[data-review-tree]')
  if (tree) tree.open = false
}
