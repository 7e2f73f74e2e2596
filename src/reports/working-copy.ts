import type { Doc } from '../paper/index.ts'

/** An issued paper as a Word file to go on working with: it says on every page that it is not the issued one. */
export const workingCopyOf = (doc: Doc): Doc => ({
  ...doc,
  footer: 'Bản Word để sửa, không phải văn bản đã ban hành.',
})
