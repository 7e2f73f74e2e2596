import type { WorkingYear } from '../kernel/working-year.ts'

export interface NavItem {
  readonly label: string
  readonly href: string
  readonly current: boolean
  /** How many things wait there; absent or 0 prints nothing. */
  readonly count?: number
}

/** A place in the navigation: one screen, or a word under which several stand. */
export interface NavGroup extends NavItem {
  readonly items?: readonly NavItem[]
}

/** What stands around every page of a signed-in person: navigation, working year, unit, name and seat. */
export interface Shell {
  readonly nav: readonly NavGroup[]
  /** Working years to choose from, newest first; the chosen one is always among them. */
  readonly years: readonly WorkingYear[]
  readonly year: WorkingYear
  /** Only for people with seats in several units: the picker in the top bar. */
  readonly units?: readonly { readonly id: string; readonly name: string }[]
  readonly unitId?: string
  /** The screens of the thing that the page belongs to (an assessment), printed under the heading. */
  readonly section?: { readonly label: string; readonly items: readonly NavItem[] }
  /** Inbox of the person with how much of it is unread; absent: no bell. */
  readonly inbox?: { readonly href: string; readonly unread: number }
  /** Somebody else's pages are being looked at: whose, until when (ISO instant), and how to end it. */
  readonly viewing?: { readonly name: string; readonly until: string; readonly stop: string }
  readonly personName: string
  readonly seatLabel: string
}

/** Where a page stands, for the shell to be built: its path, the working year and the unit in force. */
export interface Place {
  readonly path: string
  readonly year: WorkingYear
  readonly unitId?: string
}

/** Fields of a page model that the layout itself reads; everything else belongs to the view. */
export interface PageFrame {
  readonly breadcrumbs?: readonly { readonly label: string; readonly href?: string }[]
  /** One line under the heading. */
  readonly subtitle?: string
  /** Links at the right of the heading. */
  readonly actions?: readonly {
    readonly label: string
    readonly href: string
    readonly icon?: string
    readonly primary?: boolean
  }[]
  /** The view draws its own `<h1>`; the layout prints only the breadcrumbs. */
  readonly ownHeading?: boolean
  /** Uses the whole width of the screen (boards, sheets); otherwise at most 1320 px. */
  readonly wide?: boolean
}
