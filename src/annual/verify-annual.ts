import { printDay } from '../kernel/dates.ts'
import { SHORT_HASH, type Verified } from '../reports/index.ts'
import type { AnnualNeeds } from './annual-needs.ts'
import type { AnnualPaper } from './annual-paper.ts'
import { newestVersion, type AnnualReport } from './annual-report.ts'

/** A paper that no version names was never signed: the process died between drawing it and the signature. */
function standingOf(
  paperId: string,
  report: AnnualReport | undefined,
): Pick<Verified, 'result' | 'endedOn' | 'replacedBy'> {
  const newest = report && newestVersion(report)
  if (!newest || !report.versions.some(version => version.paperId === paperId)) return { result: 'unused' }
  if (newest.paperId === paperId) return { result: 'inForce' }
  const { number, date } = newest
  return { result: 'replaced', endedOn: date, replacedBy: `báo cáo số ${number}, ngày ${printDay(date)}` }
}

/** What everybody may know of a signed annual report: the newest version is in force, earlier ones are superseded. */
export function annualPapersFor({ papers, reports }: Pick<AnnualNeeds, 'papers' | 'reports'>) {
  const tell = async (paper: AnnualPaper): Promise<Verified> => {
    const report = await reports.find(paper.reportId)
    return {
      ...standingOf(paper.id, report),
      title: paper.title,
      numberAndDate: `số ${paper.number}, ngày ${printDay(paper.date)}`,
      year: paper.year,
      hash: paper.contentHash.slice(0, SHORT_HASH),
      pages: paper.pages,
    }
  }
  const told = (found: readonly AnnualPaper[]): Promise<readonly Verified[]> => Promise.all(found.map(tell))
  return {
    byContent: async (prefix: string): Promise<readonly Verified[]> => told(await papers.byContent(prefix)),
    bySha256: async (hashes: readonly string[]): Promise<readonly Verified[]> => told(await papers.bySha256(hashes)),
  }
}
