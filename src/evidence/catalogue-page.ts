import { boardHref, dossierCrumbs } from './board-page.ts'
import { boxLabelsOf, catalogueFrom, holesOf } from './evidence-catalogue.ts'
import { hrefOf, labelOf, type Surroundings } from './evidence-facts.ts'
import { standsForProof } from './evidence-years.ts'

/** The catalogue as it will be printed, the labels of the boxes, and yearly items with missing school years. */
export function cataloguePage({ dossier, items, citations }: Surroundings) {
  const standards = catalogueFrom(dossier, items, citations)
  const count = standards.reduce(
    (sum, standard) => sum + standard.criteria.reduce((rows, each) => rows + each.rows.length, 0),
    0,
  )
  return {
    wide: true,
    breadcrumbs: [...dossierCrumbs(dossier), { label: 'Minh chứng', href: boardHref(dossier.id) }],
    subtitle: `${count} minh chứng đã mã hóa`,
    empty: count === 0,
    board: boardHref(dossier.id),
    schoolName: dossier.schoolName,
    year: dossier.year,
    standards: standards.map(standard => ({
      heading: standard.code === '22' ? 'Mức 4' : `Tiêu chuẩn ${standard.code}`,
      criteria: standard.criteria.map(criterion => ({
        ...criterion,
        rows: criterion.rows.map(row => ({ ...row, href: hrefOf(row) })),
        seeAlso: criterion.seeAlso.map(({ id, label }) => ({ label, href: hrefOf({ id }) })),
      })),
    })),
    boxes: boxLabelsOf(items).map(box => ({
      ...box,
      standards: box.standards.map(code => (code === '22' ? 'Mức 4' : `Tiêu chuẩn ${code}`)).join(', '),
      criteria: box.criteria.join(', '),
    })),
    holes: holesOf(items.filter(standsForProof), dossier.year).map(({ item, missing }) => ({
      href: hrefOf(item),
      label: labelOf(item),
      name: item.name,
      missing: missing.join(', '),
    })),
  }
}
