import type { Block, Cell, Doc, Figure, Heading, Inline, Letterhead, List, Row, Signature, Table } from './blocks.ts'
import { chartShapes, type Shape } from './chart-shapes.ts'
import { printable } from './fonts.ts'
import { layoutProfile, type LayoutProfile } from './layout-profile.ts'
import { qrShapes } from './qr-shapes.ts'
import { draftWords } from './draft-words.ts'
import { webAddress } from './web-address.ts'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const safe = (text: string): string => printable(text).replace(/[&<>"']/g, sign => entities[sign] ?? sign)

/** Anchors share the page with the application's own ids. */
const idOf = (anchor: string): string => `paper-${encodeURIComponent(anchor.normalize('NFC'))}`
const idAttribute = (anchor: string | undefined): string => (anchor === undefined ? '' : ` id="${safe(idOf(anchor))}"`)

function inlineHtml(inline: Inline): string {
  if (typeof inline === 'string') return safe(inline).replaceAll('\n', '<br>')
  if (inline.kind === 'break') return '<br>'
  let html = safe(inline.text).replaceAll('\n', '<br>')
  if (inline.underline) html = `<u>${html}</u>`
  if (inline.italic) html = `<em>${html}</em>`
  if (inline.bold) html = `<strong>${html}</strong>`
  if (inline.kind === 'ref')
    return `<a class="paper-ref" href="#${safe(encodeURIComponent(idOf(inline.to)))}">${html}</a>`
  const address = inline.kind === 'link' ? webAddress(inline.href) : undefined
  if (address !== undefined)
    return `<a class="paper-link" href="${safe(address)}" rel="noopener noreferrer">${html}</a>`
  return html
}

const content = (inlines: readonly Inline[]): string => inlines.map(inlineHtml).join('')

function cellHtml(cell: Cell, { head, align, total }: { head: boolean; align: string; total: boolean }): string {
  const tag = head || cell.rowHeader ? 'th' : 'td'
  const scope = head ? ' scope="col"' : cell.rowHeader ? ' scope="row"' : ''
  const spans =
    (cell.colSpan && cell.colSpan > 1 ? ` colspan="${cell.colSpan}"` : '') +
    (cell.rowSpan && cell.rowSpan > 1 ? ` rowspan="${cell.rowSpan}"` : '')
  const classes = `paper-${safe(align)}${(cell.bold ?? total) ? ' paper-bold' : ''}${cell.italic ? ' paper-italic' : ''}`
  return `<${tag}${scope}${spans}${idAttribute(cell.anchor)} class="${classes}">${content(cell.content)}</${tag}>`
}

function rowsHtml(table: Table, rows: readonly Row[], head: boolean): string {
  const covered = table.columns.map(() => 0)
  return rows
    .map(row => {
      let column = 0
      const cells = row.cells.map(cell => {
        while ((covered[column] ?? 0) > 0) column++
        const align = cell.align ?? (head ? 'center' : (table.columns[column]?.align ?? 'left'))
        for (let i = 0; i < (cell.colSpan ?? 1); i++) covered[column + i] = cell.rowSpan ?? 1
        column += cell.colSpan ?? 1
        return cellHtml(cell, { head, align, total: row.total ?? false })
      })
      covered.forEach((count, i) => (covered[i] = Math.max(0, count - 1)))
      return `<tr${idAttribute(row.anchor)}${row.total ? ' class="paper-total"' : ''}>${cells.join('')}</tr>`
    })
    .join('')
}

function tableHtml(table: Table): string {
  const caption = table.caption ? `<caption>${safe(table.caption)}</caption>` : ''
  const head = table.head.length > 0 ? `<thead>${rowsHtml(table, table.head, true)}</thead>` : ''
  const body = rowsHtml(table, table.body, false)
  return `<div class="paper-scroll"><table class="paper-table">${caption}${head}<tbody>${body}</tbody></table></div>`
}

const listTypes = { dash: '', number: ' type="1"', letter: ' type="a"' } as const

function listHtml({ marker, items }: List): string {
  const tag = marker === 'dash' ? 'ul' : 'ol'
  const inner = items.map(item => `<li>${content(item)}</li>`).join('')
  return `<${tag} class="paper-list paper-list-${marker}"${listTypes[marker]}>${inner}</${tag}>`
}

const anchorsOfLabel = { left: 'start', right: 'end', center: 'middle', justify: 'start' } as const

function shapeSvg(shape: Shape): string {
  if (shape.kind === 'rect') {
    return `<rect x="${shape.x.toFixed(2)}" y="${shape.y.toFixed(2)}" width="${shape.w.toFixed(2)}" height="${shape.h.toFixed(2)}" fill="${shape.color}"/>`
  }
  if (shape.kind === 'line') {
    return `<line x1="${shape.x1.toFixed(2)}" y1="${shape.y1.toFixed(2)}" x2="${shape.x2.toFixed(2)}" y2="${shape.y2.toFixed(2)}" stroke="${shape.color}"/>`
  }
  const share = { left: 0, justify: 0, center: 0.5, right: 1 }[shape.align]
  const x = (shape.x + shape.width * share).toFixed(2)
  const y = (shape.y + shape.size * 0.95).toFixed(2)
  return `<text x="${x}" y="${y}" font-size="${shape.size}" text-anchor="${anchorsOfLabel[shape.align]}">${safe(shape.text)}</text>`
}

const svg = (shapes: readonly Shape[], width: number, height: number, label: string): string =>
  `<svg class="paper-drawing" viewBox="0 0 ${width} ${height}" role="img" aria-label="${safe(label)}">${shapes.map(shapeSvg).join('')}</svg>`

function figureHtml({ picture, alt, caption, heightMm = 70 }: Figure): string {
  const size = { width: 460, height: heightMm * 2.83 }
  const image =
    'chart' in picture
      ? svg(chartShapes(picture.chart, size), size.width, size.height, alt)
      : `<img src="data:image/png;base64,${safe(picture.pngBase64)}" alt="${safe(alt)}">`
  return `<figure class="paper-figure">${image}${caption ? `<figcaption>${safe(caption)}</figcaption>` : ''}</figure>`
}

const line = (kind: string, text: string | undefined): string =>
  text ? `<p class="paper-${kind}">${inlineHtml(text)}</p>` : ''

function letterheadHtml(block: Letterhead, { letterhead }: LayoutProfile): string {
  const issuer = [line('parent', block.parent), line('issuer', block.issuer), line('number', block.number)]
  const nation = [line('nation', letterhead.nation), line('motto', letterhead.motto)]
  const left = [...issuer, line('about', block.subject)].join('')
  const right = [...nation, line('place', block.placeAndDate)].join('')
  return `<header class="paper-letterhead"><div>${left}</div><div>${right}</div></header>`
}

function signatureHtml({ signers, receivers }: Signature): string {
  const items = (receivers ?? []).map(receiver => `<li>${safe(receiver)}</li>`).join('')
  const left = items ? `<div class="paper-receivers"><p>Nơi nhận:</p><ul>${items}</ul></div>` : ''
  const people = signers.map(
    signer =>
      `<div class="paper-signer">${line('authority', signer.authority)}${line('position', signer.position)}${line('name', signer.name)}</div>`,
  )
  return `<div class="paper-signature">${left}${people.join('')}</div>`
}

interface Context {
  readonly profile: LayoutProfile
  readonly headings: readonly Heading[]
}

/** The same names as in the PDF: by position where a heading has none. */
const headingId = (heading: Heading, { headings }: Context): string =>
  heading.id ?? `muc-${headings.indexOf(heading) + 1}`

function tocHtml(title: string, maxLevel: number, context: Context): string {
  const items = context.headings
    .filter(heading => heading.inToc !== false && heading.level <= maxLevel)
    .map(heading => {
      const href = safe(encodeURIComponent(idOf(headingId(heading, context))))
      return `<li class="paper-toc-${heading.level}"><a href="#${href}">${safe(heading.text)}</a></li>`
    })
  return `<nav class="paper-toc" aria-label="${safe(title)}"><p>${safe(title)}</p><ul>${items.join('')}</ul></nav>`
}

function blockHtml(block: Block, context: Context): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}${idAttribute(headingId(block, context))} class="paper-h${block.level}">${inlineHtml(block.text)}</h${block.level}>`
    case 'paragraph': {
      const align = block.align ? ` paper-${block.align}` : ''
      return `<p${idAttribute(block.anchor)} class="paper-${block.style ?? 'body'}${align}">${content(block.content)}</p>`
    }
    case 'note':
      return `<p class="paper-note">${content(block.content)}</p>`
    case 'list':
      return listHtml(block)
    case 'table':
      return tableHtml(block)
    case 'figure':
      return figureHtml(block)
    case 'letterhead':
      return letterheadHtml(block, context.profile)
    case 'signature':
      return signatureHtml(block)
    case 'toc':
      return tocHtml(block.title, block.maxLevel, context)
    case 'page-break':
      return '<hr class="paper-page-break">'
    case 'cover': {
      const lines = [line('parent', block.parent), line('issuer', block.issuer), line('cover-title', block.title)]
      const rest = [line('cover-subtitle', block.subtitle), line('place', block.placeAndYear)]
      return `<div class="paper-cover">${[...lines, ...rest].join('')}</div>`
    }
    case 'qr':
      return `<figure class="paper-qr">${svg(qrShapes(block.data, 100), 100, 100, `Mã QR: ${block.data}`)}${block.caption ? `<figcaption>${safe(block.caption)}</figcaption>` : ''}</figure>`
  }
}

/** The document for the screen: escaped, with classes `paper-*` and no styles of its own. */
export function renderHtml(doc: Doc): string {
  const headings = doc.sections.flatMap(section => section.blocks).filter(block => block.kind === 'heading')
  const context = { profile: layoutProfile({ id: doc.profile, on: doc.meta.createdAt }), headings }
  const draft = doc.draft ? `<p class="paper-draft">${draftWords}</p>` : ''
  const sections = doc.sections.map(({ landscape, blocks }) => {
    const inner = blocks.map(block => blockHtml(block, context)).join('\n')
    return `<section class="paper-section${landscape ? ' paper-landscape' : ''}">\n${inner}\n</section>`
  })
  const footer = doc.footer ? `<footer class="paper-footer">${safe(doc.footer)}</footer>` : ''
  return `<article class="paper" lang="vi">${draft}\n${sections.join('\n')}\n${footer}</article>`
}
