import { shifted, type Piece, type Strip } from './pieces.ts'
import type { TableFlow } from './layout-table.ts'
import { firstHeight, placeTable } from './table-pages.ts'

export type Flow = Strip | TableFlow

/** One page: its pieces stand where they will be drawn, measured from the corner of the text area. */
export interface PageContent {
  readonly pieces: readonly Piece[]
}

/** Distributes strips and tables over pages of the given height; keeps what wants to stay together. */
export function paginate(flows: readonly Flow[], pageHeight: number): PageContent[] {
  const pages: Piece[][] = [[]]
  let y = 0
  const newPage = (): void => {
    pages.push([])
    y = 0
  }
  const place = (pieces: readonly Piece[], height: number): void => {
    pages.at(-1)?.push(...pieces.map(piece => shifted(piece, y)))
    y += height
  }
  flows.forEach((flow, i) => {
    if (flow.kind === 'strip') {
      if (flow.newPage && y > 0) newPage()
      const needed = together(flows, i, pageHeight)
      const least = needed <= pageHeight ? needed : flow.height
      if (y > 0 && y + flow.gap + least > pageHeight + 0.01) newPage()
      if (y > 0) y += flow.gap
      place(flow.pieces, flow.height)
      return
    }
    if (y > 0 && y + flow.gap + firstHeight(flow, pageHeight) > pageHeight + 0.01) newPage()
    if (y > 0) y += flow.gap
    placeTable(flow, { room: () => pageHeight - y, pageHeight, place, newPage })
  })
  return pages.map(pieces => ({ pieces }))
}

/** Height of a strip with all that it must not be parted from. */
function together(flows: readonly Flow[], start: number, pageHeight: number): number {
  let height = 0
  for (let i = start; i < flows.length; i++) {
    const flow = flows[i]
    if (!flow || (i > start && flow.kind === 'strip' && flow.newPage)) break
    if (i > start) height += flow.gap
    if (flow.kind === 'table') return height + firstHeight(flow, pageHeight)
    height += flow.height
    if (!flow.keepWithNext || height > pageHeight) break
  }
  return height
}
