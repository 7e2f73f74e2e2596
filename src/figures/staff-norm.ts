import type { SchoolLevel } from '../organisations/index.ts'
import type { FigureValues } from './figure-table.ts'
import { inOrder, KINDERGARTEN, LEVEL_NAMES, NURSERY, GRADES, type Grade } from './grades.ts'

/** Teachers per class or group, by settings (TT 20/2023, TT 19/2023/TT-BGDĐT); the Sở may set its own. */
export interface StaffNorms {
  readonly nursery: number
  readonly kindergarten: number
  readonly tieu_hoc: number
  readonly thcs: number
  readonly thpt: number
}

export interface NormLine {
  readonly label: string
  readonly classes: number
  readonly perClass: number
}

/** What the norm asks of a school and how far it is from it; `gap` is teachers present − norm. */
export interface NormStanding {
  readonly lines: readonly NormLine[]
  readonly asked: number
  readonly teachers: number | null
  readonly gap: number | null
}

interface NormPart {
  readonly label: string
  readonly norm: keyof StaffNorms
  readonly grades: readonly Grade[]
}

const partsOf = (level: SchoolLevel): readonly NormPart[] =>
  level === 'mam_non'
    ? [
        { label: 'Nhóm trẻ', norm: 'nursery', grades: NURSERY },
        { label: 'Lớp mẫu giáo', norm: 'kindergarten', grades: KINDERGARTEN },
      ]
    : [{ label: `Lớp ${LEVEL_NAMES[level]}`, norm: level, grades: GRADES[level] }]

/** Teachers that the norm asks for by the present classes; undefined while a number of classes is missing. */
export function normStanding(
  levels: readonly SchoolLevel[],
  values: FigureValues,
  norms: StaffNorms,
): NormStanding | undefined {
  const lines: NormLine[] = []
  for (const { label, norm, grades } of inOrder(levels).flatMap(partsOf)) {
    const counts = grades.map(({ key }) => values[`classes.${key}`] ?? null)
    if (counts.includes(null)) return undefined
    lines.push({ label, classes: counts.reduce<number>((sum, count) => sum + (count ?? 0), 0), perClass: norms[norm] })
  }
  // Tenths: 19 classes of 1.9 are 36.1, not 36.099999999999994.
  const asked = Math.round(lines.reduce((sum, { classes, perClass }) => sum + classes * perClass, 0) * 10) / 10
  const teachers = values['staff.teachers.total'] ?? null
  return { lines, asked, teachers, gap: teachers === null ? null : Math.round((teachers - asked) * 10) / 10 }
}
