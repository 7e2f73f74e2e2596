import { ACTION_VERSION, actionLife, actionSteps } from '../src/actions/action-machine.ts'
import { ANNUAL_VERSION, annualLife, annualSteps } from '../src/annual/annual-machine.ts'
import { ASSESSMENT_VERSION, assessmentLife, assessmentSteps } from '../src/assessments/assessment-machine.ts'
import { CRITERION_VERSION, criterionLife, criterionSteps } from '../src/assessments/criterion-machine.ts'
import { TREE_VERSION, treeVersionLife, treeVersionSteps } from '../src/catalogue/year-tree-machine.ts'
import { RUN_VERSION, runLife, runSteps } from '../src/external/run-machine.ts'
import { MINUTES_VERSION, minutesLife, minutesSteps } from '../src/minutes/minutes-machine.ts'
import { TITLE_VERSION, titleLife, titleSteps } from '../src/external/title-machine.ts'
import { EVIDENCE_VERSION, evidenceLife, evidenceSteps } from '../src/evidence/evidence-machine.ts'
import { WHO_MAY } from '../src/figures/figure-policy.ts'
import { RECONCILIATION_VERSION, reconciliationLife } from '../src/figures/reconciliation-machine.ts'
import { SEAT_NAMES } from '../src/kernel/actor.ts'
import { REVIEW_VERSION, reviewLife, reviewSteps } from '../src/reviews/review-machine.ts'
import { DUTY_VERSION, dutyLife, dutySteps } from '../src/periods/duty-machine.ts'
import { PERIOD_VERSION, periodLife, periodSteps } from '../src/periods/period-machine.ts'
import type { LifeStep } from '../src/kernel/life-step.ts'
import { DELEGATION_VERSION, delegationLife, delegationSteps } from '../src/organisations/delegation-machine.ts'
import { OPERATION_VERSION, operationLife, operationSteps } from '../src/organisations/operation-machine.ts'
import { isSettingKey, settingEntry } from '../src/organisations/settings-catalogue.ts'

/** One arrow of a drawing, everything but the state names already in Vietnamese. */
interface Arrow {
  readonly from?: string
  readonly event: string
  readonly to: string
  readonly who: string
  readonly document?: string
  readonly deadline?: string
}

interface Life {
  readonly file: string
  readonly title: string
  readonly version: string
  readonly stateNames: Readonly<Record<string, string>>
  readonly arrows: readonly Arrow[]
}

/** Steps that begin a life or come from elsewhere; a machine has no event of that name. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  open: 'Mở đợt tự đánh giá',
  plan: 'Lập kỳ báo cáo',
  create: 'Giao tiêu chí cho nhóm',
  forecast: 'Dự kiến minh chứng',
  addForVisit: 'Bổ sung cho đoàn đánh giá ngoài',
  receive: 'Nhận báo cáo',
}

/** What else takes a step besides a person. */
const FIRED_BY: Readonly<Record<string, string>> = {
  publishNext: 'cùng lúc với lần ban hành sau',
  clock: 'hệ thống, khi hết ngày chốt số liệu',
  review: 'cấp quản lý, khi xem xét báo cáo',
  submit: 'cùng lúc với “Gửi báo cáo” của trường',
  recall: 'cùng lúc với “Rút lại báo cáo đã gửi” của trường',
  approvePlan: 'cùng lúc với “Phê duyệt kế hoạch”',
  adopt: 'cùng lúc với “Thông qua báo cáo”',
  resume: 'cùng lúc với “Hoàn thiện báo cáo bị trả lại”',
}

const whoOf = (step: LifeStep<string, string, string>): string =>
  [
    ...step.who.map(role => SEAT_NAMES[role] + (step.onlyIfAuthorised?.includes(role) ? ' (khi được ủy quyền)' : '')),
    FIRED_BY[step.firedBy ?? ''] ?? '',
  ]
    .filter(words => words !== '')
    .join('; ')

const arrowsOf = (
  steps: readonly LifeStep<string, string, string>[],
  eventNames: Readonly<Record<string, string>>,
): readonly Arrow[] =>
  steps.map(step => ({
    ...(step.from !== undefined && { from: step.from }),
    event: eventNames[step.event] ?? BEGINNINGS[step.event] ?? step.event,
    to: step.to,
    who: whoOf(step),
    ...(step.document !== undefined && { document: step.document }),
    ...(step.deadlineKey !== undefined &&
      isSettingKey(step.deadlineKey) && { deadline: settingEntry(step.deadlineKey).label }),
  }))

/** The reconciliation has no table of steps; its arrows are the machine's, its seats the policy's. */
const reconciliationArrows = (): readonly Arrow[] => {
  const events: readonly (keyof typeof reconciliationLife.eventNames)[] = [
    'explain',
    'confirm',
    'verify',
    'provinceVerify',
    'dispute',
    'redraft',
  ]
  return Object.entries(reconciliationLife.machine.states).flatMap(([from, node]) =>
    events.flatMap(event =>
      (node.on[event] ?? []).map(({ target }) => ({
        from,
        event: reconciliationLife.eventNames[event],
        to: target?.[0]?.key ?? from,
        who: WHO_MAY[event],
      })),
    ),
  )
}

const LIVES: readonly Life[] = [
  {
    file: 'year-tree',
    title: 'Phiên bản cây tiêu chí của năm học',
    version: TREE_VERSION,
    stateNames: treeVersionLife.stateNames,
    arrows: arrowsOf(treeVersionSteps, treeVersionLife.eventNames),
  },
  {
    file: 'assessment',
    title: 'Đợt tự đánh giá',
    version: ASSESSMENT_VERSION,
    stateNames: assessmentLife.stateNames,
    arrows: arrowsOf(assessmentSteps, assessmentLife.eventNames),
  },
  {
    file: 'review',
    title: 'Xem xét của cấp quản lý',
    version: REVIEW_VERSION,
    stateNames: reviewLife.stateNames,
    arrows: arrowsOf(reviewSteps, reviewLife.eventNames),
  },
  {
    file: 'criterion',
    title: 'Phiếu đánh giá tiêu chí',
    version: CRITERION_VERSION,
    stateNames: criterionLife.stateNames,
    arrows: arrowsOf(criterionSteps, criterionLife.eventNames),
  },
  {
    file: 'evidence',
    title: 'Minh chứng',
    version: EVIDENCE_VERSION,
    stateNames: evidenceLife.stateNames,
    arrows: arrowsOf(evidenceSteps, evidenceLife.eventNames),
  },
  {
    file: 'action',
    title: 'Việc cải tiến chất lượng',
    version: ACTION_VERSION,
    stateNames: actionLife.stateNames,
    arrows: arrowsOf(actionSteps, actionLife.eventNames),
  },
  {
    file: 'reconciliation',
    title: 'Phiếu đối sánh số liệu',
    version: RECONCILIATION_VERSION,
    stateNames: reconciliationLife.stateNames,
    arrows: reconciliationArrows(),
  },
  {
    file: 'minutes',
    title: 'Biên bản họp',
    version: MINUTES_VERSION,
    stateNames: minutesLife.stateNames,
    arrows: arrowsOf(minutesSteps, minutesLife.eventNames),
  },
  {
    file: 'external-run',
    title: 'Hồ sơ đánh giá ngoài',
    version: RUN_VERSION,
    stateNames: runLife.stateNames,
    arrows: arrowsOf(runSteps, runLife.eventNames),
  },
  {
    file: 'title',
    title: 'Danh hiệu',
    version: TITLE_VERSION,
    stateNames: titleLife.stateNames,
    arrows: arrowsOf(titleSteps, titleLife.eventNames),
  },
  {
    file: 'unit-operation',
    title: 'Sắp xếp đơn vị',
    version: OPERATION_VERSION,
    stateNames: operationLife.stateNames,
    arrows: arrowsOf(operationSteps, { ...operationLife.eventNames, plan: 'Soạn' }),
  },
  {
    file: 'delegation',
    title: 'Ủy quyền giữa các cấp quản lý',
    version: DELEGATION_VERSION,
    stateNames: delegationLife.stateNames,
    arrows: arrowsOf(delegationSteps, { ...delegationLife.eventNames, grant: 'Ủy quyền' }),
  },
  {
    file: 'period',
    title: 'Kỳ báo cáo',
    version: PERIOD_VERSION,
    stateNames: periodLife.stateNames,
    arrows: arrowsOf(periodSteps, periodLife.eventNames),
  },
  {
    file: 'duty',
    title: 'Báo cáo của một đơn vị trong kỳ',
    version: DUTY_VERSION,
    stateNames: dutyLife.stateNames,
    arrows: arrowsOf(dutySteps, dutyLife.eventNames),
  },
  {
    file: 'annual',
    title: 'Báo cáo năm của cấp quản lý',
    version: ANNUAL_VERSION,
    stateNames: annualLife.stateNames,
    arrows: arrowsOf(annualSteps, annualLife.eventNames),
  },
]

/** An event with more arrows than this is told in words, or it hides the others. */
const MOST_ARROWS = 5

function diagramOf({ stateNames, arrows }: Life): readonly string[] {
  const crowds = [...new Set(arrows.map(arrow => arrow.event))]
    .map(event => arrows.filter(arrow => arrow.event === event))
    .filter(crowd => crowd.length > MOST_ARROWS)
  const drawn = arrows.filter(arrow => !crowds.some(crowd => crowd.includes(arrow)))
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...Object.entries(stateNames).map(([state, name]) => `  state "${name}" as ${state}`),
    ...drawn.map(({ from, event, to }) => `  ${from ?? '[*]'} --> ${to} : ${event}`),
    '```',
    '',
    ...crowds.flatMap(crowd => {
      const [first] = crowd
      if (first === undefined) return []
      const from = crowd.map(arrow => `“${stateNames[arrow.from ?? ''] ?? ''}”`).join(', ')
      return [`Không vẽ: “${first.event}”, từ ${from} sang “${stateNames[first.to] ?? ''}”.`, '']
    }),
  ]
}

const rowOf = ({ stateNames }: Life, arrow: Arrow): string =>
  `| ${[
    arrow.from === undefined ? '–' : (stateNames[arrow.from] ?? ''),
    arrow.event,
    stateNames[arrow.to] ?? '',
    arrow.who,
    arrow.document ?? '',
    arrow.deadline ?? '',
  ].join(' | ')} |`

const MADE = '<!-- Viết bởi `npm run draw:machines` từ mã nguồn; không sửa tay. -->'

const pageOf = (life: Life): string =>
  [
    `# ${life.title}`,
    '',
    MADE,
    '',
    `Phiên bản \`${life.version}\`.`,
    '',
    ...diagramOf(life),
    '| Từ | Bước | Đến | Ai | Giấy tờ để lại | Thời hạn |',
    '| --- | --- | --- | --- | --- | --- |',
    ...life.arrows.map(arrow => rowOf(life, arrow)),
    '',
  ].join('\n')

/** File name → Markdown with a Mermaid drawing, for every state machine and a list of them. */
export const machinePages = (): ReadonlyMap<string, string> =>
  new Map([
    [
      'README.md',
      [
        '# Vòng đời',
        '',
        MADE,
        '',
        'Mỗi trang vẽ các trạng thái của một thứ, bước nào dẫn từ đâu đến đâu và ai làm bước đó.',
        'Quyền đúng như mã nguồn kiểm tra: [docs/permissions.md](../permissions.md).',
        '',
        ...LIVES.map(({ file, title }) => `- [${title}](${file}.md)`),
        '',
      ].join('\n'),
    ],
    ...LIVES.map(life => [`${life.file}.md`, pageOf(life)] as const),
  ])
