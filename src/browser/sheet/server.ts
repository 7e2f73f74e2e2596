/** What the server answered to a request of the sheet's script. */
export interface Reply {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

const tokenTag = (root: ParentNode = document): HTMLMetaElement | null =>
  root.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')

/** Sends JSON and reads JSON. `undefined`: no connection. Status 401 stands for a session that has ended. */
export async function ask(
  method: 'GET' | 'PUT' | 'POST',
  href: string,
  body?: object,
  { keepalive = false } = {},
): Promise<Reply | undefined> {
  const first = await attempt(method, href, body, keepalive)
  const refusal = first?.body['error']
  if (first?.status !== 403 || !isFormExpired(refusal)) return first
  // Signed in again in another window: the page still holds the token of the session before.
  return (await freshToken()) ? attempt(method, href, body, keepalive) : { status: 401, body: {} }
}

async function attempt(
  method: string,
  href: string,
  body: object | undefined,
  keepalive: boolean,
): Promise<Reply | undefined> {
  try {
    const answer = await fetch(href, {
      method,
      keepalive,
      headers: {
        Accept: 'application/json',
        'X-CSRF-Token': tokenTag()?.content ?? '',
        ...(body && { 'Content-Type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const read = await bodyOf(answer)
    // A redirect (to a new password, for instance) is no answer to a save.
    if (answer.redirected || 'redirect' in read) return { status: 401, body: {} }
    // A proxy's or the server's own failure: as good as no connection, and tried again.
    return answer.status >= 500 ? undefined : { status: answer.status, body: read }
  } catch {
    return undefined
  }
}

async function bodyOf(answer: Response): Promise<Readonly<Record<string, unknown>>> {
  try {
    const read: unknown = await answer.json()
    return typeof read === 'object' && read !== null ? Object.fromEntries(Object.entries(read)) : {}
  } catch {
    return {}
  }
}

/** Reads the page's own address for the token of the new session, if it is still the same person who asks. */
async function freshToken(): Promise<boolean> {
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: 'text/html' } })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const token = tokenTag(page)?.content
    const person = (root: ParentNode): string | undefined =>
      root.querySelector<HTMLElement>('[data-sheet]')?.dataset['person']
    const tag = tokenTag()
    if (!token || !tag || person(page) === undefined || person(page) !== person(document)) return false
    tag.content = token
    return true
  } catch {
    return false
  }
}

/** A text in an answer; anything else counts as none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const isFormExpired = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'formExpired'

/** The sentence of a refusal, for the person; what is wrong at the fields comes first. */
export function refusalIn({ body }: Reply): { readonly code: string; readonly message: string } {
  const { error } = body
  if (typeof error !== 'object' || error === null) return { code: '', message: 'Máy chủ chưa nhận nội dung này.' }
  const { code, message, fields } = Object.fromEntries(Object.entries(error)) as Readonly<Record<string, unknown>>
  const wrong = typeof fields === 'object' && fields !== null ? Object.values(fields).map(String) : []
  return { code: textOf(code), message: wrong.length > 0 ? wrong.join(' ') : textOf(message) }
}
