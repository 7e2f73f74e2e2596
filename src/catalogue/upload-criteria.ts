import { readFile } from 'node:fs/promises'
import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/dates.ts'
import { Forbidden, StepRefused } from '../kernel/refusals.ts'
import { CriteriaFileInvalid, lineOf, readCriteriaFile, type FileProblem } from './criteria-file.ts'
import type { CriteriaSetStore } from './criteria-set-store.ts'
import type { CriteriaVersion } from './criteria-set.ts'
import { lint } from './linter.ts'
import { mayMap } from './mapping-policy.ts'
import { proposeMapping } from './mapping-propose.ts'
import type { MappingHow } from './mapping.ts'

/** What an uploaded criteria file is and would bring; nothing is written. */
export interface CriteriaTrial {
  readonly problems: readonly FileProblem[]
  readonly warnings: readonly FileProblem[]
  readonly version?: CriteriaVersion
  /** This very content is there already. */
  readonly known: boolean
  /** The newest version of the same set, or of a set for the same schools, and how many nodes change against it. */
  readonly before?: CriteriaVersion
  readonly changes: Readonly<Partial<Record<MappingHow, number>>>
}

export interface UploadNeeds {
  readonly sets: CriteriaSetStore
  readonly provinceId: () => Promise<string>
  readonly now: Clock
}

/** Bringing in a changed circular as a file: first a dry run, then an immutable version. */
export function criteriaUpload({ sets, provinceId, now }: UploadNeeds) {
  const demand = async (actor: Actor): Promise<void> => {
    if (!mayMap.importSet(actor, { provinceId: await provinceId() }))
      throw new Forbidden('Chỉ Sở hoặc quản trị hệ thống của Sở được tải bộ tiêu chí lên.', 'Chuyên viên Sở')
  }

  const tried = async (text: string): Promise<CriteriaTrial> => {
    let version: CriteriaVersion
    try {
      version = readCriteriaFile(text)
    } catch (error) {
      if (!(error instanceof CriteriaFileInvalid)) throw error
      return { problems: error.problems, warnings: [], known: false, changes: {} }
    }
    const all = await sets.all()
    const known = all.some(({ hash }) => hash === version.hash)
    // By itself: a corrected version of a set is valid on the same days as the one that it replaces.
    const said = lint(version).map(({ severity, path, place, message }) => ({
      severity,
      line: lineOf(text, path),
      path: path.join('.'),
      message: `${place}: ${message}`,
    }))
    const before =
      all.find(({ hash, set }) => hash !== version.hash && set.id === version.set.id) ??
      all.find(
        ({ hash, set }) =>
          hash !== version.hash &&
          set.rating === version.set.rating &&
          set.schoolKinds.some(kind => version.set.schoolKinds.includes(kind)),
      )
    const changes: Partial<Record<MappingHow, number>> = {}
    for (const { how } of before ? proposeMapping(before.set, version.set) : []) changes[how] = (changes[how] ?? 0) + 1
    return {
      problems: said.filter(({ severity }) => severity === 'error'),
      warnings: said.filter(({ severity }) => severity !== 'error'),
      version,
      known,
      ...(before && { before: { hash: before.hash, set: before.set } }),
      changes,
    }
  }

  return {
    demand,

    /** Reads and lints a file and says what would be new. */
    async tryFile(actor: Actor, path: string): Promise<CriteriaTrial> {
      await demand(actor)
      return tried(await readFile(path, 'utf8'))
    },

    /** Takes the file in as a new version; `StepRefused` when it has a fault or is there already. */
    async take(actor: Actor, bytes: Buffer): Promise<CriteriaVersion> {
      await demand(actor)
      const text = bytes.toString('utf8')
      const { version, problems } = await tried(text)
      if (!version || problems.length > 0)
        throw new StepRefused(
          'Tệp còn chỗ sai nên chưa nhập.',
          problems.map(({ line, message }) => ({ code: 'fileFault', message: `Dòng ${line}: ${message}` })),
        )
      if (!(await sets.insertOnce(version, now()))) throw new StepRefused('Phiên bản này đã có trong hệ thống.')
      return version
    },
  }
}

export type CriteriaUpload = ReturnType<typeof criteriaUpload>
