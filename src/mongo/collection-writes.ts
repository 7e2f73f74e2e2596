/** Every method of the driver's collection that changes documents and gives a promise. */
export const WRITING_METHODS = [
  'insertOne',
  'insertMany',
  'bulkWrite',
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'findOneAndUpdate',
  'findOneAndReplace',
  'findOneAndDelete',
] as const

export type WritingMethod = (typeof WRITING_METHODS)[number]

type Method = (...given: unknown[]) => Promise<unknown>

/**
 * Puts `around` about every writing method of this one collection object; it gets the method's name, its arguments and the
 * write itself. Throws when the driver's collection lacks one of them.
 */
export function wrapWrites(
  collection: object,
  around: (method: WritingMethod, given: readonly unknown[], write: () => Promise<unknown>) => Promise<unknown>,
): void {
  // The methods named above all give promises; they are replaced on this one object.
  const methods = collection as Record<string, Method>
  for (const method of WRITING_METHODS) {
    const write = methods[method]?.bind(collection)
    if (!write) throw new Error(`the driver's collection has no ${method}`)
    methods[method] = (...given) => around(method, given, () => write(...given))
  }
}
