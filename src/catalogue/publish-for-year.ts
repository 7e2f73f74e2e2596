import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, StaleWrite, StepRefused } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { WHO_DECIDES, mayCatalogue } from './catalogue-policy.ts'
import type { CriteriaSetStore, ImportedVersion } from './criteria-set-store.ts'
import { STALE_CATALOGUE, type YearTreeStore } from './year-tree-store.ts'
import { publishingFaults, validIn, type YearTree } from './year-tree.ts'

interface Needs {
  readonly sets: CriteriaSetStore
  readonly trees: YearTreeStore
  readonly provinceId: () => Promise<string>
  readonly now: Clock
  readonly yearClosed?: (year: WorkingYear) => Promise<boolean>
}

export interface PublishOptions {
  readonly hashes?: readonly string[]
  /** The revision of the year's catalogue that the person saw; absent for scripts. */
  readonly seenRev?: number
}

/**
 * Makes these versions (by hash) the catalogue of the Sở for a working year; without hashes, the newest import of every
 * set that is valid in that year. Assessments already open keep the version they pinned.
 */
export const publishForYear =
  ({ sets, trees, provinceId, now, yearClosed }: Needs) =>
  async (actor: Actor, year: WorkingYear, { hashes, seenRev }: PublishOptions = {}): Promise<YearTree> => {
    const before = await trees.find(await provinceId(), year)
    if (!mayCatalogue.publish(actor, before)) {
      throw new Forbidden('Chỉ Sở được chọn bộ tiêu chí cho năm học.', WHO_DECIDES)
    }
    if (await yearClosed?.(year)) throw new StepRefused(CLOSED_YEAR)
    if (before.versions)
      throw new StepRefused('Năm học này đã có cây tiêu chí do Sở soạn; xin chọn phiên bản ở màn hình “Cây năm học”.')
    if (seenRev !== undefined && seenRev !== before.rev) throw new StaleWrite(STALE_CATALOGUE)
    const versions = hashes
      ? await Promise.all(hashes.map(hash => sets.get(hash)))
      : newestValid(await sets.imported(), year)
    const faults = publishingFaults(versions, year)
    if (faults.length > 0) throw new InvalidInput({ sets: faults.join(' ') }, faults[0])
    const published = versions.map(({ hash, set }) => ({
      setId: set.id,
      hash,
      rating: set.rating,
      schoolKinds: set.schoolKinds,
    }))
    return trees.publish(before, published, { actor, at: now() })
  }

export const CLOSED_YEAR = 'Năm học đã khóa nên bộ tiêu chí của năm học không thay đổi được nữa.'

/** The newest import of each set that is valid in the year; versions come newest first within a set. */
export const newestValid = (versions: readonly ImportedVersion[], year: WorkingYear): readonly ImportedVersion[] =>
  versions
    .filter(({ set }) => validIn(set, year))
    .filter((version, at, valid) => valid.findIndex(other => other.set.id === version.set.id) === at)
