import { parseDay, type Day } from '../kernel/dates.ts'
import { FieldMessages, formFields, type FormFields } from '../organisations/index.ts'
import type { FoundLevel, Grade, TitleKind } from './facts.ts'
import { TEAM_ROLE_NAMES, type Asked, type TeamMember, type TeamRole } from './run.ts'
import type { RunEvent } from './run-machine.ts'
import type { Decision } from './title.ts'
import type { TitleEvent } from './title-machine.ts'
import type { TitleOnPaper } from './titles-of.ts'

/** Longest text of a reason, in characters. */
const MAX_TEXT = 2000
/** Rows of the team's form; the settings decide how many may be filled. */
export const TEAM_ROWS = 15

const DAY_MESSAGE = 'Ngày phải có dạng ngày/tháng/năm, ví dụ 05/09/2025.'

interface Reader {
  readonly fields: FormFields
  readonly messages: FieldMessages
}

/** Reads a form, then throws what is wrong with its fields, all at once. */
const reading =
  <T, More extends readonly unknown[]>(read: (reader: Reader, ...more: More) => T) =>
  (body: unknown, ...more: More): T => {
    const reader: Reader = { fields: formFields(body), messages: new FieldMessages() }
    const value = read(reader, ...more)
    reader.messages.refuseIfAny()
    return value
  }

function day({ fields, messages }: Reader, name: string): Day {
  const read = parseDay(fields.text(name))
  if (read === undefined) messages.add(name, DAY_MESSAGE)
  return read ?? ''
}

function words({ fields, messages }: Reader, name: string, message: string): string {
  const text = fields.text(name)
  if (text === '') messages.add(name, message)
  else if (text.length > MAX_TEXT) messages.add(name, `Nhiều nhất ${MAX_TEXT} ký tự.`)
  return text
}

const decision = (reader: Reader): Decision => ({
  number: words(reader, 'number', 'Xin nhập số, ký hiệu của văn bản.'),
  date: day(reader, 'date'),
})

const isGrade = (value: number): value is Grade => value === 1 || value === 2 || value === 3 || value === 4
const isLevel = (value: number): value is FoundLevel => value === 0 || isGrade(value)

/** Empty for no grade; a kind has only its own grades. */
function grade({ fields, messages }: Reader, name: string, kind: TitleKind): Grade | undefined {
  const text = fields.text(name)
  if (text === '') return undefined
  const value = Number(text)
  if (isGrade(value) && (kind === 'accreditation' || value <= 2)) return value
  messages.add(name, kind === 'accreditation' ? 'Cấp độ từ 1 đến 4.' : 'Mức độ là 1 hoặc 2.')
  return undefined
}

/** The registration's form: what is asked for and the school's letter. */
export const registrationFrom = reading((reader): { readonly asked: Asked; readonly letter: Decision } => {
  const accreditation = grade(reader, 'accreditation', 'accreditation')
  const national = grade(reader, 'national', 'national')
  if (accreditation === undefined && national === undefined)
    reader.messages.add('accreditation', 'Xin chọn ít nhất một danh hiệu đề nghị.')
  const letter = decision(reader)
  return {
    asked: { ...(accreditation !== undefined && { accreditation }), ...(national !== undefined && { national }) },
    letter,
  }
})

const isRole = (text: string): text is TeamRole => Object.hasOwn(TEAM_ROLE_NAMES, text)

/** Rows with a name are members; the others are left out. */
function members({ fields, messages }: Reader): readonly TeamMember[] {
  return Array.from({ length: TEAM_ROWS }, (_, row) => row).flatMap(row => {
    const at = (part: string): string => fields.text(`${part}${row}`)
    const name = at('name')
    if (name === '') return []
    const role = at('role')
    const years = Number(at('years') || '0')
    if (!isRole(role)) messages.add(`role${row}`, 'Xin chọn nhiệm vụ trong đoàn.')
    if (!Number.isInteger(years) || years < 0 || years > 60) messages.add(`years${row}`, 'Số năm từ 0 đến 60.')
    if (name.length > 200) messages.add(`name${row}`, 'Nhiều nhất 200 ký tự.')
    return [
      {
        name,
        post: at('post'),
        workplace: at('workplace'),
        role: isRole(role) ? role : 'member',
        education: at('education') !== '',
        yearsInService: years,
        trained: at('trained') !== '',
        neverHere: at('neverHere') !== '',
      },
    ]
  })
}

/** Levels by criterion code from `level.<code>` fields; codes outside the school's own set are left out. */
function criteriaLevels({ fields }: Reader, codes: readonly string[]): Readonly<Record<string, 0 | 1 | 2 | 3>> {
  return Object.fromEntries(
    codes.flatMap(code => {
      const value = Number(fields.text(`level.${code}`) || Number.NaN)
      return value === 0 || value === 1 || value === 2 || value === 3 ? [[code, value]] : []
    }),
  )
}

const reason = (reader: Reader): string => words(reader, 'reason', 'Xin nhập lý do.')

/** Address word of each step of a run, and how its form is read. */
export const RUN_FORMS: Readonly<
  Record<
    RunEvent['type'],
    {
      readonly slug: string
      readonly said: string
      readonly read: (body: unknown, codes: readonly string[]) => RunEvent
    }
  >
> = {
  forwardDossier: { slug: 'chuyen', said: 'Đã chuyển hồ sơ lên Sở.', read: () => ({ type: 'forwardDossier' }) },
  askCompletion: {
    slug: 'yeu-cau-bo-sung',
    said: 'Đã yêu cầu trường bổ sung hồ sơ.',
    read: reading(reader => ({ type: 'askCompletion', reason: reason(reader) })),
  },
  complete: {
    slug: 'bo-sung',
    said: 'Đã gửi lại hồ sơ.',
    read: reading(reader => ({ type: 'complete', answer: words(reader, 'answer', 'Xin ghi đã bổ sung những gì.') })),
  },
  acceptForAssessment: {
    slug: 'chap-nhan',
    said: 'Đã chấp nhận hồ sơ để đánh giá ngoài.',
    read: () => ({ type: 'acceptForAssessment' }),
  },
  formTeam: {
    slug: 'lap-doan',
    said: 'Đã ghi quyết định thành lập đoàn.',
    read: reading(reader => ({ type: 'formTeam', decision: decision(reader), members: members(reader) })),
  },
  replaceMember: {
    slug: 'doi-thanh-vien',
    said: 'Đã ghi thay đổi của đoàn.',
    read: reading(reader => ({
      type: 'replaceMember',
      decision: decision(reader),
      members: members(reader),
      reason: reason(reader),
    })),
  },
  report: {
    slug: 'bao-cao',
    said: 'Đã ghi nhận báo cáo đánh giá ngoài.',
    read: reading((reader, codes: readonly string[]) => {
      const levelText = reader.fields.text('level')
      const level = Number(levelText === '' ? Number.NaN : levelText)
      if (!isLevel(level)) reader.messages.add('level', 'Xin chọn kết quả đánh giá ngoài.')
      return {
        type: 'report',
        visitedFrom: day(reader, 'visitedFrom'),
        visitedTo: day(reader, 'visitedTo'),
        level: isLevel(level) ? level : 0,
        criteria: criteriaLevels(reader, codes),
        report: decision(reader),
      }
    }),
  },
  reopenByProvince: {
    slug: 'mo-lai',
    said: 'Đã mở lại để sửa báo cáo.',
    read: reading(reader => ({ type: 'reopenByProvince', reason: reason(reader) })),
  },
  withdraw: {
    slug: 'rut',
    said: 'Đã rút đăng ký.',
    read: reading(reader => ({ type: 'withdraw', reason: reason(reader) })),
  },
  stop: {
    slug: 'dung',
    said: 'Đã dừng đánh giá ngoài.',
    read: reading(reader => ({ type: 'stop', reason: reason(reader) })),
  },
}

/** Address word of each step of a title, and how its form is read. */
export const TITLE_FORMS: Readonly<
  Record<
    TitleEvent['type'],
    { readonly slug: string; readonly said: string; readonly read: (body: unknown, kind: TitleKind) => TitleEvent }
  >
> = {
  grant: {
    slug: 'cong-nhan',
    said: 'Đã ghi quyết định công nhận vào sổ.',
    read: reading((reader, kind: TitleKind) => {
      const chosen = grade(reader, 'grade', kind)
      if (chosen === undefined) reader.messages.add('grade', 'Xin chọn cấp độ, mức độ công nhận.')
      return {
        type: 'grant',
        decision: decision(reader),
        registerNumber: reader.fields.text('registerNumber'),
        grade: chosen ?? 1,
        cohort: reader.fields.text('cohort') !== '',
      }
    }),
  },
  refuse: {
    slug: 'khong-cong-nhan',
    said: 'Đã ghi thông báo không công nhận.',
    read: reading(reader => ({
      type: 'refuse',
      reason: reason(reader),
      number: words(reader, 'number', 'Xin nhập số thông báo.'),
    })),
  },
  announce: {
    slug: 'cong-bo',
    said: 'Đã ghi nhận công bố.',
    read: reading(reader => ({ type: 'announce', place: words(reader, 'place', 'Xin nhập nơi công bố.') })),
  },
  question: {
    slug: 'kiem-tra',
    said: 'Đã ghi quyết định kiểm tra lại.',
    read: reading(reader => ({ type: 'question', reason: reason(reader), decision: decision(reader) })),
  },
  clear: {
    slug: 'con-dat',
    said: 'Đã ghi kết luận.',
    read: reading(reader => ({ type: 'clear', conclusion: words(reader, 'conclusion', 'Xin ghi kết luận.') })),
  },
  revoke: {
    slug: 'thu-hoi',
    said: 'Đã ghi quyết định thu hồi.',
    read: reading(reader => ({
      type: 'revoke',
      conclusion: words(reader, 'conclusion', 'Xin ghi kết luận.'),
      decision: decision(reader),
    })),
  },
  transfer: {
    slug: 'chuyen-truong',
    said: 'Đã chuyển danh hiệu cho trường kế thừa.',
    read: reading(reader => ({
      type: 'transfer',
      toSchoolId: words(reader, 'toSchoolId', 'Xin chọn trường kế thừa.'),
      reason: reason(reader),
      decision: decision(reader),
    })),
  },
  correct: {
    slug: 'dinh-chinh',
    said: 'Đã ghi đính chính.',
    read: reading(reader => ({
      type: 'correct',
      decision: decision(reader),
      registerNumber: reader.fields.text('registerNumber'),
      reason: reason(reader),
    })),
  },
}

/** The form by which the Sở enters a title from its papers. */
export const titleOnPaperFrom = reading((reader): TitleOnPaper => {
  const [kindText = '', gradeText = ''] = reader.fields.text('title').split(':')
  const kind: TitleKind = kindText === 'national' ? 'national' : 'accreditation'
  const value = Number(gradeText)
  const right = isGrade(value) && (kind === 'accreditation' || value <= 2)
  if (!right) reader.messages.add('title', 'Xin chọn danh hiệu.')
  return {
    schoolId: words(reader, 'schoolId', 'Xin chọn một trường.'),
    kind,
    grade: isGrade(value) ? value : 1,
    decision: decision(reader),
    registerNumber: reader.fields.text('registerNumber'),
  }
})
