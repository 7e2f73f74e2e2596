import type { WorkingYear } from '../kernel/working-year.ts'

/** Cụm trường: schools that work together in one year, for filters and meetings; it has no authority over them. */
export interface Cluster {
  readonly id: string
  readonly provinceId: string
  readonly year: WorkingYear
  readonly name: string
  /** One of them may lead the professional work. */
  readonly leadId?: string
  readonly schoolIds: readonly string[]
  readonly rev: number
}
