import type { Day } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import {
  ancestorsOn,
  isSchool,
  letterheadOf,
  nameOn,
  placeOn,
  type SchoolProfile,
  type UnitTree,
} from '../organisations/index.ts'

/** A school as its documents of one day name it. */
export interface SchoolOnDay {
  readonly id: string
  readonly name: string
  readonly symbol: string
  readonly profile: SchoolProfile
  /** Left heading: managing body of that day and the school, in capitals. */
  readonly parentLine: string
  readonly issuerLine: string
  /** Địa danh. */
  readonly place: string
  /** Names of the managing chain, nearest first. */
  readonly managers: readonly string[]
  /** `tỉnh …` or `thành phố …`; empty when the tree does not say. */
  readonly province: string
  /** The district's and the commune's own names where the chain of that day has them. */
  readonly district?: string
  readonly commune?: string
}

const withoutCommittee = (name: string): string => name.replace(/^(UBND|Ủy ban nhân dân)\s+/i, '')

/** Reads the dated tree on the day of the document; `NotFound` when the id is no school's. */
export function schoolOnDay(tree: UnitTree, schoolId: string, day: Day): SchoolOnDay {
  const school = tree.get(schoolId)
  if (!school || !isSchool(school)) throw new NotFound(`school ${schoolId}`)
  const chain = ancestorsOn(tree, schoolId, day)
  const ofKind = (kind: 'province' | 'district' | 'commune') => chain.find(unit => unit.kind === kind)
  const authorityOf = (kind: 'province' | 'district'): string => {
    const unit = ofKind(kind)
    const named = unit?.names.find(name => name.from <= day && (name.to === undefined || day <= name.to))
    return withoutCommittee((named ?? unit?.names.at(-1))?.authority ?? '')
  }
  const district = authorityOf('district')
  const commune = ofKind('commune')
  return {
    id: schoolId,
    name: nameOn(school, day),
    symbol: school.symbol,
    profile: school.school,
    ...letterheadOf(school, tree, day),
    place: placeOn(school, day),
    managers: chain.map(unit => nameOn(unit, day)),
    province: authorityOf('province'),
    ...(district !== '' && { district }),
    ...(commune && { commune: withoutCommittee(nameOn(commune, day)) }),
  }
}
