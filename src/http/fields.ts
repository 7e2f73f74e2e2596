/** The fields of a parsed body (form or JSON object); a body of any other shape has none. */
export const fieldsOf = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null ? Object.fromEntries(Object.entries(body)) : {}

/** One field as text; empty when it is missing or no text. */
export function textField(body: unknown, name: string): string {
  const value = fieldsOf(body)[name]
  return typeof value === 'string' ? value : ''
}
