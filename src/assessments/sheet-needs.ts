import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { criterionFactsOf } from './criterion-facts.ts'
import { mayReadOldText } from './drawer-rights.ts'
import type { AssessmentNeeds } from './needs.ts'
import { openSheet } from './open-sheet.ts'
import type { PresenceStore } from './presence-store.ts'
import { WITH_GROUP } from './criterion-conditions.ts'

/** What the sheet screens need besides the use cases' own needs. */
export interface SheetNeeds extends AssessmentNeeds {
  /** What a page or a save of a text looks at; may be a second old. Steps ask the stores. */
  readonly glance: Pick<AssessmentNeeds, 'evidence' | 'numbers'> & {
    readonly assessment: AssessmentNeeds['assessments']['find']
    readonly sheet: AssessmentNeeds['sheets']['find']
  }
  readonly presence: PresenceStore
  /** Records an item that is expected and still to be found; gives its working label. */
  readonly forecast: (
    actor: Actor,
    assessmentId: string,
    input: { readonly criterion: string; readonly name: string; readonly where: string; readonly who: string },
  ) => Promise<{ readonly label: string }>
}

/**
 * The same needs over glances, for pages and for saves of text. A save decided on a glance that is a moment too old is
 * harmless: the part's own revision guards it, and words that a step rests on are pinned.
 */
export const glancing = (needs: SheetNeeds): SheetNeeds => ({
  ...needs,
  assessments: { ...needs.assessments, find: needs.glance.assessment },
  sheets: { ...needs.sheets, find: needs.glance.sheet },
  evidence: needs.glance.evidence,
  numbers: needs.glance.numbers,
})

/** One sheet with everything that its screen is made of, read once. */
export async function readSheet(needs: SheetNeeds, actor: Actor, id: string, code: string) {
  const open = await openSheet(needs, actor, id, code)
  const [sheet, evidence, numbers, pin, oldTexts] = await Promise.all([
    needs.sheets.find(id, code),
    needs.evidence(id),
    needs.numbers(open.assessment),
    pinOf(needs, open.decision),
    needs.sheets.drawer.waitingIn(id),
  ])
  const today = dayOf(needs.now())
  return {
    actor,
    open,
    sheet,
    evidence,
    today,
    pin,
    oldTexts: oldTexts.filter(text => mayReadOldText(actor, open.assessment, text)),
    facts: criterionFactsOf(open, sheet, evidence, numbers, today),
  }
}

/** The frozen words on which a sheet rests that has left its group. */
async function pinOf({ sheets }: SheetNeeds, decision: { readonly state: string; readonly pin?: string }) {
  if (decision.pin === undefined || WITH_GROUP.some(state => state === decision.state)) return undefined
  return (await sheets.pins([decision.pin]))[0]
}
