import type { StandardWords } from '../full-words.ts'
import { STANDARD_1 } from './standard-1.ts'
import { STANDARD_2 } from './standard-2.ts'
import { STANDARD_3 } from './standard-3.ts'
import { STANDARDS_4_5 } from './standards-4-5.ts'

/** All sheets of the secondary school that is told in full. */
export const SECONDARY_WORDS: readonly StandardWords[] = [STANDARD_1, STANDARD_2, STANDARD_3, STANDARDS_4_5]
