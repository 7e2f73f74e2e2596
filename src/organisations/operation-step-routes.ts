import { setTimeout } from 'node:timers/promises'
import { redirect, type Request, type Route } from '../http/route.ts'
import type { Actor } from '../kernel/actor.ts'
import { formFields } from './form-fields.ts'
import type { Begun } from './operate.ts'
import { operationHref } from './operation-page.ts'
import type { Operation } from './operation.ts'

/** So long the answer waits for the end; a larger operation goes on behind it. */
const PATIENCE_MS = 1_000

/** A step whose units are changed behind the answer when there are many of them. */
export const runningStep = (
  path: string,
  said: string,
  seen: (request: Request) => Promise<Operation>,
  begin: (actor: Actor, operation: Operation, reason: string) => Promise<Begun>,
  { report }: { readonly report: (error: unknown) => void },
): Route => ({
  method: 'post',
  path,
  access: 'signedIn',
  handle: async request => {
    const reason = formFields(request.body).text('reason')
    const { operation, ended } = await begin(request.actor, await seen(request), reason)
    const finished = await Promise.race([ended.then(() => true), setTimeout(PATIENCE_MS, false, { ref: false })])
    if (!finished) ended.catch(report)
    request.flash('success', finished ? said : 'Quyết định đã có hiệu lực. Các đơn vị đang được đổi lần lượt.')
    return redirect(operationHref(operation.id))
  },
})
