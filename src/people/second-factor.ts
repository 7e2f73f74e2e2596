import { randomInt } from 'node:crypto'
import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/dates.ts'
import { InvalidInput, NotFound, StepRefused } from '../kernel/refusals.ts'
import { tokenHash } from './access-link.ts'
import { fitsPassword } from './password-hash.ts'
import type { PeopleStore } from './people-store.ts'
import type { Account } from './person.ts'
import { stepOf } from './second-factor-door.ts'
import type { SecretSeal } from './secret-seal.ts'
import type { SignInLimits } from './sign-in-limits.ts'

export interface SecondFactorNeeds {
  readonly people: Pick<
    PeopleStore,
    'accountOf' | 'factorOf' | 'setFactor' | 'removeFactor' | 'takeStep' | 'takeRecoveryCode'
  >
  readonly limits: Pick<SignInLimits, 'beginSecondStep' | 'secondStepSucceeded'>
  /** Closes and opens the shared secrets, which are kept sealed. */
  readonly seal: SecretSeal
  readonly now: Clock
}

const RECOVERY_CODES = 10
// Without 0 o 1 l i, which are misread from paper.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const WRONG = 'Mã chưa đúng hoặc đã dùng. Xin nhập mã mới nhất trên ứng dụng.'

const LOST =
  'Máy chủ không còn khóa để kiểm tra mã của ứng dụng. Xin dùng một mã khôi phục, hoặc nhờ nhóm quản trị của Sở gỡ xác thực hai bước rồi bật lại.'

/** Three groups of four letters, about 59 bits. */
const recoveryCode = (): string =>
  [0, 1, 2].map(() => [0, 1, 2, 3].map(() => LETTERS.charAt(randomInt(LETTERS.length))).join('')).join('-')

const codeHash = (typed: string): string => tokenHash(typed.toLowerCase().replace(/[^a-z0-9]/g, ''))

/** Turns the second factor on with the first code of the app; gives recovery codes, which are shown this once. */
export const confirmSecondFactor =
  ({ people, now, limits, seal }: SecondFactorNeeds) =>
  async (actor: Actor, secret: string | undefined, code: string): Promise<readonly string[]> => {
    const account = await accountOf(people, actor.personId)
    if (account.hasSecondFactor) throw new StepRefused('Xác thực hai bước đã bật.')
    if (secret === undefined) throw new StepRefused('Mã QR đã hết hiệu lực. Xin quét mã mới trên trang này.')
    await limits.beginSecondStep(actor.personId)
    const step = stepOf(secret, code, now())
    if (step === undefined) throw new InvalidInput({ code: WRONG })
    await limits.secondStepSucceeded(actor.personId)
    const codes = Array.from({ length: RECOVERY_CODES }, recoveryCode)
    const factor = { secret: seal.close(secret, actor.personId), lastStep: step, recovery: codes.map(codeHash) }
    await people.setFactor(account, factor, { actor, at: now(), event: 'setUpSecondFactor' })
    return codes
  }

/**
 * Checks the code of the second step of signing in: one of the app, or a recovery code, each of which works once. Where
 * the key of the secret is lost, recovery codes work still, and the refusal says so.
 */
export const checkSecondStep =
  ({ people, limits, seal, now }: SecondFactorNeeds) =>
  async (personId: string, typed: string): Promise<{ readonly recoveryLeft?: number }> => {
    await limits.beginSecondStep(personId)
    const [account, factor] = await Promise.all([accountOf(people, personId), people.factorOf(personId)])
    if (!factor) throw new NotFound(`second factor of ${personId}`)
    const secret = seal.open(factor.secret, personId)
    const step = secret === undefined ? undefined : stepOf(secret, typed, now())
    if (step !== undefined) {
      if (!(await people.takeStep(personId, step))) throw new InvalidInput({ code: WRONG })
      await limits.secondStepSucceeded(personId)
      return {}
    }
    const used = codeHash(typed)
    if (!factor.recovery.includes(used)) throw new InvalidInput({ code: secret === undefined ? LOST : WRONG })
    const actor: Actor = { personId, name: account.name, seats: [] }
    await people.takeRecoveryCode(account, factor.recovery, used, { actor, at: now(), event: 'useRecoveryCode' })
    await limits.secondStepSucceeded(personId)
    return { recoveryLeft: factor.recovery.length - 1 }
  }

/** Turns the own second factor off; asks for the password, so that an open screen is not enough. */
export const turnSecondFactorOff =
  ({ people, limits, now }: SecondFactorNeeds) =>
  async (actor: Actor, password: string, required: boolean): Promise<void> => {
    if (required) throw new StepRefused('Nhiệm vụ đang giữ bắt buộc xác thực hai bước nên không tắt được.')
    const account = await accountOf(people, actor.personId)
    if (!account.hasSecondFactor) throw new StepRefused('Xác thực hai bước đang tắt.')
    await limits.beginSecondStep(actor.personId)
    if (!(await fitsPassword(account.hash, password))) throw new InvalidInput({ password: 'Mật khẩu chưa đúng.' })
    await limits.secondStepSucceeded(actor.personId)
    await people.removeFactor(account, { actor, at: now(), event: 'turnSecondFactorOff' })
  }

async function accountOf(people: Pick<PeopleStore, 'accountOf'>, personId: string): Promise<Account> {
  const account = await people.accountOf(personId)
  if (!account) throw new NotFound(`account of ${personId}`)
  return account
}
