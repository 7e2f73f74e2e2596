import { mongoQueryMatcher, type MongoQuery } from '@casl/ability'
import type { Actor } from './actor.ts'

/** A condition on records as data: checked in memory, and sent to MongoDB as the filter of a list, by the same words. */
export type Where = Readonly<Record<string, unknown>>

/** A named condition: for this actor, which records; `undefined` when the actor holds nothing that could match. */
export type Condition = (actor: Actor) => Where | undefined

export interface Rule<Of> {
  (actor: Actor, record: Of): boolean
  /** The same rule as a MongoDB filter; no seat gives a filter that matches nothing. */
  where(actor: Actor): Where
  /** The record in the shape that the filter is written on. */
  rowOf(record: Of): object
}

type Row = Readonly<Record<string, unknown>>
type Matcher = (row: Row) => boolean

/** CASL's matcher knows the operators of fields alone: `$or` and `$and` over them are taken apart here. */
function matcherOf(where: Where): Matcher {
  const { $or, $and, ...fields } = where
  // The conditions are plain data built by the named functions of a policy, lists of conditions under both operators.
  const any = ($or as readonly Where[] | undefined)?.map(matcherOf)
  const all = ($and as readonly Where[] | undefined)?.map(matcherOf)
  const fieldsFit = mongoQueryMatcher(fields as MongoQuery)
  return row => (any?.some(fits => fits(row)) ?? true) && (all?.every(fits => fits(row)) ?? true) && fieldsFit(row)
}

const NOTHING: Where = { _id: { $in: [] } }

/** Whether a filter of `where` matches nothing at all, so that nobody need be asked. */
export const matchesNothing = (where: Where): boolean => where === NOTHING

/**
 * Turns a table `event → conditions` (any of them suffices) into checks and list filters that cannot drift apart.
 * `rowOf` gives the record in the shape in which it is stored, because the conditions are written on stored fields.
 */
export const rulesFor =
  <Of>(rowOf: (record: Of) => object) =>
  <Key extends string>(table: Readonly<Record<Key, readonly Condition[]>>): Readonly<Record<Key, Rule<Of>>> => {
    const rules = Object.entries<readonly Condition[]>(table).map(([key, conditions]) => {
      const alternatives = (actor: Actor): readonly Where[] =>
        conditions.flatMap(condition => {
          const where = condition(actor)
          return where === undefined ? [] : [where]
        })
      // An actor in memory never changes, and a page asks the same of it for many records.
      const known = new WeakMap<Actor, readonly Matcher[]>()
      const matchersFor = (actor: Actor): readonly Matcher[] => {
        const matchers = known.get(actor) ?? alternatives(actor).map(matcherOf)
        known.set(actor, matchers)
        return matchers
      }
      const check = (actor: Actor, record: Of): boolean => {
        // A stored row is plain data; interfaces merely lack the index signature that the matcher asks for.
        const row = rowOf(record) as Row
        return matchersFor(actor).some(fits => fits(row))
      }
      const where = (actor: Actor): Where => {
        const all = alternatives(actor)
        return all.length === 0 ? NOTHING : all.length === 1 ? (all[0] ?? NOTHING) : { $or: all }
      }
      return [key, Object.assign(check, { where, rowOf })] as const
    })
    // Built from the table's own entries, so every key is there.
    return Object.fromEntries(rules) as Record<Key, Rule<Of>>
  }
