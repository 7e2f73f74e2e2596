/** Small behaviours that every page may use by an attribute; without the script the page still reads and submits. */
export function startShell(): void {
  takeOwnAddress()
  submitPickersOnChange()
  closePanelsFromOutside()
  makeNoticesClosable()
  submitOnce()
  askBeforeSubmitting()
  warnOfUnsavedChanges()
  followProgress()
  bringTabIntoSight()
  offerPrinting()
  document.querySelector<HTMLElement>('[data-focus-first]')?.focus()
}

/** A refused form comes back under the address of its step, which cannot be opened again or reloaded; the page's own can. */
function takeOwnAddress(): void {
  const own = document.querySelector<HTMLMetaElement>('meta[name="page-address"]')?.content
  if (own !== undefined) history.replaceState(history.state, '', own)
}

/** Printing needs the browser: the button stays hidden without a script. */
function offerPrinting(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  }
}

function submitPickersOnChange(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-submit-on-change]')) {
    form.classList.add('submits-itself')
    form.addEventListener('change', () => form.requestSubmit())
  }
}

const PANELS = 'details.who[open], details.menu[open], details.nav-group[open], details.step-reason[open]'

function closePanelsFromOutside(): void {
  document.addEventListener('click', event => {
    for (const panel of document.querySelectorAll<HTMLDetailsElement>(PANELS))
      if (event.target instanceof Node && !panel.contains(event.target)) panel.open = false
  })
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return
    for (const panel of document.querySelectorAll<HTMLDetailsElement>(PANELS)) {
      panel.open = false
      panel.querySelector('summary')?.focus()
    }
  })
}

function makeNoticesClosable(): void {
  for (const notice of document.querySelectorAll('[data-closable]')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'notice-close'
    button.setAttribute('aria-label', 'Đóng thông báo')
    button.textContent = '×'
    button.addEventListener('click', () => notice.remove())
    notice.append(button)
  }
}

/** A second click while the first request is under way would send the form twice. */
function submitOnce(): void {
  document.addEventListener('submit', event => {
    const button = event.submitter
    if (event.defaultPrevented || !(button instanceof HTMLButtonElement) || button.dataset['submitOnce'] === undefined)
      return
    // After this event, or the button's own value would not be sent.
    setTimeout(() => (button.disabled = true))
  })
  // Back from the next page: the browser shows the old page as it was left.
  window.addEventListener('pageshow', () => {
    for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-submit-once]'))
      button.disabled = false
  })
}

function askBeforeSubmitting(): void {
  // In the capture phase, so that the listener of submitOnce sees whether the form really goes.
  document.addEventListener(
    'submit',
    event => {
      const form = event.target
      if (!(form instanceof HTMLFormElement) || !form.dataset['confirm'] || form.dataset['confirmed']) return
      event.preventDefault()
      confirmWith(form.dataset['confirm'], () => {
        form.dataset['confirmed'] = 'yes'
        form.requestSubmit(event.submitter)
      })
    },
    true,
  )
}

function confirmWith(question: string, go: () => void): void {
  const dialog = document.createElement('dialog')
  dialog.className = 'ask'
  const text = document.createElement('p')
  text.textContent = question
  const row = document.createElement('div')
  row.className = 'button-row'
  row.append(
    pressable('Đồng ý', 'btn btn-primary', () => (dialog.close(), go())),
    pressable('Hủy', 'btn', () => dialog.close()),
  )
  dialog.append(text, row)
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

function pressable(label: string, classes: string, press: () => void): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = classes
  made.textContent = label
  made.addEventListener('click', press)
  return made
}

/** Forms marked `data-warn-unsaved` ask before their typed text is left behind. */
function warnOfUnsavedChanges(): void {
  let unsaved = false
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-warn-unsaved]')) {
    form.addEventListener('input', () => (unsaved = true))
    form.addEventListener('submit', () => (unsaved = false))
  }
  window.addEventListener('beforeunload', event => {
    if (unsaved) event.preventDefault()
  })
}

/** On a phone the row of tabs is wider than the screen. */
function bringTabIntoSight(): void {
  for (const row of document.querySelectorAll<HTMLElement>('.tabs')) {
    const tab = row.querySelector<HTMLElement>('[aria-current]')
    if (tab) row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2
  }
}

interface Progress {
  readonly done?: number
  readonly total?: number
  readonly message?: string
  /** Address to go to when the work is finished. */
  readonly href?: string
}

/** `<div data-progress-url="…"><progress></progress><p></p></div>` shows the events of that address. */
function followProgress(): void {
  for (const box of document.querySelectorAll<HTMLElement>('[data-progress-url]')) {
    const source = new EventSource(box.dataset['progressUrl'] ?? '')
    const line = box.querySelector('progress')
    const words = box.querySelector('p')
    source.addEventListener('message', (event: MessageEvent<string>) => {
      // Written by our own server (`events` answers).
      const step = JSON.parse(event.data) as Progress
      if (line && step.total !== undefined) line.max = step.total
      if (line && step.done !== undefined) line.value = step.done
      if (words && step.message !== undefined) words.textContent = step.message
      // In this page's place: going back leads to where the work was asked for, and does not begin it anew.
      if (step.href) location.replace(step.href)
    })
    source.addEventListener('end', () => source.close())
  }
}
