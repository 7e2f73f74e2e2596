import { createHash, randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import type { ReceivedFile } from '../http/route.ts'
import { searchKey } from '../kernel/words.ts'
import { paragraph, renderPdf, section } from '../paper/index.ts'
import { chance } from './school-figures.ts'

/** Lays bytes where an upload would lie, as the HTTP edge hands them over. */
async function received(name: string, mime: string, bytes: Uint8Array): Promise<ReceivedFile> {
  const folder = path.join(tmpdir(), 'kiem-dinh-demo')
  await mkdir(folder, { recursive: true })
  const at = path.join(folder, randomUUID())
  await writeFile(at, bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { field: 'files', name, path: at, size: bytes.length, sha256, mime }
}

const fileName = (title: string, ending: string): string =>
  `${searchKey(title)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)}.${ending}`

/** A one-page document that says what it stands for and that it is made up. */
export async function smallPdf(
  title: string,
  school: string,
  lines: readonly string[],
  at: Date,
): Promise<ReceivedFile> {
  const { bytes } = await renderPdf({
    meta: { title, author: school, createdAt: at.toISOString() },
    sections: [
      section([
        paragraph(school, { style: 'centered' }),
        paragraph(title, { style: 'title' }),
        ...lines.map(line => paragraph(line)),
        paragraph('Tài liệu minh họa, không phải văn bản thật.', { style: 'small' }),
      ]),
    ],
  })
  return received(fileName(title, 'pdf'), 'application/pdf', bytes)
}

const WIDTH = 240
const HEIGHT = 160

/** A drawn picture: sky, a building with windows, a yard; its colours come from the title. */
export function smallPicture(title: string): Promise<ReceivedFile> {
  const [hue, height, width] = [
    chance(title, 'h'),
    40 + Math.floor(chance(title, 'y') * 40),
    110 + Math.floor(chance(title, 'x') * 90),
  ]
  const wall = [200 + Math.floor(hue * 50), 170, 90 + Math.floor(hue * 120)]
  const rows = Array.from({ length: HEIGHT }, (_, y) => {
    const line = Buffer.alloc(1 + WIDTH * 3)
    for (let x = 0; x < WIDTH; x++) {
      const [left, top, bottom] = [(WIDTH - width) / 2, 120 - height, 120]
      const inside = x > left && x < left + width && y > top && y < bottom
      const isWindow = inside && (x - Math.floor(left)) % 22 > 8 && (y - top) % 20 > 9
      line.set(
        isWindow ? [90, 140, 180] : inside ? wall : y < 120 ? [150 + y / 2, 200, 235] : [110, 160, 90 + (y % 7)],
        1 + x * 3,
      )
    }
    return line
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const bytes = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`Comment\0${searchKey(title)}`, 'latin1')),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
  return received(fileName(title, 'png'), 'image/png', bytes)
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
