import type { Doc } from './blocks.ts'

export const DOCX_MIME = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** The document as an editable Word file; see render-docx.ts, which is loaded with the first of them. */
export const renderDocx = async (doc: Doc): Promise<Buffer> => (await import('./render-docx.ts')).renderDocx(doc)
