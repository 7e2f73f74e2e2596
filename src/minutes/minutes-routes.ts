import { textField } from '../http/fields.ts'
import { page, pdf, redirect, type Route } from '../http/route.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import type { MeetingKind } from './minutes.ts'
import { minutesFrom } from './minutes-input.ts'
import type { MinutesNeeds } from './minutes-needs.ts'
import { listPage, minutesHref, recordPage } from './minutes-page.ts'
import { beginMinutes, minutesPdf, openAssessmentOf, openMinutes, saveMinutes, stepMinutes } from './record-meeting.ts'

const BASE = '/danh-gia/:id/bien-ban'

/** Screens of the records of meetings: list, one record, signing, PDF. */
export const minutesRoutes = (needs: MinutesNeeds): Route[] => [
  {
    method: 'get',
    path: BASE,
    access: 'signedIn',
    handle: async ({ actor, params }) => {
      const assessment = await openAssessmentOf(needs, actor, params['id'] ?? '')
      const all = await needs.minutes.ofAssessment(assessment.id)
      return page('minutes/list', 'Biên bản họp', listPage(actor, assessment, all))
    },
  },
  {
    method: 'post',
    path: BASE,
    access: 'signedIn',
    handle: async ({ actor, params, body }) => {
      const id = params['id'] ?? ''
      const wanted = textField(body, 'body')
      if (wanted === '') throw new InvalidInput({ body: 'Xin chọn cuộc họp.' })
      const kind: MeetingKind = wanted === 'council' || wanted === 'secretariat' ? wanted : 'group'
      const minutes = await beginMinutes(needs)(actor, id, kind, kind === 'group' ? wanted : undefined)
      return redirect(`${minutesHref(id)}/${minutes.id.slice(id.length + 1)}`)
    },
  },
  {
    method: 'get',
    path: `${BASE}/:no`,
    access: 'signedIn',
    handle: async ({ actor, params }) => {
      const { assessment, minutes } = await openMinutes(needs, actor, params['id'] ?? '', params['no'] ?? '')
      return page('minutes/record', 'Biên bản họp', recordPage(actor, assessment, minutes, needs.now()))
    },
  },
  {
    method: 'get',
    path: `${BASE}/:no/bien-ban.pdf`,
    access: 'signedIn',
    handle: async ({ actor, params }) => {
      const { assessment, minutes } = await openMinutes(needs, actor, params['id'] ?? '', params['no'] ?? '')
      return pdf(
        Buffer.from(await minutesPdf(needs, assessment, minutes)),
        `bien-ban-${minutes.kind}-${minutes.no}.pdf`,
      )
    },
  },
  {
    method: 'post',
    path: `${BASE}/:no`,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      const { id = '', no = '' } = params
      const seen = Number(textField(body, 'revision'))
      await saveMinutes(needs)(actor, id, no, seen, participants => minutesFrom(body, participants))
      flash('success', 'Đã lưu biên bản.')
      return redirect(`${minutesHref(id)}/${no}`)
    },
  },
  {
    method: 'post',
    path: `${BASE}/:no/ky`,
    access: 'signedIn',
    handle: async ({ actor, params, flash }) => {
      const { id = '', no = '' } = params
      await stepMinutes(needs)(actor, id, no, { type: 'sign' })
      flash('success', 'Đã ký biên bản.')
      return redirect(`${minutesHref(id)}/${no}`)
    },
  },
  {
    method: 'post',
    path: `${BASE}/:no/huy`,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      const { id = '', no = '' } = params
      const reason = tidy(textField(body, 'reason'))
      if (reason === '') throw new InvalidInput({ reason: 'Xin nhập lý do.' })
      await stepMinutes(needs)(actor, id, no, { type: 'withdraw', reason })
      flash('success', 'Đã hủy biên bản; biên bản vẫn được lưu.')
      return redirect(`${minutesHref(id)}/${no}`)
    },
  },
]
