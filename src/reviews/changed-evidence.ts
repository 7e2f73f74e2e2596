import { citationsIn, REPORT, type CitedEvidence, type SheetPin } from '../assessments/index.ts'
import { compareCodes } from '../kernel/words.ts'

export type Pins = ReadonlyMap<string, SheetPin>

/** One item of evidence that is cited otherwise than in the earlier report, or whose file is another. */
export interface EvidenceChange {
  readonly id: string
  readonly label: string
  readonly name: string
  readonly what: string
}

/** Where each item is cited: its id → codes of the criteria. */
function citedAt(pins: Pins): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const [code, { parts }] of pins)
    for (const id of new Set(Object.values(parts).flatMap(citationsIn))) found.set(id, [...(found.get(id) ?? []), code])
  return found
}

const inWords = (codes: readonly string[]): string =>
  codes
    .toSorted(compareCodes)
    .map(code => (code === REPORT ? 'phần chung' : `tiêu chí ${code}`))
    .join(', ')

/** What became of the evidence between two readings; `withNewFiles` are items that got another file meanwhile. */
export function changedEvidence(
  before: Pins,
  now: Pins,
  evidence: ReadonlyMap<string, CitedEvidence>,
  withNewFiles: ReadonlySet<string>,
): readonly EvidenceChange[] {
  const [was, is] = [citedAt(before), citedAt(now)]
  return [...new Set([...was.keys(), ...is.keys()])]
    .flatMap(id => {
      const [earlier, later] = [was.get(id) ?? [], is.get(id) ?? []]
      const [come, gone] = [
        later.filter(code => !earlier.includes(code)),
        earlier.filter(code => !later.includes(code)),
      ]
      const what = [
        ...(come.length > 0 ? [`dẫn thêm ở ${inWords(come)}`] : []),
        ...(gone.length > 0 ? [`không còn dẫn ở ${inWords(gone)}`] : []),
        ...(withNewFiles.has(id) && later.length > 0 ? ['có tệp mới'] : []),
      ].join('; ')
      const { label = id, name = '' } = evidence.get(id) ?? {}
      return what === '' ? [] : [{ id, label, name, what }]
    })
    .toSorted((a, b) => a.label.localeCompare(b.label, 'vi', { numeric: true }))
}
