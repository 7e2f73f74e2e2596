export type { AssessmentFact, ExternalFact, SchoolRow, TitleFact, TitleKind } from './school-row.ts'
export { correctedRows, type Correction, type Snapshot, type StandsOn } from './snapshot.ts'
export { snapshotStore, type SnapshotStore, type ToFreeze } from './snapshot-store.ts'
