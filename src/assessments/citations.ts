const TOKEN = /\[\[([A-Za-z0-9_-]{8,40})\]\]/g

/** Ids of the evidence that a stored text cites (`[[<evidenceId>]]`), in reading order, each once. */
export const citationsIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(TOKEN)].flatMap(found => found[1] ?? [])),
]

/** The words of a text alone, its citations taken out. */
export const withoutCitations = (text: string): string => text.replace(TOKEN, ' ')
