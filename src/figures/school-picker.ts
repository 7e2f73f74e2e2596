import { printDay, type Day } from '../kernel/dates.ts'
import { pagerOf } from '../kernel/pager.ts'
import { SCHOOL_KIND_NAMES, type SchoolKind } from '../kernel/unit-kinds.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { compareVietnamese, searchKey } from '../kernel/words.ts'
import { managingUnitOn, nameOn, schoolOn, type School, type UnitTree } from '../organisations/index.ts'

const PATH = '/so-lieu'
const PER_PAGE = 50

/** What the address asks of the list. */
export interface SchoolQuestion {
  readonly words: string
  readonly kind?: SchoolKind
  /** From 1. */
  readonly page: number
}

const isKind = (text: string): text is SchoolKind => Object.hasOwn(SCHOOL_KIND_NAMES, text)

/** Reads the address; what it does not know counts as not asked. */
export function questionFrom(query: Readonly<Record<string, string>>): SchoolQuestion {
  const kind = query['cap'] ?? ''
  return {
    words: (query['tim'] ?? '').slice(0, 100),
    ...(isKind(kind) && { kind }),
    page: Math.max(1, Math.trunc(Number(query['trang'])) || 1),
  }
}

interface Choice {
  readonly id: string
  readonly name: string
  readonly manager: string
  readonly kind: SchoolKind
}

/** Every word must stand in the name, the managing unit or the kind of school, with or without marks. */
export function schoolsFound(choices: readonly Choice[], { words, kind }: SchoolQuestion): readonly Choice[] {
  const asked = searchKey(words).split(' ').filter(Boolean)
  return choices.filter(choice => {
    if (kind !== undefined && choice.kind !== kind) return false
    if (asked.length === 0) return true
    const text = searchKey(`${choice.name} ${choice.manager} ${SCHOOL_KIND_NAMES[choice.kind]}`)
    return asked.every(word => text.includes(word))
  })
}

export interface SchoolsToChoose {
  readonly tree: UnitTree
  readonly schools: readonly School[]
  readonly year: WorkingYear
  readonly day: Day
  readonly question: SchoolQuestion
}

/** Schools to choose from, for people of offices above: a page of those that are asked for. */
export function schoolPicker({ tree, schools, year, day, question }: SchoolsToChoose) {
  const choices = schools.map((school): Choice => {
    const manager = managingUnitOn(tree, school.id, day)
    return {
      id: school.id,
      name: nameOn(school, day),
      manager: manager ? nameOn(manager, day) : '',
      kind: schoolOn(school, day).schoolKind,
    }
  })
  const found = schoolsFound(choices, question).toSorted((a, b) => compareVietnamese(a.name, b.name))
  const pages = Math.max(1, Math.ceil(found.length / PER_PAGE))
  const at = Math.min(question.page, pages)
  const to = (page: number): string =>
    `${PATH}?${new URLSearchParams({
      nam: year,
      ...(question.words !== '' && { tim: question.words }),
      ...(question.kind !== undefined && { cap: question.kind }),
      ...(page > 1 && { trang: String(page) }),
    }).toString()}`
  const present = new Set(choices.map(({ kind }) => kind))
  return {
    subtitle: `Năm học ${year}, các trường trực thuộc vào ngày ${printDay(day)}`,
    action: PATH,
    year,
    question: { words: question.words, kind: question.kind ?? '' },
    kinds: Object.entries(SCHOOL_KIND_NAMES).flatMap(([value, label]) =>
      isKind(value) && present.has(value) ? [{ value, label }] : [],
    ),
    count: found.length === choices.length ? `${choices.length} trường` : `${found.length}/${choices.length} trường`,
    empty: choices.length === 0 ? 'Không có trường nào trực thuộc' : 'Không có trường nào như vậy',
    head: ['Trường', 'Loại trường', 'Cấp quản lý trực tiếp'],
    rows: found
      .slice((at - 1) * PER_PAGE, at * PER_PAGE)
      .map(({ id, name, kind, manager }) => [
        { text: name, href: `${PATH}?${new URLSearchParams({ truong: id, nam: year }).toString()}` },
        SCHOOL_KIND_NAMES[kind],
        manager,
      ]),
    pager: pagerOf(at, pages, to),
  }
}
