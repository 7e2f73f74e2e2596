import { criterionOf, rateCriterion, type CriteriaSet, type InForce, type LevelResult } from '../catalogue/index.ts'
import { askedBy, forceOf } from './asked.ts'
import { isLevelFour, keyOf, sheetCodes, type Assessment, type CriterionDecision } from './assessment.ts'
import { CRITERION_STATE_NAMES, type CriterionState } from './criterion-machine.ts'
import { sheetHref } from './links.ts'

export type Tone = 'grey' | 'green' | 'orange' | 'blue' | 'red'

/** Result of one level in a word, with the colour that goes with it. */
export const LEVEL_WORDS: Readonly<Record<LevelResult, { readonly label: string; readonly tone: Tone }>> = {
  met: { label: 'Đạt', tone: 'green' },
  notMet: { label: 'Không đạt', tone: 'orange' },
  open: { label: 'Chưa đánh giá', tone: 'grey' },
  none: { label: 'Không có yêu cầu', tone: 'grey' },
}

/** The demands of each level of one sheet; a sheet of Mức 4 has that level alone. */
export function levelResults(
  set: CriteriaSet,
  force: InForce,
  decision: Pick<CriterionDecision, 'code' | 'answers'>,
): readonly { readonly level: string; readonly result: LevelResult }[] {
  if (isLevelFour(decision.code)) {
    const verdict = decision.answers['4']?.['a']
    return [{ level: '4', result: verdict === 'met' || verdict === 'notMet' ? verdict : 'open' }]
  }
  const criterion = criterionOf(set, decision.code)
  if (!criterion) return []
  const { perLevel } = rateCriterion(criterion, decision.answers, force)
  return [
    { level: '1', result: perLevel[1] },
    { level: '2', result: perLevel[2] },
    { level: '3', result: perLevel[3] },
  ]
}

export interface TreeEntry {
  readonly code: string
  readonly title: string
  readonly href: string
  readonly current: boolean
  readonly groupId: string
  /** One per level: what the small square shows. */
  readonly marks: readonly LevelResult[]
  /** The marks and the state in words. */
  readonly label: string
  /** Out of the group's hands: waiting for its lead or the council, or agreed. */
  readonly standing: 'withGroup' | 'handedIn' | 'agreed'
  readonly answered: boolean
  /** Came over from another year or another criterion and is not confirmed. */
  readonly unreviewed: boolean
}

export interface TreeBranch {
  readonly code: string
  readonly title: string
  readonly open: boolean
  readonly done: number
  readonly entries: readonly TreeEntry[]
}

const STANDING: Readonly<Record<CriterionState, TreeEntry['standing']>> = {
  assigned: 'withGroup',
  analysing: 'withGroup',
  drafting: 'withGroup',
  groupReview: 'handedIn',
  councilReview: 'handedIn',
  agreed: 'agreed',
  frozen: 'agreed',
}

/** All sheets of the assessment by standard, each with three small marks; the sheets of Mức 4 stand last. */
export const sheetTree = (assessment: Assessment, set: CriteriaSet, current: string): readonly TreeBranch[] =>
  treeOf(assessment, set).map(branch => {
    const entries = branch.entries.map(entry => (entry.code === current ? { ...entry, current: true } : entry))
    return { ...branch, entries, open: entries.some(entry => entry.current) }
  })

const trees = new WeakMap<Assessment, { readonly set: CriteriaSet; readonly tree: readonly TreeBranch[] }>()

/** The tree with no sheet open. An assessment in memory never changes, and its pages ask for its tree again and again. */
function treeOf(assessment: Assessment, set: CriteriaSet): readonly TreeBranch[] {
  const known = trees.get(assessment)
  if (known?.set === set) return known.tree
  const tree = growTree(assessment, set)
  trees.set(assessment, { set, tree })
  return tree
}

function growTree(assessment: Assessment, set: CriteriaSet): readonly TreeBranch[] {
  const force = forceOf(assessment, set)
  const branches = new Map<string, { title: string; entries: TreeEntry[] }>()
  for (const code of sheetCodes(set, assessment.aimsAtLevelFour)) {
    const asked = askedBy(set, code, force)
    const decision = assessment.criteria[keyOf(code)]
    if (!asked || !decision) continue
    const branch = branches.get(asked.standard.code) ?? { title: asked.standard.title, entries: [] }
    branches.set(asked.standard.code, branch)
    branch.entries.push(entryOf(assessment.id, decision, asked.title, levelResults(set, force, decision)))
  }
  return [...branches].map(([code, { title, entries }]) => ({
    code,
    title,
    open: false,
    done: entries.filter(entry => entry.answered).length,
    entries,
  }))
}

function entryOf(
  assessmentId: string,
  decision: CriterionDecision,
  title: string,
  results: readonly { readonly level: string; readonly result: LevelResult }[],
): TreeEntry {
  const words = results
    .filter(({ result }) => result !== 'none')
    .map(({ level, result }) => `Mức ${level}: ${LEVEL_WORDS[result].label.toLocaleLowerCase('vi')}`)
  return {
    code: decision.code,
    title,
    href: sheetHref(assessmentId, decision.code),
    current: false,
    groupId: decision.groupId ?? '',
    marks: results.map(({ result }) => result),
    label: [...words, CRITERION_STATE_NAMES[decision.state], ...(decision.notReviewed ? ['chưa rà soát'] : [])].join(
      '; ',
    ),
    standing: STANDING[decision.state],
    unreviewed: decision.notReviewed === true,
    answered: results.every(({ result }) => result !== 'open'),
  }
}

/** How many sheets are fully answered, of the group's and of the school's. */
export function progressIn(
  tree: readonly TreeBranch[],
  groupId: string | undefined,
): {
  readonly group: { readonly done: number; readonly all: number } | undefined
  readonly school: { readonly done: number; readonly all: number }
} {
  const entries = tree.flatMap(branch => branch.entries)
  const counted = (some: readonly TreeEntry[]) => ({
    done: some.filter(entry => entry.answered).length,
    all: some.length,
  })
  return {
    group: groupId === undefined ? undefined : counted(entries.filter(entry => entry.groupId === groupId)),
    school: counted(entries),
  }
}
