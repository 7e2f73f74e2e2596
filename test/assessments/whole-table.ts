import { expect } from 'chai'
import type { AnyStateMachine } from 'xstate'
import { StepRefused } from '../../src/kernel/refusals.ts'
import { nextState, unmetOf, type Stepping } from '../../src/kernel/step.ts'

/** What each event leads to from each state when nothing is missing; a forgotten cell does not compile. */
export type WholeTable<State extends string, Event extends string> = Readonly<
  Record<State, Readonly<Record<Event, State | 'refused'>>>
>

/** One `it` per cell. */
export function itStepsAs<State extends string, Facts, E extends { type: string }>(
  life: Stepping<Facts, E>,
  table: WholeTable<State, E['type']>,
  events: { readonly [K in E['type']]: Extract<E, { type: K }> },
  factsFor: (state: State) => Facts,
): void {
  // Object.keys loses the literal types of the table's own keys.
  const states = Object.keys(table) as State[]
  for (const state of states)
    // Same: the keys of a row are exactly the event types.
    for (const type of Object.keys(table[state]) as E['type'][]) {
      const expected = table[state][type]
      const step = (): State => nextState(life, state, factsFor(state), events[type])
      it(`${state} · ${type} → ${expected}`, () => {
        if (expected === 'refused') expect(step).to.throw(StepRefused, 'đang ở bước')
        else expect(step()).to.equal(expected)
      })
    }
  it('names every state and event in Vietnamese', () => {
    expect(Object.keys(life.stateNames)).to.have.members(states)
    expect(Object.keys(life.stateNames)).to.have.members(Object.keys(life.machine.states))
    for (const name of [...Object.values(life.stateNames), ...Object.values<string>(life.eventNames)])
      expect(name)
        .to.match(/^\p{Lu}/u)
        .and.equal(name.normalize('NFC'))
  })
}

/** From each state that has this event, the machine refuses it and lists exactly this one lack, in a whole sentence. */
export function expectOneLack<Facts, E extends { type: string }>(
  life: Stepping<Facts, E>,
  states: readonly string[],
  facts: Facts,
  event: E,
  code: string,
): void {
  expect(states).to.not.deep.equal([])
  expect(unmetOf(life.conditions, facts, event).map(item => item.code)).to.deep.equal([code])
  for (const state of states) {
    const refusal = refusalOf(() => nextState(life, state, facts, event))
    expect(refusal.unmet.map(item => item.code)).to.deep.equal([code])
    expect(refusal.unmet[0]?.message).to.match(/^\p{Lu}.*\.$/u)
  }
}

function refusalOf(step: () => unknown): StepRefused {
  try {
    step()
  } catch (error) {
    if (error instanceof StepRefused) return error
    throw error
  }
  throw new Error('the step was taken')
}

/** The states whose row has this event. */
export const statesWith = <State extends string, Event extends string>(
  table: WholeTable<State, Event>,
  event: Event,
): readonly State[] =>
  // Object.keys loses the literal types of the table's own keys.
  (Object.keys(table) as State[]).filter(state => table[state][event] !== 'refused')

/** Every `from · event → to` of a machine, sorted. */
export const machineArrows = (machine: AnyStateMachine): readonly string[] =>
  Object.entries(machine.states)
    .flatMap(([from, node]) =>
      Object.entries(node.on).flatMap(([event, transitions]) =>
        transitions.flatMap(one => (one.target ?? [node]).map(target => `${from} · ${event} → ${target.key}`)),
      ),
    )
    .toSorted()

/** The same of a table of steps; those out of nothing are no transitions of the machine. */
export const tableArrows = (
  steps: readonly { readonly from?: string; readonly event: string; readonly to: string }[],
): readonly string[] =>
  [...new Set(steps.flatMap(step => (step.from ? [`${step.from} · ${step.event} → ${step.to}`] : [])))].toSorted()
