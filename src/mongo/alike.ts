import { BSON } from 'mongodb'

/** Different documents remembered at most, some hundred bytes each. */
const MOST = 20_000

/**
 * Reads small documents of which thousands are the same byte for byte, given raw (`fieldsAsRaw`): each is taken apart
 * once, and the same bytes give the same object again, which therefore nobody may change. What was read may be forgotten
 * at any time.
 */
export function readAlike<Row extends object>(most = MOST): (bytes: Uint8Array) => Row {
  const known = new Map<string, Row>()
  return bytes => {
    const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
    const before = known.get(key)
    if (before) return before
    // The caller names the shape of what its collection holds, as with every read.
    const row = BSON.deserialize(bytes) as Row
    if (known.size >= most) known.clear()
    known.set(key, row)
    return row
  }
}
