import { crumbsOf, linksOf, may } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { OpenPlan } from './plan-needs.ts'
import { isOpenForWriting, planUnmet, planWarnings, type PlanUnmet } from './plan-rules.ts'
import { PLAN_SECTIONS, sectionHref, type PlanSection } from './plan-sections.ts'

/** Lines of a list at the side before the rest is folded away. */
const SHOWN = 8

/** What stands around every screen of the plan: the way back, the tabs, and what is missing. */
export function planFrame(actor: Actor, schoolName: string, open: OpenPlan, current?: PlanSection) {
  const { assessment, content, facts } = open
  const plan = linksOf(assessment).plan
  const unmet = planUnmet(content, facts)
  const countOf = (section: PlanSection): number => unmet.filter(item => item.section === section).length
  const here = unmet.filter(item => item.section === current)
  return {
    wide: true,
    breadcrumbs: crumbsOf(assessment, schoolName),
    tabs: [
      { label: 'Tổng quan', href: plan, current: current === undefined },
      ...PLAN_SECTIONS.map(({ key, no, short }) => ({
        label: `${no}. ${short}`,
        href: sectionHref(plan, key),
        current: key === current,
        ...(countOf(key) > 0 && { count: countOf(key) }),
      })),
    ],
    mayEdit: may.editPlan(actor, assessment) && isOpenForWriting(assessment),
    here: folded(here),
    elsewhere: PLAN_SECTIONS.filter(({ key }) => key !== current && countOf(key) > 0).map(({ key, no, name }) => ({
      code: key,
      message: `Mục ${no}. ${name}: ${countOf(key)} việc`,
      href: unmet.find(item => item.section === key)?.href ?? sectionHref(plan, key),
    })),
    warnings: planWarnings(content, facts).filter(item => current === undefined || item.section === current),
    complete: unmet.length === 0,
  }
}

/** The first lines in full, the others folded; the address is left out because the reader is there already. */
function folded(items: readonly PlanUnmet[]) {
  const lines = items.map(({ code, message }) => ({ code, message }))
  return { count: lines.length, first: lines.slice(0, SHOWN), rest: lines.slice(SHOWN) }
}
