import type { Actor } from '../kernel/actor.ts'
import { addWorkingDays, dayOf, type Day } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, StepRefused } from '../kernel/refusals.ts'
import { entryBy } from '../journal/index.ts'
import { returnMarks, stampOf } from './advance-criterion.ts'
import { ratingOf } from './asked.ts'
import { keyOf, type Assessment, type CriterionDecision } from './assessment.ts'
import { may } from './assessment-policy.ts'
import type { AssessmentChange } from './assessment-store.ts'
import type { AssessmentNeeds } from './needs.ts'
import { openForReading } from './open-sheet.ts'
import { REPORT, reportParts } from './report-texts.ts'
import type { SheetPart } from './sheet.ts'
import { afterChange } from './assessment-store.ts'
import { lastChanged, stepAssessment } from './step-assessment.ts'
import type { CountedVotes } from './vote.ts'
import { partText } from './write-sheet.ts'

/** Saves one of the report's own texts; the same rules as a sheet's part. */
export const writeReportPart =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, part: string, written: { rev: number; text: string }): Promise<SheetPart> => {
    const assessment = await openForReading(needs, actor, id)
    if (!may.writeReport(actor, assessment))
      throw new Forbidden(
        'Chỉ thư ký, nhóm thư ký và chủ tịch hội đồng viết phần chung của báo cáo.',
        'thư ký hội đồng',
      )
    if (assessment.state !== 'working' && assessment.state !== 'drafting')
      throw new StepRefused('Báo cáo chỉ sửa được khi đang đánh giá tiêu chí hoặc đang viết báo cáo.')
    const set = await needs.setOf(assessment.set.hash)
    if (!reportParts(set).some(each => each.key === part))
      throw new InvalidInput({ part: 'Báo cáo không có phần này.' })
    const text = partText(part, written.text)
    const sheet = await needs.sheets.find(id, REPORT)
    return needs.sheets.writePart(sheet, part, written.rev, {
      text,
      by: actor.personId,
      name: actor.name,
      at: needs.now(),
    })
  }

export const startReport = (needs: AssessmentNeeds) => (actor: Actor, id: string) =>
  stepAssessment(needs, actor, { id, event: { type: 'startReport' } })

/** Sends sheets back to their groups while the report is being written; the assessment works again. */
export const reopenSheets =
  (needs: AssessmentNeeds) =>
  (actor: Actor, id: string, criteria: readonly string[], reason: string): Promise<Assessment> =>
    stepAssessment(needs, actor, {
      id,
      event: { type: 'reopenSheet', reason, criteria },
      effect: (before, at) => ({
        change: {
          criteria: changed(before, criteria, decision => ({
            ...without(decision, ['handedIn', 'confirmed', 'agreed']),
            state: 'drafting',
            returned: returnMarks({ ...stampOf(actor, at), reason, anchor: '', from: 'council' }).returned,
          })),
        },
        facts: { criteria },
      }),
    })

/** Prints the draft that the council will decide on; its level must still hold when the report is adopted. */
export const printDraft =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string): Promise<Assessment> => {
    const before = await openForReading(needs, actor, id)
    if (!may.writeReport(actor, before))
      throw new Forbidden('Bạn không in được dự thảo trình hội đồng.', 'thư ký hội đồng')
    if (before.state !== 'drafting') throw new StepRefused('Chỉ in dự thảo trình hội đồng khi đang viết báo cáo.')
    const at = needs.now()
    const draft = await draftOf(needs, before, at)
    return needs.assessments.advance(
      before,
      { report: { ...before.report, draft } },
      entryBy(actor, at, {
        id: `assessment:${id}:${before.rev + 1}`,
        unitId: before.schoolId,
        year: before.year,
        subject: { kind: 'assessment', id },
        event: 'printDraft',
        facts: { paper: draft.paperId, level: draft.level },
      }),
    )
  }

async function draftOf(needs: AssessmentNeeds, before: Assessment, at: Date) {
  const { level } = ratingOf(before, await needs.setOf(before.set.hash))
  const paper = await needs.freezePaper('draftReport', before)
  return { level, paperId: paper.id, at }
}

/** Locks the figures behind Phần I for the report, or frees them while the report is still being written. */
export const settleFigures =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, lock: boolean): Promise<void> => {
    const assessment = await openForReading(needs, actor, id)
    if (!may.writeReport(actor, assessment))
      throw new Forbidden('Bạn không chốt được số liệu của báo cáo.', 'thư ký hội đồng')
    if (assessment.state !== 'working' && assessment.state !== 'drafting')
      throw new StepRefused('Số liệu chỉ chốt hoặc mở lại khi báo cáo chưa được thông qua.')
    await needs.lockFigures(actor, assessment, lock)
  }

/** Opens the comment round of the school's staff on the draft (`internalCommentDays`, process § 3.6). */
export const openComments = (needs: AssessmentNeeds) => (actor: Actor, id: string) =>
  stepAssessment(needs, actor, {
    id,
    event: { type: 'openComments' },
    effect: async (before, at) => {
      const { internalCommentDays, holidays } = await needs.numbers(before)
      const openedOn = dayOf(at)
      const endsOn = addWorkingDays(openedOn, internalCommentDays, holidays)
      const draft = await draftOf(needs, before, at)
      return {
        change: { consultation: { openedOn, endsOn, comments: [] }, report: { ...before.report, draft } },
        facts: { openedOn, endsOn, paper: draft.paperId },
      }
    },
  })

export const closeComments = (needs: AssessmentNeeds) => (actor: Actor, id: string) =>
  stepAssessment(needs, actor, {
    id,
    event: { type: 'closeComments' },
    effect: (before, at) => ({
      change: before.consultation ? { consultation: { ...before.consultation, closedOn: dayOf(at) } } : {},
    }),
  })

export interface Adoption {
  readonly votes: CountedVotes
  /** Number and date of the council's minutes, or what they say in a line. */
  readonly minutes: string
  readonly on: Day
  readonly waivedBecause?: string
}

/** The council adopts the report: the report is frozen with its hash, sheets and evidence codes with it. */
export const adopt =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, adoption: Adoption): Promise<Assessment> => {
    const { votes, minutes, on, waivedBecause } = adoption
    const adopted = await stepAssessment(needs, actor, {
      id,
      event: { type: 'adopt', votes },
      prospect: waivedBecause === undefined ? {} : { waivedBecause },
      effect: async (before, at, facts) => {
        const version = before.report.version + 1
        const level = facts.report.levelNow ?? 0
        const sheets = changed(
          before,
          Object.values(before.criteria).map(decision => decision.code),
          decision => (decision.state === 'agreed' ? { ...decision, state: 'frozen' } : decision),
        )
        const stamp = {
          ...stampOf(actor, at),
          on,
          votes,
          minutes,
          level,
          ...(waivedBecause && { waived: waivedBecause }),
        }
        const change = {
          criteria: sheets,
          report: { ...before.report, version, adopted: { ...stamp, paperId: '', sha256: '' } },
        }
        const paper = await needs.freezePaper('report', afterChange(before, change))
        return {
          change: {
            criteria: sheets,
            report: { ...before.report, version, adopted: { ...stamp, paperId: paper.id, sha256: paper.sha256 } },
          },
          facts: { version, level, votes, minutes, paper: paper.id, sha256: paper.sha256 },
        }
      },
    })
    await needs.freezeEvidence(actor, id)
    return adopted
  }

export type SignedReport =
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'paper'; readonly reason: string }

/** The head publishes the adopted report inside the school, signed and sealed (process § 3.6). */
export const publish =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, signed: SignedReport, on: Day, place: string): Promise<Assessment> => {
    const now = await openForReading(needs, actor, id)
    const verified = signed.kind === 'file' && (await onlySignaturesAdded(needs, now, signed.path))
    return stepAssessment(needs, actor, {
      id,
      event: { type: 'publish' },
      prospect: { signedCopy: signed.kind === 'file' ? { kind: 'file', verified } : signed },
      effect: async before => {
        const sha256 = signed.kind === 'file' ? await needs.keepFile(signed.path) : undefined
        const published = {
          on,
          place,
          paper: signed.kind === 'file' ? ('signedFile' as const) : ('paper' as const),
          ...(sha256 !== undefined && { signedSha256: sha256 }),
          ...(signed.kind === 'paper' && { note: signed.reason }),
        }
        return { change: { report: { ...before.report, published } }, facts: published }
      },
    })
  }

/** A signature is appended to a PDF: a genuine signed copy begins with the frozen bytes and adds a signature behind them. */
async function onlySignaturesAdded(needs: AssessmentNeeds, assessment: Assessment, path: string): Promise<boolean> {
  const paperId = assessment.report.adopted?.paperId
  if (paperId === undefined) return false
  const { readFile } = await import('node:fs/promises')
  const [frozen, signed] = await Promise.all([needs.paperBytes(paperId), readFile(path)])
  const added = signed.subarray(frozen.length).toString('latin1')
  return (
    signed.length > frozen.length && signed.subarray(0, frozen.length).equals(frozen) && added.includes('/ByteRange')
  )
}

/**
 * Sends the published report to the unit that manages the school today, by numbered dispatch. From then on the units
 * above the school on this day may read, wherever it stood when the assessment was opened.
 */
export const submit =
  (needs: AssessmentNeeds) =>
  async (
    actor: Actor,
    id: string,
    dispatch: { number: string; date: Day | undefined; toUnitId: string },
  ): Promise<Assessment> => {
    const sent = await stepAssessment(needs, actor, {
      id,
      event: {
        type: 'submit',
        dispatchNumber: dispatch.number,
        receivingUnitId: dispatch.toUnitId,
        ...(dispatch.date !== undefined && { dispatchDate: dispatch.date }),
      },
      effect: (before, at, { ancestors }) => {
        const sending = {
          on: dayOf(at),
          number: dispatch.number,
          date: dispatch.date ?? dayOf(at),
          toUnitId: dispatch.toUnitId,
          reportVersion: before.report.version,
        }
        return {
          change: { ancestors, submissions: [...before.submissions, sending] },
          facts: { number: dispatch.number, to: dispatch.toUnitId },
        }
      },
    })
    await needs.followReview(actor, sent)
    return sent
  }

/** Takes a sent report back while nobody has begun to read it. */
export const recall =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string): Promise<Assessment> => {
    const recalled = await stepAssessment(needs, actor, {
      id,
      event: { type: 'recall' },
      effect: (before, at) => ({
        change: { submissions: lastChanged(before, submission => ({ ...submission, recalledOn: dayOf(at) })) },
      }),
    })
    await needs.followReview(actor, recalled)
    return recalled
  }

/** The council takes up a returned report: each point gets its answer, the sheets it names are opened again. */
export const resume =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, answers: Readonly<Record<string, string>>): Promise<Assessment> => {
    const resumed = await stepAssessment(needs, actor, {
      id,
      event: { type: 'resume', answers },
      effect: before => {
        const points = before.submissions.at(-1)?.returned?.points ?? []
        const named = points.flatMap(point => (point.criterion === undefined ? [] : [point.criterion]))
        const change: AssessmentChange = {
          criteria: changed(before, named, decision =>
            decision.state === 'frozen' ? { ...decision, state: 'agreed' } : decision,
          ),
          submissions: lastChanged(before, submission =>
            submission.returned
              ? {
                  ...submission,
                  returned: {
                    ...submission.returned,
                    points: points.map((point, index) => ({ ...point, answer: answers[String(index)] ?? '' })),
                  },
                }
              : submission,
          ),
          gone: ['consultation'],
        }
        return { change, facts: { criteria: named } }
      },
    })
    await needs.thawEvidence(actor, id)
    return resumed
  }

/** Adds a supplementary report to an accepted one while the year is open (process § 3.7); the paper is frozen with it. */
export const addSupplement =
  (needs: AssessmentNeeds) =>
  (
    actor: Actor,
    id: string,
    words: { readonly text: string; readonly changes: readonly string[] },
  ): Promise<Assessment> =>
    stepAssessment(needs, actor, {
      id,
      event: { type: 'addSupplement' },
      effect: async (before, at) => {
        const added = { ...words, on: dayOf(at), paperId: '' }
        const paper = await needs.freezePaper(
          'supplement',
          afterChange(before, { supplements: [...before.supplements, added] }),
        )
        return {
          change: { supplements: [...before.supplements, { ...added, paperId: paper.id }] },
          facts: { paper: paper.id, sha256: paper.sha256, changes: words.changes.length },
        }
      },
    })

export const close = (needs: AssessmentNeeds) => (actor: Actor, id: string) =>
  stepAssessment(needs, actor, { id, event: { type: 'close' } })

/** Ends an assessment before adoption: merger or dissolution (the Sở), or a false start (the head). */
export const cancel =
  (needs: AssessmentNeeds) =>
  (actor: Actor, id: string, reason: string, decisionNumber: string): Promise<Assessment> =>
    stepAssessment(needs, actor, {
      id,
      event: { type: 'cancel', reason, decisionNumber },
      effect: (_, at) => ({ change: { cancelled: { reason, decision: decisionNumber, on: dayOf(at) } } }),
    })

function changed(
  before: Assessment,
  codes: readonly string[],
  change: (decision: CriterionDecision) => CriterionDecision,
): Readonly<Record<string, CriterionDecision>> {
  return Object.fromEntries(
    codes.flatMap(code => {
      const decision = before.criteria[keyOf(code)]
      if (!decision) return []
      const after = change(decision)
      return after === decision ? [] : [[keyOf(code), { ...after, rev: decision.rev + 1 }]]
    }),
  )
}

const without = (decision: CriterionDecision, fields: readonly ('handedIn' | 'confirmed' | 'agreed')[]) => {
  const rest = { ...decision }
  for (const field of fields) delete rest[field]
  return rest
}
