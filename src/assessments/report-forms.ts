import { printDay } from '../kernel/dates.ts'
import type { Unmet } from '../kernel/refusals.ts'
import type { AssessmentEvent } from './assessment-conditions.ts'
import { may } from './assessment-policy.ts'
import { mayStep, unmetBesidesForm } from './offered-steps.ts'
import { placeOfPoint } from './point-place.ts'
import type { ReportView } from './report-page.ts'
import { toLabels } from './sheet-labels.ts'
import { votesNeeded } from './vote.ts'

type Type = AssessmentEvent['type']

/** A step of the report desk as a form: where it is sent and what must be mended first. */
interface StepForm {
  readonly id: string
  readonly action: string
  readonly unmet: readonly Unmet[]
}

/** The forms that this person may use now; each stands only where machine and policy allow its step. */
export function reportForms(view: ReportView, base: string) {
  const { actor, assessment, set, evidence, facts, today, signedMinutes } = view
  const form = (type: Type, path: string): StepForm | undefined =>
    mayStep(actor, assessment, facts, type)
      ? { id: `buoc-${type}`, action: `${base}/${path}`, unmet: unmetBesidesForm(facts, type) }
      : undefined
  const open = assessment.state === 'working' || assessment.state === 'drafting'
  const mayWrite = may.writeReport(actor, assessment)
  const members = facts.council.inForce.length
  return {
    start: form('startReport', 'bat-dau'),
    comments: withMore(form('openComments', 'lay-y-kien'), {
      days: facts.comments.days,
      again: assessment.consultation?.closedOn !== undefined,
    }),
    draft:
      mayWrite && assessment.state === 'drafting'
        ? { action: `${base}/in-du-thao`, printed: assessment.report.draft !== undefined }
        : undefined,
    figures:
      mayWrite && open
        ? { action: `${base}/so-lieu`, locked: facts.figures.locked, href: facts.links.reconciliation }
        : undefined,
    adopt: withMore(form('adopt', 'thong-qua'), {
      members,
      needed: votesNeeded(members, facts.council.voteShare),
      share: `${facts.council.voteShare.numerator}/${facts.council.voteShare.denominator}`,
      asksWaiver: !facts.comments.roundHeld,
      unreviewed: facts.report.unreviewed ?? 0,
      on: today,
      signedMinutes,
    }),
    publish: withMore(form('publish', 'cong-bo'), { on: today }),
    submit: withMore(form('submit', 'gui'), {
      unit: facts.managingUnit?.name ?? '',
      unitId: facts.managingUnit?.id ?? '',
      date: today,
    }),
    recall: form('recall', 'rut-lai'),
    resume: withMore(form('resume', 'hoan-thien'), {
      due: printDayOrNone(assessment.submissions.at(-1)?.returned?.due),
      points: (assessment.submissions.at(-1)?.returned?.points ?? []).map((point, index) => ({
        name: `answer.${index}`,
        label: [placeOfPoint(point, assessment, set), point.reason].filter(words => words !== '').join(': '),
        quote: point.quote === undefined ? '' : `Câu được nêu: “${toLabels(point.quote, evidence)}”`,
      })),
    }),
    supplement: withMore(form('addSupplement', 'bo-sung'), {}),
    reopen: withMore(form('reopenSheet', 'mo-lai-phieu'), {
      criteria: facts.sheets.map(({ code }) => ({ value: code, label: `Tiêu chí ${code}` })),
    }),
  }
}

const withMore = <T extends object>(step: StepForm | undefined, more: T) => step && { ...step, ...more }

const printDayOrNone = (day: string | undefined): string => (day === undefined ? '' : printDay(day))
