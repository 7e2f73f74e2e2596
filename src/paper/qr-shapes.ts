import { encodeQR } from 'qr'
import type { Shape } from './chart-shapes.ts'

/** The code as black bars, one for each run of dark modules; a quiet zone of one module, the paper around it is white. */
export function qrShapes(data: string, size: number): Shape[] {
  const modules = encodeQR(data, 'raw', { ecc: 'medium', border: 1 })
  const unit = size / modules.length
  const shapes: Shape[] = []
  modules.forEach((line, row) => {
    for (let start = 0; start < line.length; start++) {
      if (!line[start]) continue
      let end = start
      while (line[end]) end++
      // A hair taller than the module, so that no white line shows between rows.
      shapes.push({
        kind: 'rect',
        x: start * unit,
        y: row * unit,
        w: (end - start) * unit,
        h: unit + 0.02,
        color: '#000000',
      })
      start = end
    }
  })
  return shapes
}
