import type { Unmet } from './refusals.ts'

/** Nothing when the condition is met, otherwise the one unmet item; conditions are written as lists of these. */
export const need = (met: boolean, code: string, message: string, href?: string): readonly Unmet[] =>
  met ? [] : [href === undefined ? { code, message } : { code, message, href }]

/** Required text: blanks alone are not an answer. */
export const isFilled = (text: string | undefined): boolean => text !== undefined && text.trim() !== ''
