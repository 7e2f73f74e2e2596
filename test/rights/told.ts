import type { Route } from '../../src/http/route.ts'
import type { Told } from './ask-route.ts'
import { HELD_BACK } from './hold-writes.ts'

export const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method.toUpperCase()} ${path}`

/** Nothing refused the request before its first write. */
export const passed = ({ words }: Told): boolean => words.includes(HELD_BACK)

/** Refused for who asks, or for the state that the page itself had shown. */
export const turnedAway = ({ status, words }: Told): boolean =>
  status === 403 || status === 404 || words.includes('đang ở bước')

/** Refused whatever the form holds, or answered without anything to write. */
export const closed = ({ status }: Told): boolean => [303, 403, 404, 409].includes(status)
