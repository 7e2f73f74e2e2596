import { randomInt } from 'node:crypto'

// Without 0 o 1 l i, which are misread from paper.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A temporary password to read out or print: three groups of four, about 59 bits. */
export const temporaryPassword = (): string =>
  [0, 1, 2].map(() => [0, 1, 2, 3].map(() => LETTERS.charAt(randomInt(LETTERS.length))).join('')).join('-')
