import type { Tag } from './pieces.ts'
import { pdfString, type PdfkitDocument, type PdfRef } from './pdfkit-patches.ts'

interface MarkedContent {
  readonly page: PdfRef
  readonly mcid: number
}

interface Annotation {
  readonly page: PdfRef
  readonly annotation: PdfRef
}

/** An element of the tree while it is being drawn; children stand in drawing order, which is reading order. */
interface Element {
  readonly ref: PdfRef
  readonly tag: Tag
  readonly kids: (Element | MarkedContent | Annotation)[]
  layout?: Record<string, unknown>
}

export interface Structure {
  /** Draws with the content marked as part of the tag, or as an artifact when there is none. */
  marked(tag: Tag | undefined, draw: () => void, artifact?: 'Pagination' | 'Layout'): void
  /** Adds an annotation of the present page to the tag; returns the number it must carry as StructParent. */
  nextAnnotationKey(): number
  annotate(tag: Tag, key: number, annotation: PdfRef): void
  /** Where a figure stands, in PDF coordinates: PDF/UA asks for it. */
  boundingBox(tag: Tag, box: readonly [number, number, number, number]): void
  startPage(index: number): void
  /** Closes the mark that is open; no mark may go over a page. */
  endPage(): void
  /** Writes the whole tree; call once, after the last page. */
  end(): void
}

/** The structure tree, written by us at the end from what was drawn: pdfkit's own needs each element closed in turn. */
export function structureTree(pdf: PdfkitDocument, pageCount: number): Structure {
  const elements = new Map<Tag, Element>()
  const ownersOfPages: PdfRef[][] = []
  const ownersOfAnnotations: PdfRef[] = []
  let owners: PdfRef[] = []
  let root: Element | undefined
  /** What the content being drawn belongs to; lines of one paragraph share a mark. */
  let open: Tag | 'Pagination' | 'Layout' | undefined

  const elementOf = (tag: Tag): Element => {
    const known = elements.get(tag)
    if (known) return known
    const element: Element = { ref: pdf.ref({}), tag, kids: [] }
    elements.set(tag, element)
    if (tag.parent) elementOf(tag.parent).kids.push(element)
    else root = element
    return element
  }

  const close = (): void => {
    if (open) pdf.addContent('EMC')
    open = undefined
  }

  /** Depth first; the deepest leaf is a link in a table cell, six levels down. */
  const write = (element: Element, parent: PdfRef): void => {
    const { data } = element.ref
    const { role, alt, attributes } = element.tag
    data['Type'] = 'StructElem'
    data['S'] = role
    data['P'] = parent
    if (alt !== undefined) data['Alt'] = pdfString(alt.normalize('NFC'))
    if (attributes) data['A'] = { O: 'Table', ...attributes }
    if (element.layout) data['A'] = element.layout
    const page = element.kids.find(kid => 'mcid' in kid)?.page
    if (page) data['Pg'] = page
    data['K'] = element.kids.map(kid => {
      if ('ref' in kid) return kid.ref
      if ('mcid' in kid) return kid.page === page ? kid.mcid : { Type: 'MCR', Pg: kid.page, MCID: kid.mcid }
      return { Type: 'OBJR', Pg: kid.page, Obj: kid.annotation }
    })
    for (const kid of element.kids) if ('ref' in kid) write(kid, element.ref)
    element.ref.end()
  }

  return {
    startPage(index) {
      owners = []
      ownersOfPages[index] = owners
      pdf.page.dictionary.data['StructParents'] = index
    },
    marked(tag, draw, artifact = 'Layout') {
      const wanted = tag ?? artifact
      if (wanted !== open) {
        close()
        if (tag) {
          const element = elementOf(tag)
          const mcid = owners.length
          owners.push(element.ref)
          element.kids.push({ page: pdf.page.dictionary, mcid })
          pdf.addContent(`/${tag.role} <</MCID ${mcid}>> BDC`)
        } else {
          pdf.addContent(`/Artifact <</Type /${artifact}>> BDC`)
        }
        open = wanted
      }
      draw()
    },
    endPage: close,
    nextAnnotationKey: () => pageCount + ownersOfAnnotations.length,
    annotate(tag, key, annotation) {
      const element = elementOf(tag)
      ownersOfAnnotations[key - pageCount] = element.ref
      element.kids.push({ page: pdf.page.dictionary, annotation })
    },
    boundingBox(tag, box) {
      elementOf(tag).layout = { O: 'Layout', Placement: 'Block', BBox: box }
    },
    end() {
      const tree = pdf.getStructTreeRoot()
      ownersOfPages.forEach((refs, key) => tree.data.ParentTree.add(key, refs))
      ownersOfAnnotations.forEach((ref, i) => tree.data.ParentTree.add(pageCount + i, ref))
      tree.data.ParentTreeNextKey = pageCount + ownersOfAnnotations.length
      if (!root) return
      Object.assign(tree.data, { K: [root.ref] })
      write(root, tree)
    },
  }
}
