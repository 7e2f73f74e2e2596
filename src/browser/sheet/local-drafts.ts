/** What was typed and not yet saved, with the revision it was typed on. */
export interface Draft<Value, Base> {
  readonly value: Value
  readonly base: Base
}

export interface Drafts<Value, Base> {
  readonly read: (key: string) => Draft<Value, Base> | undefined
  readonly keep: (key: string, draft: Draft<Value, Base>) => void
  readonly drop: (key: string) => void
}

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/**
 * Drafts on this machine, one entry per person, sheet and field, so that the next person at the same computer never
 * sees or sends them. A full or blocked storage loses the safety net, never the typing.
 */
export function localDrafts<Value, Base>(shelf: Shelf | undefined, prefix: string): Drafts<Value, Base> {
  const name = (key: string): string => `${prefix}:${key}`
  const attempt = <T>(work: (open: Shelf) => T): T | undefined => {
    try {
      return shelf && work(shelf)
    } catch {
      return undefined
    }
  }
  return {
    read: key =>
      attempt(open => {
        const text = open.getItem(name(key))
        // Written by `keep` below, under a name that nothing else uses.
        return text === null ? undefined : (JSON.parse(text) as Draft<Value, Base>)
      }),
    keep: (key, draft) => attempt(open => open.setItem(name(key), JSON.stringify(draft))),
    drop: key => attempt(open => open.removeItem(name(key))),
  }
}
