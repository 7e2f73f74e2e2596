import { compareCodes } from '../kernel/words.ts'
import type { PlanContent } from './plan-content.ts'
import type { PlanSection } from './plan-sections.ts'

/**
 * What is saved at once: a section, and of section VII one standard (`evidence_1`), so that people who write different
 * sections never get into each other's way.
 */
export type PlanPart = Exclude<PlanSection, 'evidence'> | `evidence_${string}`

/** One part as it was last saved; its own `rev` guards it. */
export interface SavedPart {
  readonly rev: number
  readonly by: string
  readonly name: string
  readonly at: Date
  readonly content: Partial<PlanContent>
}

/** The plan while it is written: one document per assessment, nothing in it is decided. */
export interface PlanDraft {
  readonly assessmentId: string
  /** Counts every save of any part: what the chair approves is the draft as read at this revision. */
  readonly rev: number
  readonly parts: Readonly<Partial<Record<PlanPart, SavedPart>>>
}

/** A frozen plan: `<assessmentId>:<version>:<assessment revision it claims>`, never changed once it is there. */
export interface PlanVersion {
  readonly id: string
  readonly assessmentId: string
  readonly version: number
  /** The revision of the assessment that the approval is written on. */
  readonly claims: number
  readonly draftRev: number
  readonly content: PlanContent
  readonly at: Date
}

export const emptyDraft = (assessmentId: string): PlanDraft => ({ assessmentId, rev: 0, parts: {} })

export const evidencePart = (standard: string): PlanPart => `evidence_${standard}`

/** The part that a section's form saves; section VII is saved standard by standard. */
export const partOf = (section: PlanSection, standard = ''): PlanPart =>
  section === 'evidence' ? evidencePart(standard) : section

const NOTHING: PlanContent = {
  purpose: '',
  aims: { level: 1 },
  scope: '',
  years: [],
  tools: [],
  assignments: [],
  training: [],
  resources: [],
  evidence: [],
  experts: [],
  timetable: [],
}

/** The parts that have been saved, section VII in the order of the standards. */
export const savedParts = ({ parts }: PlanDraft): readonly SavedPart[] =>
  Object.entries(parts)
    .toSorted(([a], [b]) => compareCodes(standardIn(a), standardIn(b)))
    .flatMap(([, part]) => (part ? [part] : []))

/** Everything that has been saved so far as one plan. */
export function contentOf(draft: PlanDraft): PlanContent {
  const saved = savedParts(draft)
  return {
    ...saved.reduce((plan, part) => ({ ...plan, ...part.content }), NOTHING),
    evidence: saved.flatMap(part => part.content.evidence ?? []),
  }
}

const standardIn = (part: string): string => part.replace('evidence_', '')
