const allowed = new Set(['http:', 'https:', 'mailto:'])

/** The address as links may carry it, or undefined for anything but web and mail: a javascript: address stays text. */
export function webAddress(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined
  const url = new URL(href)
  return allowed.has(url.protocol) ? url.href : undefined
}
