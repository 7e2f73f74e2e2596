import fc from 'fast-check'
import type { LocalNode } from '../../src/catalogue/local-part.ts'
import { effectiveVersion } from '../../src/catalogue/effective-version.ts'
import { mappingOf } from '../../src/catalogue/mapping.ts'
import { proposeMapping } from '../../src/catalogue/mapping-propose.ts'
import type { CriteriaVersion, YearTree } from '../../src/catalogue/index.ts'
import type { TreeDraft } from '../../src/catalogue/tree-draft.ts'
import type { TreeVersion } from '../../src/catalogue/year-tree.ts'
import { shiftYear } from '../../src/kernel/working-year.ts'
import { YEAR } from '../reviews/review-stage.ts'
import type { RightsStage } from './rights-stage.ts'

/** Units with a desk: the Sở, the school's commune, and the commune beside it. */
export const OWNERS = ['so', 'xa', 'xa-ben'] as const
export const LEVEL_SET = 'tt17-2018-tieu-hoc'
export const POINTS_SET = 'chuyen-doi-so-4725'

const LAST_YEAR = shiftYear(YEAR, -1)

const node = (unitId: string, own: Omit<LocalNode, 'key' | 'since' | 'rev' | 'words'>): LocalNode => ({
  ...own,
  key: own.kind === 'indicator' ? `${own.parent}/${own.level}/${own.code}` : own.code,
  words: `Yêu cầu mẫu của ${unitId}`,
  since: YEAR,
  rev: 1,
})

/** One local node of every kind, and one that is no longer asked; units below the Sở count from 51. */
export function nodesOf(unitId: string): readonly LocalNode[] {
  const [first, second] = unitId === 'so' ? ['ĐP1', 'ĐP2'] : ['ĐP51', 'ĐP52']
  return [
    node(unitId, { kind: 'standard', parent: '', level: '', code: first }),
    node(unitId, { kind: 'criterion', parent: '1', level: '', code: `1.${first}` }),
    node(unitId, { kind: 'indicator', parent: '1.1', level: '1', code: first }),
    {
      ...node(unitId, { kind: 'criterion', parent: '1', level: '', code: `1.${second}` }),
      retired: { year: YEAR, reason: 'Không còn cần' },
    },
  ]
}

const owner = fc.record({
  /** What has been published from the desk: nothing, one version, or one that superseded another. */
  published: fc.constantFrom('nothing', 'once', 'twice'),
  draft: fc.constantFrom('none', 'empty', 'withNodes', 'asPublished'),
  lastYear: fc.constantFrom('nothing', 'published', 'drafted'),
})

/** In which state the catalogue of the year stands, on each desk. */
export const treeSituations = fc.record({
  yearClosed: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  unitsMayAdd: fc.constantFrom('nothing', 'guidance', 'criteria'),
  /** Whether the Sở uses a newer version than the school's assessment, and how far the mapping between them is. */
  newer: fc.constantFrom('none', 'unmapped', 'drafted', 'chosen'),
  so: owner,
  xa: owner,
  'xa-ben': owner,
})

export type TreeSituation = typeof treeSituations extends fc.Arbitrary<infer S> ? S : never

/** Rows are written past the stores, which know their fields. */
type Row = { readonly _id: string } & Readonly<Record<string, unknown>>

const BY = { personId: 'lanhdaoso', name: 'Vì Văn Lãnh Đạo Sở' }

/** Puts the desks into these states, past their machines. */
export async function bringAboutTree(stage: RightsStage, bases: Bases, situation: TreeSituation): Promise<void> {
  const { system, db, clock } = stage
  const collection = (name: string) => db.connection.collection<Row>(name)
  await collection('years').updateOne({ _id: YEAR }, { $set: { state: situation.yearClosed ? 'closed' : 'open' } })
  const level = situation.newer === 'none' ? bases.level : bases.newer
  for (const unitId of OWNERS) {
    const of = situation[unitId]
    const part = { setId: LEVEL_SET, nodes: nodesOf(unitId), advice: [] }
    const effective = effectiveVersion(level, part)
    await system.criteriaSets.insertOnce(effective, clock.at)
    const provinces = unitId === 'so'
    const setsOf = (version: CriteriaVersion): YearTree['sets'] =>
      [version, ...(provinces ? [bases.points] : [])].map(each => ({
        setId: each.set.id,
        hash: each.hash,
        rating: each.set.rating,
        schoolKinds: each.set.schoolKinds,
        ...(each.hash === effective.hash && { basedOn: level.hash }),
      }))
    const version = (number: number, state: TreeVersion['state'], sets: YearTree['sets']): TreeVersion => ({
      number,
      state,
      draftRev: 7,
      sets,
      note: '',
      at: clock.at,
      by: BY,
    })
    const sets = provinces && of.published === 'nothing' ? setsOf(level) : setsOf(effective)
    const tree = { provinceId: 'so', ...(!provinces && { unitId }), switches: [], rev: 3, outbox: [] }
    const versions = {
      nothing: {},
      once: { versions: [version(1, 'published', sets)] },
      twice: { versions: [version(1, 'superseded', setsOf(level)), version(2, 'published', sets)] },
    }[of.published]
    const place = { _id: `${unitId}:${YEAR}`, year: YEAR }
    await collection('yearTrees').deleteOne({ _id: place._id })
    if (provinces || of.published !== 'nothing')
      await collection('yearTrees').insertOne({
        ...place,
        ...tree,
        sets,
        ...versions,
        ...(provinces && { unitsMayAdd: situation.unitsMayAdd }),
      })
    const draft: Omit<TreeDraft, 'year'> = {
      unitId,
      provinceId: 'so',
      bases: provinces ? [level.hash, bases.points.hash] : [],
      parts: of.draft === 'empty' ? [] : [part],
      unitsMayAdd: 'nothing',
      regimes: ['kiem-dinh-2018'],
      rev: of.draft === 'asPublished' ? 7 : 9,
    }
    await collection('yearTreeDrafts').deleteMany({ _id: { $in: [place._id, `${unitId}:${LAST_YEAR}`] } })
    if (of.draft !== 'none') await collection('yearTreeDrafts').insertOne({ ...place, ...draft, outbox: [] })
    const last = { _id: `${unitId}:${LAST_YEAR}`, year: LAST_YEAR }
    await collection('yearTrees').deleteOne({ _id: last._id })
    if (of.lastYear !== 'nothing')
      await collection('yearTrees').insertOne({ ...last, ...tree, sets: setsOf(bases.level) })
    if (of.lastYear === 'drafted')
      await collection('yearTreeDrafts').insertOne({ ...last, ...draft, parts: [], outbox: [] })
  }
  await mapping(stage, bases, situation.newer)
}

async function mapping({ db }: RightsStage, { level, newer }: Bases, how: TreeSituation['newer']): Promise<void> {
  const desks = db.connection.collection<Row>('mappingDesks')
  await desks.deleteMany({})
  if (how !== 'drafted' && how !== 'chosen') return
  const draft = proposeMapping(level.set, newer.set)
  const chosen = mappingOf(level.hash, newer.hash, draft)
  await db.connection
    .collection<Row>('criteriaMappings')
    .replaceOne({ _id: chosen.hash }, { fromHash: level.hash, toHash: newer.hash, rows: draft }, { upsert: true })
  await desks.insertOne({
    _id: `so:${level.hash}:${newer.hash}`,
    provinceId: 'so',
    fromHash: level.hash,
    toHash: newer.hash,
    draft,
    ...(how === 'chosen' && { chosen: chosen.hash }),
    rev: 2,
    outbox: [],
  })
}

/** Versions that the desks stand on. */
export interface Bases {
  readonly level: CriteriaVersion
  readonly points: CriteriaVersion
  /** The level set after a changed circular: its last criterion is gone. */
  readonly newer: CriteriaVersion
}
