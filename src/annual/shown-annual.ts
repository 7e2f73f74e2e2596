import { NotFound } from '../kernel/refusals.ts'
import type { Doc } from '../paper/index.ts'
import type { SchoolRow, UnitReserve } from '../rollups/index.ts'
import { annualDoc, sourceWords } from './annual-blocks.ts'
import type { AnnualNeeds } from './annual-needs.ts'
import { newestSent, newestVersion, type AnnualReport, type AnnualVersion } from './annual-report.ts'
import type { AnnualTable } from './annual-table.ts'
import { keptDoc, keptTables } from './freeze-annual.ts'
import { gatherFacts, onPaper, type GatheredFacts } from './gather-annual.ts'
import type { OpenReport } from './open-annual.ts'

/** A report as somebody may see it now: what stands in the draft, or a version as it was signed. */
export interface Shown {
  readonly doc: Doc
  readonly tables: readonly AnnualTable[]
  readonly source: string
  readonly closingDay: string
  readonly rows: readonly SchoolRow[]
  readonly reserves: readonly UnitReserve[]
  /** Only for a draft. */
  readonly gathered?: GatheredFacts
  readonly version?: AnnualVersion
}

/** The version that stands for the report: none while its unit is at work on it. */
export function versionFor({ report, own }: OpenReport): AnnualVersion | undefined {
  if (!own) return newestSent(report)
  return report.state === 'signed' || report.state === 'sent' ? newestVersion(report) : undefined
}

/** What this reader sees; `NotFound` for the level above before anything was sent. */
export const showReport =
  (needs: AnnualNeeds) =>
  async (open: OpenReport): Promise<Shown> => {
    const version = versionFor(open)
    if (version) return showVersion(needs)(open.report, version)
    if (!open.own) throw new NotFound('Không tìm thấy báo cáo này.')
    const gathered = await gatherFacts(needs)(open.report)
    const paper = await onPaper(needs)(open.report, gathered)
    return {
      doc: annualDoc(paper),
      tables: paper.tables,
      source: sourceWords(paper),
      closingDay: gathered.facts.closingDay,
      rows: gathered.facts.rows,
      reserves: gathered.facts.reserves ?? [],
      gathered,
    }
  }

/** A signed version: words and tables from its kept files, schools from the frozen figures that it names. */
export const showVersion =
  (needs: AnnualNeeds) =>
  async (report: AnnualReport, version: AnnualVersion): Promise<Shown> => {
    const paper = await needs.papers.get(version.paperId)
    const [doc, tables, facts] = await Promise.all([
      keptDoc(needs.files, paper),
      keptTables(needs.files, paper),
      needs.frozenFigures(version.snapshotId, report.unitId),
    ])
    return {
      doc,
      tables,
      source: sourceWords({ facts, snapshotId: version.snapshotId }),
      closingDay: facts.closingDay,
      rows: facts.rows,
      reserves: facts.reserves ?? [],
      version,
    }
  }

/** The letter without its annexes: on screen the tables stand below it with their links. */
export const letterOf = (doc: Doc): Doc => ({ ...doc, sections: doc.sections.slice(0, 1) })

/** A version by the number in an address; readers of the level above know only those that were sent. */
export function versionNamed({ report, own }: OpenReport, name: string): AnnualVersion {
  const found = report.versions.find(
    version => String(version.version) === name && (own || version.sentOn !== undefined),
  )
  if (!found) throw new NotFound('Không tìm thấy phiên bản này.')
  return found
}
