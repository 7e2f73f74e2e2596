import { Refusal } from '../../src/kernel/refusals.ts'

/** The refusal that a promise ends in; a fault or a success fails the test. */
export async function refusalOf(promise: Promise<unknown>): Promise<Refusal> {
  const outcome: unknown = await promise.then(
    () => 'no refusal',
    (error: unknown) => error,
  )
  if (outcome instanceof Refusal) return outcome
  throw outcome instanceof Error ? outcome : new Error(String(outcome))
}
