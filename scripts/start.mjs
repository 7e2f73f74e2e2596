// npm start: installs what is missing, then runs the system in this same process, so that signals need no forwarding.
import { endWith, install, say } from './install.mjs'

try {
  say('Kiểm Định: đang chuẩn bị…')
  await install({ withTools: false })
  const { register } = await import('tsx/esm/api')
  register()
  await import('../src/main.ts')
} catch (error) {
  endWith(error)
}
