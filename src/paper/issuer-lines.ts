/** Where a name of an office may be parted so that both lines read as words: before its place. */
const BEFORE_PLACE = / (?=(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|ĐẶC KHU) )/u

/**
 * The name of an issuer as the lines of its letterhead: one when it fits, else parted before the place it works in when
 * both parts fit, so that no compound word is cut; a name without a place stays whole and is broken by its width.
 */
export function issuerLines(name: string, fits: (line: string) => boolean): readonly string[] {
  if (fits(name)) return [name]
  const parts = name.split(BEFORE_PLACE)
  const lines = [parts.slice(0, -1).join(' '), parts.at(-1) ?? '']
  return parts.length > 1 && lines.every(fits) ? lines : [name]
}
