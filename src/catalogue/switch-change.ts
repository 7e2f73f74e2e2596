import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, NotFound, StaleWrite, StepRefused } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { WHO_DECIDES, mayCatalogue } from './catalogue-policy.ts'
import type { CriteriaSetStore } from './criteria-set-store.ts'
import { CLOSED_YEAR } from './publish-for-year.ts'
import { STALE_CATALOGUE, type YearTreeStore } from './year-tree-store.ts'
import { switchable, type YearTree } from './year-tree.ts'

interface Needs {
  readonly sets: CriteriaSetStore
  readonly trees: YearTreeStore
  readonly provinceId: () => Promise<string>
  readonly now: Clock
  readonly yearClosed?: (year: WorkingYear) => Promise<boolean>
}

export interface SwitchRequest {
  readonly year: WorkingYear
  readonly setId: string
  readonly changeId: string
  readonly state: 'on' | 'off'
  readonly reason: string
  /** The revision of the year's catalogue that the person saw; absent for scripts. */
  readonly seenRev?: number
}

/**
 * The Sở decides whether an unverified repeal counts in a year. Assessments opened before keep what held when they were
 * opened; confirmed changes are law and cannot be switched.
 */
export const switchChange =
  ({ sets, trees, provinceId, now, yearClosed }: Needs) =>
  async (actor: Actor, { year, setId, changeId, state, reason, seenRev }: SwitchRequest): Promise<YearTree> => {
    const before = await trees.find(await provinceId(), year)
    if (!mayCatalogue.switchChange(actor, before)) {
      throw new Forbidden('Chỉ Sở được quyết định việc áp dụng thay đổi chưa đối chiếu.', WHO_DECIDES)
    }
    if (await yearClosed?.(year)) throw new StepRefused(CLOSED_YEAR)
    const published = before.sets.find(one => one.setId === setId)
    if (!published) throw new NotFound(`Năm học ${year} không dùng bộ tiêu chí này.`)
    const { set } = await sets.get(published.hash)
    if (!switchable(set, changeId, year)) {
      throw new NotFound('Không có thay đổi nào như vậy đang chờ Sở quyết định trong năm học này.')
    }
    const why = tidy(reason)
    if (why === '') throw new InvalidInput({ reason: 'Xin nhập lý do hoặc căn cứ của quyết định.' })
    if (seenRev !== undefined && seenRev !== before.rev) {
      throw new StaleWrite(STALE_CATALOGUE)
    }
    const at = now()
    const by = { personId: actor.personId, name: actor.name }
    return trees.switchChange(before, { setId, changeId, state, reason: why, at, by }, { actor, at, reason: why })
  }
