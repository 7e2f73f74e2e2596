import { fork, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

// Plain JavaScript that runs before anything is installed, so it has no types of its own.
const { bundled } = (await import(new URL('../bundle.mjs', import.meta.url).href)) as {
  readonly bundled: (root: string, entry: string) => Promise<string>
}

/**
 * Starts a program of the benches bundled as `npm start` runs the product: one that reads its TypeScript itself is
 * another program, above all in memory.
 */
export async function forkBundled(entry: string, args: readonly string[]): Promise<ChildProcess> {
  const program = await bundled(path.resolve(import.meta.dirname, '../..'), entry)
  return fork(fileURLToPath(program), args, {
    execArgv: ['--enable-source-maps'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
}

/** The next message of a process, which the caller knows the shape of; fails when the process ends before. */
export const nextMessage = <T>(child: ChildProcess): Promise<T> =>
  new Promise((done, fail) => {
    child.once('exit', code => fail(new Error(`the process of the bench ended with ${code}`)))
    // The only senders are the programs of the benches, which send exactly what they are asked for.
    child.once('message', message => done(message as T))
  })
