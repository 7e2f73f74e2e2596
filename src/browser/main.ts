import { startFigureTotals } from './figure-totals.ts'
import { startRows } from './rows.ts'
import { startShell } from './shell.ts'

startShell()
startFigureTotals()
startRows()
