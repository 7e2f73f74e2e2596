// npm start: installs what is missing, then runs the system in this same process, so that signals need no forwarding.
import { fileURLToPath } from 'node:url'
import { bundled } from './bundle.mjs'
import { endWith, install, say } from './install.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

/** npm hands SIGTERM only to its shell, which dies without a word to us: then we stop as well instead of living on. */
function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return
  const shell = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  watch.unref()
}

/** The bundled program; where none can be kept (a folder that may only be read), the sources themselves. */
async function program() {
  try {
    const address = await bundled(ROOT)
    process.setSourceMapsEnabled(true)
    return address
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM', 'ENOSPC'].includes(error?.code)) throw error
    const { register } = await import('tsx/esm/api')
    register()
    return new URL('../src/main.ts', import.meta.url).href
  }
}

try {
  say('Kiểm Định: đang chuẩn bị…')
  stopWithNpm()
  await install({ withTools: false })
  await import(await program())
} catch (error) {
  endWith(error)
}
