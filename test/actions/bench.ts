import { actionStore, type ActionNeeds } from '../../src/actions/index.ts'
import { keyOf, type SheetAction } from '../../src/assessments/index.ts'
import { journalStore, relay } from '../../src/journal/index.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { ID, NOW, planBench, SCHOOL, type PlanBench } from '../plans/bench.ts'

export const aLine = (id: string, own: Partial<SheetAction> = {}): SheetAction => ({
  id,
  what: `Việc ${id}`,
  who: 'Tổ trưởng chuyên môn',
  to: '2026-03-31',
  resources: 'Phòng học',
  cost: '',
  expected: 'Đủ thiết bị',
  weakness: 'Thiếu thiết bị',
  ...own,
})

/** An assessment whose council has agreed to 1.1 with two actions and to 3.2 with one that is late. */
export async function actionBench() {
  const bench = await planBench({ state: 'accepted' })
  const post = relay(bench.db, journalStore(bench.db), error => {
    throw error
  })
  const needs: ActionNeeds = {
    actions: actionStore(bench.db, post),
    sheets: bench.sheets,
    assessments: bench.assessments,
    setOf: async () => bench.set,
    schoolName: async () => 'Trường Tiểu học Hoa Sen',
    history: async id => {
      await post.settled()
      return bench.journal.of({ kind: 'action', id })
    },
    now: () => NOW,
  }
  await ensureIndexes(bench.db)
  await agree(bench, '1.1', [aLine('a'), aLine('b')])
  await agree(bench, '3.2', [aLine('c', { to: '2025-09-30' })])
  return { ...bench, needs }
}

type Bench = Pick<PlanBench, 'assessments' | 'sheets'>

export async function agree(
  { assessments, sheets }: Bench,
  code: string,
  actions: readonly SheetAction[],
): Promise<void> {
  const before = await assessments.get(ID)
  const rev = (before.criteria[keyOf(code)]?.rev ?? 0) + 1
  const sheet = { id: `${ID}:${code}`, assessmentId: ID, code, parts: {}, actions, analysis: [], rev: 1 }
  const pin = await sheets.pin(sheet, rev, NOW)
  const decision = { code, state: 'agreed' as const, rev, groupId: 'nhom-1', answers: {}, authors: [], pin: pin.id }
  await assessments.advance(
    before,
    { criteria: { [keyOf(code)]: decision } },
    {
      id: `assessment:${ID}:${before.rev + 1}`,
      at: NOW,
      by: { personId: 'p', name: 'p', seats: [] },
      unitId: SCHOOL,
      subject: { kind: 'assessment', id: ID },
      event: 'agree',
    },
  )
}
