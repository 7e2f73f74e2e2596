// `{` and `}` stand after z, so that ă comes after every a and before b.
const LETTERS: Readonly<Record<string, string>> = {
  ă: 'a{',
  â: 'a}',
  đ: 'd{',
  ê: 'e{',
  ô: 'o{',
  ơ: 'o}',
  ư: 'u{',
}
const TONES = '\u0300\u0309\u0303\u0301\u0323'
const TONE = new RegExp(`[${TONES}]`)

/**
 * A key whose plain byte order is the Vietnamese order of people: given name first, then the whole name; in a word,
 * letters decide before tones (ngang, huyền, hỏi, ngã, sắc, nặng). Stored, because a database index knows no Vietnamese.
 */
export function personSortKey(name: string): string {
  const words = name.trim().split(/\s+/)
  return [words.at(-1) ?? '', ...words].map(wordKey).join(' ')
}

/** The tone counts once a word, so `Hòa` and `Hoà`, two spellings of one name, are equal. */
function wordKey(word: string): string {
  const decomposed = word.normalize('NFD').toLowerCase()
  const tone = TONE.exec(decomposed)?.[0]
  const letters = decomposed.replace(TONE, '').normalize('NFC')
  return `${Array.from(letters, letter => LETTERS[letter] ?? letter).join('')} ${tone === undefined ? 0 : TONES.indexOf(tone) + 1}`
}
