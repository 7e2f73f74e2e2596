/** Where each kind of lack is mended, as addresses of one assessment's screens. */
export interface AssessmentLinks {
  readonly council: string
  readonly groups: string
  readonly plan: string
  /** Prefix: the code of the criterion is put behind it. */
  readonly sheets: string
  readonly evidence: string
  readonly figures: string
  readonly reconciliation: string
  readonly report: string
  readonly comments: string
  readonly actions: string
}
