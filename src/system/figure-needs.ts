import path from 'node:path'
import type { FigureScreenNeeds } from '../figures/index.ts'
import { renderInWorker } from '../paper/index.ts'
import { uploadShelf } from '../sheet-files/index.ts'
import type { BaseSystem } from './system-base.ts'

/** What the screens of figures are handed: norms by settings, scans in the file store, sheets on a shelf of their own. */
export function figureNeedsOf(base: BaseSystem, filesDir: string): FigureScreenNeeds {
  const { figures, reserves, units, files, settings, now } = base
  return {
    figures,
    units,
    now,
    files,
    reserves,
    shelf: uploadShelf(path.join(filesDir, 'imports')),
    norms: async (schoolId, year) => {
      const { effective } = await settings.allOf({ year, unitId: schoolId })
      return {
        nursery: effective('normNursery').value,
        kindergarten: effective('normKindergarten').value,
        tieu_hoc: effective('normPrimary').value,
        thcs: effective('normLowerSecondary').value,
        thpt: effective('normUpperSecondary').value,
      }
    },
    draw: doc => renderInWorker(doc),
  }
}
