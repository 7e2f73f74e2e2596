import { fork, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

// Plain JavaScript that runs before anything is installed, so it has no types of its own.
const { bundled } = (await import(new URL('../bundle.mjs', import.meta.url).href)) as {
  readonly bundled: (root: string, entry: string) => Promise<string>
}

/** Longest pauses of a server's event loop, in milliseconds. */
export interface LoopDelay {
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** The product as a process of its own, over a real engine with data. */
export interface BenchServer {
  readonly pid: number
  readonly port: number
  /** A bare node:http server in the same process. */
  readonly plainPort: number
  readonly loopDelay: () => Promise<LoopDelay>
  readonly stop: () => void
}

const next = <T>(child: ChildProcess): Promise<T> =>
  new Promise((done, fail) => {
    child.once('exit', code => fail(new Error(`the server of the bench ended with ${code}`)))
    // The only sender is server-process.ts, which sends exactly what is asked for here.
    child.once('message', message => done(message as T))
  })

/**
 * Starts the application over a database that is there, bundled as `npm start` runs it: a program that reads its TypeScript
 * itself is another one, above all in memory. Throws when it ends before it serves.
 */
export async function startServer(uri: string, name: string, filesDir: string): Promise<BenchServer> {
  const program = await bundled(path.resolve(import.meta.dirname, '../..'), 'scripts/bench/server-process.ts')
  const child = fork(fileURLToPath(program), [uri, name, filesDir], {
    execArgv: ['--enable-source-maps'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const ports = await next<{ port: number; plainPort: number }>(child)
  return {
    pid: child.pid ?? 0,
    ...ports,
    loopDelay: () => {
      child.send('delay')
      return next<LoopDelay>(child)
    },
    stop: () => {
      child.removeAllListeners('exit')
      child.kill()
    },
  }
}
