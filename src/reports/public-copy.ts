import type { Doc } from '../paper/index.ts'

/** Anchor of table rows that only the school and its managing units may read (process § 12). */
export const PERSONAL_ROW = 'du-lieu-ca-nhan'

/** The same paper for everybody's eyes: without phone numbers; its footer says that it is that copy. */
export const publicCopyOf = (doc: Doc): Doc => ({
  ...doc,
  ...(doc.footer !== undefined && { footer: `${doc.footer} · Bản công khai` }),
  sections: doc.sections.map(section => ({
    ...section,
    blocks: section.blocks.map(block =>
      block.kind === 'table' ? { ...block, body: block.body.filter(row => row.anchor !== PERSONAL_ROW) } : block,
    ),
  })),
})
