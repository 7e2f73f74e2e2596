import { inflateSync } from 'node:zlib'

interface PdfObject {
  readonly dictionary: string
  readonly stream: Buffer | undefined
}

/** Reads the objects of a file with a classic cross-reference table, as our writer makes them. */
function objectsOf(pdf: Buffer): { objects: Map<number, PdfObject>; trailer: string } {
  const text = pdf.toString('latin1')
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1])
  const trailer = text.slice(text.indexOf('trailer', start))
  const objects = new Map<number, PdfObject>()
  const entries = text.slice(start, text.indexOf('trailer', start)).split('\n').slice(2)
  entries.forEach((entry, i) => {
    if (entry[17] !== 'n') return
    const at = Number(entry.slice(0, 10))
    const number = i
    if (!text.startsWith(`${number} 0 obj`, at)) throw new Error(`object ${number} is not where the table says`)
    const end = text.indexOf('endobj', at)
    const streamAt = text.indexOf('\nstream\n', at)
    if (streamAt < 0 || streamAt > end) {
      objects.set(number, { dictionary: text.slice(at, end), stream: undefined })
      return
    }
    const dictionary = text.slice(at, streamAt)
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1])
    const raw = pdf.subarray(streamAt + 8, streamAt + 8 + length)
    objects.set(number, { dictionary, stream: dictionary.includes('/FlateDecode') ? inflateSync(raw) : raw })
  })
  return { objects, trailer }
}

/** What drawing operators stand outside marked content, and whether marks and states are closed. */
function contentFaults(content: string): string[] {
  const faults: string[] = []
  let marks = 0
  let states = 0
  for (const line of content.split('\n')) {
    if (/ B[DM]C$/.test(line)) marks++
    if (line === 'EMC') marks--
    if (/(^|\s)(TJ|Tj|f|S|Do)(\s|$)/.test(line) && marks === 0) faults.push(`untagged: ${line.slice(0, 40)}`)
    states += (line.match(/(^|\s)q(\s|$)/g) ?? []).length - (line.match(/(^|\s)Q(\s|$)/g) ?? []).length
    if (/<(?:[0-9a-f]{4})*?0000/.test(line)) faults.push('.notdef glyph')
    if (marks > 1) faults.push('marks within marks')
  }
  if (marks !== 0) faults.push('mark left open')
  if (states !== 0) faults.push('q without Q')
  return faults
}

/** Faults that PDF/A-3a and PDF/UA-1 validators would name; an empty list is a clean file. */
export function pdfFaults(pdf: Buffer): string[] {
  const faults: string[] = []
  const must = (right: boolean, fault: string): void => {
    if (!right) faults.push(fault)
  }
  const { objects, trailer } = objectsOf(pdf)
  const target = (dictionary: string, key: string): PdfObject | undefined =>
    objects.get(Number(new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1]))
  const root = target(trailer, 'Root')?.dictionary ?? ''
  must(/\/ID \[/.test(trailer), 'no file id')
  must(root.includes('/Lang (vi-VN)'), 'no language')
  must((target(root, 'MarkInfo')?.dictionary ?? '').includes('/Marked true'), 'not marked as tagged')
  must((target(root, 'ViewerPreferences')?.dictionary ?? '').includes('/DisplayDocTitle true'), 'title not shown')
  must(root.includes('/OutputIntents'), 'no output intent')
  const xmp = target(root, 'Metadata')?.stream?.toString('utf8') ?? ''
  must(/<pdfaid:part>3</.test(xmp) && /<pdfuaid:part>1</.test(xmp), 'no PDF/A or PDF/UA mark')
  must(!/&(?!amp;|lt;|gt;)/.test(xmp), 'metadata not escaped')

  const tree = target(root, 'Names')?.dictionary ?? ''
  const names = Array.from(tree.matchAll(/\n\s+\(([^)]*)\) \[/g), match => match[1] ?? '')
  must(
    names.every((name, i) => i === 0 || (names[i - 1] ?? '') < name),
    'names out of order',
  )

  let heading = 0
  const visit = (number: number, parent: number): void => {
    const { dictionary = '' } = objects.get(number) ?? {}
    const role = /\/S \/(\w+)/.exec(dictionary)?.[1] ?? 'nothing'
    must(dictionary.includes(`/P ${parent} 0 R`), `${role} ${number} has another parent`)
    const level = Number(/^H(\d)$/.exec(role)?.[1] ?? 0)
    if (level > 0) {
      must(level <= heading + 1, `heading level jumps from ${heading} to ${level}`)
      heading = level
    }
    if (role === 'Figure') must(/\/Alt /.test(dictionary) && /\/BBox/.test(dictionary), 'figure without words or place')
    if (dictionary.includes('/Type /OBJR')) must(role === 'Link', `link annotation under ${role}`)
    must(role !== 'Note', 'Note without an id')
    if (role === 'TH') must(dictionary.includes('/Scope /'), 'TH without scope')
    const kids = /\/K \[([\s\S]*)\]/.exec(dictionary)?.[1]?.replace(/<<[\s\S]*?>>/g, '') ?? ''
    for (const [, kid] of kids.matchAll(/(\d+) 0 R/g)) visit(Number(kid), number)
  }
  const treeNumber = Number(/\/StructTreeRoot (\d+) 0 R/.exec(root)?.[1])
  const top = /\/K \[(\d+) 0 R\]/.exec(objects.get(treeNumber)?.dictionary ?? '')?.[1]
  must(top !== undefined, 'no structure tree')
  if (top !== undefined) visit(Number(top), treeNumber)

  for (const [number, { dictionary }] of objects) {
    if (/\/Type \/Page\n/.test(dictionary)) {
      must(dictionary.includes('/Tabs /S') && dictionary.includes('/StructParents'), `page ${number} without tab order`)
      const content = target(dictionary, 'Contents')?.stream?.toString('latin1') ?? ''
      faults.push(...contentFaults(content).map(fault => `page ${number}: ${fault}`))
    }
    if (dictionary.includes('/Subtype /Link')) {
      must(/\/Contents /.test(dictionary) && /\/StructParent \d/.test(dictionary), `link ${number} not tagged`)
      must(/\/F 4\b/.test(dictionary), `link ${number} not printed`)
      const name = /\/Dest \(([^)]*)\)/.exec(dictionary)?.[1]
      must(name === undefined || names.includes(name), `link ${number} leads nowhere`)
    }
    if (dictionary.includes('/Subtype /Type0'))
      must(dictionary.includes('/ToUnicode'), `font ${number} without Unicode`)
    if (dictionary.includes('/Subtype /CIDFontType2')) {
      must(/\/FontFile2/.test(target(dictionary, 'FontDescriptor')?.dictionary ?? ''), `font ${number} not embedded`)
    }
    must(!dictionary.includes('/Subtype /Type1'), `font ${number} is not embedded`)
    must(!/\/S \/(JavaScript|Launch)/.test(dictionary), `object ${number} runs something`)
  }
  return [...new Set(faults)]
}
