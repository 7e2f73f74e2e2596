import type { Align, ParagraphStyle } from './blocks.ts'

/** Points in a millimetre-based page: all layout below works in points (1/72 inch). */
export const mm = (millimetres: number): number => (millimetres * 72) / 25.4

export interface ParagraphLook {
  readonly size: number
  readonly bold?: boolean
  readonly italic?: boolean
  readonly align: Align
  readonly firstIndent: number
  readonly gapBefore: number
  /** Short line under the last line, as a share of that line's width. */
  readonly ruleBelow?: number
}

/** Sizes in points unless a name says otherwise. A successor decree is one more profile, not a change of code. */
export interface LayoutProfile {
  readonly id: string
  readonly source: string
  /** First and last day of validity, ISO dates; the last is open while the rule is in force. */
  readonly validFrom: string
  readonly validTo?: string
  readonly page: { readonly width: number; readonly height: number }
  readonly margin: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number }
  /** Line height as a multiple of the letter size. */
  readonly lineHeight: number
  readonly pageNumber: { readonly size: number; readonly fromTop: number }
  readonly footer: { readonly size: number; readonly fromBottom: number }
  readonly styles: Readonly<Record<ParagraphStyle, ParagraphLook>>
  readonly headings: Readonly<Record<1 | 2 | 3 | 4, ParagraphLook>>
  readonly note: ParagraphLook
  readonly list: { readonly indent: number; readonly gapBefore: number }
  readonly toc: { readonly size: number; readonly indentPerLevel: number; readonly gapBefore: number }
  readonly table: {
    readonly size: number
    readonly lineHeight: number
    readonly padding: number
    readonly caption: number
  }
  readonly letterhead: {
    readonly nation: string
    readonly motto: string
    /** The larger size is taken when nation and issuer then fit on their lines. */
    readonly sizes: readonly [number, number]
    readonly leftShare: number
    readonly issuerRule: number
    readonly number: number
    readonly place: number
  }
  readonly signature: {
    readonly size: number
    readonly receiversTitle: number
    readonly receivers: number
    /** Room left for signature and seal. */
    readonly space: number
  }
  readonly cover: { readonly body: number; readonly title: number; readonly subtitle: number }
}

const body = { size: 14, align: 'justify', firstIndent: mm(12.7), gapBefore: 6 } as const
const upright = { ...body, firstIndent: 0 } as const

/** Nghị định 30/2020/NĐ-CP, Phụ lục I: page, margins, sizes of each element. */
const decree30: LayoutProfile = {
  id: 'nd30-2020',
  source: 'Nghị định 30/2020/NĐ-CP, Phụ lục I',
  validFrom: '2020-03-05',
  page: { width: 595.28, height: 841.89 },
  margin: { top: mm(20), bottom: mm(20), left: mm(30), right: mm(15) },
  lineHeight: 1.3,
  pageNumber: { size: 13, fromTop: mm(10) },
  footer: { size: 8, fromBottom: mm(10) },
  styles: {
    body,
    plain: upright,
    basis: { ...body, italic: true },
    title: { size: 14, bold: true, align: 'center', firstIndent: 0, gapBefore: 16 },
    abstract: { size: 14, bold: true, align: 'center', firstIndent: 0, gapBefore: 0, ruleBelow: 0.35 },
    centered: { ...upright, align: 'center' },
    addressee: { ...body, align: 'center', firstIndent: 0, gapBefore: 12 },
    small: { ...upright, size: 11, gapBefore: 3 },
  },
  headings: {
    1: { size: 14, bold: true, align: 'center', firstIndent: 0, gapBefore: 14 },
    2: { size: 14, bold: true, align: 'left', firstIndent: 0, gapBefore: 12 },
    3: { size: 14, bold: true, align: 'left', firstIndent: mm(12.7), gapBefore: 9 },
    4: { size: 14, bold: true, italic: true, align: 'left', firstIndent: mm(12.7), gapBefore: 6 },
  },
  note: { size: 12, italic: true, align: 'left', firstIndent: 0, gapBefore: 6 },
  list: { indent: mm(12.7), gapBefore: 4 },
  toc: { size: 13, indentPerLevel: mm(6), gapBefore: 3 },
  table: { size: 12, lineHeight: 1.2, padding: 4, caption: 13 },
  letterhead: {
    nation: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    motto: 'Độc lập - Tự do - Hạnh phúc',
    sizes: [13, 12],
    leftShare: 0.43,
    issuerRule: 0.4,
    number: 13,
    place: 13,
  },
  signature: { size: 14, receiversTitle: 12, receivers: 11, space: mm(27) },
  cover: { body: 14, title: 26, subtitle: 16 },
}

const profiles: readonly LayoutProfile[] = [decree30]

/** The profile of that id, else the one in force on the day; a day before the first rule takes the first. Throws on an unknown id. */
export function layoutProfile({ id, on }: { readonly id?: string | undefined; readonly on: string }): LayoutProfile {
  if (id !== undefined) {
    const named = profiles.find(profile => profile.id === id)
    if (!named) throw new Error(`no layout profile ${id}`)
    return named
  }
  const day = on.slice(0, 10)
  const inForce = profiles.filter(p => p.validFrom <= day && (p.validTo === undefined || day <= p.validTo))
  return inForce.at(-1) ?? decree30
}
