// npm run check: types, lint and format of the whole repository. Runs all of them, then says which failed.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { endWith, install, say } from './install.mjs'

const plainScripts = ['scripts', 'src'].flatMap(folder =>
  readdirSync(folder, { recursive: true })
    .filter(name => name.endsWith('.mjs'))
    .map(name => `${folder}/${name}`),
)

const CHECKS = [
  { what: 'kiểu (tsc)', command: ['tsc', '-p', '.'] },
  // Plain JavaScript lies outside the TypeScript project, so that rules which need types would only see unknowns there.
  {
    what: 'quy tắc (oxlint)',
    command: ['oxlint', '--type-aware', '--ignore-pattern', '**/*.mjs', 'src', 'scripts', 'test'],
  },
  { what: 'quy tắc của tệp .mjs (oxlint)', command: ['oxlint', '--deny-warnings', ...plainScripts] },
  { what: 'định dạng (prettier)', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
]

try {
  await install({ withTools: true })
  const failed = CHECKS.filter(({ what, command: [tool, ...args] }) => {
    say(`Đang kiểm tra ${what}…`)
    return spawnSync(process.execPath, [`node_modules/.bin/${tool}`, ...args], { stdio: 'inherit' }).status !== 0
  })
  say(failed.length === 0 ? 'Tất cả đều đạt.' : `Chưa đạt: ${failed.map(check => check.what).join(', ')}.`)
  process.exitCode = failed.length === 0 ? 0 : 1
} catch (error) {
  endWith(error)
}
