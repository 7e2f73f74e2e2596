/** One thing that is missing before a step may be taken: a Vietnamese sentence and where it is mended. */
export interface Unmet {
  readonly code: string
  readonly message: string
  /** Address of the screen on which a person can mend it. */
  readonly href?: string
}

/** An answer of the system to a request it will not carry out; everything else thrown is a fault (500). */
export abstract class Refusal extends Error {
  abstract readonly status: number
}

/** Unknown to the reader: it is not there, or this person may not know that it is. */
export class NotFound extends Refusal {
  readonly status = 404
}

/** Readable, but not allowed; `whoMay` names whom to ask, in Vietnamese. */
export class Forbidden extends Refusal {
  readonly status = 403
  readonly whoMay: string | undefined
  constructor(message: string, whoMay?: string) {
    super(message)
    this.whoMay = whoMay
  }
}

/** Somebody else wrote first: the write was guarded by a revision that is no longer the newest. */
export class StaleWrite extends Refusal {
  readonly status = 409
  /** What stands there now, for the screen that shows both. */
  readonly current: unknown
  constructor(message: string, current?: unknown) {
    super(message)
    this.current = current
  }
}

/** The machine has no such step from here, or its conditions are not met; lists every unmet one. */
export class StepRefused extends Refusal {
  readonly status = 409
  readonly unmet: readonly Unmet[]
  constructor(message: string, unmet: readonly Unmet[] = []) {
    super(message)
    this.unmet = unmet
  }
}

/** What was typed cannot be taken; one Vietnamese message per field, all of them at once. */
export class InvalidInput extends Refusal {
  readonly status = 422
  readonly fields: Readonly<Record<string, string>>
  constructor(
    fields: Readonly<Record<string, string>>,
    message = 'Có chỗ nhập chưa đúng, xin xem lại các ô được đánh dấu.',
  ) {
    super(message)
    this.fields = fields
  }
}
