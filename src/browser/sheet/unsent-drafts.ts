import { button, element } from './dom.ts'
import { localDrafts } from './local-drafts.ts'
import { shelf } from './text-part.ts'

/**
 * On a sheet that can only be read now: what the person typed and could not save any more stands below its part, to be
 * copied from, until it is thrown away. When the sheet may be written again the part's own field takes it up.
 */
export function showUnsentDrafts(root: HTMLElement, draftPrefix: string): void {
  const drafts = localDrafts<string, number>(shelf(), draftPrefix)
  for (const part of root.querySelectorAll<HTMLElement>('[data-part-read]')) {
    const key = part.dataset['partRead'] ?? ''
    const draft = drafts.read(key)
    if (!draft || draft.value.trim() === '') continue
    const note = element(
      'div',
      { class: 'notice notice-warning', 'data-unsent': key },
      element(
        'div',
        {},
        element('p', {}, 'Nội dung bạn đã gõ mà chưa lưu được, giữ trên máy này:'),
        element('p', { class: 'stored' }, draft.value),
        button('Bỏ nội dung này', 'link-button', () => {
          drafts.drop(key)
          note.remove()
        }),
      ),
    )
    part.append(note)
  }
}
