import { startAnnualDesk } from './annual-desk.ts'
import { startCouncil } from './council.ts'
import { startBulkUpload } from './evidence.ts'
import { startFigureTotals } from './figure-totals.ts'
import { startReportDesk } from './report-desk.ts'
import { startReview } from './review.ts'
import { startRows } from './rows.ts'
import { startSheet } from './sheet/start-sheet.ts'
import { startShell } from './shell.ts'
import { startYearTree } from './year-tree.ts'

startShell()
startYearTree()
startFigureTotals()
startRows()
startBulkUpload()
startSheet()
startCouncil()
startReportDesk()
startAnnualDesk()
startReview()
