import { setup } from 'xstate'
import type { LifeStep } from '../kernel/life-step.ts'
import { need } from '../kernel/need.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { labelsOf, meets, type Conditions, type Stepping } from '../kernel/step.ts'

export type TreeVersionState = 'draft' | 'published' | 'superseded'

export type TreeVersionEvent = { readonly type: 'edit' } | { readonly type: 'publish' } | { readonly type: 'supersede' }

export interface TreeVersionFacts {
  /** A closed working year never changes. */
  readonly yearClosed: boolean
  /** Errors of the linter, each with the node it stands at. */
  readonly errors: readonly Unmet[]
  /** Something differs from what was last published. */
  readonly changed: boolean
}

export const TREE_VERSION = 'yearTree@1'

const yearOpen = ({ yearClosed }: TreeVersionFacts): readonly Unmet[] =>
  need(!yearClosed, 'yearClosed', 'Năm học đã khóa nên cây tiêu chí không thay đổi được nữa.')

/** What each step of a version of a year's tree asks for. */
export const treeVersionConditions: Conditions<TreeVersionFacts, TreeVersionEvent> = {
  edit: yearOpen,
  publish: facts => [
    ...yearOpen(facts),
    ...need(facts.changed, 'nothingChanged', 'Bản soạn chưa có gì khác với bản đang áp dụng.'),
    ...facts.errors,
  ],
  supersede: yearOpen,
}

const met = meets(treeVersionConditions)

/** One version of a year's tree: soạn thảo, ban hành, then replaced by the next one. */
export const treeVersionMachine = setup({
  // XState takes its types from the shape of these values and never reads them.
  types: { context: {} as TreeVersionFacts, input: {} as TreeVersionFacts, events: {} as TreeVersionEvent },
  guards: { yearOpen: met, cleanAndChanged: met },
}).createMachine({
  id: 'yearTree',
  version: TREE_VERSION,
  context: ({ input }) => input,
  initial: 'draft',
  states: {
    draft: {
      on: {
        edit: { guard: 'yearOpen', target: 'draft' },
        publish: { guard: 'cleanAndChanged', target: 'published' },
      },
    },
    published: { on: { supersede: { guard: 'yearOpen', target: 'superseded' } } },
    superseded: {},
  },
})

const OFFICES: LifeStep<TreeVersionState, TreeVersionEvent['type'], never>['who'] = [
  'provinceOfficer',
  'provinceLead',
  'middleOfficer',
  'middleLead',
]

/** The life as data, for drawings and permissions. */
export const treeVersionSteps: readonly LifeStep<TreeVersionState, TreeVersionEvent['type'], never>[] = [
  { from: 'draft', event: 'edit', to: 'draft', who: OFFICES },
  {
    from: 'draft',
    event: 'publish',
    to: 'published',
    who: ['provinceOfficer', 'provinceLead', 'middleLead'],
    document: 'Phiên bản bộ tiêu chí của năm học, bất biến',
  },
  { from: 'published', event: 'supersede', to: 'superseded', who: [], firedBy: 'publishNext' },
]

export const TREE_VERSION_STATES: Readonly<
  Record<TreeVersionState, { readonly label: string; readonly tone: 'grey' | 'green' | 'orange' }>
> = {
  draft: { label: 'Đang soạn', tone: 'orange' },
  published: { label: 'Đang áp dụng', tone: 'green' },
  superseded: { label: 'Đã thay thế', tone: 'grey' },
}

/** What stepping a version needs; the machine's version is `TREE_VERSION`. */
export const treeVersionLife: Stepping<TreeVersionFacts, TreeVersionEvent> = {
  machine: treeVersionMachine,
  conditions: treeVersionConditions,
  stateNames: labelsOf(TREE_VERSION_STATES),
  eventNames: { edit: 'Sửa bản soạn', publish: 'Ban hành cây năm học', supersede: 'Thay bằng phiên bản mới' },
}
