/** Whom to reach in a unit about quality accreditation: contact data of a post, no account and no right. */
export interface FocalPerson {
  readonly unitId: string
  readonly name: string
  readonly post: string
  readonly phone: string
  readonly email: string
  readonly rev: number
  /** When it was last said to be right. */
  readonly at: Date
}
