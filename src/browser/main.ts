import { startFigureTotals } from './figure-totals.ts'
import { startShell } from './shell.ts'

startShell()
startFigureTotals()
