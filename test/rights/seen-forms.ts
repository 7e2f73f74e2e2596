import type { Route } from '../../src/http/route.ts'
import { renderView } from '../../src/http/views.ts'
import type { Told } from './ask-route.ts'

/** A form, or an address that a script sends to, as it stands on a drawn page. */
export interface SeenForm {
  readonly address: string
  readonly fields: Readonly<Record<string, string>>
  /** Sent by a script, which decides itself when: an autosave, a presence. */
  readonly byScript: boolean
}

const UI = {
  here: '/',
  nonce: 'n',
  csrf: 'c',
  asset: (name: string) => `/assets/${name}`,
  icon: () => '',
  form: undefined,
  typed: (_name: string, stored: unknown) => stored,
  errorOf: () => undefined,
}

const SHELL = { nav: [], years: [], year: '2025-2026', personName: '', seatLabel: '' }

const plain = (text: string): string =>
  text
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : plain(found)
}

/** The fields as a browser would send them untouched: hidden ones, what is chosen, else the first thing to choose. */
function fieldsIn(inside: string): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {}
  for (const [, head = '', options = ''] of inside.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const tags = [...options.matchAll(/<option\b[^>]*>/g)].map(([tag]) => tag)
    const values = tags.map(tag => attribute(tag, 'value') ?? '')
    const chosen = tags.findIndex(tag => / selected\b/.test(tag))
    fields[attribute(head, 'name') ?? ''] = values[chosen] || (values.find(value => value !== '') ?? '')
  }
  for (const [tag] of inside.matchAll(/<input\b[^>]*>/g)) {
    const [name = '', type = 'text', value = ''] = ['name', 'type', 'value'].map(each => attribute(tag, each))
    if (type === 'hidden' || (['radio', 'checkbox'].includes(type) && fields[name] === undefined)) fields[name] = value
  }
  return fields
}

/** Everything on the page that a person or its script can send somewhere; links are no forms. */
export function formsOn({ answer }: Told): readonly SeenForm[] {
  if (answer?.kind !== 'page' && answer?.kind !== 'fragment') return []
  const names = { page: answer.page, ui: UI, title: '', shell: SHELL, flashes: [] }
  const html = renderView(answer.view, names)
  const forms = [...html.matchAll(/<form\b[^>]*method="post"[^>]*>([\s\S]*?)<\/form>/g)].flatMap(
    ([form = '', inside = '']) => {
      const fields = fieldsIn(inside)
      const own = attribute(/^<form[^>]*>/.exec(form)?.[0] ?? '', 'action')
      const others = [...inside.matchAll(/<button\b[^>]*>/g)].flatMap(([tag]) => attribute(tag, 'formaction') ?? [])
      return [...(own === undefined ? [] : [own]), ...others].map(address => ({ address, fields, byScript: false }))
    },
  )
  const scripted = [...html.matchAll(/\sdata-[a-z-]+="(\/[^"\s]+)"/g)].map(([, address = '']) => ({
    address: plain(address),
    fields: {},
    byScript: true,
  }))
  return [...forms, ...scripted]
}

/** The changing routes behind an address, with what the address says; a form posts, a script may put and delete too. */
export function routesBehind(routes: readonly Route[], { address, byScript }: SeenForm) {
  const [path = '', query = ''] = (address.split('#')[0] ?? '').split('?')
  const behind = routes.flatMap(route => {
    if (!byScript && route.method !== 'post') return []
    const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
    const pattern = route.path.replaceAll('.', '\\.').replace(/:\w+/g, '([^/]+)')
    const found = new RegExp(`^${pattern}$`).exec(path)
    if (!found) return []
    const params = Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(found[at + 1] ?? '')]))
    return [{ route, params, query: Object.fromEntries(new URLSearchParams(query)) }]
  })
  // Of several that fit, the one that was mounted first answers.
  return behind.filter(({ route }, at) => behind.findIndex(each => each.route.method === route.method) === at)
}
