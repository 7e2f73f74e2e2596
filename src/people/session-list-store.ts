import { Schema } from 'mongoose'
import { defineCollection } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { tokenHash } from './access-link.ts'

/** What a session keeps of its person: who, under which epoch it began, when and from what device. */
export interface Ticket {
  readonly personId: string
  readonly epoch: number
  readonly began: Date
  /** The browser's own description. */
  readonly agent: string
  readonly ip: string
  readonly mustSetUpSecondFactor?: boolean
}

/** One sign-in that still counts. */
export interface OpenSession {
  /** Names the session to its owner; the session cannot be taken over with it. */
  readonly handle: string
  readonly began: Date
  /** To within five minutes. */
  readonly lastSeen: Date
  readonly agent: string
  readonly ip: string
}

interface Row {
  readonly _id: string
  readonly expires: Date
  readonly lastModified?: Date
  readonly session: { readonly passport?: { readonly user?: Ticket } }
}

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  expires: { type: Date, required: true },
  lastModified: Date,
  session: { type: Schema.Types.Mixed, required: true },
})

const OWNER = 'session.passport.user.personId'

const handleOf = (sessionId: string): string => tokenHash(sessionId).slice(0, 32)

export type SessionList = ReturnType<typeof sessionList>

/** The sessions of one person. They are written by the session middleware; here they are listed and ended. */
export function sessionList(db: Database) {
  const Rows = defineCollection<Row>(db, 'sessions', schema, [{ keys: { [OWNER]: 1 } }])

  const rowsOf = (personId: string, epoch: number, now: Date): Promise<Row[]> =>
    Rows.find({ [OWNER]: personId, 'session.passport.user.epoch': epoch, expires: { $gt: now } }).lean<Row[]>()

  return {
    /** Sessions of the person that began under the epoch in force and have not run out, the newest sign-in first. */
    async of(personId: string, epoch: number, now: Date): Promise<readonly OpenSession[]> {
      const sessions = (await rowsOf(personId, epoch, now)).flatMap(({ _id, lastModified, session }) => {
        const ticket = session.passport?.user
        if (!ticket) return []
        const { began, agent, ip } = ticket
        return [{ handle: handleOf(_id), began, lastSeen: lastModified ?? began, agent, ip }]
      })
      return sessions.toSorted((a, b) => b.began.getTime() - a.began.getTime())
    },

    /** Ends one session of the person; false when there is none with this handle. */
    async end(personId: string, epoch: number, handle: string, now: Date): Promise<boolean> {
      const row = (await rowsOf(personId, epoch, now)).find(({ _id }) => handleOf(_id) === handle)
      if (!row) return false
      await Rows.deleteOne({ _id: row._id })
      return true
    },

    handleOf,
  }
}
