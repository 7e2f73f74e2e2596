import path from 'node:path'
import { criteriaUpload, mappingsOf, mappingStore, type MappingScreenNeeds } from '../catalogue/index.ts'
import { uploadShelf } from '../sheet-files/index.ts'
import type { BaseSystem } from './system-base.ts'

/** Changed circulars and the mappings between versions, with a shelf of their own for files between dry run and import. */
export function mappingNeedsOf(base: BaseSystem, filesDir: string): MappingScreenNeeds {
  const { criteriaSets: sets, provinceId, now } = base
  return {
    mappings: mappingsOf({ mappings: mappingStore(base.db, base.post), sets, provinceId, now }),
    upload: criteriaUpload({ sets, provinceId, now }),
    shelf: uploadShelf(path.join(filesDir, 'criteria-files')),
    now,
  }
}
