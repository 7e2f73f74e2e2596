import type { ReceivedFile } from '../http/route.ts'
import type { Actor } from '../kernel/actor.ts'
import { InvalidInput, NotFound } from '../kernel/refusals.ts'
import { itemFor, type EvidenceNeeds } from './evidence-needs.ts'
import type { Evidence } from './evidence.ts'
import { demandAccepted, keepFiles } from './keep-files.ts'
import { stepEvidence } from './step-evidence.ts'

/** Puts a better copy in the place of a coded item's file; the earlier version stays, marked with its successor. */
export const replaceFile =
  (needs: EvidenceNeeds) =>
  async (
    actor: Actor,
    id: string,
    { old, received, reason }: { old: string; received: readonly ReceivedFile[]; reason: string },
  ): Promise<Evidence> => {
    const { item } = await itemFor(needs, actor, id, 'replaceFile')
    const inForce = item.entries.some(entry =>
      entry.files.some(file => file.sha256 === old && file.replacedBy === undefined),
    )
    if (!inForce) throw new NotFound(`file ${old} of evidence ${id}`)
    if (received.length !== 1) throw new InvalidInput({ files: 'Cần chọn đúng một tệp để thay.' })
    demandAccepted(received)
    if (received[0]?.sha256 === old) throw new InvalidInput({ files: 'Tệp vừa chọn chính là tệp đang có.' })
    const [fresh] = await keepFiles(needs, actor, received)
    return stepEvidence(needs, actor, id, {
      right: 'replaceFile',
      event: () => ({ type: 'replaceFile', reason }),
      change: before =>
        fresh === undefined
          ? before
          : {
              ...before,
              entries: before.entries.map(entry =>
                entry.files.some(file => file.sha256 === old)
                  ? {
                      ...entry,
                      files: [
                        ...entry.files.map(file =>
                          file.sha256 === old ? { ...file, replacedBy: fresh.sha256 } : file,
                        ),
                        fresh,
                      ],
                    }
                  : entry,
              ),
            },
      facts: { old, fresh: fresh?.sha256 },
    })
  }
