import { mayOnAnnual } from '../../src/annual/annual-policy.ts'
import { may, mayOnSheet } from '../../src/assessments/assessment-policy.ts'
import { placeOf } from '../../src/assessments/open-sheet.ts'
import { mayTree } from '../../src/catalogue/tree-policy.ts'
import { may as mayOnEvidence } from '../../src/evidence/evidence-policy.ts'
import { mayFigure } from '../../src/figures/figure-policy.ts'
import { mayCompareUnit } from '../../src/figures/reserve-policy.ts'
import { placesAs, type Actor } from '../../src/kernel/actor.ts'
import { dayOf } from '../../src/kernel/dates.ts'
import { mayOnMinutes } from '../../src/minutes/minutes-policy.ts'
import { mayOperate } from '../../src/organisations/operation-policy.ts'
import { mayOnDuty } from '../../src/periods/period-policy.ts'
import { mayOnReview } from '../../src/reviews/review-policy.ts'
import { SCHOOL, YEAR } from '../reviews/review-stage.ts'
import type { Told } from './ask-route.ts'
import type { RightsStage } from './rights-stage.ts'

/** A boolean of a page's model, a fragment's or a JSON answer by which the reader is told what he or she may do. */
export interface SeenFlag {
  /** Where it stands in the answer: `rights.maySet`, `sections[].editable`. */
  readonly at: string
  readonly value: boolean
}

const NAMED = /^(?:may|can)[A-Z]|^(?:writable|editable)$/

/** Every such boolean in an answer, whatever is drawn of it. */
export function flagsIn({ answer }: Told): readonly SeenFlag[] {
  if (answer?.kind === 'page' || answer?.kind === 'fragment') return flagsUnder(answer.page, '')
  return answer?.kind === 'json' ? flagsUnder(answer.body, '') : []
}

function flagsUnder(model: unknown, at: string): readonly SeenFlag[] {
  if (Array.isArray(model)) return model.flatMap(each => flagsUnder(each, `${at}[]`))
  if (typeof model !== 'object' || model === null) return []
  return Object.entries(model).flatMap(([key, value]: [string, unknown]) => {
    const place = at === '' ? key : `${at}.${key}`
    return typeof value === 'boolean' && NAMED.test(key) ? [{ at: place, value }] : flagsUnder(value, place)
  })
}

/** The records of the stage that rights are asked about, as they stand now. */
export async function recordsOf({ system, ids, clock }: RightsStage) {
  const [assessment, review, dossier, item] = await Promise.all([
    system.assessments.get(ids.assessment),
    system.reviewNeeds.reviews.get(ids.assessment),
    system.evidenceNeeds.dossiers.get(ids.assessment),
    system.evidenceNeeds.evidence.get(ids.evidence),
  ])
  const decision = Object.values(assessment.criteria).find(({ code }) => code === '1.1')
  if (!decision) throw new Error('no criterion 1.1')
  const evidence = {
    dossier,
    criterion: item.criterion,
    ...(item.collectedBy && { collectedBy: item.collectedBy.personId }),
  }
  return { assessment, review, evidence, sheet: placeOf(assessment, decision, dayOf(clock.at)) }
}

type Records = Awaited<ReturnType<typeof recordsOf>>

/** What a flag tells of. */
export interface Meaning {
  /** Changing routes: any of them is open to the person while the flag is true, none while it is false. */
  readonly steps: readonly string[]
  /** What the form names besides, once for each of several things that the page may be about. */
  readonly about?: readonly Readonly<Record<string, string>>[]
  /** The rows of a table of rights without any of which the flag is never true and no step is open. */
  readonly right: (actor: Actor, records: Records) => boolean
  /** Why one of the two values never comes up on this page. */
  readonly always?: string
}

const FIGURES = { schoolId: SCHOOL, year: YEAR, managerId: 'xa', chain: [SCHOOL, 'xa', 'so'] }
/** Whoever belongs to one school of the commune checks the others. */
const ALL_FIGURES = [FIGURES, { ...FIGURES, schoolId: 'thcs-khac', chain: ['thcs-khac', 'xa', 'so'] }]
const COUNCIL_MINUTES = { schoolId: SCHOOL, year: YEAR, kind: 'council' } as const
const COMMUNE = { unitId: 'xa', ancestors: ['so'], chain: ['xa', 'so'] }
const PROVINCE = { provinceId: 'so' }
const DUTIES = [
  { unitId: SCHOOL, parentId: 'xa', ancestors: ['xa', 'so'] },
  { unitId: 'thcs-khac', parentId: 'xa', ancestors: ['xa', 'so'] },
  { unitId: 'truong-ben', parentId: 'xa-ben', ancestors: ['xa-ben', 'so'] },
]
const ONLY_WRITERS = 'whoever may not is refused the page'

const writesPlan: Meaning = {
  steps: ['POST /danh-gia/:id/ke-hoach/:muc'],
  right: (actor, { assessment }) => may.editPlan(actor, assessment),
}
const writesSheet: Meaning = {
  steps: ['PUT /danh-gia/:id/phieu/:code/phan/:part', 'POST /danh-gia/:id/phieu/:code/phan/:part'],
  right: (actor, { sheet }) => mayOnSheet.write(actor, sheet),
}
const keepsClusters = (step: string): Meaning => ({
  steps: [step],
  right: actor => mayOperate.keepClusters(actor, PROVINCE),
})

/** Every flag of every answer, by reading route and place in the answer. */
export const FLAGS: Readonly<Record<string, Meaning>> = {
  '/bao-cao-nam/:unit/:year/:ky/soan writable': {
    steps: ['PUT /bao-cao-nam/:unit/:year/:ky/phan/:part', 'POST /bao-cao-nam/:unit/:year/:ky/phan/:part'],
    right: actor => mayOnAnnual.write(actor, { ...COMMUNE, everSent: false }),
    always: 'no annual report is kept on this stage, so it is always being drafted',
  },
  '/cum-truong/:id mayKeep': keepsClusters('POST /cum-truong/:id'),
  '/cum-truong/moi mayKeep': { ...keepsClusters('POST /cum-truong/moi'), always: ONLY_WRITERS },
  '/danh-gia/:id/bao-cao writable': {
    steps: ['PUT /danh-gia/:id/bao-cao/phan/:part', 'POST /danh-gia/:id/bao-cao/phan/:part'],
    right: (actor, { assessment }) => may.writeReport(actor, assessment),
  },
  '/danh-gia/:id/bien-ban/:no mayWrite': {
    steps: ['POST /danh-gia/:id/bien-ban/:no'],
    right: actor => mayOnMinutes.write(actor, COUNCIL_MINUTES),
  },
  '/danh-gia/:id/hoi-dong mayEdit': {
    steps: ['POST /danh-gia/:id/hoi-dong'],
    right: (actor, { assessment }) => may.editCouncil(actor, assessment),
  },
  '/danh-gia/:id/ke-hoach mayEdit': writesPlan,
  '/danh-gia/:id/ke-hoach/:muc mayEdit': writesPlan,
  '/danh-gia/:id/nhom mayEdit': {
    steps: ['POST /danh-gia/:id/nhom'],
    right: (actor, { assessment }) => may.editGroups(actor, assessment),
  },
  '/danh-gia/:id/nhom rights.maySet': {
    steps: ['POST /danh-gia/:id/nhom/:nhom/quyen'],
    right: (actor, { assessment }) => may.setGroupRights(actor, assessment),
  },
  '/danh-gia/:id/noi-dung-cu maySettle': {
    steps: ['POST /danh-gia/:id/noi-dung-cu/gac-lai'],
    right: (actor, { assessment, sheet }) => may.writeReport(actor, assessment) || mayOnSheet.write(actor, sheet),
  },
  '/danh-gia/:id/phieu/:code mayConfirm': {
    steps: ['POST /danh-gia/:id/phieu/:code/ra-soat'],
    right: (actor, { assessment, sheet }) => mayOnSheet.write(actor, sheet) || may.writeReport(actor, assessment),
  },
  '/danh-gia/:id/phieu/:code writable': writesSheet,
  '/danh-gia/:id/phieu/:code/phan-tich writable': {
    steps: ['POST /danh-gia/:id/phieu/:code/phan-tich'],
    right: (actor, { sheet }) => mayOnSheet.write(actor, sheet),
  },
  '/danh-gia/:id/phieu/:code/trang-thai writable': writesSheet,
  '/doi-sanh mayVerify': {
    steps: ['POST /doi-sanh/xac-nhan'],
    right: actor => ALL_FIGURES.some(each => mayFigure.verify(actor, each) || mayFigure.provinceVerify(actor, each)),
  },
  '/doi-sanh reserve.editable': {
    steps: ['POST /doi-sanh/du-phong'],
    right: actor => mayCompareUnit.keepReserve(actor, COMMUNE),
  },
  '/ky-bao-cao/:id list.mayAct': {
    steps: [
      'POST /ky-bao-cao/:id/chap-nhan',
      'POST /ky-bao-cao/:id/nhac',
      'POST /ky-bao-cao/:id/tra-lai',
      'POST /ky-bao-cao/:id/khong-phai-bao-cao',
    ],
    about: DUTIES.map(({ unitId }) => ({ units: unitId })),
    right: actor =>
      DUTIES.some(duty => [mayOnDuty.accept, mayOnDuty.remind, mayOnDuty.excuse].some(rule => rule(actor, duty))),
  },
  '/minh-chung/:id edit.mayAddEntry': {
    steps: ['POST /minh-chung/:id/muc'],
    right: (actor, { evidence }) => mayOnEvidence.edit(actor, evidence) || mayOnEvidence.editChecked(actor, evidence),
  },
  '/nam-hoc mayChange': {
    steps: ['POST /nam-hoc/:year', 'POST /nam-hoc/:year/dong', 'POST /nam-hoc/:year/mo-lai'],
    // Years have no table of their own: the heads of the Sở keep them, as they decide the frame of a year's tree.
    right: actor => mayTree.decideFrame(actor, { ...PROVINCE, unitId: 'so', unitsMayAdd: 'nothing' }),
  },
  '/sao-luu mayMake': {
    steps: ['POST /sao-luu'],
    right: actor => placesAs(actor, 'itAdmin').length > 0,
    always: 'the folder of backups is set for everybody or for nobody',
  },
  '/so-lieu tables[].editable': {
    steps: ['POST /so-lieu'],
    right: actor => mayFigure.edit(actor, FIGURES),
  },
  '/so-lieu/doi-sanh editable': {
    steps: ['POST /so-lieu/doi-sanh'],
    right: actor => mayFigure.edit(actor, FIGURES),
  },
  '/xem-xet/:id/doc writable': {
    steps: ['POST /xem-xet/:id/nhan-xet'],
    right: (actor, { review }) => mayOnReview.remark(actor, review),
  },
}
