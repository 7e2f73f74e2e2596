import type { Assessment, CitedEvidence, SheetStore } from '../assessments/index.ts'
import type { CriteriaSet } from '../catalogue/index.ts'
import type { CatalogueStandard } from '../evidence/index.ts'
import type { BoxOnPaper } from './catalogue-blocks.ts'
import type { FiveYears } from '../figures/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { UnitTree } from '../organisations/index.ts'
import type { RenderPool } from '../paper/index.ts'
import type { PlanContent } from '../plans/index.ts'
import type { ReceivedLetter } from '../reviews/index.ts'
import type { PaperStore } from './paper-store.ts'

/** What everybody may know of a paper: no person is named. */
export interface Verified {
  /** `unused`: kept, but never issued or not named by its record any more. */
  readonly result: 'inForce' | 'replaced' | 'withdrawn' | 'expired' | 'unused' | 'draft' | 'unknown'
  /** From this day on it has not counted any more. */
  readonly endedOn?: Day
  /** `quyết định số 15/QĐ-THHS, ngày 05/02/2026`: what stands in its place. */
  readonly replacedBy?: string
  /** What the paper is called, with the school's name. */
  readonly title?: string
  readonly numberAndDate?: string
  readonly year?: string
  readonly hash?: string
  readonly pages?: number
  /** Bytes were added behind the paper: signatures, which the reader's own program checks. */
  readonly extended?: boolean
}

/** What papers are gathered from; app.ts puts it together. */
export interface GatherNeeds {
  readonly setOf: (hash: string) => Promise<CriteriaSet>
  readonly sheets: Pick<SheetStore, 'ofAssessment' | 'pins'>
  readonly tree: () => Promise<UnitTree>
  readonly figures: (schoolId: string, year: WorkingYear) => Promise<FiveYears>
  readonly catalogue: (assessmentId: string) => Promise<readonly CatalogueStandard[]>
  readonly boxes: (assessmentId: string) => Promise<readonly BoxOnPaper[]>
  readonly evidence: (assessmentId: string) => Promise<ReadonlyMap<string, CitedEvidence>>
  /** `approved`: the frozen version that `plan.version` names; `draft`: what stands in the plan's screen now. */
  readonly plan: (assessment: Assessment, which: 'approved' | 'draft') => Promise<PlanContent | undefined>
}

/** Keeps bytes under their SHA-256 and finds them again. */
export interface KeptFiles {
  readonly keepBytes: (bytes: Uint8Array) => Promise<string>
  readonly open: (sha256: string) => Promise<{ readonly path: string; readonly size: number }>
}

export interface ReportNeeds extends GatherNeeds {
  readonly assessment: (id: string) => Promise<Assessment | undefined>
  readonly papers: PaperStore
  readonly files: KeptFiles
  readonly draw: RenderPool['render']
  readonly drawWord: RenderPool['renderWord']
  /** Letters of the managing level about the assessment, as far as the person may read them. */
  readonly received?: (actor: Actor, assessmentId: string) => Promise<readonly ReceivedLetter[]>
  /** Signed papers that other features keep, as the public check tells of them. */
  readonly elsewhere?: {
    readonly byContent: (prefix: string) => Promise<readonly Verified[]>
    readonly bySha256: (hashes: readonly string[]) => Promise<readonly Verified[]>
  }
  /** Address that people type, without a slash at the end: QR codes lead there. */
  readonly baseUrl: string
}
