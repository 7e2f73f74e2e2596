import type { Day } from '../kernel/dates.ts'
import { need } from '../kernel/need.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { gradeFor, type TitleFact, type TitleKind } from './facts.ts'
import type { RegistrationWindow } from './external-deadlines.ts'
import type { AssessedSchool } from './external-needs.ts'
import type { Asked } from './run.ts'

export interface RegistrationFacts {
  readonly today: Day
  readonly assessed: AssessedSchool | undefined
  /** Another registration of the school that has not come to its end. */
  readonly open: boolean
  readonly titles: readonly TitleFact[]
  readonly waitYearsHigher: number
  /** Which registrations the province takes now; said beside the form, it keeps nobody out. */
  readonly window: RegistrationWindow
}

const yearsLater = (day: Day, years: number): Day => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`

/** Everything that still keeps a school from registering for these titles (Điều 5, 26; process §§ 5.1, 6). */
export function registrationUnmet(asked: Asked, facts: RegistrationFacts): readonly Unmet[] {
  const { assessed, today, titles, waitYearsHigher } = facts
  const level = assessed?.level ?? 0
  const kinds = Object.keys(asked).filter(kind => kind === 'accreditation' || kind === 'national')
  return [
    ...need(!facts.open, 'registrationOpen', 'Trường đang có một hồ sơ đăng ký chưa kết thúc.', '/danh-gia-ngoai'),
    ...need(kinds.length > 0, 'nothingAsked', 'Cần chọn ít nhất một danh hiệu đề nghị.'),
    ...need(
      assessed?.accepted === true,
      'notAccepted',
      'Báo cáo tự đánh giá của năm học cần được cấp quản lý trực tiếp chấp nhận trước.',
      ...(assessed ? [`/danh-gia/${assessed.assessmentId}`] : []),
    ),
    ...kinds.flatMap(kind => [
      ...need(
        // An unaccepted report has no result to compare with.
        assessed?.accepted !== true || (gradeFor(kind, level) ?? 0) >= (asked[kind] ?? 0),
        `${kind}TooHigh`,
        kind === 'accreditation'
          ? 'Cấp độ đề nghị cao hơn mức tự đánh giá.'
          : 'Mức tự đánh giá chưa đủ cho mức độ chuẩn quốc gia đề nghị.',
      ),
      ...need(
        !tooSoon(kind, asked, titles, today, waitYearsHigher),
        `${kind}TooSoon`,
        `Cần ít nhất ${waitYearsHigher} năm kể từ lần công nhận trước mới đăng ký cấp độ, mức độ cao hơn (Điều 5).`,
      ),
    ]),
  ]
}

const tooSoon = (kind: TitleKind, asked: Asked, titles: readonly TitleFact[], today: Day, years: number): boolean =>
  titles.some(
    title =>
      title.kind === kind &&
      !title.ended &&
      (asked[kind] ?? 0) > title.grade &&
      today < yearsLater(title.grantedOn, years),
  )
