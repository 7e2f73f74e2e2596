// npm start: installs what is missing, then runs the system in this same process, so that signals need no forwarding.
import { endWith, install, say } from './install.mjs'

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

try {
  say('Kiểm Định: đang chuẩn bị…')
  stopWithNpm()
  await install({ withTools: false })
  const { register } = await import('tsx/esm/api')
  register()
  await import('../src/main.ts')
} catch (error) {
  endWith(error)
}
