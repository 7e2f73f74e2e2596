// npm test: installs what is missing, then runs all tests. `npm test -- --no-browser` leaves out those in a browser,
// `npm test -- test/mongo` runs a part.
import { endWith, install, say } from './install.mjs'

try {
  say('Kiểm Định: đang chuẩn bị chạy kiểm thử…')
  await install({ withTools: true })
  const { register } = await import('tsx/esm/api')
  register()
  const { runTests } = await import('./run-tests.ts')
  await runTests(process.argv.slice(2))
} catch (error) {
  process.once('exit', () => console.log('0 passed, 1 failed'))
  endWith(error)
}
