import { StaleWrite } from '../kernel/refusals.ts'

/**
 * Decides again on the newest document when another write came between reading and writing. A `StaleWrite` that names what
 * stands there now is a real conflict and passes.
 */
export async function againWhenOvertaken<T>(decide: () => Promise<T>, left = 5): Promise<T> {
  try {
    return await decide()
  } catch (error) {
    if (error instanceof StaleWrite && error.current === undefined && left > 0)
      return againWhenOvertaken(decide, left - 1)
    throw error
  }
}
