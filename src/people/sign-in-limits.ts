import { RateLimiterMemory, RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from '../kernel/refusals.ts'
import type { Database } from '../mongo/connect.ts'

const MINUTES_15 = 15 * 60
/** Wrong tries for one user name before it rests for 15 minutes. */
const TRIES_PER_NAME = 5
/** A whole school may sit behind one address, so this only stops guessing on a large scale. */
const FAILURES_PER_ADDRESS = 100

const BY_NAME = 'signInTriesByName'
const BY_ADDRESS = 'signInFailuresByAddress'
const SECOND_STEP = 'secondStepTries'

/** Too many wrong passwords; says when to come back, and nothing about whether the user name exists. */
export class TooManyTries extends Refusal {
  readonly status = 429
}

export type SignInLimits = ReturnType<typeof signInLimits>

/** Counts tries in MongoDB, so that all web processes count together; in memory while it does not answer. */
export function signInLimits(db: Database) {
  const limiter = (tableName: string, points: number, blockDuration: number): RateLimiterMongo =>
    new RateLimiterMongo({
      storeClient: db.client,
      dbName: db.name,
      tableName,
      keyPrefix: '',
      points,
      duration: MINUTES_15,
      blockDuration,
      insuranceLimiter: new RateLimiterMemory({ points, duration: MINUTES_15, blockDuration }),
    })
  const byName = limiter(BY_NAME, TRIES_PER_NAME, MINUTES_15)
  const byAddress = limiter(BY_ADDRESS, FAILURES_PER_ADDRESS, 0)
  const secondStep = limiter(SECOND_STEP, TRIES_PER_NAME, MINUTES_15)

  const consume = async (from: RateLimiterMongo, key: string): Promise<void> => {
    try {
      await from.consume(key)
    } catch (error) {
      // The limiter rejects with its count, which is no Error; an Error is a fault of the store.
      throw error instanceof RateLimiterRes ? tooMany(error) : error
    }
  }

  return {
    /** Before the password is looked at: counts a try for the name, known or not, and throws TooManyTries. */
    async begin(username: string, ip: string): Promise<void> {
      const failures = await byAddress.get(ip)
      if (failures && failures.consumedPoints >= FAILURES_PER_ADDRESS) throw tooMany(failures)
      await consume(byName, username)
    },
    async failed(ip: string): Promise<void> {
      await byAddress.penalty(ip)
    },
    async succeeded(username: string): Promise<void> {
      await byName.delete(username)
    },
    /** Counts a code typed for the person, whose password was right, and throws TooManyTries. */
    beginSecondStep: (personId: string): Promise<void> => consume(secondStep, personId),
    async secondStepSucceeded(personId: string): Promise<void> {
      await secondStep.delete(personId)
    },
    /** Removes counts that have run out: the embedded engine accepts TTL indexes but never runs them. */
    async sweep(now: Date): Promise<void> {
      for (const name of [BY_NAME, BY_ADDRESS, SECOND_STEP])
        await db.connection.collection(name).deleteMany({ expire: { $lt: now } })
    },
  }
}

const tooMany = ({ msBeforeNext }: RateLimiterRes): TooManyTries =>
  new TooManyTries(
    `Đã nhập sai quá nhiều lần. Xin thử lại sau ${Math.max(1, Math.ceil(msBeforeNext / 60_000))} phút, hoặc nhờ người quản trị tài khoản cấp lại mật khẩu.`,
  )
