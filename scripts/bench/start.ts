import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { median, round } from './numbers.ts'
import type { Measured } from './report-numbers.ts'

const ROUNDS = 4

/** A port that nobody uses now. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

/** Milliseconds from the command to the first page that answers; the server is stopped again. */
async function startOnce(dataDir: string): Promise<number> {
  const port = await freePort()
  const began = performance.now()
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), DEMO: 'false', LOG_LEVEL: 'silent' },
    stdio: 'ignore',
  })
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/dang-nhap`).catch(() => undefined)
    if (answer?.ok) break
    if (child.exitCode !== null) throw new Error(`the system ended with ${child.exitCode} before it served`)
    await wait(10)
  }
  const took = performance.now() - began
  child.kill('SIGTERM')
  await once(child, 'exit')
  return took
}

/** Start of an installation that is there, without the demonstration: engine, indexes, criteria, assets, first page. */
export async function benchStart(): Promise<readonly Measured[]> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'kd-start-'))
  try {
    const empty = await startOnce(dataDir)
    const again: number[] = []
    for (let turn = 0; turn < ROUNDS; turn++) again.push(await startOnce(dataDir))
    return [
      {
        goal: 'P22',
        what: 'installed: command to first page',
        value: median(again) / 1000,
        gate: 3,
        unit: 's',
        detail: `into an empty folder ${round(empty / 1000)} s; without the demonstration`,
      },
    ]
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}
