import type { ImportPlan } from './import-plan.ts'
import type { CellFault } from './read-rows.ts'

/** Lines and faults shown; a longer list helps nobody. */
const SHOWN = 200

/** The first half of an import: choose a file. Drawn by `views/sheet-files/import.ejs`. */
export interface ImportForm {
  /** What is imported, in the middle of a sentence: “số giao của các trường”. */
  readonly what: string
  /** Where the file is posted, as field `file`. */
  readonly action: string
  /** Where the empty or filled template is downloaded. */
  readonly template?: string
  /** Other templates of the same import, such as one with more columns. */
  readonly otherTemplates?: readonly { readonly label: string; readonly href: string }[]
  /** The way to the page that the import belongs to, from the outside in. */
  readonly breadcrumbs: readonly { readonly label: string; readonly href?: string }[]
  readonly back: string
  /** How to fill the file in, a sentence each. */
  readonly advice?: readonly string[]
}

/** The second half: what the file would do, and the button that does it. */
export interface DryRun {
  readonly form: ImportForm
  readonly confirm: string
  readonly token: string
  readonly plan: ImportPlan<unknown>
}

const faultView = (fault: CellFault) => ({
  at: [fault.sheet, fault.cell].filter(part => part !== '').join(', ô ') || 'Cả tệp',
  value: fault.value,
  message: fault.message,
})

/** The page with the file field alone. */
export const uploadPage = (form: ImportForm) => ({ breadcrumbs: form.breadcrumbs, form, dryRun: undefined })

/** The page of the dry run: counts, faults by cell, changes; the confirming button only when there is no fault. */
export function dryRunPage({ form, confirm, token, plan }: DryRun) {
  const count = (kind: 'new' | 'changed' | 'unchanged'): number => plan.lines.filter(line => line.kind === kind).length
  const changing = plan.lines.filter(({ kind }) => kind !== 'unchanged')
  const sound = plan.faults.length === 0
  return {
    breadcrumbs: form.breadcrumbs,
    form,
    dryRun: {
      counts: [
        { label: 'Thêm mới', value: count('new') },
        { label: 'Thay đổi', value: count('changed') },
        { label: 'Giữ nguyên', value: count('unchanged') },
        { label: 'Chỗ sai', value: plan.faults.length },
      ],
      faults: plan.faults.slice(0, SHOWN).map(faultView),
      moreFaults: Math.max(0, plan.faults.length - SHOWN),
      changes: changing.slice(0, SHOWN).map(({ row, kind, title, changes }) => ({
        row: row.number,
        kind: kind === 'new' ? { label: 'Thêm mới', tone: 'green' } : { label: 'Thay đổi', tone: 'blue' },
        title,
        changes,
      })),
      moreChanges: Math.max(0, changing.length - SHOWN),
      nothingToDo: sound && changing.length === 0,
      confirm:
        sound && changing.length > 0 ? { action: confirm, token, mark: plan.mark, count: changing.length } : undefined,
    },
  }
}
