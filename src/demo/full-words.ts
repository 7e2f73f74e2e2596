import { computeAll, tablesFor } from '../figures/index.ts'
import { printNumber, printShare } from '../kernel/words.ts'
import type { SchoolPlan } from './province.ts'
import { figuresOf } from './school-figures.ts'
import type { ActionWords, SheetWords, Teller } from './write-sheets.ts'

/** One criterion as a school tells it; numbers of the school stand as `{pupils}` and are filled in. */
export interface FullWords {
  /** By level and indicator: `1a`, `2b`, `3a`. */
  readonly is: Readonly<Record<string, string>>
  readonly notMet?: readonly string[]
  readonly strong: string
  readonly weak: string
  /** What is to be done about the weakness, by whom, with what result. */
  readonly remedy: readonly [what: string, who: string, expected: string]
}

/** The words of one standard by criterion code. */
export type StandardWords = Readonly<Record<string, FullWords>>

/** Numbers that texts may name, of the year told and of four years before. */
function numbersOf(plan: SchoolPlan, back: number): Readonly<Record<string, string>> {
  const tables = tablesFor(plan.levels)
  const [now, then] = [computeAll(tables, figuresOf(plan, back)), computeAll(tables, figuresOf(plan, back + 4))]
  const at = `results.${plan.levels.at(-1) ?? 'thcs'}`
  const number = (key: string): string => printNumber(now[key] ?? 0)
  const percent = (part: string, whole: string, values = now): string =>
    printShare(values[part] ?? 0, values[whole] ?? 0)
  const oneDecimal = (key: string): string => printNumber(now[key] ?? 0, 1)
  return {
    pupils: number('pupils.total'),
    pupilsThen: printNumber(then['pupils.total'] ?? 0),
    girls: number('pupils.female'),
    classes: number('classes.total'),
    perClass: oneDecimal('pupils.perClass'),
    teachers: number('staff.teachers.total'),
    women: number('staff.teachers.female'),
    above: number('staff.teachers.above'),
    aboveShare: percent('staff.teachers.above', 'staff.teachers.total'),
    perClassTeachers: oneDecimal('teachers.perClass'),
    support: number('staff.support.total'),
    everybody: number('staff.all.total'),
    rooms: number('rooms.class'),
    subjectRooms: number('rooms.subject'),
    computers: number('equipment.pupilComputers'),
    officeComputers: number('equipment.officeComputers'),
    projectors: number('equipment.projectors'),
    policy: number('pupils.policy'),
    hardship: number('pupils.hardship'),
    disabled: number('pupils.disabled'),
    goodProvince: number('pupils.goodProvince'),
    final: number(`${at}.finalYear`),
    graduated: number(`${at}.graduated`),
    repeated: number(`${at}.repeated`),
    learningGood: percent(`${at}.learning.good`, 'pupils.total'),
    learningFair: percent(`${at}.learning.fair`, 'pupils.total'),
    learningLow: percent(`${at}.learning.notMet`, 'pupils.total'),
    learningGoodThen: percent(`${at}.learning.good`, 'pupils.total', then),
    conductGood: percent(`${at}.conduct.good`, 'pupils.total'),
    six: number(`${at}.sixInArea`),
    classDone: number(`${at}.classDone`),
    classDoneShare: percent(`${at}.classDone`, `${at}.assessed`),
    eleven: number(`${at}.elevenInArea`),
    elevenDone: number(`${at}.elevenDone`),
    elevenShare: percent(`${at}.elevenDone`, `${at}.elevenInArea`),
  }
}

/** Words of a school that is told in full; a name in braces that is no number of the school is a mistake. */
export function fullWords(plan: SchoolPlan, back: number, standards: readonly StandardWords[]): Teller {
  const numbers = numbersOf(plan, back)
  const fill = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = numbers[name]
      if (value === undefined) throw new Error(`no number {${name}} in: ${text}`)
      return value
    })
  return ({ code, title }) => {
    const words = standards.map(each => each[code]).find(each => each !== undefined)
    if (!words) throw new Error(`no words for criterion ${code} of ${plan.name}`)
    const [what, who, expected] = words.remedy
    const action: ActionWords = {
      what: goesOn(plan, back) ? `Sơ kết, rút kinh nghiệm và duy trì: ${lower(fill(what))}` : fill(what),
      who,
      expected,
      weakness: firstWords(words.weak),
      daysBeforeEnd: 45 + (title.length % 5) * 30,
    }
    return {
      described: Object.fromEntries(Object.entries(words.is).map(([key, text]) => [key, fill(text)])),
      notMet: words.notMet ?? [],
      strengths: fill(words.strong),
      weaknesses: fill(words.weak),
      actions: [action],
    } satisfies SheetWords
  }
}

/** Whether the school wrote its sheets the year before: what it set out to do then is not set out to be done anew. */
const goesOn = ({ years }: SchoolPlan, back: number): boolean => (years.at(-2 - back) ?? 'none') !== 'none'

const lower = (text: string): string => text.charAt(0).toLocaleLowerCase('vi') + text.slice(1)

const firstWords = (text: string): string =>
  text
    .split(' ')
    .slice(0, 12)
    .join(' ')
    .replace(/[.,;]$/, '')
