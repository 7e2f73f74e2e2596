import { mongoQueryMatcher, type MongoQuery } from '@casl/ability'
import type { Actor } from './actor.ts'

/** A condition on records as data: checked in memory, and sent to MongoDB as the filter of a list, by the same words. */
export type Where = Readonly<Record<string, unknown>>

/** A named condition: for this actor, which records; `undefined` when the actor holds nothing that could match. */
export type Condition = (actor: Actor) => Where | undefined

export interface Rule<Row> {
  (actor: Actor, record: Row): boolean
  /** The same rule as a MongoDB filter; no seat gives a filter that matches nothing. */
  where(actor: Actor): Where
  /** The record in the shape that the filter is written on. */
  rowOf(record: Row): object
}

/** CASL's matcher knows the operators of fields alone: `$or` and `$and` over them are taken apart here. */
function fits(where: Where, row: Readonly<Record<string, unknown>>): boolean {
  const { $or, $and, ...fields } = where
  // The conditions are plain data built by the named functions of a policy, lists of conditions under both operators.
  const [any, all] = [$or as readonly Where[] | undefined, $and as readonly Where[] | undefined]
  return (
    (any?.some(each => fits(each, row)) ?? true) &&
    (all?.every(each => fits(each, row)) ?? true) &&
    mongoQueryMatcher(fields as MongoQuery)(row)
  )
}

const NOTHING: Where = { _id: { $in: [] } }

/**
 * Turns a table `event → conditions` (any of them suffices) into checks and list filters that cannot drift apart.
 * `rowOf` gives the record in the shape in which it is stored, because the conditions are written on stored fields.
 */
export const rulesFor =
  <Row>(rowOf: (record: Row) => object) =>
  <Key extends string>(table: Readonly<Record<Key, readonly Condition[]>>): Readonly<Record<Key, Rule<Row>>> => {
    const rules = Object.entries<readonly Condition[]>(table).map(([key, conditions]) => {
      const alternatives = (actor: Actor): readonly Where[] =>
        conditions.flatMap(condition => {
          const where = condition(actor)
          return where === undefined ? [] : [where]
        })
      const check = (actor: Actor, record: Row): boolean => {
        // A stored row is plain data; interfaces merely lack the index signature that the matcher asks for.
        const row = rowOf(record) as Record<string, unknown>
        return alternatives(actor).some(where => fits(where, row))
      }
      const where = (actor: Actor): Where => {
        const all = alternatives(actor)
        return all.length === 0 ? NOTHING : all.length === 1 ? (all[0] ?? NOTHING) : { $or: all }
      }
      return [key, Object.assign(check, { where, rowOf })] as const
    })
    // Built from the table's own entries, so every key is there.
    return Object.fromEntries(rules) as Record<Key, Rule<Row>>
  }
