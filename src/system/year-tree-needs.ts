import path from 'node:path'
import type { TreeSheetNeeds } from '../catalogue/index.ts'
import { dayOf } from '../kernel/dates.ts'
import { nameOn } from '../organisations/index.ts'
import { uploadShelf } from '../sheet-files/index.ts'
import type { BaseSystem } from './system-base.ts'

/** What the desk of year trees is handed. */
export const yearTreeNeedsOf = (base: BaseSystem, filesDir: string): TreeSheetNeeds => ({
  ...base.deskNeeds,
  unitName: async unitId => nameOn(await base.units.get(unitId), dayOf(base.now())),
  shelf: uploadShelf(path.join(filesDir, 'year-tree-files')),
})
