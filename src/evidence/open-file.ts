import { entryBy } from '../journal/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { NotFound } from '../kernel/refusals.ts'
import { itemFor, type EvidenceNeeds } from './evidence-needs.ts'
import { demand } from './evidence-policy.ts'
import { classOf } from './evidence-words.ts'
import type { EvidenceFile } from './evidence.ts'

const MINUTE = 60_000

/**
 * A file of an item, for reading; earlier versions may be read too. Opening a sensitive one asks for more and is
 * written into the journal, once a minute per reader, because viewers fetch a file in many pieces.
 */
export const openFile =
  (needs: EvidenceNeeds) =>
  async (actor: Actor, id: string, sha256: string): Promise<{ readonly file: EvidenceFile; readonly path: string }> => {
    const { item, dossier } = await itemFor(needs, actor, id, 'read')
    const file = item.entries.flatMap(entry => entry.files).find(each => each.sha256 === sha256)
    if (item.state === 'disposed') throw new NotFound('Minh chứng đã tiêu hủy nên không còn tệp để xem.')
    if (!file) throw new NotFound(`file ${sha256} of evidence ${id}`)
    const { path } = await needs.files.open(sha256)
    if (classOf(item) === 'sensitive') {
      demand('openSensitive', actor, { dossier, criterion: item.criterion })
      const at = needs.now()
      const minute = Math.floor(at.getTime() / MINUTE)
      await needs.evidence.note(
        id,
        entryBy(actor, at, {
          id: `evidence:${id}:read:${actor.personId}:${sha256.slice(0, 12)}:${minute}`,
          unitId: item.schoolId,
          year: item.year,
          subject: { kind: 'evidence', id, part: item.assessmentId },
          event: 'openSensitive',
          facts: { file: sha256, name: file.name },
        }),
      )
    }
    return { file, path }
  }
