import type { Actor } from '../kernel/actor.ts'
import { Forbidden, InvalidInput, NotFound, StaleWrite } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import { shiftYear, type WorkingYear } from '../kernel/working-year.ts'
import type { DeskNeeds } from './desk-needs.ts'
import { editPart, type PartEdit } from './draft-edits.ts'
import type { LocalPart } from './local-part.ts'
import { regimesIn, type RegimeId } from './regimes.ts'
import { STALE_DRAFT } from './tree-draft-store.ts'
import { isProvinces, withPart, type TreeDraft } from './tree-draft.ts'
import { openDesk, versionFactsOf, type Desk, type DeskSet } from './tree-desk.ts'
import { WHO_BUILDS_TREE, mayTree } from './tree-policy.ts'
import { treeVersionLife } from './year-tree-machine.ts'
import { publishingFaults, type UnitsMayAdd } from './year-tree.ts'

/** A unit's tree of one year, and where in it. */
export interface DeskPlace {
  readonly unitId: string
  readonly year: WorkingYear
}

/** A draft that two people write at once is tried again: only the same node twice is a conflict. */
const MOST_TRIES = 5

/** One change of what the unit adds to a set; the key of the node to show next comes back. */
export const editTree =
  (needs: DeskNeeds) =>
  async (actor: Actor, { unitId, year }: DeskPlace, setId: string, edit: PartEdit): Promise<string> => {
    for (let attempt = 1; ; attempt++) {
      const desk = await openForWriting(needs, actor, { unitId, year })
      demand(desk, actor, edit.type === 'advise' ? 'advise' : 'addNodes')
      const { base, part, published } = setOn(desk, setId)
      const ground = { year, base: base.set, published, belowProvince: !isProvinces(desk.place) }
      const edited = editPart(part, edit, ground)
      try {
        const facts = { setId, type: edit.type, key: edited.at }
        await needs.drafts.save(desk.draft, withPart(desk.draft, edited.part), by(needs, actor), 'editTree', facts)
        return edited.at
      } catch (error) {
        if (!(error instanceof StaleWrite) || attempt === MOST_TRIES) throw error
      }
    }
  }

/** A part from an uploaded sheet that was looked at first; `swap`: the base got official wording. */
export interface Replacement {
  readonly part: LocalPart
  readonly seenRev: number
  readonly swap?: { readonly from: string; readonly to: string }
}

/** Puts a whole part in place of what stands there. */
export const replacePart =
  (needs: DeskNeeds) =>
  async (actor: Actor, place: DeskPlace, { part, seenRev, swap }: Replacement): Promise<TreeDraft> => {
    const desk = await openForWriting(needs, actor, place)
    demand(desk, actor, 'addNodes')
    setOn(desk, part.setId)
    if (desk.draft.rev !== seenRev) throw new StaleWrite(STALE_DRAFT)
    const bases = desk.draft.bases.map(hash => (hash === swap?.from ? swap.to : hash))
    const next = { ...withPart(desk.draft, part), bases }
    return needs.drafts.save(desk.draft, next, by(needs, actor), 'importTree', { setId: part.setId, ...swap })
  }

export interface Frame {
  readonly bases: readonly string[]
  readonly unitsMayAdd: UnitsMayAdd
  readonly regimes: readonly RegimeId[]
}

/** The Sở chooses base versions, regimes and how far managing units may go. */
export const decideFrame =
  (needs: DeskNeeds) =>
  async (actor: Actor, place: DeskPlace, frame: Frame, seenRev: number): Promise<TreeDraft> => {
    const desk = await openForWriting(needs, actor, place)
    demand(desk, actor, 'decideFrame')
    const versions = await Promise.all(frame.bases.map(hash => needs.sets.get(hash)))
    const made = versions.filter(({ set }) => set.basedOn !== undefined)
    const faults = [
      ...publishingFaults(versions, place.year),
      ...made.map(({ set }) => `Phiên bản của bộ ${set.instrument} là bản đã bổ sung; xin chọn bản gốc.`),
    ]
    const allowed = regimesIn(place.year).map(one => one.id)
    const wrong = {
      ...(faults.length > 0 && { bases: faults.join(' ') }),
      ...(versions.length === 0 && { bases: 'Xin chọn ít nhất một bộ tiêu chí.' }),
      ...((frame.regimes.length === 0 || frame.regimes.some(id => !allowed.includes(id))) && {
        regimes: 'Xin chọn ít nhất một chế độ có hiệu lực trong năm học.',
      }),
    }
    if (Object.keys(wrong).length > 0) throw new InvalidInput(wrong)
    if (desk.draft.rev !== seenRev) throw new StaleWrite(STALE_DRAFT)
    return needs.drafts.save(desk.draft, { ...desk.draft, ...frame }, by(needs, actor), 'decideFrame', {
      unitsMayAdd: frame.unitsMayAdd,
      regimes: frame.regimes,
    })
  }

/** Takes over last year's additions; what is prepared for this year already stays, node by node. */
export const copyForward =
  (needs: DeskNeeds) =>
  async (actor: Actor, place: DeskPlace, seenRev: number): Promise<TreeDraft> => {
    const desk = await openForWriting(needs, actor, place)
    demand(desk, actor, desk.place.unitsMayAdd === 'guidance' && !isProvinces(desk.place) ? 'advise' : 'addNodes')
    const lastYear = shiftYear(place.year, -1)
    const last = await needs.drafts.find(place.unitId, lastYear)
    if (!last) throw new NotFound(`Năm học ${lastYear} chưa có bản soạn nào để chép.`)
    const next = desk.sets.reduce((draft, { base, part }) => {
      const from = last.parts.find(one => one.setId === base.set.id)
      return from ? withPart(draft, merged(part, from)) : draft
    }, desk.draft)
    if (desk.draft.rev !== seenRev) throw new StaleWrite(STALE_DRAFT)
    return needs.drafts.save(desk.draft, { ...next, copiedFrom: lastYear }, by(needs, actor), 'copyForward', {
      from: lastYear,
    })
  }

const merged = (part: LocalPart, last: LocalPart): LocalPart => {
  const nodes = new Set(part.nodes.map(one => one.key))
  const advised = new Set(part.advice.map(one => one.criterion))
  return {
    setId: part.setId,
    nodes: [...last.nodes.filter(one => !nodes.has(one.key)), ...part.nodes],
    advice: [...last.advice.filter(one => !advised.has(one.criterion)), ...part.advice],
  }
}

/** The desk, refused at once in a closed year. */
export async function openForWriting(needs: DeskNeeds, actor: Actor, { unitId, year }: DeskPlace): Promise<Desk> {
  const desk = await openDesk(needs)(actor, unitId, year)
  nextState(treeVersionLife, 'draft', versionFactsOf(desk), { type: 'edit' })
  return desk
}

export function setOn(desk: Desk, setId: string): DeskSet {
  const found = desk.sets.find(one => one.base.set.id === setId)
  if (!found) throw new NotFound('Năm học này không dùng bộ tiêu chí này.')
  return found
}

export function demand({ place }: Desk, actor: Actor, deed: keyof typeof mayTree): void {
  if (!mayTree[deed](actor, place))
    throw new Forbidden('Bạn không được sửa cây tiêu chí của đơn vị này trong năm học.', WHO_BUILDS_TREE)
}

export const by = (needs: DeskNeeds, actor: Actor) => ({ actor, at: needs.now() })
