import { expect } from 'chai'
import { cleanPaste } from '../../src/browser/sheet/clean-paste.ts'

const CASES: readonly (readonly [string, string, string])[] = [
  ['bullets of Word', '·\u00a0\u00a0\u00a0Một\r\n\uf0b7\tHai', '- Một\n- Hai'],
  ['second-level bullets, but not a word that begins with o', 'o\tMột\no mạ', '- Một\no mạ'],
  ['dashes as list signs, but not a number below zero', '– Một\n-5 độ', '- Một\n-5 độ'],
  ['hidden letters and fixed blanks', 'Nhà\u00a0trường\u200b  có\u00ad', 'Nhà trường có'],
  ['decomposed letters', 'Tie\u0302\u0301ng Vie\u0323\u0302t', 'Tiếng Việt'],
  ['runs of empty lines', 'Một\n\n\n\nHai', 'Một\n\nHai'],
  ['soft breaks of Word', 'Một\u000bHai', 'Một\nHai'],
  ['plain words untouched', '“Trường” có 5 lớp – 120 học sinh…', '“Trường” có 5 lớp – 120 học sinh…'],
]

describe('text pasted from Word', () => {
  for (const [name, given, clean] of CASES) it(`takes ${name}`, () => expect(cleanPaste(given)).to.equal(clean))
})
