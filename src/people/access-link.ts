import { createHash, randomBytes } from 'node:crypto'

export const LINK_DAYS = 7

/** `invitation`: the first password; `reset`: a new one for somebody who lost theirs. */
export type LinkPurpose = 'invitation' | 'reset'

/** The page that a link opens. The token is in the query, which the request log leaves out. */
export const LINK_PAGE = '/dat-mat-khau'

export const linkHref = (baseUrl: string, token: string): string => `${baseUrl}${LINK_PAGE}?ma=${token}`

/** 256 random bits: what the receiver is given and nobody keeps. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What is kept instead of a random secret: too many values to be guessed from it. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

export const linkEnd = (from: Date): Date => new Date(from.getTime() + LINK_DAYS * 86_400_000)
