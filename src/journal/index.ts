export { entryBy } from './entry.ts'
export { journalStore, type JournalStore } from './journal-store.ts'
export { OUTBOX_INDEX, relay, type Relay } from './relay.ts'
export { verifyJournal } from './verify-journal.ts'
