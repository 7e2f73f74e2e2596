import { forkBundled, nextMessage } from './bundled-process.ts'

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

/** Starts the application over a database that is there. Throws when it ends before it serves. */
export async function startServer(uri: string, name: string, filesDir: string): Promise<BenchServer> {
  const child = await forkBundled('scripts/bench/server-process.ts', [uri, name, filesDir])
  const ports = await nextMessage<{ port: number; plainPort: number }>(child)
  return {
    pid: child.pid ?? 0,
    ...ports,
    loopDelay: () => {
      child.send('delay')
      return nextMessage<LoopDelay>(child)
    },
    stop: () => {
      child.removeAllListeners('exit')
      child.kill()
    },
  }
}
