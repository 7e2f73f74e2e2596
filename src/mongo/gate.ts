/** Lets at most `places` runs happen at once; the others wait in order of arrival. */
export function gate(places: number): <T>(run: () => Promise<T>) => Promise<T> {
  let free = places
  const waiting: (() => void)[] = []
  return async run => {
    if (free > 0) free -= 1
    else await new Promise<void>(enter => waiting.push(enter))
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next() // the place is handed over, so that a newcomer cannot slip in between
    }
  }
}
