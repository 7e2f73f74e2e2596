import { Schema } from 'mongoose'
import { defineCollection, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { retryAt, type Notice, type Telling } from './notice.ts'

type Row = Omit<Notice, 'id'> & {
  readonly _id: string
  readonly unread: boolean
  readonly mailFailures: number
  /** When the e-mail may be tried next, or until when whoever is sending it may take. */
  readonly mailAt: Date
  readonly mailFault?: string
}

const text = { type: String, required: true } as const
const schema = new Schema<Row>({
  _id: text,
  personId: text,
  subject: text,
  text: { type: String, default: '' },
  href: text,
  at: { type: Date, required: true },
  readAt: Date,
  unread: { type: Boolean, required: true },
  mail: { type: String, required: true, enum: ['waiting', 'sending', 'sent', 'none', 'failed', 'uncertain'] },
  mailFailures: { type: Number, required: true },
  mailAt: { type: Date, required: true },
  mailFault: String,
})

/** How long one sending may take before it counts as broken off. */
const SENDING_MS = 5 * 60_000
const ONE_WRITE = 500

export type NoticeStore = ReturnType<typeof noticeStore>

/** What people were told and whether the e-mail of it has gone out: collection `notices`. */
export function noticeStore(db: Database) {
  const Rows = defineCollection<Row>(db, 'notices', schema, [
    { keys: { personId: 1, at: -1 } },
    { keys: { personId: 1 }, options: { name: 'unread', partialFilterExpression: { unread: true } } },
    { keys: { mail: 1, mailAt: 1 } },
  ])

  return {
    /** Writes the notice of each person; those who have been told before are left alone. */
    async tell({ id, personIds, ...words }: Telling, at: Date): Promise<void> {
      const rows = [...new Set(personIds)].map((personId): Row => ({
        _id: `${id}:${personId}`,
        personId,
        ...words,
        at,
        unread: true,
        mail: 'waiting',
        mailFailures: 0,
        mailAt: at,
      }))
      for (let from = 0; from < rows.length; from += ONE_WRITE) {
        try {
          // Plain rows past mongoose's documents, as in `insertRow`; unordered, so that known ones stop no new ones.
          await Rows.collection.insertMany(rows.slice(from, from + ONE_WRITE) as never[], {
            ordered: false,
            writeConcern: db.durable,
          })
        } catch (error) {
          if (!isDuplicateKey(error)) throw error
        }
      }
    },

    /** Newest first. */
    async ofPerson(personId: string, skip: number, limit: number): Promise<readonly Notice[]> {
      const rows = await Rows.find({ personId }).sort({ at: -1 }).skip(skip).limit(limit).lean<Row[]>()
      return rows.map(fromRow)
    },

    unreadOf: (personId: string): Promise<number> => Rows.countDocuments({ personId, unread: true }),

    async find(id: string): Promise<Notice | undefined> {
      const row = await Rows.findById(id).lean<Row>()
      return row ? fromRow(row) : undefined
    },

    async markRead(personId: string, id: string, at: Date): Promise<void> {
      await Rows.updateOne({ _id: id, personId, unread: true }, { $set: { unread: false, readAt: at } })
    },

    async markAllRead(personId: string, at: Date): Promise<void> {
      await Rows.updateMany({ personId, unread: true }, { $set: { unread: false, readAt: at } })
    },

    /** Takes one e-mail that is due, for this process alone; undefined when none is. */
    async claimMail(now: Date): Promise<{ readonly notice: Notice; readonly failures: number } | undefined> {
      const row = await Rows.findOneAndUpdate(
        { mail: 'waiting', mailAt: { $lte: now } },
        { $set: { mail: 'sending', mailAt: new Date(now.getTime() + SENDING_MS) } },
        { sort: { mailAt: 1 }, returnDocument: 'after' },
      ).lean<Row>()
      return row ? { notice: fromRow(row), failures: row.mailFailures } : undefined
    },

    async mailGone(id: string, outcome: 'sent' | 'none'): Promise<void> {
      await Rows.updateOne({ _id: id, mail: 'sending' }, { $set: { mail: outcome } })
    },

    /** The server did not take it: later again, or given up. */
    async mailFailed(id: string, failures: number, fault: string, now: Date): Promise<void> {
      const next = retryAt(failures, now)
      await Rows.updateOne(
        { _id: id, mail: 'sending' },
        {
          $set: {
            mail: next === undefined ? 'failed' : 'waiting',
            mailAt: next ?? now,
            mailFailures: failures,
            mailFault: fault,
          },
        },
      )
    },

    /** E-mails whose sender died: nobody knows whether they went out, and twice is worse than a notice in the inbox alone. */
    async giveUpBrokenOff(now: Date): Promise<number> {
      const { modifiedCount } = await Rows.updateMany(
        { mail: 'sending', mailAt: { $lt: now } },
        { $set: { mail: 'uncertain' } },
      )
      return modifiedCount
    },
  }
}

const fromRow = ({ _id, personId, subject, text: more, href, at, readAt, mail }: Row): Notice => ({
  id: _id,
  personId,
  subject,
  text: more,
  href,
  at,
  mail,
  ...(readAt !== undefined && { readAt }),
})
