import type { Request, Response } from 'express'
import type { Unmet } from '../kernel/refusals.ts'
import type { Assets } from './assets.ts'
import { textField } from './fields.ts'
import { localPath } from './local-path.ts'
import type { Flash } from './session.ts'
import type { Shell } from './shell.ts'
import { renderView } from './views.ts'

/** A form that was refused, shown again with everything that had been typed. */
export interface RefusedForm {
  /** Address the form was posted to; tells several forms on a page apart. */
  readonly action: string
  readonly page: string
  readonly status: number
  readonly heading: string
  readonly message: string
  readonly values: Readonly<Record<string, unknown>>
  readonly errors: Readonly<Record<string, string>>
  readonly unmet: readonly Unmet[]
}

/** What every template may use under the name `ui`. */
export interface Ui {
  /** Address of the page being shown, path and query. */
  readonly here: string
  readonly nonce: string
  /** Token of the session; reading it on a page without sign-in begins a session, so only forms do. */
  readonly csrf: string
  readonly asset: (name: string) => string
  /** An icon of the sprite as SVG, hidden from screen readers. */
  readonly icon: (name: string, classes?: string) => string
  readonly form: RefusedForm | undefined
  /** What was typed into the field when its form was refused, else the stored value. */
  readonly typed: (name: string, stored: unknown, action?: string) => unknown
  readonly errorOf: (name: string, action?: string) => string | undefined
}

interface UiNeeds {
  readonly assets: Assets
  readonly csrf: (request: Request) => string
}

export function uiFor(request: Request, response: Response, { assets, csrf }: UiNeeds): Ui {
  const form = refusedForm(response)
  const concerns = (action: string | undefined): RefusedForm | undefined =>
    action === undefined || action === form?.action ? form : undefined
  return {
    here: form?.page ?? pageShown(request),
    nonce: nonceOf(response),
    get csrf() {
      return csrf(request)
    },
    asset: assets.href,
    icon: (name, classes = '') =>
      `<svg class="icon ${escape(classes)}" aria-hidden="true" focusable="false"><use href="${assets.href('icons.svg')}#${escape(name)}"></use></svg>`,
    form,
    typed: (name, stored, action) => concerns(action)?.values[name] ?? stored,
    errorOf: (name, action) => concerns(action)?.errors[name],
  }
}

/** Draws a view inside the layout. */
export function renderPage(
  view: string,
  names: {
    readonly title: string
    readonly page: object
    readonly ui: Ui
    readonly shell: Shell | undefined
    readonly flashes: readonly Flash[]
  },
): string {
  const body = renderView(view, names)
  return renderView('layout/page', { ...names, body })
}

/** A page that answers a POST cannot be asked for again, so links lead back to where the form stood. */
const pageShown = (request: Request): string =>
  request.method === 'GET' ? request.originalUrl : (localPath(textField(request.body, '_page')) ?? '/')

export const nonceOf = (response: Response): string => String(response.locals['nonce'] ?? '')

export const rememberRefusedForm = (response: Response, form: RefusedForm): void => {
  response.locals['refusedForm'] = form
}

// Written by rememberRefusedForm alone.
const refusedForm = (response: Response): RefusedForm | undefined =>
  response.locals['refusedForm'] as RefusedForm | undefined

const escape = (text: string): string => text.replace(/[^\w -]/g, '')
