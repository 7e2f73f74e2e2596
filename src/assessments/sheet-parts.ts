import { printInstant } from '../kernel/dates.ts'
import { sheetHref } from './links.ts'
import type { CitedEvidence } from './needs.ts'
import type { OpenSheet } from './open-sheet.ts'
import { verdictName } from './assessment-words.ts'
import { anchorId, indicatorName } from './sheet-anchor.ts'
import { knownFrom, toLabels, unknownLabels } from './sheet-labels.ts'
import { citationsIn } from './sheet-lint.ts'
import { evidenceHref, readable, type TextBlock } from './sheet-text.ts'
import { LEVEL_WORDS, levelResults, type Tone } from './sheet-tree.ts'
import { descriptionPart, PART_NAMES, TEXT_PARTS, type Sheet, type SheetPart } from './sheet.ts'
import { forceOf } from './asked.ts'

/** A cited item under a text. */
export interface CitedChip {
  readonly id: string
  readonly label: string
  readonly name: string
  readonly href: string
  /** Why it does not count as proof yet; empty when it is coded. */
  readonly caution: string
}

export interface PartModel {
  readonly key: string
  readonly anchor: string
  readonly fieldId: string
  readonly label: string
  /** The card's own heading already says what it is. */
  readonly underHeading: boolean
  readonly placeholder: string
  readonly action: string
  readonly historyHref: string
  readonly rev: number
  /** With labels, as it is edited. */
  readonly text: string
  readonly known: string
  readonly blocks: readonly TextBlock[]
  readonly cited: readonly CitedChip[]
  readonly unknown: readonly string[]
  readonly written: string
  readonly notReviewed: boolean
  /** Where a text came from that stood under another criterion. */
  readonly origin: string
}

const CAUTIONS: Readonly<Record<string, string>> = {
  expected: 'mới dự kiến',
  missing: 'chưa tìm được',
  collected: 'chưa kiểm tra',
  verified: 'chưa mã hóa',
  rejected: 'không được nhận',
  withdrawn: 'đã rút',
  disposed: 'đã tiêu hủy',
}

export const chipOf = (item: CitedEvidence): CitedChip => ({
  id: item.id,
  label: item.label,
  name: item.name,
  href: evidenceHref(item.id),
  caution: CAUTIONS[item.state] ?? '',
})

const itemsCited = (stored: string, evidence: ReadonlyMap<string, CitedEvidence>): readonly CitedEvidence[] =>
  citationsIn(stored).flatMap(id => evidence.get(id) ?? [])

/** What is cited in a stored text and what was typed by hand in vain. */
export function citedIn(
  stored: string,
  evidence: ReadonlyMap<string, CitedEvidence>,
): { readonly cited: readonly CitedChip[]; readonly unknown: readonly string[] } {
  return { cited: itemsCited(stored, evidence).map(chipOf), unknown: unknownLabels(stored) }
}

interface PartNames {
  readonly key: string
  readonly anchor: string
  readonly label: string
  readonly underHeading: boolean
  readonly placeholder: string
}

/** What a part's text and the evidence make, whatever sheet it stands on. */
function readText(stored: string, evidence: ReadonlyMap<string, CitedEvidence>) {
  const items = itemsCited(stored, evidence)
  return {
    text: toLabels(stored, evidence),
    known: JSON.stringify(knownFrom(items)),
    blocks: readable(stored, evidence),
    cited: items.map(chipOf),
    unknown: unknownLabels(stored),
  }
}

const NO_PART = {}
const read = new WeakMap<object, { evidence: unknown; model: ReturnType<typeof readText> }>()

/** The same, remembered for a part in memory, which never changes, as long as the evidence is the same. */
function readPart(part: SheetPart | undefined, evidence: ReadonlyMap<string, CitedEvidence>) {
  const key = part ?? NO_PART
  const last = read.get(key)
  if (last?.evidence === evidence) return last.model
  const model = readText(part?.text ?? '', evidence)
  read.set(key, { evidence, model })
  return model
}

function partModel(
  { assessment, decision }: Pick<OpenSheet, 'assessment' | 'decision'>,
  names: PartNames,
  part: SheetPart | undefined,
  evidence: ReadonlyMap<string, CitedEvidence>,
): PartModel {
  const base = sheetHref(assessment.id, decision.code)
  return {
    ...names,
    ...readPart(part, evidence),
    fieldId: `o-${names.anchor}`,
    action: `${base}/phan/${names.key}`,
    historyHref: `${base}/lich-su?phan=${names.key}`,
    rev: part?.rev ?? 0,
    written: part ? `${part.name}, ${printInstant(part.at)}` : '',
    notReviewed: part?.notReviewed === true,
    origin: part?.origin ?? '',
  }
}

export interface IndicatorModel {
  readonly key: string
  readonly mark: string
  /** The indicator's letter in the table of the form; a dash where the text has none. */
  readonly letter: string
  readonly name: string
  readonly gist: string
  readonly cite: string
  readonly unverified: boolean
  readonly applicable: boolean
  readonly whyNot: string
  readonly verdictId: string
  readonly verdict: string
  readonly verdictWords: string
  readonly action: string
  readonly part: PartModel
}

export interface LevelModel {
  readonly level: string
  readonly anchor: string
  readonly badge: { readonly label: string; readonly tone: Tone }
  readonly indicators: readonly IndicatorModel[]
}

/** Mục 1 of the sheet: its levels, each indicator with its answer and its description. */
export function levelModels(
  open: Pick<OpenSheet, 'assessment' | 'set' | 'decision' | 'asked'>,
  sheet: Sheet,
  evidence: ReadonlyMap<string, CitedEvidence>,
): readonly LevelModel[] {
  const { assessment, set, decision, asked } = open
  const results = new Map(
    levelResults(set, forceOf(assessment, set), decision).map(({ level, result }) => [level, result]),
  )
  return [...new Set(asked.indicators.map(each => each.level))].map(level => ({
    level,
    anchor: anchorId({ part: 'description', level }),
    badge: LEVEL_WORDS[results.get(level) ?? 'open'],
    indicators: asked.indicators
      .filter(each => each.level === level)
      .map(each => {
        const name = indicatorName(each.level, each.code, each.lettered)
        const verdict = decision.answers[each.level]?.[each.code] ?? ''
        const place = { level: each.level, indicator: each.code }
        const key = descriptionPart(each.level, each.code)
        return {
          key: `${each.level}.${each.code}`,
          mark: each.lettered ? each.code : each.level,
          letter: each.lettered ? each.code : '–',
          name,
          gist: each.local ? `${each.gist} (địa phương)` : each.gist,
          cite: each.cite,
          unverified: each.unverified,
          applicable: each.applicable,
          whyNot: each.whyNot ?? '',
          verdictId: anchorId({ part: 'verdicts', ...place }),
          verdict,
          verdictWords: verdictName(verdict === '' && !each.applicable ? 'notApplicable' : verdict),
          action: `${sheetHref(assessment.id, decision.code)}/chi-bao/${each.level}/${each.code}`,
          part: partModel(
            open,
            {
              key,
              anchor: anchorId({ part: 'description', ...place }),
              label: `Mô tả hiện trạng – ${name}`,
              underHeading: false,
              placeholder: 'Viết mô tả hiện trạng; gõ [ để chèn minh chứng…',
            },
            sheet.parts[key],
            evidence,
          ),
        }
      }),
  }))
}

const PLACEHOLDERS: Readonly<Record<(typeof TEXT_PARTS)[number], string>> = {
  strengths: 'Những điểm nổi bật rút ra từ mô tả; nếu không có, ghi “Không có”.',
  weaknesses: 'Những hạn chế còn tồn tại; nếu không có, ghi “Không có”.',
  improvement: 'Hướng cải tiến; việc cụ thể ghi ở bảng bên dưới.',
}

/** Mục 2, 3 and 4: strengths, weaknesses, and the words of the improvement plan. */
export const closingParts = (
  open: Pick<OpenSheet, 'assessment' | 'decision'>,
  sheet: Sheet,
  evidence: ReadonlyMap<string, CitedEvidence>,
): readonly PartModel[] =>
  TEXT_PARTS.map(part =>
    partModel(
      open,
      {
        key: part,
        anchor: anchorId({ part }),
        label: PART_NAMES[part],
        underHeading: true,
        placeholder: PLACEHOLDERS[part],
      },
      sheet.parts[part],
      evidence,
    ),
  )

/** What a part is called where it is spoken of by its key; the key itself for one that the sheet does not have. */
export function partName({ asked }: Pick<OpenSheet, 'asked'>, key: string): string {
  const indicator = asked.indicators.find(each => descriptionPart(each.level, each.code) === key)
  if (indicator) return `Mô tả ${indicatorName(indicator.level, indicator.code, indicator.lettered)}`
  return TEXT_PARTS.flatMap(part => (part === key ? PART_NAMES[part] : []))[0] ?? key
}

/** Mục 5: the table of the form, a pair of columns per level, letters down, the level's result below. */
export function selfTable(levels: readonly LevelModel[]) {
  const most = Math.max(0, ...levels.map(level => level.indicators.length))
  return {
    levels: levels.map(({ level, badge }) => ({ level, result: badge.label })),
    rows: Array.from({ length: most }, (_, row) =>
      levels.map(({ indicators }) => {
        const each = indicators[row]
        return each
          ? {
              key: each.key,
              mark: each.letter,
              words: each.verdictWords,
              applicable: each.applicable,
            }
          : { key: '', mark: '', words: '', applicable: false }
      }),
    ),
  }
}
