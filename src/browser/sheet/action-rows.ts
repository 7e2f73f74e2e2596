import { openConflict } from './conflict.ts'
import { inputOf } from './dom.ts'
import { localDrafts } from './local-drafts.ts'
import type { SaveLine } from './save-line.ts'
import { saver, type Outcome } from './saver.ts'
import { ask } from './server.ts'
import { outcomeOf, shelf } from './text-part.ts'

type Row = Readonly<Record<string, string>>

interface Standing {
  readonly current: { readonly rev: number; readonly actions: readonly Row[] }
}

const FIELDS = ['what', 'who', 'from', 'to', 'resources', 'cost', 'expected', 'weakness'] as const

export interface RowsNeeds {
  readonly draftPrefix: string
  readonly line: SaveLine
  readonly saved: () => void
  readonly template: HTMLTemplateElement | null
}

/** The improvement plan as rows that are added, removed and saved together. */
export function startActionRows(form: HTMLFormElement, { draftPrefix, line, saved, template }: RowsNeeds) {
  const box = form.querySelector<HTMLElement>('[data-action-rows]')
  const add = form.querySelector<HTMLButtonElement>('[data-add-action]')
  const revField = inputOf(form, 'rev')
  if (!box || !add || !revField || !template) return undefined
  const key = 'hanh-dong'
  const drafts = localDrafts<readonly Row[], number>(shelf(), draftPrefix)
  const elements = (): readonly HTMLElement[] => [...box.querySelectorAll<HTMLElement>('[data-row]')]
  const value = (): readonly Row[] => elements().map(readRow).filter(isFilled)

  // The empty row that a page without script needs; here a button adds one.
  for (const row of elements()) if (!isFilled(readRow(row))) row.remove()
  for (const row of elements()) wire(row)
  add.hidden = false
  number()
  let stored = JSON.stringify(value())

  const save = saver<readonly Row[], number, Standing>({
    key,
    drafts,
    base: Number(revField.value),
    value,
    send: async (rows, rev, leaving) => {
      const first = await put(rows, rev, leaving)
      // Only the analysis sheet beside it has changed: same revision counter, other rows.
      const conflict = first.kind === 'conflict' ? first.current.current : undefined
      const isOther = conflict && JSON.stringify(conflict.actions.map(plain)) === stored
      return conflict && isOther ? put(rows, conflict.rev, leaving) : first
    },
    show: (state, more) => {
      form.dataset['save'] = state
      line.report(key, state, more)
      if (state === 'saved') saved()
    },
    conflict: ({ current }, mine) =>
      void openConflict({
        title: 'Các việc cải tiến',
        by: '',
        at: 'vừa xong',
        mine: inWords(mine),
        theirs: inWords(current.actions),
        pieces: [],
        mergeable: false,
        choose: choice => {
          if (choice === 'theirs') fill(current.actions)
          if (choice === 'theirs') save.accepted(current.rev, '')
          else void save.decided(current.rev)
          stored = JSON.stringify(current.actions.map(plain))
        },
      }),
  })

  async function put(rows: readonly Row[], rev: number, leaving: boolean): Promise<Outcome<number, Standing>> {
    const reply = await ask('PUT', form.action, { rev, actions: rows }, { keepalive: leaving })
    const outcome = outcomeOf<Standing>(reply)
    if (outcome.kind === 'saved' && reply) {
      // Our own answer: the rows as they are stored, in the order in which they were sent.
      const { actions } = reply.body as unknown as Standing['current']
      const filled = elements().filter(each => isFilled(readRow(each)))
      for (const [index, action] of actions.entries()) {
        const field = filled[index] && fieldIn(filled[index], 'id')
        if (field) field.value = action['id'] ?? ''
      }
      stored = JSON.stringify(actions.map(plain))
    }
    return outcome
  }

  function fill(rows: readonly Row[]): void {
    box?.replaceChildren()
    for (const row of rows) addRow(row)
    number()
  }

  function addRow(row: Row = {}): HTMLElement | undefined {
    const made = template?.content.firstElementChild?.cloneNode(true)
    if (!(made instanceof HTMLElement) || !box) return undefined
    for (const name of ['id', ...FIELDS]) {
      const field = fieldIn(made, name)
      if (field) field.value = row[name] ?? ''
    }
    box.append(made)
    wire(made)
    return made
  }

  function wire(row: HTMLElement): void {
    const drop = row.querySelector<HTMLButtonElement>('[data-drop]')
    if (!drop) return
    drop.hidden = false
    drop.addEventListener('click', () => {
      row.remove()
      number()
      add?.focus()
      save.touched()
    })
  }

  /** Numbers and labels follow the place of each row. */
  function number(): void {
    for (const [index, row] of elements().entries()) {
      const shown = row.querySelector('[data-number]')
      if (shown) shown.textContent = String(index + 1)
      for (const name of FIELDS) {
        const field = fieldIn(row, name)
        const label = row.querySelector<HTMLLabelElement>(`[data-for="${name}"]`)
        if (field) field.id = `viec-${index}-${name}`
        if (label) label.htmlFor = `viec-${index}-${name}`
      }
    }
  }

  add.addEventListener('click', () => {
    const row = addRow()
    number()
    if (row) fieldIn(row, 'what')?.focus()
  })
  form.addEventListener('input', () => save.touched())
  form.addEventListener('compositionstart', () => save.composition(true))
  form.addEventListener('compositionend', () => save.composition(false))
  form.addEventListener('submit', event => {
    event.preventDefault()
    void save.save()
  })

  return {
    save,
    restore(): void {
      const draft = drafts.read(key)
      if (!draft) return
      const now = value()
      if (JSON.stringify(draft.value) === JSON.stringify(now)) return drafts.drop(key)
      fill(draft.value)
      if (draft.base === save.base()) save.touched()
      else save.holdBack({ current: { rev: save.base(), actions: now } }, draft.value)
    },
  }
}

const fieldIn = (row: HTMLElement, name: string) =>
  row.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[data-name="${name}"]`)

const readRow = (row: HTMLElement): Row =>
  Object.fromEntries(['id', ...FIELDS].map(name => [name, fieldIn(row, name)?.value.normalize('NFC') ?? '']))

const isFilled = (row: Row): boolean => FIELDS.some(name => (row[name] ?? '').trim() !== '')

/** A stored row in the shape of one read from the page. */
const plain = (row: Row): Row => Object.fromEntries(['id', ...FIELDS].map(name => [name, row[name] ?? '']))

const inWords = (rows: readonly Row[]): string =>
  rows
    .map(
      (row, index) =>
        `${index + 1}. ${[row['what'], row['who'], row['from'], row['to'], row['expected']].filter(Boolean).join(' – ')}`,
    )
    .join('\n')
