import { parseArgs } from 'node:util'
import { benchAutosave } from './autosave.ts'
import { benchPages } from './pages.ts'
import { sayNumbers, type Measured } from './report-numbers.ts'
import { benchReport } from './report.ts'
import { openSetting, type Setting } from './setting.ts'
import { benchStart } from './start.ts'

/** Enough schools for about a thousand sheets: a smaller set would fit into every cache. */
const SCHOOLS = 36

const BENCHES: Readonly<Record<string, (setting: Setting) => Promise<readonly Measured[]>>> = {
  autosave: benchAutosave,
  pages: benchPages,
  report: benchReport,
  start: benchStart,
}

/** Benches over settings of their own; their options follow their name: `npm run bench -- province --schools 52000`. */
const ALONE: Readonly<Record<string, () => Promise<unknown>>> = {
  province: () => import('./province.ts'),
  crash: () => import('./crash.ts'),
  deadline: () => import('./deadline.ts'),
  imports: () => import('./imports.ts'),
  backup: () => import('./backup.ts'),
}
const alone = ALONE[process.argv[2] ?? '']
if (alone) {
  await alone()
  process.exit()
}

const { positionals } = parseArgs({ allowPositionals: true })
const chosen = positionals.length === 0 ? Object.keys(BENCHES) : positionals
const unknown = chosen.filter(name => !(name in BENCHES))
if (unknown.length > 0) {
  console.error(
    `Không có phép đo ${unknown.join(', ')}. Có: ${[...Object.keys(BENCHES), ...Object.keys(ALONE)].join(', ')}.`,
  )
  process.exit(2)
}
console.log(`Đang dựng ${SCHOOLS} trường mẫu…`)
const setting = await openSetting(SCHOOLS)
try {
  const numbers: Measured[] = []
  for (const name of chosen) {
    console.log(`Đang đo ${name}…`)
    numbers.push(...((await BENCHES[name]?.(setting)) ?? []))
  }
  sayNumbers(numbers)
} finally {
  await setting.close()
}
