// What both commands do first: check Node, and install the packages of package-lock.json unless they are there already.
// Plain JavaScript without packages, because there may be none yet.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const LEAST_NODE = [20, 19]

/** A sentence for the person at the terminal; the command ends with it instead of a stack. */
export class CannotGoOn extends Error {}

/** @param {string} line */
export const say = line => console.log(line)

/** Prints the sentence of an error that was foreseen, the stack of any other, and ends the command. */
export function endWith(error) {
  console.error(error instanceof CannotGoOn ? `\n${error.message}` : error)
  process.exit(1)
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return
  throw new CannotGoOn(
    `Cần Node.js từ ${LEAST_NODE.join('.')} trở lên, máy này đang dùng ${process.versions.node}. Hãy cài bản mới từ nodejs.org rồi chạy lại.`,
  )
}

const packagesIn = file => JSON.parse(readFileSync(file, 'utf8')).packages

/** Folders of packages that package-lock.json asks for and npm's own record of the last install does not have. */
export function missingPackages(root, withTools) {
  const record = join(root, 'node_modules', '.package-lock.json') // written by npm when an install is complete
  const installed = existsSync(record) ? packagesIn(record) : {}
  return Object.entries(packagesIn(join(root, 'package-lock.json')))
    .filter(([folder, wanted]) => {
      if (folder === '' || (!withTools && (wanted.dev || wanted.devOptional))) return false
      const found = installed[folder]
      return found === undefined ? !wanted.optional && !wanted.devOptional : found.version !== wanted.version
    })
    .map(([folder]) => folder)
}

function npmCommand() {
  const running = process.env.npm_execpath ?? ''
  return basename(running).startsWith('npm-cli') ? [process.execPath, running] : ['npm']
}

/** Why npm failed, in words, from the code it prints. */
function hintFor(output) {
  if (/ENOSPC/.test(output)) return 'Ổ đĩa đã hết chỗ: hãy giải phóng chỗ (cần khoảng 600 MB).'
  if (/EACCES|EPERM|EROFS/.test(output))
    return 'Không ghi được vào thư mục này: hãy sửa quyền hoặc chép mã nguồn sang thư mục của mình.'
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|network/i.test(output))
    return 'Không tới được kho gói npm: hãy kiểm tra mạng, proxy (npm config get proxy) hoặc registry (npm config get registry).'
  if (/can only install packages when your package.json and package-lock.json/.test(output))
    return 'package.json và package-lock.json không khớp nhau: hãy lấy lại mã nguồn, hoặc chạy npm install.'
  return 'Hãy đọc các dòng trên của npm, sửa rồi chạy lại.'
}

function runNpm(args, progress) {
  return new Promise((done, fail) => {
    const [program, ...before] = npmCommand()
    const child = spawn(program, [...before, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = text => (output = (output + text).slice(-4000))
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    const ticking = setInterval(progress, 3000)
    child.once('error', error => {
      clearInterval(ticking)
      fail(new CannotGoOn(`Không chạy được npm (${error.message}). Hãy cài npm cùng với Node.js rồi chạy lại.`))
    })
    child.once('close', code => {
      clearInterval(ticking)
      if (code === 0) done(undefined)
      else
        fail(
          new CannotGoOn(
            `${output.trim()}\n\nKhông cài được các gói (npm ${args[0]} kết thúc với mã ${code}). ${hintFor(output)}`,
          ),
        )
    })
  })
}

/** Makes sure that the packages are there; `withTools` also those that only tests and checks need. */
export async function install({ withTools }) {
  checkNode()
  const missing = missingPackages(ROOT, withTools)
  if (missing.length === 0) return
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  const all = Object.keys(packagesIn(join(ROOT, 'package-lock.json'))).filter(folder => folder !== '')
  say(`Đang cài ${missing.length} gói theo package-lock.json (npm ci)…`)
  await runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...(withTools ? ['--include=dev'] : [])], () => {
    const there = all.filter(folder => existsSync(join(ROOT, folder))).length
    say(`  … đã ${seconds()} giây, ${there}/${all.length} gói`)
  })
  say(`Đã cài xong các gói sau ${seconds()} giây.`)
}
