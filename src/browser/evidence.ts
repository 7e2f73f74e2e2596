/** How many files are on their way at once: one slow school line is not helped by more. */
const AT_ONCE = 2

interface Upload {
  readonly file: File
  /** Given once, so that a file sent again after a lost answer becomes no second item. */
  readonly id: string
  readonly line: HTMLLIElement
}

interface Answer {
  readonly collected?: readonly {
    readonly label: string
    readonly name: string
    readonly href: string
    readonly warning?: string
  }[]
  readonly refused?: readonly { readonly reason: string }[]
  readonly error?: { readonly message: string; readonly fields?: Readonly<Record<string, string>> }
}

/**
 * Sends the files of a bulk form one by one, each with its own progress line. A file that failed stays listed with a
 * button to send it again; what has arrived is not sent twice. Without this script the form sends all files at once.
 */
export function startBulkUpload(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-bulk-upload]')) {
    const input = form.querySelector<HTMLInputElement>('input[type=file]')
    const list = form.querySelector<HTMLOListElement>('[data-uploads]')
    if (!input || !list) continue
    form.addEventListener('submit', event => {
      const files = [...(input.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      list.hidden = false
      const waiting = files.map((file): Upload => ({ file, id: newId(), line: addLine(list, file) }))
      input.value = ''
      void sendAll(form, waiting)
    })
    window.addEventListener('beforeunload', event => {
      if (list.querySelector('.upload-waiting')) event.preventDefault()
    })
  }
}

async function sendAll(form: HTMLFormElement, waiting: Upload[]): Promise<void> {
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await send(form, next)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

function send(form: HTMLFormElement, upload: Upload): Promise<void> {
  const { file, id, line } = upload
  const progress = line.querySelector('progress')
  const body = new FormData()
  for (const name of ['_csrf', '_page', 'criterion', 'schoolYear']) {
    const field = form.elements.namedItem(name)
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) body.set(name, field.value)
  }
  body.set('answer', 'json')
  body.set('id', id)
  body.set('files', file)
  line.className = 'upload-waiting'
  say(line, 'Đang tải lên…')
  return new Promise(done => {
    const request = new XMLHttpRequest()
    request.upload.addEventListener('progress', event => {
      if (progress && event.lengthComputable) progress.value = event.loaded / event.total
    })
    request.addEventListener('loadend', () => {
      settle(form, upload, request.status, answerFrom(request.responseText))
      done()
    })
    request.open('POST', form.action)
    request.setRequestHeader('Accept', 'application/json')
    request.send(body)
  })
}

function settle(form: HTMLFormElement, upload: Upload, status: number, answer: Answer): void {
  const { line } = upload
  const collected = answer.collected?.[0]
  if (collected) {
    line.className = 'upload-done'
    line.querySelector('progress')?.remove()
    const link = document.createElement('a')
    link.href = collected.href
    link.textContent = `${collected.label} ${collected.name}`
    say(line, collected.warning ? `Đã thêm. ${collected.warning}` : 'Đã thêm.')
    line.querySelector('.upload-name')?.replaceChildren(link)
    return
  }
  line.className = 'upload-failed'
  const fields = Object.values(answer.error?.fields ?? {}).join(' ')
  say(line, answer.refused?.[0]?.reason ?? (fields || answer.error?.message) ?? lostWords(status))
  // A kind that is not taken stays so; everything else may well succeed the next time.
  if (answer.refused?.[0]) {
    line.querySelector('progress')?.remove()
    return
  }
  const again = document.createElement('button')
  again.type = 'button'
  again.className = 'btn btn-sm'
  again.textContent = 'Gửi lại'
  again.addEventListener('click', () => {
    again.remove()
    void send(form, upload)
  })
  line.append(again)
}

const lostWords = (status: number): string =>
  status === 0
    ? 'Mất kết nối giữa chừng. Tệp vẫn ở máy này, có thể gửi lại.'
    : 'Máy chủ chưa nhận được tệp. Xin gửi lại.'

function addLine(list: HTMLOListElement, file: File): HTMLLIElement {
  const line = document.createElement('li')
  line.className = 'upload-waiting'
  const name = document.createElement('span')
  name.className = 'upload-name'
  name.textContent = file.name
  const progress = document.createElement('progress')
  progress.max = 1
  progress.value = 0
  progress.setAttribute('aria-label', `Tiến độ tải ${file.name}`)
  const words = document.createElement('p')
  words.className = 'upload-words'
  words.textContent = 'Đang chờ…'
  line.append(name, progress, words)
  list.append(line)
  return line
}

function say(line: HTMLLIElement, words: string): void {
  const place = line.querySelector('.upload-words')
  if (place) place.textContent = words
}

function answerFrom(text: string): Answer {
  try {
    // The server's own answer; a proxy's error page is no JSON and ends below.
    return JSON.parse(text) as Answer
  } catch {
    return {}
  }
}

/** `crypto.randomUUID` is missing where a school's server is reached without https. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
