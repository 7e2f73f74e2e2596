// The child process between us and a `mongod`: ends it when we end, however that happens, and keeps Ctrl+C from it until
// we have finished our own writes.
import { spawn } from 'node:child_process'

const [program, ...args] = process.argv.slice(2)
const server = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true })
const stop = () => server.kill('SIGTERM')

server.on('exit', code => process.exit(code ?? 1))
server.on('error', error => {
  console.error(error.message)
  process.exit(1)
})
process.on('disconnect', stop).on('SIGTERM', stop)
process.on('SIGINT', () => {}).on('SIGHUP', () => {})
