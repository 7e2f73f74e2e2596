import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

const MARK = 's1'
const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/** Encrypts what only this installation may read: AES-256-GCM, bound to the person whose secret it is. */
export type SecretSeal = ReturnType<typeof secretSeal>

interface Key {
  /** Short name of the key, kept beside what it closes; nothing of the key can be told from it. */
  readonly id: string
  readonly bytes: Buffer
}

function keyFrom(installationSecret: string): Key {
  const bytes = Buffer.from(hkdfSync('sha256', installationSecret, '', 'kiem-dinh: second factor', 32))
  return { id: createHash('sha256').update('key id').update(bytes).digest('hex').slice(0, 12), bytes }
}

/**
 * Seals with a key derived from the first of the installation's secrets and opens with that of any of them, so that a
 * secret can be replaced without anybody losing what it closed. Throws a RangeError without any secret.
 */
export function secretSeal(installationSecrets: readonly string[]) {
  const keys = installationSecrets.map(keyFrom)
  const [current] = keys
  if (!current) throw new RangeError('no installation secret')
  return {
    /** `s1:<key>:<iv, tag, text in base64url>`; sealing twice gives two different texts. */
    close(plain: string, personId: string): string {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv(CIPHER, current.bytes, iv).setAAD(Buffer.from(personId))
      const closed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return [MARK, current.id, Buffer.concat([iv, cipher.getAuthTag(), closed]).toString('base64url')].join(':')
    },

    /** The text inside; undefined when its key is not known here, or it was changed or belongs to somebody else. */
    open(sealed: string, personId: string): string | undefined {
      const [mark, keyId, body = ''] = sealed.split(':')
      const key = mark === MARK ? keys.find(({ id }) => id === keyId) : undefined
      if (!key) return undefined
      const bytes = Buffer.from(body, 'base64url')
      const [iv, tag, closed] = [
        bytes.subarray(0, IV_BYTES),
        bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES),
        bytes.subarray(IV_BYTES + TAG_BYTES),
      ]
      if (iv.length < IV_BYTES || tag.length < TAG_BYTES) return undefined
      const decipher = createDecipheriv(CIPHER, key.bytes, iv).setAAD(Buffer.from(personId)).setAuthTag(tag)
      try {
        return Buffer.concat([decipher.update(closed), decipher.final()]).toString('utf8')
      } catch {
        // GCM refuses in its last step whatever is not exactly what was sealed for this person.
        return undefined
      }
    },

    /** `current`: nothing to do; `plain`: never sealed; `older`: sealed with a secret that was replaced; `unknown`: lost. */
    standing(stored: string): 'current' | 'plain' | 'older' | 'unknown' {
      const [mark, keyId] = stored.split(':')
      if (mark !== MARK) return 'plain'
      if (keyId === current.id) return 'current'
      return keys.some(({ id }) => id === keyId) ? 'older' : 'unknown'
    },
  }
}
