import { InvalidInput } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'

/** The fields of a posted form: the last text of a name, or all texts of a name that was given several times. */
export interface FormFields {
  readonly text: (name: string) => string
  readonly list: (name: string) => readonly string[]
}

export function formFields(body: unknown): FormFields {
  const values = new Map<string, readonly string[]>(
    typeof body === 'object' && body !== null
      ? Object.entries(body).map(([name, value]: [string, unknown]) => [
          name,
          [value]
            .flat()
            .filter(part => typeof part === 'string')
            .map(tidy),
        ])
      : [],
  )
  return {
    text: name => values.get(name)?.at(-1) ?? '',
    list: name => values.get(name)?.filter(part => part !== '') ?? [],
  }
}

/** Collects the messages of a form and refuses with all of them at once. */
export class FieldMessages {
  private readonly messages: Record<string, string> = {}

  add(field: string, message: string): void {
    this.messages[field] ??= message
  }

  /** Throws `InvalidInput` when anything was added. */
  refuseIfAny(): void {
    if (Object.keys(this.messages).length > 0) throw new InvalidInput(this.messages)
  }
}

/** The revision that a form was drawn from; 0 when it carries none. */
export const revisionFrom = (fields: FormFields): number => Number(/^\d+$/.exec(fields.text('revision'))?.[0] ?? 0)
