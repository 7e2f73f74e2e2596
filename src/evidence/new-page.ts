import type { Actor } from '../kernel/actor.ts'
import { parseWorkingYear } from '../kernel/working-year.ts'
import { ACCEPT, ACCEPTED_IN_WORDS } from './accepted-kinds.ts'
import { boardHref, collectableCriteria, dossierCrumbs, mayAddForVisit, yearOptions } from './board-page.ts'
import type { Dossier } from './dossier.ts'
import { may } from './evidence-policy.ts'
import { DATA_CLASSES, KINDS } from './evidence-words.ts'

/** The form for a new item: found already, only expected, or asked for by the external team, as the dossier allows. */
export function newPage(actor: Actor, dossier: Dossier, query: Readonly<Record<string, string>>) {
  const criterion = query['tieuchi'] ?? ''
  const forVisit = dossier.adopted && !dossier.collecting && mayAddForVisit(actor, dossier)
  const mayForecast =
    !dossier.adopted && dossier.criteria.some(({ code }) => may.forecast(actor, { dossier, criterion: code }))
  return {
    breadcrumbs: [...dossierCrumbs(dossier), { label: 'Minh chứng', href: boardHref(dossier.id) }],
    board: boardHref(dossier.id),
    forVisit,
    collect: dossier.collecting || forVisit ? boardHref(dossier.id) : '',
    forecast: mayForecast ? `${boardHref(dossier.id)}/du-kien` : '',
    openForecast: query['dukien'] === '1' || !dossier.collecting,
    criteria: collectableCriteria(actor, dossier),
    values: {
      criterion,
      name: query['ten'] ?? '',
      schoolYear: parseWorkingYear(query['namhoc'] ?? '') ?? dossier.year,
    },
    typical: dossier.criteria.find(each => each.code === criterion)?.typicalEvidence ?? [],
    years: yearOptions(dossier),
    kinds: Object.entries(KINDS).map(([value, label]) => ({ value, label })),
    classes: Object.entries(DATA_CLASSES).map(([value, label]) => ({ value, label })),
    accept: ACCEPT,
    hint: ACCEPTED_IN_WORDS,
  }
}
