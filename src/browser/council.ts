import { searchKey } from '../kernel/words.ts'

/** Milliseconds after the last change before the list is checked again. */
const PAUSE = 400

/** The council's form: what it lacks is told while it is edited, and long lists of people are searched. */
export function startCouncil(): void {
  filterLists()
  giveWholeStandards()
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-council-check]')) checkWhileEdited(form)
}

function filterLists(): void {
  for (const field of document.querySelectorAll<HTMLInputElement>('input[data-filter]')) {
    const selector = field.dataset['filter'] ?? ''
    field.closest<HTMLElement>('[data-filter-field]')?.removeAttribute('hidden')
    field.addEventListener('input', () => {
      const words = searchKey(field.value)
      const list = field.closest('details, form, section')
      for (const item of list?.querySelectorAll<HTMLElement>(selector) ?? [])
        item.hidden = words !== '' && !searchKey(item.dataset['words'] ?? '').includes(words)
    })
    field.addEventListener('keydown', event => {
      if (event.key === 'Enter') event.preventDefault()
    })
  }
}

function checkWhileEdited(form: HTMLFormElement): void {
  const address = form.dataset['councilCheck'] ?? ''
  const result = form.querySelector('[data-council-result]')
  let waiting: ReturnType<typeof setTimeout> | undefined
  let asked = 0
  const check = async (): Promise<void> => {
    const mine = ++asked
    const fields = new URLSearchParams()
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value)
    const answer = await fetch(address, { method: 'POST', body: fields })
    // An older answer must not cover a newer one.
    if (answer.ok && mine === asked && result) result.innerHTML = await answer.text()
  }
  form.addEventListener('change', () => {
    clearTimeout(waiting)
    // Without a connection the list is checked by the server when it is sent.
    waiting = setTimeout(() => void check().catch(() => undefined), PAUSE)
  })
}

/** Giving a whole standard to a group shows at once in the lines of its criteria. */
function giveWholeStandards(): void {
  for (const standard of document.querySelectorAll('[data-standard]')) {
    const whole = standard.querySelector<HTMLSelectElement>('select[data-whole]')
    whole?.addEventListener('change', () => {
      if (whole.value === '') return
      for (const one of standard.querySelectorAll<HTMLSelectElement>('select[data-one]')) one.value = whole.value
      whole.value = ''
    })
  }
}
