const BASE = 'http://this.site'

/**
 * The text as a path of this site (`/trường?nam=…`), or undefined when following it could lead elsewhere:
 * absolute addresses, `//host`, back-slashes and control characters, which browsers read as slashes or skip.
 */
export function localPath(text: unknown): string | undefined {
  if (typeof text !== 'string' || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(text) || text.length > 2000) return undefined
  const url = URL.canParse(text, BASE) ? new URL(text, BASE) : undefined
  // Dots are resolved by now, and may have left two slashes at the beginning (`/a/..//host`).
  return url?.origin === BASE && !url.pathname.startsWith('//') ? url.pathname + url.search : undefined
}

/** The path with one query parameter set, or removed when the value is undefined. */
export function withQuery(path: string, name: string, value: string | undefined): string {
  const url = new URL(path, BASE)
  if (value === undefined) url.searchParams.delete(name)
  else url.searchParams.set(name, value)
  return url.pathname + url.search
}
