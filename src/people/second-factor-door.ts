import { Secret, TOTP } from 'otpauth'
import { encodeQR } from 'qr'

const ISSUER = 'Kiểm định chất lượng'
const SECONDS = 30
/** The clock of a phone may be half a minute off. */
const WINDOW = 1

const totpOf = (secret: string, label: string): TOTP =>
  new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret), period: SECONDS })

/** A new shared secret of 160 bits, in base 32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32

/** The 30-second step whose code this is, when it is that of now or a neighbour; undefined for any other text. */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const delta = totpOf(secret, '').validate({ token, timestamp: now.getTime(), window: WINDOW })
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / SECONDS) + delta
}

/** The secret as a QR code for an authenticator app: an SVG picture as a data address. */
export function secretPicture(secret: string, username: string): string {
  const svg = encodeQR(totpOf(secret, username).toString(), 'svg', { border: 2 })
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}

/** An address as a QR code, for handing over a link on paper. */
export const addressPicture = (address: string): string =>
  `data:image/svg+xml;base64,${Buffer.from(encodeQR(address, 'svg', { border: 2 })).toString('base64')}`
