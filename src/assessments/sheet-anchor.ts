export type AnchorPart = 'description' | 'strengths' | 'weaknesses' | 'improvement' | 'verdicts'

/** The place on a criterion sheet that a remark points at: a part, and where it has them the level and indicator. */
export interface SheetAnchor {
  readonly part: AnchorPart
  readonly level?: string
  readonly indicator?: string
}

const PART_IDS: Readonly<Record<AnchorPart, string>> = {
  description: 'mo-ta',
  strengths: 'diem-manh',
  weaknesses: 'diem-yeu',
  improvement: 'ke-hoach',
  verdicts: 'tu-danh-gia',
}

/** The element id of that place on the page: `mo-ta-1-a`, `diem-manh`. */
export const anchorId = ({ part, level, indicator }: SheetAnchor): string =>
  [PART_IDS[part], level, indicator].filter(piece => piece !== undefined).join('-')

/** `Mức 1, chỉ báo a`; a level that holds one demand without a letter is named by the level alone. */
export const indicatorName = (level: string, indicator: string, lettered: boolean): string =>
  lettered ? `Mức ${level}, chỉ báo ${indicator}` : `Mức ${level}`
