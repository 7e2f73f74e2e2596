import type { PeopleStore } from './people-store.ts'
import type { SecretSeal } from './secret-seal.ts'

export interface SealNeeds {
  readonly people: Pick<PeopleStore, 'factorSecrets' | 'replaceSecret'>
  readonly seal: SecretSeal
}

export interface Sealed {
  /** Second factors that were closed anew. */
  readonly sealed: number
  /** Second factors whose key this installation does not know; their owners need a recovery code or a reset. */
  readonly lost: number
}

/**
 * Closes every kept second factor with the key of today: plain ones of before, and those of a secret that was replaced.
 * Run at every start; what is done already is left alone, and broken off it goes on at the next start.
 */
export async function sealSecrets({ people, seal }: SealNeeds): Promise<Sealed> {
  let [sealed, lost] = [0, 0]
  for await (const { personId, secret } of people.factorSecrets()) {
    const standing = seal.standing(secret)
    if (standing === 'current') continue
    const plain = standing === 'plain' ? secret : seal.open(secret, personId)
    if (plain === undefined) lost++
    // Somebody who turned the factor off meanwhile keeps it off.
    else if (await people.replaceSecret(personId, secret, seal.close(plain, personId))) sealed++
  }
  return { sealed, lost }
}
