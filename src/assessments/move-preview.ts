import { criterionOf, type CriteriaSet } from '../catalogue/index.ts'
import { compareCodes } from '../kernel/words.ts'
import { isLevelFour, keyOf, type Assessment } from './assessment.ts'
import { refiled } from './carry-over.ts'
import type { Between } from './mapping-between.ts'
import { moveSheets, nodesOf, type LeftText } from './move-sheets.ts'
import type { CitedEvidence } from './needs.ts'
import { REPORT } from './report-texts.ts'
import type { Sheet } from './sheet.ts'

/** One old criterion and what becomes of what the school wrote and gathered under it. */
export interface PreviewLine {
  readonly code: string
  readonly title: string
  readonly to: readonly string[]
  readonly kept: number
  readonly moved: number
  readonly left: number
  readonly evidence: number
  readonly evidenceLeft: boolean
  readonly actions: number
  readonly answersKept: number
  readonly answersCleared: number
}

export interface MovePreview {
  readonly lines: readonly PreviewLine[]
  readonly totals: Omit<PreviewLine, 'code' | 'title' | 'to' | 'evidenceLeft'> & { readonly evidenceLeft: number }
  readonly left: readonly LeftText[]
}

/** What a change of the criteria would keep, move and lay aside for one school, criterion by criterion. Writes nothing. */
export function previewMove(
  assessment: Pick<Assessment, 'criteria'>,
  between: Between,
  sheets: readonly Sheet[],
  evidence: ReadonlyMap<string, CitedEvidence>,
): MovePreview {
  const { index, from, to } = between
  const { sheets: after, left } = moveSheets(
    sheets.filter(({ code }) => code !== REPORT),
    index,
    nodesOf(to),
  )
  const sources = after.flatMap(sheet =>
    Object.values(sheet.parts).flatMap(part =>
      part.sources.map(source => ({ code: source.code, key: source.key, kept: part.kept })),
    ),
  )
  const place = refiled(between)
  const codes = new Set([
    ...sheets.map(({ code }) => code).filter(code => code !== REPORT),
    ...Object.values(assessment.criteria).map(({ code }) => code),
    ...[...evidence.values()].map(({ criterion }) => criterion),
  ])
  const lines = [...codes].toSorted(compareCodes).map((code): PreviewLine => {
    const own = sources.filter(source => source.code === code)
    const answers = Object.entries(assessment.criteria[keyOf(code)]?.answers ?? {}).flatMap(([level, of]) =>
      Object.keys(of).map(letter =>
        isLevelFour(code) ? index?.rowOf('clause', code) : index?.rowOf('indicator', `${code}/${level}/${letter}`),
      ),
    )
    const kept = answers.filter(row => index === undefined || row?.how === 'same').length
    return {
      code,
      title: titleOf(from, code),
      to: index ? (index.rowOf(isLevelFour(code) ? 'clause' : 'criterion', code)?.to ?? []) : [code],
      kept: own.filter(source => source.kept).length,
      moved: new Set(own.filter(source => !source.kept).map(source => source.key)).size,
      left: left.filter(text => text.code === code && !text.key.startsWith('action.')).length,
      evidence: [...evidence.values()].filter(item => item.criterion === code).length,
      evidenceLeft: place(code) === undefined,
      actions: sheets.find(sheet => sheet.code === code)?.actions.length ?? 0,
      answersKept: kept,
      answersCleared: answers.length - kept,
    }
  })
  const sum = (count: (line: PreviewLine) => number): number => lines.reduce((all, line) => all + count(line), 0)
  return {
    lines,
    left,
    totals: {
      kept: sum(line => line.kept),
      moved: sum(line => line.moved),
      left: sum(line => line.left),
      evidence: sum(line => line.evidence),
      evidenceLeft: sum(line => (line.evidenceLeft ? line.evidence : 0)),
      actions: sum(line => line.actions),
      answersKept: sum(line => line.answersKept),
      answersCleared: sum(line => line.answersCleared),
    },
  }
}

const titleOf = (set: CriteriaSet, code: string): string =>
  (isLevelFour(code) ? set.levelFour.find(clause => clause.code === code)?.gist : criterionOf(set, code)?.title) ?? ''
