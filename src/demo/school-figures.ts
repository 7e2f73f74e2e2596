import { gradesOf, tablesFor, typedCells, type FigureValues } from '../figures/index.ts'
import type { SchoolPlan } from './province.ts'

/** A number from 0 to 1 that is always the same for the same words. */
export function chance(...words: readonly (string | number)[]): number {
  let hash = 2_166_136_261
  for (const letter of words.join('|')) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619)
  return ((hash >>> 0) % 10_007) / 10_007
}

const share = (of: number, part: number): number => Math.round(of * part)

/** Pupils of one class by level: what the level's charter allows, a little below. */
const SIZES = { mam_non: 24, tieu_hoc: 32, thcs: 38, thpt: 41 } as const
const TEACHERS_PER_CLASS = { mam_non: 2, tieu_hoc: 1.5, thcs: 1.9, thpt: 2.25 } as const

/**
 * The typed numbers of one school year, consistent in themselves and from year to year. `back` counts the years before
 * the running one: the further back, the smaller the school.
 */
export function figuresOf(plan: SchoolPlan, back: number): FigureValues {
  const { levels, classes } = plan
  const highest = levels.at(-1) ?? 'thcs'
  const isHard = plan.area !== undefined && plan.area !== 'none'
  const size = SIZES[highest] - (isHard ? 8 : 0)
  const grades = gradesOf(levels)
  const classesIn = (key: string): number => (key.startsWith('n') ? (key === 'n3' ? classes : 0) : classes)
  const pupilsIn = (key: string): number =>
    classesIn(key) * (size - back) + (classesIn(key) === 0 ? 0 : Math.floor(chance(plan.id, key, back) * classes))
  const values: Record<string, number> = {}
  for (const { key } of grades) {
    values[`classes.${key}`] = classesIn(key)
    values[`pupils.${key}`] = pupilsIn(key)
  }
  const sum = (part: 'classes' | 'pupils'): number =>
    grades.reduce((all, { key }) => all + (values[`${part}.${key}`] ?? 0), 0)
  const [allClasses, pupils] = [sum('classes'), sum('pupils')]
  Object.assign(
    values,
    roomsOf(allClasses, back, isHard),
    staffOf(plan, allClasses, back),
    pupilsOf(pupils, isHard, highest === 'mam_non' || highest === 'tieu_hoc'),
  )
  values['pupils.new'] = pupilsIn(grades[0]?.key === 'n1' ? 'n3' : (grades[0]?.key ?? ''))
  for (const level of levels) {
    const last = gradesOf([level]).at(-1)?.key ?? ''
    const ofLevel = gradesOf([level]).reduce((all, { key }) => all + (values[`pupils.${key}`] ?? 0), 0)
    Object.assign(values, resultsOf(level, ofLevel, values[`pupils.${last}`] ?? 0, back))
  }
  const asked = typedCells(tablesFor(levels)).map(cell => cell.key)
  return Object.fromEntries(asked.map(key => [key, values[key] ?? 0]))
}

const roomsOf = (classes: number, back: number, isHard: boolean): FigureValues => {
  const semi = isHard ? 3 : back > 2 ? 1 : 0
  return {
    'rooms.class.solid': classes - semi,
    'rooms.class.semi': semi,
    'rooms.subject.solid': Math.max(2, Math.round(classes / 4)),
    'rooms.support.solid': 4,
    'rooms.office.solid': 6,
    'rooms.kitchen.solid': 1,
    'rooms.library': 1,
  }
}

function staffOf({ levels }: SchoolPlan, classes: number, back: number): FigureValues {
  const teachers = Math.ceil(classes * TEACHERS_PER_CLASS[levels.at(-1) ?? 'thcs']) - (back > 1 ? 1 : 0)
  const above = share(teachers, 0.22 - back * 0.03)
  const below = back > 2 ? 1 : 0
  return {
    'staff.head.total': 1,
    'staff.head.above': 1,
    'staff.deputies.total': 1,
    'staff.deputies.female': 1,
    'staff.deputies.standard': 1,
    'staff.teachers.total': teachers,
    'staff.teachers.female': share(teachers, 0.68),
    'staff.teachers.ethnic': 1,
    'staff.teachers.below': below,
    'staff.teachers.above': above,
    'staff.teachers.standard': teachers - above - below,
    'staff.support.total': 5,
    'staff.support.female': 4,
    'staff.support.standard': 5,
    'teachers.goodDistrict': 4,
    'teachers.goodProvince': back > 2 ? 1 : 2,
  }
}

const pupilsOf = (pupils: number, isHard: boolean, isYoung: boolean): FigureValues => ({
  'pupils.female': share(pupils, 0.48),
  'pupils.ethnic': share(pupils, isHard ? 0.6 : 0.03),
  'pupils.twoSessions': pupils,
  'pupils.lunch': isYoung ? share(pupils, 0.6) : 0,
  'pupils.rightAge': share(pupils, 0.985),
  'pupils.goodDistrict': share(pupils, 0.03),
  'pupils.goodProvince': share(pupils, 0.008),
  'pupils.policy': share(pupils, 0.05),
  'pupils.hardship': share(pupils, isHard ? 0.15 : 0.03),
  'pupils.disabled': 2,
  'equipment.pupilComputers': 30,
  'equipment.officeComputers': 12,
  'equipment.printers': 4,
  'equipment.webcams': 2,
  'equipment.projectors': 8,
  'equipment.computerRooms': 1,
  'equipment.connectedRooms': 1,
  'equipment.teams': 3,
  'equipment.teamsWithComputer': 3,
  'equipment.fibre': 1,
})

function resultsOf(level: SchoolPlan['levels'][number], pupils: number, lastGrade: number, back: number): FigureValues {
  const at = `results.${level}`
  if (level === 'mam_non') return {}
  const repeated = back > 2 ? 3 : 1
  if (level === 'tieu_hoc') {
    return {
      [`${at}.sixInArea`]: lastGrade + 2,
      [`${at}.sixEnrolled`]: lastGrade + 2,
      [`${at}.assessed`]: pupils,
      [`${at}.classDone`]: pupils - repeated,
      [`${at}.elevenInArea`]: lastGrade + 1,
      [`${at}.elevenDone`]: lastGrade,
      [`${at}.repeated`]: repeated,
    }
  }
  const marks = (group: string, good: number, fair: number, notMet: number): FigureValues => {
    const [most, many, few] = [share(pupils, good), share(pupils, fair), share(pupils, notMet)]
    return {
      [`${at}.${group}.good`]: most,
      [`${at}.${group}.fair`]: many,
      [`${at}.${group}.notMet`]: few,
      [`${at}.${group}.met`]: pupils - most - many - few,
    }
  }
  return {
    ...marks('learning', 0.14 - back * 0.01, 0.42 - back * 0.01, 0.02 + back * 0.004),
    ...marks('conduct', 0.8 - back * 0.02, 0.16 + back * 0.01, 0.003),
    [`${at}.finalYear`]: lastGrade,
    [`${at}.graduated`]: lastGrade - (back > 2 ? 1 : 0),
    [`${at}.repeated`]: repeated,
    [`${at}.dropped`]: back > 2 ? 2 : 1,
  }
}
