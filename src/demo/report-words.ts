import { ratingOf, type Assessment } from '../assessments/index.ts'
import { criterionOf, type CriteriaSet } from '../catalogue/index.ts'
import { printNumber, printShare } from '../kernel/words.ts'
import { computeAll, tablesFor } from '../figures/index.ts'
import { figuresOf } from './school-figures.ts'
import { COMMUNES, type SchoolPlan } from './province.ts'

/** The report's own texts by part, told from the answers and the figures. */
export function reportWords(plan: SchoolPlan, back: number, assessment: Assessment, set: CriteriaSet) {
  const rating = ratingOf(assessment, set)
  const all = computeAll(tablesFor(plan.levels), figuresOf(plan, back))
  const number = (key: string): string => printNumber(all[key] ?? 0)
  const commune = COMMUNES.find(each => each.id === plan.commune)?.name ?? ''
  const child = plan.kind === 'mam_non' ? 'trẻ' : 'học sinh'
  const total = rating.criteria.length
  const reached = (level: number): number => rating.criteria.filter(each => each.level >= level).length
  const ofStandard = (code: string) =>
    rating.criteria.filter(each => each.code.split('.')[0] === code && criterionOf(set, each.code))
  const level = rating.level === 0 ? 'chưa đạt Mức 1' : `đạt Mức ${rating.level}`
  return {
    abbreviations: 'CBQL: cán bộ quản lý\nGV: giáo viên\nCMHS: cha mẹ học sinh\nCSVC: cơ sở vật chất',
    situation: [
      `${plan.name} được thành lập năm 2005, đóng trên địa bàn ${commune}. Năm học ${assessment.year} trường có ${number('classes.total')} lớp với ${number('pupils.total')} ${child}; đội ngũ gồm ${number('staff.all.total')} người, trong đó có ${number('staff.teachers.total')} giáo viên.`,
      `Trường có ${number('rooms.class')} phòng học, thư viện và các phòng chức năng được sử dụng hằng ngày. Cấp ủy, chính quyền địa phương và cha mẹ quan tâm đến việc học của các em.`,
    ].join('\n\n'),
    purpose:
      'Tự đánh giá giúp nhà trường thấy rõ mức đã đạt được theo từng tiêu chí, những điểm mạnh cần giữ và điểm yếu phải khắc phục, từ đó lập kế hoạch cải tiến chất lượng và báo cáo trung thực với cơ quan quản lý, cha mẹ và cộng đồng.',
    process: `Hội đồng tự đánh giá gồm ${assessment.councilVersions.at(-1)?.members.length ?? 0} thành viên, ${assessment.groups.length} nhóm công tác, làm việc theo kế hoạch số ${assessment.plan.number ?? ''}. Các nhóm phân tích tiêu chí, thu thập minh chứng, viết phiếu; hội đồng họp thống nhất từng phiếu trước khi nhóm thư ký viết báo cáo. Vấn đề nổi bật là hồ sơ các năm trước lưu chưa tập trung, một số minh chứng phải sao lại.`,
    ...Object.fromEntries(
      set.standards.flatMap(standard => {
        const ratings = ofStandard(standard.code)
        const met = ratings.filter(each => each.level >= 1).length
        return [
          [
            `standard.${standard.code}.opening`,
            `Tiêu chuẩn ${standard.code} xem xét ${standard.title.toLocaleLowerCase('vi')} qua ${ratings.length} tiêu chí; số liệu lấy tại thời điểm tự đánh giá năm học ${assessment.year}.`,
          ],
          [
            `standard.${standard.code}.conclusion`,
            `Trong ${ratings.length} tiêu chí của Tiêu chuẩn ${standard.code} có ${met} tiêu chí đạt từ Mức 1 trở lên, ${ratings.filter(each => each.level >= 2).length} tiêu chí đạt từ Mức 2 trở lên. Nhà trường tiếp tục phát huy điểm mạnh và thực hiện các biện pháp cải tiến đã nêu ở từng tiêu chí.`,
          ],
        ]
      }),
    ),
    conclusion: `Qua tự đánh giá, ${reached(1)}/${total} tiêu chí (${printShare(reached(1), total)}) đạt từ Mức 1, ${reached(2)}/${total} tiêu chí đạt từ Mức 2 và ${reached(3)}/${total} tiêu chí đạt Mức 3. Nhà trường tự đánh giá ${level}. Hội đồng đề nghị cơ quan quản lý xem xét, góp ý để trường hoàn thiện kế hoạch cải tiến chất lượng.`,
  }
}
