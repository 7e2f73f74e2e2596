import { createHash } from 'node:crypto'
import type { Doc, Section } from '../paper/index.ts'

/** How many characters of the content hash are printed in the footer and are enough to ask for a paper. */
export const SHORT_HASH = 12

/** JSON with the keys of every object in order, so that equal documents give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`
}

/** SHA-256 of what the document says: its canonical JSON without the footer. */
export function contentHashOf({ footer: _footer, ...doc }: Doc): string {
  return createHash('sha256').update(canonicalJson(doc)).digest('hex')
}

/**
 * The document as it is frozen: a footer with form, snapshot and hash on every page, and, with an address to check it
 * at, a QR code under its last words.
 */
export function sealed(doc: Doc, { snapshot, verifyUrl }: { snapshot: string; verifyUrl?: string }): Doc {
  const hash = contentHashOf(doc)
  const { formId = '', formVersion = '' } = doc.meta
  return {
    ...doc,
    footer: `Mẫu ${formId}/${formVersion} · Bản chụp ${snapshot} · Mã nội dung ${hash.slice(0, SHORT_HASH)}`,
    sections: doc.sections.map((section, index) =>
      verifyUrl !== undefined && index === doc.sections.length - 1 ? withQr(section, `${verifyUrl}/${hash}`) : section,
    ),
  }
}

const withQr = (section: Section, address: string): Section => ({
  ...section,
  blocks: [
    ...section.blocks,
    { kind: 'qr', data: address, caption: 'Quét mã để kiểm tra văn bản có đúng do hệ thống lập.', sizeMm: 22 },
  ],
})
