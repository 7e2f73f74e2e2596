import { editTree, openTreeDesk, proposeMapping, publishTree, type CriteriaSet } from '../catalogue/index.ts'
import { shiftYear, type WorkingYear } from '../kernel/working-year.ts'
import { firstDayOf } from '../organisations/index.ts'
import { PROVINCE_LEAD, PROVINCE_OFFICER } from './cast.ts'
import { PROVINCE } from './province.ts'
import type { World } from './world.ts'

/** The set that the Sở adds to, and the criterion that it adds (with one indicator). */
export const LOCAL = { setId: 'tt18-2018-thcs-thpt', standard: '5', criterion: '5.ĐP1' } as const

const LOCAL_WORDS = {
  criterion: 'Giáo dục văn hóa, lịch sử của tỉnh Minh Họa',
  indicator:
    'Mỗi năm học, trường tổ chức cho học sinh tất cả các khối tìm hiểu văn hóa, lịch sử của tỉnh Minh Họa ít nhất hai lần.',
} as const

/** The Sở adds a criterion of its own for secondary schools, before they open the year. */
export async function addLocalNodes({ system, clock, actor }: World, year: WorkingYear): Promise<void> {
  clock.goTo(firstDayOf(year), 11)
  const [lead, place] = [await actor(PROVINCE_LEAD), { unitId: PROVINCE.id, year }]
  const { tree, sets } = await openTreeDesk(system.deskNeeds)(lead, place.unitId, year)
  if ((tree.versions ?? []).length > 0) return
  const known = new Set(sets.flatMap(({ part }) => part.nodes.map(node => node.kind)))
  const edit = editTree(system.deskNeeds)
  const add = { type: 'add', level: '' } as const
  if (!known.has('criterion'))
    await edit(lead, place, LOCAL.setId, {
      ...add,
      kind: 'criterion',
      parent: LOCAL.standard,
      words: LOCAL_WORDS.criterion,
    })
  if (!known.has('indicator'))
    await edit(lead, place, LOCAL.setId, {
      ...add,
      kind: 'indicator',
      parent: LOCAL.criterion,
      level: '1',
      words: LOCAL_WORDS.indicator,
    })
  const { draft } = await openTreeDesk(system.deskNeeds)(lead, place.unitId, year)
  const note = 'Bổ sung một tiêu chí địa phương cho cấp trung học (dữ liệu minh họa).'
  await publishTree(system.deskNeeds)(lead, place, { rev: draft.rev, note })
}

const DRAFT_SET = 'du-thao-minh-hoa-tieu-hoc'
const TODAYS_SET = 'tt17-2018-tieu-hoc'

/** A made-up draft circular comes in; the Sở's officer has begun the table between the two and not decided it. */
export async function beginMapping(world: World, year: WorkingYear): Promise<void> {
  const { mappings, upload } = world.system.mappingNeeds
  world.clock.goTo(firstDayOf(year), 15)
  const officer = await world.actor(PROVINCE_OFFICER)
  const versions = await mappings.versions()
  const from = versions.find(({ set }) => set.id === TODAYS_SET)
  if (!from) throw new Error(`no set ${TODAYS_SET}`)
  const to =
    versions.find(({ set }) => set.id === DRAFT_SET) ??
    (await upload.take(officer, Buffer.from(JSON.stringify(draftOf(from.set, year)))))
  const pair = { fromHash: from.hash, toHash: to.hash }
  const { desk } = await mappings.open(pair.fromHash, pair.toHash)
  if (desk.rev === 0) await mappings.saveDraft(officer, pair, proposeMapping(from.set, to.set))
}

/** Today's set with one criterion renamed and one dropped; it comes into force much later. */
function draftOf(set: CriteriaSet, year: WorkingYear): CriteriaSet {
  const [renamed, dropped] = ['1.1', '1.9']
  return {
    ...set,
    id: DRAFT_SET,
    title: 'Dự thảo minh họa thay quy định đối với trường tiểu học (không phải văn bản thật)',
    instrument: 'DT-MINHHOA',
    issuer: 'Bộ tiêu chí minh họa',
    issued: firstDayOf(year),
    validFrom: firstDayOf(shiftYear(year, 2)),
    standards: set.standards.map(standard => ({
      ...standard,
      criteria: standard.criteria
        .filter(({ code }) => code !== dropped)
        .map(criterion => ({
          ...criterion,
          ...(criterion.code === renamed && { title: 'Phương hướng, chiến lược phát triển và văn hóa nhà trường' }),
          // What has changed in today's words is no change of the words that follow them.
          changes: [],
          levels: criterion.levels.map(level => ({
            ...level,
            indicators: level.indicators.map(indicator => ({ ...indicator, changes: [] })),
          })),
        })),
    })),
  }
}
