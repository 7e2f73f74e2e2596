import type { Actor } from '../kernel/actor.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import type { ReceivedFile } from '../http/route.ts'
import { acceptedKind } from './accepted-kinds.ts'
import type { EvidenceFile } from './evidence.ts'
import type { FileStore } from './file-store.ts'

interface Needs {
  readonly files: FileStore
  readonly now: () => Date
}

/** Refuses at `field` every file that is not taken, all of them in one message. */
export function demandAccepted(received: readonly ReceivedFile[], field = 'files'): void {
  const refused = received.flatMap(file => {
    const kind = acceptedKind(file)
    return 'refused' in kind ? [kind.refused] : []
  })
  if (refused.length > 0) throw new InvalidInput({ [field]: refused.join(' ') })
}

/** Keeps received files for good and gives them as an entry holds them; two equal files become one. */
export async function keepFiles(
  { files, now }: Needs,
  actor: Actor,
  received: readonly ReceivedFile[],
): Promise<readonly EvidenceFile[]> {
  demandAccepted(received)
  const kept = new Map<string, EvidenceFile>()
  for (const file of received) {
    const kind = acceptedKind(file)
    if ('refused' in kind) continue
    await files.keep(file)
    const { sha256, size } = file
    kept.set(sha256, {
      sha256,
      name: file.name.slice(0, 200),
      mime: kind.mime,
      size,
      addedBy: actor.personId,
      at: now(),
    })
  }
  return [...kept.values()]
}
