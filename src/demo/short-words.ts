import type { AskedIndicator, AskedSheet } from '../assessments/index.ts'
import { chance } from './school-figures.ts'
import type { SchoolPlan } from './province.ts'
import type { SheetWords, Teller } from './write-sheets.ts'

const OPENINGS = [
  'Qua rà soát hồ sơ và trao đổi với các tổ, nhóm công tác ghi nhận:',
  'Kết quả kiểm tra thực tế tại trường cho thấy:',
  'Theo hồ sơ lưu và ý kiến của giáo viên:',
  'Đối chiếu hồ sơ với tình hình thực hiện trong năm học:',
]

/** Levels whose indicators are not all met, for a school that is to come out at `level`. */
const failsAt = (code: string, level: string, plan: SchoolPlan): boolean => {
  const goal = plan.level ?? 3
  return Number(level) > goal && chance(plan.id, code, level) < (Number(level) === goal + 1 ? 0.35 : 0.7)
}

/** Short words for a school that is not told in full: what was found, one strength, one weakness with its remedy. */
export const shortWords =
  (plan: SchoolPlan): Teller =>
  asked => {
    const { code, title, indicators } = asked
    const applicable = indicators.filter(each => each.applicable)
    const failing = applicable.filter(each => isFailing(asked, each, plan))
    const described = applicable
      .filter(each => !failing.includes(each))
      .map((each): [string, string] => [`${each.level}${each.code}`, sentence(plan, code, each)])
    const [first] = failing
    return {
      described: Object.fromEntries(described),
      notMet: failing.map(each => `${each.level}${each.code}`),
      strengths: `Các yêu cầu cơ bản về ${lower(title)} được ${plan.name} thực hiện nền nếp.`,
      weaknesses: first ? `Chưa đáp ứng đầy đủ yêu cầu Mức ${first.level} về ${lower(title)}.` : 'Không có.',
      actions: first
        ? [
            {
              what: `Rà soát, bổ sung điều kiện để đáp ứng yêu cầu Mức ${first.level} của tiêu chí ${code}.`,
              who: 'Phó Hiệu trưởng',
              expected: `Đạt Mức ${first.level} ở lần tự đánh giá sau.`,
              weakness: `Chưa đạt Mức ${first.level}`,
              daysBeforeEnd: 30 + Math.floor(chance(plan.id, code) * 120),
            },
          ]
        : [],
    } satisfies SheetWords
  }

/** A failing level fails at its last indicator, so that most of what was done still shows. */
const isFailing = ({ code, indicators }: AskedSheet, each: AskedIndicator, plan: SchoolPlan): boolean => {
  const last = indicators.filter(other => other.level === each.level && other.applicable).at(-1)
  return last === each && failsAt(code, each.level, plan)
}

const sentence = (plan: SchoolPlan, code: string, { level, code: indicator, gist }: AskedIndicator): string => {
  const opening = OPENINGS[Math.floor(chance(plan.id, code, level, indicator) * OPENINGS.length)] ?? ''
  return `${opening} ${lower(gist)}`
}

const lower = (text: string): string => text.charAt(0).toLocaleLowerCase('vi') + text.slice(1)
