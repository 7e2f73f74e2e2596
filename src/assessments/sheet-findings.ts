import type { Day } from '../kernel/dates.ts'
import type { CitedEvidence } from './needs.ts'
import type { OpenSheet } from './open-sheet.ts'
import { lintInputOf } from './sheet-lint-input.ts'
import { lintSheet, type LintFinding } from './sheet-lint.ts'
import type { Sheet } from './sheet.ts'

type Looked = Pick<OpenSheet, 'assessment' | 'decision' | 'asked'>

interface Found {
  readonly open: Looked
  readonly evidence: ReadonlyMap<string, CitedEvidence>
  readonly today: Day
  readonly findings: readonly LintFinding[]
}

const found = new WeakMap<Sheet, Found>()

/** What the lint finds on a sheet; a page asks twice and is given the same. Values are compared, never their content. */
export function findingsOf(
  open: Looked,
  sheet: Sheet,
  evidence: ReadonlyMap<string, CitedEvidence>,
  today: Day,
): readonly LintFinding[] {
  const last = found.get(sheet)
  const isSame =
    last?.open.decision === open.decision &&
    last.open.asked === open.asked &&
    last.open.assessment === open.assessment &&
    last.evidence === evidence &&
    last.today === today
  if (isSame) return last.findings
  const findings = lintSheet(lintInputOf(open, sheet, evidence, today))
  found.set(sheet, { open, evidence, today, findings })
  return findings
}
