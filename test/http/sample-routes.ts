import { Readable } from 'node:stream'
import { Forbidden, InvalidInput, NotFound, StaleWrite, StepRefused } from '../../src/kernel/refusals.ts'
import { textField } from '../../src/http/fields.ts'
import { fragment, json, page, redirect, type Route } from '../../src/http/route.ts'

/** Routes that show every kind of answer and refusal, for the tests of http/. */
export const sampleRoutes = (received: { last: unknown }): readonly Route[] => [
  {
    method: 'get',
    path: '/mau',
    access: 'signedIn',
    handle: ({ year }) =>
      page('layout/specimen', 'Tiêu chí 1.1', {
        subtitle: `Năm học ${year}`,
        breadcrumbs: [{ label: 'Tự đánh giá', href: '/tu-danh-gia' }, { label: 'Tiêu chuẩn 1' }],
      }),
  },
  {
    method: 'post',
    path: '/mau',
    access: 'signedIn',
    handle: ({ body, flash }) => {
      const name = textField(body, 'name')
      if (name === 'thiếu')
        throw new StepRefused('Chưa thể nộp: còn thiếu điều kiện.', [
          { code: 'x', message: 'Tiêu chí 1.2 chưa có minh chứng', href: '/minh-chung?tc=1.2' },
        ])
      if (name === 'cũ') throw new StaleWrite('sample')
      if (name === 'cấm') throw new Forbidden('Chỉ Chủ tịch Hội đồng được thống nhất.', 'Chủ tịch Hội đồng tự đánh giá')
      if (name === '') throw new InvalidInput({ name: 'Xin nhập họ và tên.' })
      flash('success', `Đã lưu ${name}.`)
      return redirect('/mau')
    },
  },
  { method: 'get', path: '/khong-co', access: 'signedIn', handle: () => Promise.reject(new NotFound('x')) },
  { method: 'get', path: '/loi', access: 'anyone', handle: () => Promise.reject(new Error('secret detail')) },
  {
    method: 'post',
    path: '/tep',
    access: 'signedIn',
    upload: { maxBytes: 100_000, maxFiles: 2 },
    handle: ({ files }) => {
      received.last = files
      return json({ files })
    },
  },
  {
    method: 'get',
    path: '/tep',
    access: 'signedIn',
    handle: () => ({
      kind: 'file',
      body: Buffer.from('%PDF-1.7 nội dung'),
      mime: 'application/pdf',
      name: 'Báo cáo tự đánh giá.pdf',
      inline: true,
      etag: 'abc',
    }),
  },
  {
    method: 'get',
    path: '/dong',
    access: 'signedIn',
    handle: () => ({ kind: 'file', body: Readable.from(['a', 'b']), mime: 'text/csv', name: 'Sổ.csv' }),
  },
  {
    method: 'get',
    path: '/tien-do',
    access: 'signedIn',
    handle: () => ({
      kind: 'events',
      source: (async function* () {
        yield { done: 1, total: 2 }
        yield { done: 2, total: 2 }
      })(),
    }),
  },
  { method: 'get', path: '/manh', access: 'signedIn', handle: () => fragment('layout/csrf', {}) },
  { method: 'post', path: '/api/mau', access: 'anyone', handle: ({ actor, body }) => json({ actor, body }) },
]
