import type { Unmet } from '../kernel/refusals.ts'
import { isScan } from './accepted-kinds.ts'
import type { Dossier } from './dossier.ts'
import { duplicatesOf, formatCode, placeOf, type Comparable } from './evidence-code.ts'
import type { EvidenceFacts } from './evidence-machine.ts'
import { yearOf } from './evidence-years.ts'
import type { Evidence, EvidenceFile } from './evidence.ts'

/** What stands around an item when a step on it is decided. */
export interface Surroundings {
  readonly dossier: Dossier
  /** All items of the dossier, the one in question among them. */
  readonly items: readonly Evidence[]
  /** Evidence id → criteria whose sheets cite it, in reading order of the first citation. */
  readonly citations: ReadonlyMap<string, readonly string[]>
  readonly renumberedBefore: boolean
}

export const hrefOf = (item: Pick<Evidence, 'id'>): string => `/minh-chung/${item.id}`

/** `[H1-1.1-01]`, or `[MC-012]` as long as the item has no code. */
export const labelOf = (item: Pick<Evidence, 'code' | 'no'>): string =>
  item.code ? formatCode(item.code) : `[MC-${String(item.no).padStart(3, '0')}]`

/** Files in force: earlier versions are left out. */
export const filesOf = (item: Pick<Evidence, 'entries'>): readonly EvidenceFile[] =>
  item.entries.flatMap(entry => entry.files.filter(file => file.replacedBy === undefined))

const HAS_A_CODE_NOW: readonly string[] = ['coded', 'frozen']
const KINDS_WITH_AN_ORIGINAL: readonly string[] = ['document', 'record']

/** The facts that the machine decides on, from the item as it would be after the step and from what stands around it. */
export function factsOf(item: Evidence, around: Surroundings): EvidenceFacts {
  const { dossier, items, citations, renumberedBefore } = around
  const place = placeOf(item.criterion)
  const coded = items.filter(other => HAS_A_CODE_NOW.includes(other.state))
  return {
    name: item.name,
    kind: item.kind,
    hasFile: filesOf(item).length > 0,
    place: item.place,
    schoolYearGiven: item.entries.length > 0 && item.entries.every(entry => yearOf(entry) !== undefined),
    entries: item.entries.map(entry => ({
      label: item.entries.length > 1 && entry.schoolYear ? `năm học ${entry.schoolYear}` : item.name,
      number: entry.number,
      ...(entry.date ? { date: entry.date } : {}),
      issuer: entry.issuer,
    })),
    dataClassSet: item.dataClass !== undefined,
    scanned: KINDS_WITH_AN_ORIGINAL.includes(item.kind) && filesOf(item).some(file => isScan(file.mime)),
    originalSeen: item.originalSeen !== undefined,
    ...(place ? { codePlace: place } : {}),
    codesUsed: items.flatMap(other => other.code ?? []),
    boxes: boxesOf(around),
    sameAs: duplicatesOf(comparable(item), coded.map(comparable)).flatMap(({ id }) =>
      coded.filter(other => other.id === id).map(labelOf),
    ),
    everAdopted: everAdopted(around),
    underRevision: everAdopted(around) && dossier.collecting,
    renumberedBefore,
    citedIn: citations.get(item.id) ?? [],
    onDisposalList: dossier.retentionOver === true,
    href: hrefOf(item),
  }
}

/** A report that came back is being written again, but what its first adoption froze stays a sign of it. */
export const everAdopted = ({ dossier, items }: Pick<Surroundings, 'dossier' | 'items'>): boolean =>
  dossier.adopted || dossier.everAdopted === true || items.some(item => item.state === 'frozen')

export const comparable = (item: Pick<Evidence, 'id' | 'entries'>): Comparable => ({
  id: item.id,
  hashes: filesOf(item).map(file => file.sha256),
  documents: item.entries.map(({ number, date, issuer }) => ({ number, issuer, ...(date ? { date } : {}) })),
})

/** One box per standard from the start, all boxes in use, and the next one, which is opened by putting something in it. */
export function boxesOf({ dossier, items }: Pick<Surroundings, 'dossier' | 'items'>): readonly number[] {
  const last = Math.max(standardsOf(dossier).length, ...items.flatMap(item => item.code?.box ?? []))
  return Array.from({ length: last + 1 }, (_, index) => index + 1)
}

/** Box n for standard n; clauses of Mức 4 go into the box after the last standard. */
export const defaultBox = (criterion: string, dossier: Dossier): number =>
  standardsOf(dossier).indexOf(criterion.split('.')[0] ?? '') + 1

const standardsOf = (dossier: Dossier): readonly string[] => [
  ...new Set(dossier.criteria.map(each => each.code.split('.')[0] ?? '')),
]

/** The dossier must be open for work on evidence; what the external team asked for may also come later. */
export const openUnmet = (dossier: Dossier, item?: Pick<Evidence, 'addedForVisit'>): readonly Unmet[] =>
  dossier.collecting || item?.addedForVisit
    ? []
    : [
        {
          code: 'notCollecting',
          message: dossier.adopted
            ? 'Báo cáo tự đánh giá đã được thông qua nên minh chứng không đổi nữa.'
            : 'Kế hoạch tự đánh giá chưa được phê duyệt nên chưa mở thu thập minh chứng.',
        },
      ]
