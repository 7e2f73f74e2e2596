import { transition, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate'
import { StepRefused, type Unmet } from './refusals.ts'

/** The conditions of every event of a machine: which facts are missing, each as a Vietnamese sentence. */
export type Conditions<Facts, E extends { type: string }> = {
  readonly [K in E['type']]?: (facts: Facts, event: Extract<E, { type: K }>) => readonly Unmet[]
}

/** Every unmet condition of this event, in the order in which they are declared; empty when the step may be taken. */
export function unmetOf<Facts, E extends { type: string }>(
  conditions: Conditions<Facts, E>,
  facts: Facts,
  event: E,
): readonly Unmet[] {
  // The table is keyed by the event's own type, so the function found there takes exactly this event.
  const condition = conditions[event.type as E['type']] as ((facts: Facts, event: E) => readonly Unmet[]) | undefined
  return condition?.(facts, event) ?? []
}

/** The guard of a machine's transitions: whether everything that its event asks for is met. */
export const meets =
  <Facts, E extends { type: string }>(conditions: Conditions<Facts, E>) =>
  ({ context, event }: { readonly context: Facts; readonly event: E }): boolean =>
    unmetOf(conditions, context, event).length === 0

/** The words of states out of a table that also holds their colours, as `Stepping` takes them. */
export const labelsOf = (
  states: Readonly<Record<string, { readonly label: string }>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(states).map(([state, { label }]) => [state, label]))

export interface Stepping<Facts, E extends { type: string }> {
  readonly machine: AnyStateMachine
  readonly conditions: Conditions<Facts, E>
  /** Vietnamese name of each state, for the sentence of a refusal. */
  readonly stateNames: Readonly<Record<string, string>>
  /** Vietnamese name of each event. */
  readonly eventNames: Readonly<Record<E['type'], string>>
}

/**
 * Steps a machine purely: the stored state's name in, the next state's name out.
 * XState ignores an event that it has no transition for; here that is a `StepRefused` which lists every unmet condition.
 */
export function nextState<State extends string, Facts, E extends { type: string }>(
  life: Stepping<Facts, E>,
  state: State,
  facts: Facts,
  event: E,
): State {
  const before = resolve(life, state, facts)
  if (!before.can(event)) {
    const unmet = hasTransition(before, event.type) ? unmetOf(life.conditions, facts, event) : []
    const name = life.eventNames[event.type as E['type']]
    const reason = unmet.length > 0 ? 'còn thiếu điều kiện' : `đang ở bước “${life.stateNames[state] ?? state}”`
    throw new StepRefused(`Chưa thể ${name.toLocaleLowerCase('vi')}: ${reason}.`, unmet)
  }
  const [after] = transition(life.machine, before, event)
  // A flat machine's value is the name of one of its states, and State lists exactly those.
  return after.value as State
}

/** Whether the machine has this event in this state at all, whatever its conditions say: decides which buttons exist. */
export function isPossible<Facts, E extends { type: string }>(
  life: Stepping<Facts, E>,
  state: string,
  facts: Facts,
  type: E['type'],
): boolean {
  return hasTransition(resolve(life, state, facts), type)
}

const resolve = <Facts, E extends { type: string }>(life: Stepping<Facts, E>, state: string, facts: Facts) =>
  life.machine.resolveState({ value: state, context: facts })

const hasTransition = (snapshot: AnyMachineSnapshot, type: string): boolean =>
  snapshot._nodes.some(node => type in node.on)
