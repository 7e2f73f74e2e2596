import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findOnPath } from '../../src/mongo/own-server.ts'

const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome', 'microsoft-edge']
const PLACES = [
  '/opt/google/chrome/chrome',
  '/usr/lib/chromium/chromium',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Chrome or Chromium is not there and cannot be installed; the message says what a person can do. */
export class NoBrowser extends Error {
  override readonly name = 'NoBrowser'
}

/** The browser of CHROME_PATH, of PATH or of the usual places; undefined when there is none. */
export function findChrome(env: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const given = env['CHROME_PATH']
  if (given !== undefined && given !== '') {
    if (!existsSync(given)) throw new NoBrowser(`Không có tệp ${given} mà CHROME_PATH chỉ tới.`)
    return given
  }
  for (const name of NAMES) {
    const found = findOnPath(name, env['PATH'] ?? '')
    if (found !== undefined) return found
  }
  return PLACES.find(place => existsSync(place))
}

/** How apt-get may be called without asking for a password, or undefined. */
function aptGet(): string[] | undefined {
  if (findOnPath('apt-get', process.env['PATH'] ?? '') === undefined) return undefined
  if (process.getuid?.() === 0) return ['apt-get']
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n', 'apt-get'] : undefined
}

async function runApt(command: string[], say: (line: string) => void): Promise<void> {
  const [program = '', ...args] = command
  const began = Date.now()
  let last = ''
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  const keep = (text: string) => (last = text.trim().split('\n').at(-1) ?? last)
  child.stdout.setEncoding('utf8').on('data', keep)
  child.stderr.setEncoding('utf8').on('data', keep)
  const ticking = setInterval(() => {
    say(`  … đã ${Math.round((Date.now() - began) / 1000)} giây: ${last.slice(0, 100)}`)
  }, 5000)
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done)).finally(
    () => clearInterval(ticking),
  )
  if (code !== 0) throw new Error(`${command.join(' ')} kết thúc với mã ${code}: ${last}`)
}

/** A Chrome or Chromium, installed from Debian when there is none and this user may. Throws `NoBrowser`. */
export async function ensureChrome(say: (line: string) => void): Promise<string> {
  const found = findChrome()
  if (found !== undefined) return found
  const others = 'Hãy cài Chrome hoặc Chromium, đặt CHROME_PATH, hoặc bỏ qua phần này: npm test -- --no-browser'
  const apt = aptGet()
  if (apt === undefined) {
    throw new NoBrowser(
      `Không thấy Chrome hay Chromium để chạy kiểm thử trên trình duyệt, và không có quyền cài bằng apt-get. ${others}`,
    )
  }
  say('Không thấy Chrome hay Chromium: đang cài gói chromium bằng apt-get (khoảng 100 MB)…')
  try {
    await runApt([...apt, 'update'], say)
    await runApt([...apt, 'install', '-y', '--no-install-recommends', 'chromium'], say)
  } catch (error) {
    throw new NoBrowser(
      `Không cài được chromium (${error instanceof Error ? error.message : String(error)}). ${others}`,
      { cause: error },
    )
  }
  const installed = findChrome()
  if (installed === undefined) throw new NoBrowser(`Đã cài gói chromium nhưng không thấy trình duyệt. ${others}`)
  say(`Đã cài ${installed}.`)
  return installed
}
