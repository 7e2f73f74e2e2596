import type { CitedEvidence } from './needs.ts'

/** What a person sees and types for a citation: `[H1-1.1-01]` when coded, `[MC-012]` before. */
const LABEL = /\[(?:H\d{1,2}-(?:ĐP)?\d{1,2}\.(?:ĐP)?\d{1,2}-\d{2,3}|MC-\d{3,})\]/g
const TOKEN = /\[\[([A-Za-z0-9_-]{8,40})\]\]/g

/** label → evidence id, as a page showed it: after a renumbering an open page still means the items that it showed. */
export type Known = Readonly<Record<string, string>>

/** The stored text as it is shown and edited: ids become the present labels; an id that nobody knows stays. */
export const toLabels = (stored: string, evidence: ReadonlyMap<string, CitedEvidence>): string =>
  stored.replace(TOKEN, (token, id: string) => evidence.get(id)?.label ?? token)

/** The edited text as it is stored; a label that means no item of the catalogue stays text. */
export function fromLabels(shown: string, evidence: ReadonlyMap<string, CitedEvidence>, known: Known = {}): string {
  if (!shown.includes('[')) return shown
  const byLabel = new Map([...evidence.values()].map(item => [item.label, item.id]))
  return shown.replace(LABEL, label => {
    const meant = Object.hasOwn(known, label) ? known[label] : undefined
    const id = meant !== undefined && evidence.has(meant) ? meant : byLabel.get(label)
    return id === undefined ? label : `[[${id}]]`
  })
}

/** Labels left in a stored text: typed by hand and not in the catalogue. */
export const unknownLabels = (stored: string): readonly string[] => [...new Set(stored.match(LABEL) ?? [])]

/** What the page must know to mean the same items when it is sent back. */
export const knownFrom = (items: readonly CitedEvidence[]): Known =>
  Object.fromEntries(items.map(item => [item.label, item.id]))
