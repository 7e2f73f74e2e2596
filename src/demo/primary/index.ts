import type { StandardWords } from '../full-words.ts'
import { STANDARDS_1_2 } from './standards-1-2.ts'
import { STANDARDS_3_5 } from './standards-3-5.ts'

/** All sheets of the primary school that is told in full. */
export const PRIMARY_WORDS: readonly StandardWords[] = [STANDARDS_1_2, STANDARDS_3_5]
