import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Doc } from '../paper/index.ts'
import { contentHashOf, sealed, type KeptFiles } from '../reports/index.ts'
import { annualDoc, type AnnualOnPaper } from './annual-blocks.ts'
import type { AnnualNeeds } from './annual-needs.ts'
import type { AnnualPaper } from './annual-paper.ts'
import type { AnnualReport } from './annual-report.ts'
import type { AnnualTable } from './annual-table.ts'

/**
 * Draws a report as its signing leaves it and keeps PDF, blocks and tables before the step is written: a crash leaves
 * files or papers that no report names, and the step done again gives the same paper.
 */
export const freezeAnnual =
  ({ files, draw, papers, baseUrl }: AnnualNeeds) =>
  async (report: AnnualReport, paper: AnnualOnPaper & { readonly snapshotId: string }): Promise<AnnualPaper> => {
    const plain = annualDoc(paper)
    const contentHash = contentHashOf(plain)
    const doc = sealed(plain, { snapshot: paper.snapshotId, verifyUrl: `${baseUrl}/xac-minh` })
    const { bytes, sha256, pages } = await draw(doc)
    const [, docSha256, tablesSha256] = await Promise.all([
      files.keepBytes(bytes),
      files.keepBytes(Buffer.from(JSON.stringify(doc))),
      files.keepBytes(Buffer.from(JSON.stringify(paper.tables))),
    ])
    const version = report.versions.length + 1
    return papers.keep({
      id: `annual-${createHash('sha256').update(`${report.id}|${version}|${contentHash}`).digest('hex').slice(0, 24)}`,
      reportId: report.id,
      unitId: report.unitId,
      year: report.year,
      version,
      formId: doc.meta.formId ?? '',
      formVersion: doc.meta.formVersion ?? '',
      snapshotId: paper.snapshotId,
      contentHash,
      sha256,
      docSha256,
      tablesSha256,
      pages,
      title: doc.meta.title,
      number: paper.number ?? '',
      date: paper.date ?? paper.facts.closingDay,
      createdAt: new Date(doc.meta.createdAt),
    })
  }

type Files = Pick<KeptFiles, 'open'>

const read = async (files: Files, sha256: string): Promise<Buffer> => readFile((await files.open(sha256)).path)

/** The very bytes that were signed. */
export const keptPdf = (files: Files, { sha256 }: Pick<AnnualPaper, 'sha256'>): Promise<Buffer> => read(files, sha256)

export async function keptDoc(files: Files, { docSha256 }: Pick<AnnualPaper, 'docSha256'>): Promise<Doc> {
  // Written by `freezeAnnual` and named by its hash: nothing else can stand in that file.
  return JSON.parse(String(await read(files, docSha256))) as Doc
}

/** The tables as they were signed, with the schools behind each figure. */
export async function keptTables(
  files: Files,
  { tablesSha256 }: Pick<AnnualPaper, 'tablesSha256'>,
): Promise<readonly AnnualTable[]> {
  // As above.
  return JSON.parse(String(await read(files, tablesSha256))) as readonly AnnualTable[]
}
