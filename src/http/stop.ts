import type { Server } from 'node:http'

/** Lets requests under way finish, then closes; connections still open after `patienceMs` are cut. */
export async function closeGracefully(server: Server, patienceMs = 10_000): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => server.close(error => (error ? reject(error) : resolve())))
  // A browser keeps its connection open after the answer, so what has become idle is closed again and again.
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const cut = setTimeout(() => server.closeAllConnections(), patienceMs)
  try {
    await closed
  } finally {
    clearInterval(idle)
    clearTimeout(cut)
  }
}
