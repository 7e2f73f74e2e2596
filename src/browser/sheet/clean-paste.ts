/** Signs that Word's lists leave in front of their items when they are pasted as text. */
const BULLET = /^[ \t\u00a0]*(?:[•·▪◦●○■□➢✓\uf0b7\uf0a7\uf0d8\uf0fc]|[-–—](?=[ \t\u00a0])|o(?=[\t\u00a0]))[ \t\u00a0]+/
const NOTHING = /[\u200b-\u200d\u2060\ufeff\u00ad]/g

/** What was copied from Word or a page as plain words: list signs as `- `, no hidden letters, no runs of blanks. */
export const cleanPaste = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll('\v', '\n') // Word's line break within a paragraph
    .replace(/\r\n?|\u2028/g, '\n')
    .replace(/\u2029/g, '\n\n')
    .replace(NOTHING, '')
    .split('\n')
    .map(line =>
      line
        .replace(BULLET, '- ')
        .replace(/[ \t\u00a0\u2000-\u200a\u202f\u3000]+/g, ' ')
        .trim(),
    )
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
