import type { Day } from '../kernel/dates.ts'
import { nearestTo } from './dated.ts'
import type { Unit } from './unit.ts'
import { managingUnitOn, type UnitTree } from './unit-tree.ts'

/** Left heading of a document (NĐ 30/2020): the managing body, empty when nothing stands above the issuer, and the issuer. */
export interface Letterhead {
  readonly parentLine: string
  readonly issuerLine: string
}

const capitals = (text: string): string => text.toLocaleUpperCase('vi')

/**
 * The heading as of the document's date: a school names its managing unit of that day (Phòng GD&ĐT to 30/6/2025, UBND cấp xã
 * after, the Sở for THPT), a Sở or Phòng the UBND it belongs to; the UBND of a commune stands alone (process § 8).
 */
export function letterheadOf(unit: Unit, tree: UnitTree, day: Day): Letterhead {
  const own = nearestTo(unit.names, day)
  const manager = unit.kind === 'school' ? managingUnitOn(tree, unit.id, day) : undefined
  const parent = unit.kind === 'school' ? manager && nearestTo(manager.names, day)?.name : own?.authority
  return { parentLine: capitals(parent ?? ''), issuerLine: capitals(own?.name ?? unit.id) }
}
