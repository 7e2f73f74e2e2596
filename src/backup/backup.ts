/** One backup as the IT team sees it: when, by whom, how it went, and what became of it. */
export interface Backup {
  /** Name of its folder. */
  readonly id: string
  readonly at: Date
  readonly by: { readonly personId: string; readonly name: string }
  /** `removed`: thrown away when newer ones took its place. */
  readonly state: 'running' | 'done' | 'failed' | 'removed'
  readonly folder: string
  readonly made?: BackupSize
  /** Why it failed, a Vietnamese sentence. */
  readonly why?: string
  readonly progress?: BackupProgress
  readonly check?: {
    readonly state: 'running' | 'good' | 'bad'
    readonly at: Date
    readonly by: string
    readonly faults: readonly string[]
  }
}

export interface BackupSize {
  readonly documents: number
  readonly bytes: number
  readonly files: number
  readonly fileBytes: number
  readonly faultyFiles: number
  readonly pausedMs: number
}

/** `total` 0: not known. */
export interface BackupProgress {
  readonly words: string
  readonly done: number
  readonly total: number
}
