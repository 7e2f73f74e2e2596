const LETTERS: Readonly<Record<string, string>> = {
  a: 'a',
  ă: 'a1',
  â: 'a2',
  d: 'd',
  đ: 'd1',
  e: 'e',
  ê: 'e1',
  o: 'o',
  ô: 'o1',
  ơ: 'o2',
  u: 'u',
  ư: 'u1',
}
const TONES = /[\u0300\u0309\u0303\u0301\u0323]/

/**
 * A key whose plain byte order is the Vietnamese order of people: given name first, then the whole name; letters decide
 * before tones (ngang, huyền, hỏi, ngã, sắc, nặng). Stored, because an index of the database knows no Vietnamese.
 */
export function personSortKey(name: string): string {
  const words = name.trim().split(/\s+/)
  return wordsKey([words.at(-1) ?? '', ...words])
}

function wordsKey(words: readonly string[]): string {
  const letters: string[] = []
  const tones: string[] = []
  for (const word of words) {
    for (const letter of word.normalize('NFC').toLowerCase()) {
      const decomposed = letter.normalize('NFD')
      const tone = TONES.exec(decomposed)?.[0]
      const bare = decomposed.replace(TONES, '').normalize('NFC')
      letters.push(LETTERS[bare] ?? bare)
      tones.push(String(tone === undefined ? 0 : '\u0300\u0309\u0303\u0301\u0323'.indexOf(tone) + 1))
    }
    letters.push(' ')
  }
  return `${letters.join('')}|${tones.join('')}`
}
