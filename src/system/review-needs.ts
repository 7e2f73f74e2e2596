import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { AssessmentNeeds } from '../assessments/index.ts'
import type { ExternalNeeds } from '../external/index.ts'
import { figuresFor, sentFigures } from '../figures/index.ts'
import { MANAGING_ROLES } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { isSchool } from '../organisations/index.ts'
import { renderInWorker } from '../paper/index.ts'
import { reviewStore, type ReviewNeeds } from '../reviews/index.ts'
import type { BaseSystem } from './system-base.ts'
import { unitNamesOf } from './unit-names.ts'

/** What reviews are handed: the stores below them, settings in force, and a drawer for their letters. */
export function reviewNeedsOf(
  base: BaseSystem,
  assessment: () => AssessmentNeeds,
  external: () => Pick<ExternalNeeds, 'runs' | 'titles'>,
): ReviewNeeds {
  const { files, now } = base
  return {
    reviews: reviewStore(base.db, base.post),
    get assessment() {
      return assessment()
    },
    async reviewNumbers({ schoolId, year, schoolKind }) {
      const [{ effective }, years] = await Promise.all([
        base.glance.settings.allOf({ year, unitId: schoolId, schoolKind }),
        base.years.all(),
      ])
      return {
        reviewStartDays: effective('reviewStartDays').value,
        reviewDays: effective('reviewDays').value,
        resubmitDue: effective('resubmitDue').value,
        forwardDays: effective('forwardDays').value,
        holidays: new Set(years.find(({ id }) => id === year)?.holidays ?? []),
      }
    },
    async figuresSent({ schoolId, year }) {
      const [tree, figures] = await Promise.all([base.units.tree(), figuresFor(base.figures)(schoolId, year)])
      const school = tree.get(schoolId)
      return sentFigures(school && isSchool(school) ? school.school.levels : [], figures)
    },
    tree: () => base.units.tree(),
    newId: () => randomUUID().slice(0, 8),
    async keepDoc(doc) {
      const { bytes, sha256, pages } = await renderInWorker(doc)
      const [, docSha256] = await Promise.all([
        files.keepBytes(bytes),
        files.keepBytes(Buffer.from(JSON.stringify(doc))),
      ])
      return { sha256, docSha256, pages }
    },
    fileBytes: async sha256 => readFile((await files.open(sha256)).path),
    async officersOf(unitId) {
      const staff = await base.staff.staffOf(unitId, dayOf(now()))
      return staff
        .filter(({ seats }) => seats.some(({ role }) => MANAGING_ROLES.includes(role)))
        .map(({ personId, name, post }) => ({ personId, name, post }))
    },
    actorOf: base.actorOf,
    unitNames: unitNamesOf(base),
    async withNewFiles(assessmentId, since) {
      const items = await base.handout.evidenceOf(assessmentId)
      const isNew = items.filter(({ entries }) =>
        entries.some(({ files: kept }) => kept.some(({ at }) => dayOf(at) >= since)),
      )
      return new Set(isNew.map(({ id }) => id))
    },
    async recognised({ id, schoolId }) {
      const { runs, titles } = external()
      const ofReport = (await runs.ofSchools([schoolId])).filter(run => run.assessmentId === id)
      return ofReport.length > 0 && (await titles.ofRuns(ofReport.map(run => run.id))).length > 0
    },
  }
}
