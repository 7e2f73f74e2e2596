import {
  askedBy,
  forceOf,
  ratingOf,
  REPORT,
  type Assessment,
  type CriterionDecision,
  type Sheet,
  type SheetPin,
} from '../assessments/index.ts'
import type { CriteriaSet } from '../catalogue/index.ts'
import { dayOf, type Day } from '../kernel/dates.ts'
import type { GatherNeeds } from './report-needs.ts'
import type { SheetOnPaper } from './sheet-on-paper.ts'

/** From the handing-in on, a sheet is printed with the words that were pinned then. */
const RESTS_ON_PIN: readonly CriterionDecision['state'][] = ['groupReview', 'councilReview', 'agreed', 'frozen']

export interface GatheredSheets {
  readonly sheets: ReadonlyMap<string, SheetOnPaper>
  /** The report's own texts by part key. */
  readonly reportTexts: Readonly<Record<string, string>>
  /** The last day on which anything of the record changed: drafts are dated by it. */
  readonly recordDay: Day
}

const textsOf = (sheet: Sheet | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(sheet?.parts ?? {}).map(([key, part]) => [key, part.text]))

const lastChange = (sheet: Sheet | undefined): readonly Date[] => Object.values(sheet?.parts ?? {}).map(part => part.at)

const latestDay = (days: readonly Day[], fallback: Day): Day => days.toSorted().at(-1) ?? fallback

/** Every sheet of an assessment as it is printed, and the report's own texts, in two reads. */
export async function gatherSheets(
  needs: Pick<GatherNeeds, 'sheets'>,
  assessment: Assessment,
  set: CriteriaSet,
): Promise<GatheredSheets> {
  const decisions = Object.values(assessment.criteria)
  const pinIds = decisions.flatMap(one => (one.pin !== undefined && RESTS_ON_PIN.includes(one.state) ? [one.pin] : []))
  const [stored, pinned] = await Promise.all([
    needs.sheets.ofAssessment(assessment.id),
    pinIds.length === 0 ? [] : needs.sheets.pins(pinIds),
  ])
  const byCode = new Map(stored.map(sheet => [sheet.code, sheet]))
  const pins = new Map(pinned.map(pin => [pin.id, pin]))
  const force = forceOf(assessment, set)
  const { criteria, local } = ratingOf(assessment, set)
  const ratings = new Map([...criteria, ...local].map(rating => [rating.code, rating]))
  const printed = decisions.flatMap((decision): (readonly [string, SheetOnPaper])[] => {
    const asked = askedBy(set, decision.code, force)
    if (!asked) return []
    const rating = ratings.get(decision.code)
    const words = wordsOf(byCode.get(decision.code), decision, pins)
    const group = assessment.groups.find(one => one.id === decision.groupId)
    return [
      [
        decision.code,
        {
          code: decision.code,
          asked,
          answers: decision.answers,
          ...(rating && { rating }),
          ...words,
          analysis: byCode.get(decision.code)?.analysis ?? [],
          groupName: group?.name ?? '',
          writer: decision.handedIn?.name ?? '',
          lead: decision.confirmed?.name ?? group?.lead?.name ?? '',
          changedOn: changedOn(decision, byCode.get(decision.code), assessment.openedOn),
        },
      ],
    ]
  })
  const report = byCode.get(REPORT)
  return {
    sheets: new Map(printed),
    reportTexts: textsOf(report),
    recordDay: latestDay(
      [...printed.map(([, sheet]) => sheet.changedOn), ...lastChange(report).map(dayOf)],
      assessment.openedOn,
    ),
  }
}

function wordsOf(
  sheet: Sheet | undefined,
  decision: CriterionDecision,
  pins: ReadonlyMap<string, SheetPin>,
): Pick<SheetOnPaper, 'texts' | 'actions'> {
  const pin = decision.pin === undefined ? undefined : pins.get(decision.pin)
  return pin ? { texts: pin.parts, actions: pin.actions } : { texts: textsOf(sheet), actions: sheet?.actions ?? [] }
}

function changedOn(decision: CriterionDecision, sheet: Sheet | undefined, opened: Day): Day {
  const steps = [decision.handedIn, decision.confirmed, decision.agreed, decision.returned].flatMap(stamp =>
    stamp ? [stamp.at] : [],
  )
  return latestDay([opened, ...[...steps, ...lastChange(sheet)].map(dayOf)], opened)
}
