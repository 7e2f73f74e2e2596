import {
  assessmentStore,
  commentStore,
  sheetStore,
  type AssessmentNeeds,
  type PaperKind,
} from '../../src/assessments/index.ts'
import { fileStore } from '../../src/evidence/index.ts'
import { journalStore, relay } from '../../src/journal/index.ts'
import type { Actor, Seat, SeatRole } from '../../src/kernel/actor.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { renderInWorker, renderWordInWorker } from '../../src/paper/index.ts'
import { freezePaper, paperBytes, paperStore, type ReportNeeds } from '../../src/reports/index.ts'
import { aDossier, SCHOOL, YEAR } from './a-dossier.ts'

export const BASE_URL = 'https://kd.example'

const seat = (role: SeatRole): Seat => ({ role, unitId: SCHOOL, year: YEAR, from: '2025-08-01' })
export const CHAIR: Actor = { personId: 'a', name: 'Thành Viên A', seats: [seat('head'), seat('chair')] }

export const ADOPTION = {
  votes: { for: 7, against: 0, other: 0, total: 7 },
  minutes: 'Biên bản số 9 ngày 15/04/2026',
  on: '2026-04-15',
  waivedBecause: 'Dự thảo đã được góp ý tại hội nghị cán bộ, viên chức',
}

/** A school whose report is ready to be adopted: decisions and papers in the database, everything else from memory. */
export function adoptionStage(db: Database, filesDir: string, now = (): Date => new Date('2026-04-15T03:00:00Z')) {
  const dossier = aDossier({
    report: { version: 0, draft: { level: 2, paperId: 'p3', at: new Date('2026-04-01T02:00:00Z') } },
  })
  const post = relay(db, journalStore(db), error => {
    throw error
  })
  const assessments = assessmentStore(db, post)
  const sheets = { ...sheetStore(db), ...dossier.needs.sheets }
  const reports: ReportNeeds = {
    ...dossier.needs,
    sheets,
    assessment: id => assessments.find(id),
    papers: paperStore(db),
    files: fileStore(filesDir),
    draw: renderInWorker,
    drawWord: renderWordInWorker,
    received: ({ seats }) =>
      Promise.resolve(
        seats.some(({ unitId }) => unitId === SCHOOL)
          ? [
              {
                title: 'Công văn yêu cầu hoàn thiện báo cáo tự đánh giá',
                number: '12/UBND',
                date: '2026-05-18',
                from: 'UBND xã Mẫu',
                pages: 2,
                sha256: 'a'.repeat(64),
                href: '/xem-xet/mau/van-ban/1.pdf',
                stands: false,
              },
            ]
          : [],
      ),
    baseUrl: BASE_URL,
  }
  const needs: AssessmentNeeds = {
    assessments,
    sheets,
    comments: commentStore(db),
    now,
    setOf: reports.setOf,
    setFor: async () => undefined,
    school: async () => ({
      id: SCHOOL,
      name: 'Trường THCS Lá Lúa',
      kind: 'thcs',
      active: true,
      ownership: 'public',
      headId: 'a',
      hasDeputy: true,
      ancestors: ['xa', 'so'],
    }),
    yearOpen: async () => true,
    numbers: async () => ({
      councilMin: 7,
      voteShare: { numerator: 2, denominator: 3 },
      internalCommentDays: 15,
      holidays: new Set(),
    }),
    evidence: reports.evidence,
    freezeEvidence: async () => undefined,
    thawEvidence: async () => undefined,
    chosenMapping: async () => undefined,
    mappingByHash: async () => undefined,
    refileEvidence: async () => undefined,
    carryEvidence: async () => new Map(),
    figures: async () => ({ locked: true, reconciliation: 'confirmed' }),
    lockFigures: async () => undefined,
    planUnmet: async () => [],
    freezePaper: (kind: PaperKind, after) => freezePaper(reports)(kind, after),
    paperBytes: paperBytes(reports),
    keepFile: async () => '',
    actionsLeftBehind: async () => 0,
    followReview: async () => undefined,
  }
  return { dossier, assessments, reports, needs, post }
}
