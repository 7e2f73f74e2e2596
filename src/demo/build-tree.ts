import type { Actor } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import { shiftYear, workingYearOf } from '../kernel/working-year.ts'
import { addUnits, lastDayOf, moveUnit, type SchoolProfile, type Unit } from '../organisations/index.ts'
import {
  ALL_SCHOOLS,
  COMMUNES,
  DISTRICTS,
  isUnderTheProvince,
  PROVINCE,
  type CommunePlan,
  type SchoolPlan,
} from './province.ts'
import type { World } from './world.ts'

type NewUnit = Omit<Unit, 'rev'>

const BEGINNING = '2005-08-01'
const DISTRICTS_END = '2025-06-30'
const COMMUNES_BEGIN = '2025-07-01'
const RENAMED_FROM = '2025-08-01'

/** Enters the tree as it was, then lets happen what happened: the new communes, a new name, a merger. */
export async function buildTree(world: World, installer: Actor, schools = ALL_SCHOOLS): Promise<void> {
  const { system, clock } = world
  const needs = { units: system.units, now: clock.now }
  const known = await system.units.tree()
  const unknown = (units: readonly NewUnit[]): readonly NewUnit[] => units.filter(unit => !known.has(unit.id))
  clock.goTo('2024-08-01')
  await addUnits(needs)(installer, unknown([theProvince, ...DISTRICTS.map(districtUnit), ...schools.map(schoolUnit)]))
  clock.goTo(COMMUNES_BEGIN)
  await addUnits(needs)(installer, unknown(COMMUNES.map(communeUnit)))
  for (const plan of schools.filter(each => !isUnderTheProvince(each))) await moveToCommune(world, installer, plan)
  for (const { id } of DISTRICTS) await close(world, installer, id, DISTRICTS_END, 'Kết thúc hoạt động cấp huyện')
  for (const plan of schools) await rename(world, installer, plan)
  for (const plan of schools.filter(each => each.merged))
    await close(world, installer, plan.id, lastDayOf(shiftYear(workingYearOf(world.today), -1)), 'Sáp nhập trường')
}

async function moveToCommune({ system, clock }: World, installer: Actor, plan: SchoolPlan): Promise<void> {
  const unit = await system.units.get(plan.id)
  if (unit.parents.length > 1) return
  clock.goTo(COMMUNES_BEGIN, 9)
  await moveUnit({ units: system.units, now: clock.now })(installer, plan.id, {
    parentId: plan.commune,
    from: COMMUNES_BEGIN,
    reason: 'Tổ chức chính quyền địa phương hai cấp từ ngày 01/7/2025',
  })
}

async function rename({ system, clock }: World, installer: Actor, plan: SchoolPlan): Promise<void> {
  const unit = await system.units.get(plan.id)
  if (plan.formerName === undefined || unit.names.length > 1) return
  clock.goTo(RENAMED_FROM)
  const by = { actor: installer, at: clock.now(), reason: 'Quyết định đổi tên trường' }
  await system.units.rename(unit, { name: plan.name }, RENAMED_FROM, by)
}

async function close({ system, clock }: World, installer: Actor, id: string, to: Day, reason: string): Promise<void> {
  const unit = await system.units.get(id)
  if (unit.to !== undefined) return
  clock.goTo(to, 16)
  await system.units.close(unit, to, { actor: installer, at: clock.now(), reason })
}

const theProvince: NewUnit = {
  id: PROVINCE.id,
  kind: 'province',
  names: [
    {
      name: `Sở Giáo dục và Đào tạo tỉnh ${PROVINCE.name}`,
      shortName: `Sở GDĐT ${PROVINCE.name}`,
      authority: `UBND tỉnh ${PROVINCE.name}`,
      from: BEGINNING,
    },
  ],
  places: [{ place: PROVINCE.name, from: BEGINNING }],
  parents: [],
  symbol: 'SGDĐT',
  from: BEGINNING,
}

const districtUnit = ({ id, name, symbol, place }: (typeof DISTRICTS)[number]): NewUnit => {
  const life = { from: BEGINNING }
  return {
    id,
    kind: 'district',
    names: [
      {
        name: `Phòng Giáo dục và Đào tạo ${name}`,
        shortName: `Phòng GDĐT ${name}`,
        authority: `UBND ${name}`,
        ...life,
      },
    ],
    places: [{ place, ...life }],
    parents: [{ parentId: PROVINCE.id, ...life }],
    symbol,
    ...life,
  }
}

const communeUnit = ({ id, name, symbol, place }: CommunePlan): NewUnit => ({
  id,
  kind: 'commune',
  names: [{ name: `UBND ${name}`, from: COMMUNES_BEGIN }],
  places: [{ place, from: COMMUNES_BEGIN }],
  parents: [{ parentId: PROVINCE.id, from: COMMUNES_BEGIN }],
  symbol,
  from: COMMUNES_BEGIN,
})

/** A school as it was before July 2025: its former name, under its district or the Sở. */
function schoolUnit(plan: SchoolPlan): NewUnit {
  const commune = communeOf(plan)
  const parentId = isUnderTheProvince(plan) ? PROVINCE.id : commune.district
  return {
    id: plan.id,
    kind: 'school',
    names: [{ name: plan.formerName ?? plan.name, from: BEGINNING }],
    places: [{ place: commune.place, from: BEGINNING }],
    parents: [{ parentId, from: BEGINNING }],
    symbol: plan.symbol,
    from: BEGINNING,
    school: profileOf(plan, commune),
  }
}

function communeOf(plan: SchoolPlan): CommunePlan {
  const commune = COMMUNES.find(each => each.id === plan.commune)
  if (!commune) throw new Error(`no commune ${plan.commune}`)
  return commune
}

const profileOf = (plan: SchoolPlan, commune: CommunePlan): SchoolProfile => ({
  schoolKind: plan.kind,
  levels: plan.levels,
  ownership: plan.ownership ?? 'public',
  founded: 2005,
  formerNames: plan.formerName === undefined ? [] : [plan.formerName],
  address: `Số ${plan.classes * 10 + 1}, đường Minh Họa, ${commune.name}, tỉnh ${PROVINCE.name}`,
  phone: '',
  website: `https://${plan.id}.minhhoa.example`,
  campuses: plan.campuses ?? 1,
  difficultArea: plan.area ?? 'none',
})
