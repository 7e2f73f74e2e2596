import type { Answer, ReceivedFile, Request, Route } from '../../src/http/route.ts'
import { refusedBecause } from '../../src/http/refused.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import type { WorkingYear } from '../../src/kernel/working-year.ts'

export interface Question {
  readonly actor: Actor
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object
  readonly files?: readonly ReceivedFile[]
  readonly year: WorkingYear
}

/** What a person is told: how it ended, and the words or fields of a refusal. */
export interface Told {
  readonly status: number
  readonly words: string
  readonly answer?: Answer
}

/** A question to a route's handler as http/ would put it, without the network, the session and the drawing of pages. */
const requestOf = ({ actor, params = {}, query = {}, body = {}, files = [], year }: Question): Request => ({
  actor,
  params,
  query,
  body,
  files,
  year,
  sessionId: 'phien-thu',
  ip: '127.0.0.1',
  header: () => undefined,
  flash: () => undefined,
  unitId: undefined,
  remember: () => undefined,
  authenticate: async () => actor.personId,
  held: {},
  hold: () => undefined,
  signIn: async () => undefined,
  signOut: async () => undefined,
  view: () => undefined,
})

const STATUS: Readonly<Record<Answer['kind'], number>> = {
  page: 200,
  fragment: 200,
  json: 200,
  text: 200,
  file: 200,
  events: 200,
  redirect: 303,
}

/** Asks the handler itself and translates what it throws as http/ does. */
export async function askRoute(route: Route, question: Question): Promise<Told> {
  try {
    const answer = await route.handle(requestOf(question))
    const status = 'status' in answer && answer.status !== undefined ? answer.status : STATUS[answer.kind]
    return { status, words: '', answer }
  } catch (error) {
    const refused = refusedBecause(error, 'fault')
    const why = refused.status >= 500 ? String(error instanceof Error ? error.stack : error) : refused.message
    return {
      status: refused.status,
      words: `${refused.code}: ${why} ${JSON.stringify(refused.fields ?? refused.unmet ?? '')}`,
    }
  }
}
