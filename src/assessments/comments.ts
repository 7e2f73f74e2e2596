import { randomUUID } from 'node:crypto'
import type { Actor } from '../kernel/actor.ts'
import { Forbidden, InvalidInput, NotFound, StepRefused } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import { entryBy } from '../journal/index.ts'
import type { Assessment, Consultation } from './assessment.ts'
import { may } from './assessment-policy.ts'
import type { Comment } from './comment-store.ts'
import type { AssessmentNeeds } from './needs.ts'
import { openForReading } from './open-sheet.ts'

/** Everybody who holds a seat in the school may comment on the draft while the round runs. */
export const addComment =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, input: { readonly part: string; readonly text: string }): Promise<Comment> => {
    const before = await openForReading(needs, actor, id)
    if (!may.comment(actor, before)) throw new Forbidden('Chỉ người của trường góp ý cho dự thảo báo cáo.')
    const round = runningRound(before)
    const text = tidy(input.text)
    if (text === '') throw new InvalidInput({ text: 'Cần ghi nội dung góp ý.' })
    if (text.length > 4_000) throw new InvalidInput({ text: 'Góp ý dài quá 4.000 ký tự, xin tách thành nhiều ý.' })
    const comment: Comment = {
      id: randomUUID(),
      assessmentId: id,
      by: actor.personId,
      name: actor.name,
      at: needs.now(),
      part: tidy(input.part).slice(0, 200),
      text,
    }
    // The words first, then the count on which the closing of the round is decided.
    await needs.comments.insert(comment)
    await saveRound(needs, actor, before, 'addComment', {
      ...round,
      comments: [...round.comments, { id: comment.id, answered: false }],
    })
    return comment
  }

/** The secretary or the chair answers: taken up or not, and why. */
export const answerComment =
  (needs: AssessmentNeeds) =>
  async (
    actor: Actor,
    id: string,
    commentId: string,
    answer: { readonly accepted: boolean; readonly why: string },
  ): Promise<void> => {
    const before = await openForReading(needs, actor, id)
    if (!may.answerComment(actor, before))
      throw new Forbidden('Chỉ thư ký hoặc chủ tịch hội đồng trả lời góp ý.', 'thư ký hội đồng')
    const round = runningRound(before)
    if (!round.comments.some(comment => comment.id === commentId))
      throw new NotFound('Không tìm thấy ý kiến góp ý này.')
    const why = tidy(answer.why)
    if (why === '') throw new InvalidInput({ why: 'Cần ghi nội dung giải trình.' })
    await needs.comments.answer(commentId, {
      accepted: answer.accepted,
      why,
      by: actor.personId,
      name: actor.name,
      at: needs.now(),
    })
    await saveRound(needs, actor, before, 'answerComment', {
      ...round,
      comments: round.comments.map(comment => (comment.id === commentId ? { ...comment, answered: true } : comment)),
    })
  }

function runningRound(assessment: Assessment): Consultation {
  if (assessment.state !== 'consulting' || !assessment.consultation)
    throw new StepRefused('Hiện không trong thời gian lấy ý kiến về dự thảo báo cáo.')
  return assessment.consultation
}

const saveRound = (
  needs: AssessmentNeeds,
  actor: Actor,
  before: Assessment,
  event: string,
  consultation: Consultation,
): Promise<Assessment> =>
  needs.assessments.advance(
    before,
    { consultation },
    entryBy(actor, needs.now(), {
      id: `assessment:${before.id}:${before.rev + 1}`,
      unitId: before.schoolId,
      year: before.year,
      subject: { kind: 'assessment', id: before.id },
      event,
    }),
  )
