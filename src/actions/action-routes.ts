import { textField } from '../http/fields.ts'
import { page, redirect, type Request, type Route } from '../http/route.ts'
import { dayFrom, dayOf } from '../kernel/dates.ts'
import { InvalidInput, NotFound } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import { actionId } from './action.ts'
import type { ActionEvent } from './action-machine.ts'
import { actionPage, actionsPage, SLUGS, type ActionsView } from './actions-page.ts'
import { openActions, type ActionNeeds } from './actions-of.ts'
import { carryAllOver, stepAction } from './step-action.ts'

const BASE = '/danh-gia/:id/cai-tien'
/** Longest text of a note, in characters. */
const MAX_TEXT = 2000

/** The screens of improvement actions: the list of a school's year, one action, its steps, the way into next year. */
export function actionRoutes(needs: ActionNeeds): Route[] {
  const viewFor = async ({ actor, params }: Request) => {
    const { assessment, actions } = await openActions(needs, actor, params['id'] ?? '')
    const [set, schoolName] = await Promise.all([
      needs.setOf(assessment.set.hash),
      needs.schoolName(assessment.schoolId),
    ])
    const view: ActionsView = { assessment, set, schoolName, today: dayOf(needs.now()) }
    return { view, actions }
  }
  return [
    {
      method: 'get',
      path: BASE,
      access: 'signedIn',
      handle: async request => {
        const { view, actions } = await viewFor(request)
        const model = actionsPage(request.actor, actions, view, request.query['trangthai'] ?? '')
        return page('actions/list', 'Việc cải tiến chất lượng', model)
      },
    },
    {
      method: 'get',
      path: `${BASE}/:tieuchi/:viec`,
      access: 'signedIn',
      handle: async request => {
        const { view, actions } = await viewFor(request)
        const action = actions.find(each => each.id === idOf(request))
        if (!action) throw new NotFound('Không tìm thấy việc cải tiến này.')
        const model = actionPage(request.actor, action, view, await needs.history(action.id))
        return page('actions/action', 'Việc cải tiến chất lượng', model)
      },
    },
    {
      method: 'post',
      path: `${BASE}/chuyen-nam-sau`,
      access: 'signedIn',
      handle: async ({ actor, params, flash }) => {
        const count = await carryAllOver(needs)(actor, params['id'] ?? '')
        flash('success', count === 0 ? 'Không còn việc nào chưa xong.' : `Đã chuyển ${count} việc sang năm học sau.`)
        return redirect(`/danh-gia/${params['id']}/cai-tien`)
      },
    },
    ...Object.entries(STEPS).map(([slug, { read, said }]): Route => ({
      method: 'post',
      path: `${BASE}/:tieuchi/:viec/${slug}`,
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const [id = '', code = '', line = ''] = [params['id'], params['tieuchi'], params['viec']]
        await stepAction(needs)(actor, id, code, line, read(body))
        flash('success', said)
        return redirect(`/danh-gia/${id}/cai-tien/${code}/${encodeURIComponent(line)}`)
      },
    })),
  ]
}

const idOf = ({ params }: Request): string =>
  actionId(params['id'] ?? '', params['tieuchi'] ?? '', params['viec'] ?? '')

const STEPS: Readonly<Record<string, { readonly read: (body: unknown) => ActionEvent; readonly said: string }>> = {
  [SLUGS.start]: { read: () => ({ type: 'start' }), said: 'Đã bắt đầu thực hiện.' },
  [SLUGS.report]: {
    read: body => ({ type: 'report', ...textsFrom(body, { progress: 'Xin ghi việc đã làm đến đâu.' }) }),
    said: 'Đã ghi tiến độ.',
  },
  [SLUGS.extend]: { read: body => ({ type: 'extend', to: dayFrom('to', textField(body, 'to')) }), said: 'Đã gia hạn.' },
  [SLUGS.finish]: {
    read: body => ({
      type: 'finish',
      ...textsFrom(body, { result: 'Xin ghi kết quả đạt được.', evidence: 'Xin ghi minh chứng của kết quả.' }),
    }),
    said: 'Đã ghi nhận hoàn thành.',
  },
  [SLUGS.drop]: {
    read: body => ({ type: 'drop', ...textsFrom(body, { reason: 'Xin ghi lý do không thực hiện.' }) }),
    said: 'Đã ghi nhận thôi không thực hiện.',
  },
}

/** Texts that a step cannot do without; one message for each that is missing or too long. */
function textsFrom<Name extends string>(
  body: unknown,
  asked: Readonly<Record<Name, string>>,
): Readonly<Record<Name, string>> {
  // The keys of `asked` are its own names.
  const names = Object.keys(asked) as Name[]
  const texts = names.map(name => [name, tidy(textField(body, name))] as const)
  const wrong = texts.flatMap(([name, text]) =>
    text === '' ? [[name, asked[name]]] : text.length > MAX_TEXT ? [[name, `Nhiều nhất ${MAX_TEXT} ký tự.`]] : [],
  )
  if (wrong.length > 0) throw new InvalidInput(Object.fromEntries(wrong))
  // Built from the same names.
  return Object.fromEntries(texts) as Record<Name, string>
}
