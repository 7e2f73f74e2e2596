import type { Actor } from '../kernel/actor.ts'
import type { Where } from '../kernel/rules.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { Assessment } from './assessment.ts'
import { may } from './assessment-policy.ts'
import type { AssessmentNeeds } from './needs.ts'
import { newerVersionOf, type NewerVersion } from './take-new-version.ts'

/** Who has to act next: the Sở chooses how the old criteria go over, then the chair or the Sở takes the version. */
export type WaitsFor = 'mapping' | 'taking'

/** A school whose assessment of the year stands on a version that the year no longer uses. */
export interface PendingVersion {
  readonly assessment: Assessment
  readonly newer: NewerVersion
  readonly waitsFor: WaitsFor
  /** Titles and beginnings of the hashes of both versions; the newer one has local nodes of the managing unit or none. */
  readonly from: string
  readonly to: string
}

/** Only before the adoption can the criteria of an assessment change. */
const OPEN: Where = { state: { $in: ['preparing', 'working', 'drafting', 'consulting'] }, 'report.version': 0 }

/** Every assessment of the year that waits for a newer version and that this person may read or take over. */
export const pendingVersions =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, year: WorkingYear): Promise<readonly PendingVersion[]> => {
    const theirs: Where = { $or: [may.read.where(actor), may.takeNewVersion.where(actor)] }
    const open = await needs.assessments.list(year, { $and: [theirs, OPEN] })
    const mappings = new Map<string, ReturnType<AssessmentNeeds['chosenMapping']>>()
    // One question for all schools that go over from one version to another.
    const chosenMapping: AssessmentNeeds['chosenMapping'] = (from, to) => {
      const between = `${from} ${to}`
      const asked = mappings.get(between) ?? needs.chosenMapping(from, to)
      mappings.set(between, asked)
      return asked
    }
    const found: PendingVersion[] = []
    for (const assessment of open) {
      const newer = await newerVersionOf({ ...needs, chosenMapping }, assessment)
      if (!newer) continue
      const [from, to] = await Promise.all([needs.setOf(assessment.set.hash), needs.setOf(newer.set.hash)])
      found.push({
        assessment,
        newer,
        waitsFor: newer.mapping === undefined ? 'mapping' : 'taking',
        from: versionName(from.title, assessment.set.hash),
        to: versionName(to.title, newer.set.hash),
      })
    }
    return found
  }

const versionName = (title: string, hash: string): string => `${title} (${hash.slice(0, 8)})`
