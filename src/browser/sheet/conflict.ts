import { button, element } from './dom.ts'

export interface Piece {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

export interface Conflict {
  readonly title: string
  readonly by: string
  readonly at: string
  readonly mine: string
  readonly theirs: string
  readonly pieces: readonly Piece[]
  /** `merged` is absent where the two cannot be merged as text. */
  readonly choose: (choice: 'mine' | 'theirs' | { readonly merged: string }) => void
  readonly mergeable: boolean
}

/**
 * Both texts side by side, word by word: keep mine, take theirs, or merge by hand. Closing it decides nothing; a button
 * at the part opens it again.
 */
export function openConflict(conflict: Conflict): HTMLDialogElement {
  const { title, by, at, mine, theirs, pieces, mergeable } = conflict
  const dialog = element('dialog', { class: 'ask conflict', 'aria-labelledby': 'conflict-title' })
  const finish = (choice: Parameters<Conflict['choose']>[0]): void => {
    dialog.close()
    conflict.choose(choice)
  }
  const merge = element('textarea', { class: 'form-control', rows: '8', lang: 'vi', id: 'conflict-merge' })
  merge.value = pieces.map(piece => piece.text).join('')
  const mergeBox = element(
    'div',
    { class: 'conflict-merge', hidden: '' },
    element('label', { class: 'form-label', for: 'conflict-merge' }, 'Bản ghép, sửa lại cho đúng rồi lưu'),
    merge,
    element(
      'div',
      { class: 'button-row' },
      button('Lưu bản ghép', 'btn btn-primary', () => finish({ merged: merge.value })),
    ),
  )
  dialog.append(
    element('h2', { id: 'conflict-title' }, 'Có hai bản khác nhau'),
    element('p', {}, `${title}: ${by || 'người khác'} đã lưu lúc ${at}. Xin chọn bản sẽ giữ; chưa có gì bị ghi đè.`),
    element(
      'div',
      { class: 'conflict-both' },
      side('Bản của bạn', mine, pieces, 'removed'),
      side(`Bản đang lưu${by ? ` (${by})` : ''}`, theirs, pieces, 'added'),
    ),
    element(
      'div',
      { class: 'button-row' },
      button('Giữ bản của tôi', 'btn btn-primary', () => finish('mine')),
      button('Lấy bản đang lưu', 'btn btn-secondary', () => finish('theirs')),
      ...(mergeable
        ? [
            button('Ghép hai bản', 'btn btn-secondary', () => {
              mergeBox.hidden = false
              merge.focus()
            }),
          ]
        : []),
      button('Để sau', 'btn', () => dialog.close()),
    ),
    mergeBox,
  )
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}

/** One of the two texts; words that only it has are marked. */
function side(heading: string, text: string, pieces: readonly Piece[], hidden: Piece['kind']): HTMLElement {
  const own = pieces.filter(piece => piece.kind !== hidden)
  const words =
    pieces.length === 0
      ? [text]
      : own.map(piece => (piece.kind === 'same' ? piece.text : element('mark', {}, piece.text)))
  return element(
    'section',
    { 'aria-label': heading },
    element('h3', {}, heading),
    element('p', { class: 'stored', tabindex: '0' }, ...(text === '' ? ['(trống)'] : words)),
  )
}
