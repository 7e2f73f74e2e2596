import {
  allCriteria,
  indicatorCode,
  nodeName,
  type CriteriaSet,
  type MappedKind,
  type MappingHow,
  type MappingIndex,
} from '../catalogue/index.ts'
import { isFilled } from '../kernel/need.ts'
import { compareCodes } from '../kernel/words.ts'
import { isLevelFour } from './assessment.ts'
import { REPORT } from './report-texts.ts'
import { PART_NAMES, TEXT_PARTS, type AnalysisRow, type Sheet, type SheetAction, type SheetPart } from './sheet.ts'

/** Where a text stood under the old criteria, and by which kind of line it came over. */
export interface TextSource {
  readonly code: string
  readonly key: string
  readonly how: MappingHow
  readonly part: SheetPart
}

export interface MovedPart {
  readonly text: string
  /** Same place, same demand: nothing happened to it. */
  readonly kept: boolean
  /** What a person reads beside a text that came from elsewhere. */
  readonly origin?: string
  readonly sources: readonly TextSource[]
}

export interface MovedSheet {
  readonly code: string
  readonly parts: Readonly<Record<string, MovedPart>>
  readonly actions: readonly SheetAction[]
  readonly analysis: readonly AnalysisRow[]
}

/** A text that has no place under the new criteria: it waits in the drawer. */
export interface LeftText {
  readonly code: string
  readonly key: string
  /** What it was: `Tiêu chí 1.3 – Điểm mạnh`. */
  readonly label: string
  readonly text: string
  /** Sheets beside which it is shown first. */
  readonly near: readonly string[]
}

export interface MovedSheets {
  readonly sheets: readonly MovedSheet[]
  readonly left: readonly LeftText[]
}

interface Place {
  readonly kind: MappedKind
  readonly code: string
}

const DESCRIPTION = /^description\.([^.]+)\.([^.]+)$/
const OF_STANDARD = /^standard\.(.+)\.(opening|conclusion)$/

/** The node on which a part of a sheet hangs; undefined for texts of the report that belong to no standard. */
function placeOf(code: string, key: string): Place | undefined {
  if (code === REPORT) {
    const standard = OF_STANDARD.exec(key)?.[1]
    return standard === undefined ? undefined : { kind: 'standard', code: standard }
  }
  if (isLevelFour(code)) return { kind: 'clause', code }
  const [, level, indicator] = DESCRIPTION.exec(key) ?? []
  return level !== undefined && indicator !== undefined
    ? { kind: 'indicator', code: indicatorCode(code, level, indicator) }
    : { kind: 'criterion', code }
}

/** Where a part of a sheet stands under a new node. */
function partAt({ kind, code }: Place, key: string): { readonly code: string; readonly key: string } {
  if (kind === 'standard') return { code: REPORT, key: key.replace(OF_STANDARD, `standard.${code}.$2`) }
  if (kind !== 'indicator') return { code, key }
  const [criterion = '', level = '', indicator = ''] = code.split('/')
  return { code: criterion, key: `description.${level}.${indicator}` }
}

/** Whether the new set has such a node. */
export function nodesOf(set: CriteriaSet): (kind: MappedKind, code: string) => boolean {
  const known = new Set([
    ...set.standards.map(({ code }) => `standard ${code}`),
    ...allCriteria(set).map(({ code }) => `criterion ${code}`),
    ...allCriteria(set).flatMap(({ code, levels }) =>
      levels.flatMap(demand =>
        demand.indicators.map(each => `indicator ${indicatorCode(code, demand.level, each.code)}`),
      ),
    ),
    ...set.levelFour.map(({ code }) => `clause ${code}`),
  ])
  return (kind, code) => known.has(`${kind} ${code}`)
}

/** What a part is called in the drawer and in headings. */
export function placeName(code: string, key: string): string {
  if (code === REPORT) return `Báo cáo, ${key}`
  const [, level, indicator] = DESCRIPTION.exec(key) ?? []
  const sheet = isLevelFour(code) ? nodeName('clause', code) : nodeName('criterion', code)
  if (level !== undefined && indicator !== undefined)
    return isLevelFour(code) ? `${sheet} – mô tả` : nodeName('indicator', indicatorCode(code, level, indicator))
  return `${sheet} – ${TEXT_PARTS.flatMap(part => (part === key ? PART_NAMES[part] : []))[0] ?? key}`
}

/**
 * Where everything written under the old criteria stands under the new ones. Each text is found again: in the part that
 * takes its place, copied to each when its node was split, joined under headings when several became one, or left for
 * the drawer. Without a mapping every text stays where the new set still has the place.
 */
export function moveSheets(
  sheets: readonly Sheet[],
  mapping: MappingIndex | undefined,
  has: (kind: MappedKind, code: string) => boolean,
): MovedSheets {
  const coming = new Map<string, Map<string, TextSource[]>>()
  const actions = new Map<string, SheetAction[]>()
  const analysis = new Map<string, AnalysisRow[]>()
  const left: LeftText[] = []

  const targetsOf = ({ kind, code }: Place): { readonly how: MappingHow; readonly to: readonly Place[] } => {
    const row = mapping ? mapping.rowOf(kind, code) : { how: 'same' as const, to: [code] }
    return {
      how: row?.how ?? 'dropped',
      to: (row?.to ?? []).filter(each => has(kind, each)).map(each => ({ kind, code: each })),
    }
  }
  const nearOf = (code: string): readonly string[] =>
    code === REPORT
      ? []
      : targetsOf({ kind: isLevelFour(code) ? 'clause' : 'criterion', code }).to.map(place => place.code)
  const leave = (code: string, key: string, label: string, text: string): void =>
    void left.push({ code, key, label, text, near: nearOf(code) })

  for (const sheet of sheets.toSorted((a, b) => compareCodes(a.code, b.code))) {
    for (const [key, part] of Object.entries(sheet.parts)) {
      if (!isFilled(part.text)) continue
      const place = placeOf(sheet.code, key)
      const { how, to } = place ? targetsOf(place) : { how: 'same' as const, to: [undefined] }
      if (to.length === 0) leave(sheet.code, key, placeName(sheet.code, key), part.text)
      for (const target of to) {
        const at = target ? partAt(target, key) : { code: sheet.code, key }
        const ofSheet = coming.get(at.code) ?? new Map<string, TextSource[]>()
        coming.set(at.code, ofSheet)
        ofSheet.set(at.key, [...(ofSheet.get(at.key) ?? []), { code: sheet.code, key, how, part }])
      }
    }
    if (sheet.code === REPORT) continue
    const home = nearOf(sheet.code)[0]
    if (home !== undefined) actions.set(home, [...(actions.get(home) ?? []), ...sheet.actions])
    else
      for (const action of sheet.actions)
        leave(sheet.code, `action.${action.id}`, `Tiêu chí ${sheet.code} – việc cải tiến`, actionText(action))
    for (const row of sheet.analysis) {
      const place = placeOf(sheet.code, `description.${row.level}.${row.indicator}`)
      const { to } = place ? targetsOf(place) : { to: [] }
      if (to.length === 0)
        leave(
          sheet.code,
          `analysis.${row.level}.${row.indicator}`,
          `Tiêu chí ${sheet.code} – phân tích`,
          analysisText(row),
        )
      for (const target of to) {
        const [criterion = '', level = row.level, indicator = row.indicator] = target.code.split('/')
        analysis.set(criterion, [...(analysis.get(criterion) ?? []), { ...row, level, indicator }])
      }
    }
  }
  const codes = new Set([...coming.keys(), ...actions.keys(), ...analysis.keys()])
  return {
    sheets: [...codes].toSorted(compareCodes).map(code => ({
      code,
      parts: Object.fromEntries(
        [...(coming.get(code) ?? [])].map(([key, sources]) => [key, joined(code, key, sources)]),
      ),
      actions: actions.get(code) ?? [],
      analysis: joinedRows(analysis.get(code) ?? []),
    })),
    left,
  }
}

function joined(code: string, key: string, sources: readonly TextSource[]): MovedPart {
  const [only] = sources
  if (only && sources.length === 1) {
    const kept = only.how === 'same' && only.code === code && only.key === key
    return { text: only.part.text, kept, sources, ...(!kept && { origin: originOf(only) }) }
  }
  return {
    text: sources
      .map(source => `**Từ ${lower(placeName(source.code, source.key))}**\n${source.part.text}`)
      .join('\n\n'),
    kept: false,
    sources,
    origin: `Gộp từ ${sources.map(source => lower(placeName(source.code, source.key))).join('; ')}`,
  }
}

const originOf = ({ code, key, how }: TextSource): string =>
  how === 'split'
    ? `Chép từ ${lower(placeName(code, key))} (mục này được tách)`
    : how === 'same'
      ? `Từ ${lower(placeName(code, key))}`
      : `Từ ${lower(placeName(code, key))}; yêu cầu đã đổi`

/** Two rows of one indicator become one, their words one below the other. */
function joinedRows(rows: readonly AnalysisRow[]): readonly AnalysisRow[] {
  const byPlace = new Map<string, AnalysisRow>()
  for (const row of rows) {
    const place = `${row.level}.${row.indicator}`
    const before = byPlace.get(place)
    const both = (one: string, other: string): string => [one, other].filter(isFilled).join('\n')
    byPlace.set(
      place,
      before
        ? {
            ...before,
            questions: both(before.questions, row.questions),
            evidenceNeeded: both(before.evidenceNeeded, row.evidenceNeeded),
            source: both(before.source, row.source),
            note: both(before.note, row.note),
          }
        : row,
    )
  }
  return [...byPlace.values()]
}

const actionText = ({ what, who, from, to, resources, cost, expected }: SheetAction): string =>
  [what, who, [from, to].filter(day => day !== undefined).join(' – '), resources, cost, expected]
    .filter(isFilled)
    .join('; ')

const analysisText = ({ questions, evidenceNeeded, source, notNeeded, note }: AnalysisRow): string =>
  [questions, evidenceNeeded, source, notNeeded ?? '', note].filter(isFilled).join('\n')

const lower = (words: string): string => words.charAt(0).toLocaleLowerCase('vi') + words.slice(1)
