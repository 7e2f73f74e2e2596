import { annualId, stepAnnual, unitFactsOf, writeText, type ReportPlace } from '../annual/index.ts'
import type { Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { PeriodKind } from '../periods/index.ts'
import { OFFICERS } from './cast.ts'
import { PROVINCE } from './province.ts'
import { personOn } from './tell-period.ts'
import type { World } from './world.ts'

const SLUGS = { start: 'dau-nam', end: 'cuoi-nam' } as const

/** A unit's officer writes the texts, its lead signs the report and sends it up. */
export async function signAnnual(
  world: World,
  unitId: string,
  year: WorkingYear,
  kind: PeriodKind,
  day: Day,
  name = `tỉnh ${PROVINCE.name}`,
): Promise<void> {
  const { annualNeeds } = world.system
  const place: ReportPlace = { unitId, year, period: SLUGS[kind] }
  const holder = (role: 'Officer' | 'Lead') => OFFICERS.find(each => each.unitId === unitId && each.role.endsWith(role))
  const [officer, lead] = [holder('Officer'), holder('Lead')]
  if (!officer || !lead) return
  const now = () => annualNeeds.reports.find(annualId(place))
  const state = async () => (await now())?.state ?? 'drafting'
  if ((await state()) === 'drafting') {
    const actor = await personOn(world, officer.id, day, 8)
    const { facts } = await unitFactsOf(annualNeeds)(place)
    const words = wordsFor(unitId === PROVINCE.id, name, year, facts.rows.length, facts.before !== undefined)
    for (const [key, text] of Object.entries(words)) {
      const written = (await now())?.texts[key]
      if (written?.text !== text) await writeText(annualNeeds)(actor, place, key, { base: written?.rev ?? 0, text })
    }
    await stepAnnual(annualNeeds)(actor, place, { type: 'propose' })
  }
  if ((await state()) === 'proposed') {
    const number = unitId === PROVINCE.id ? (kind === 'start' ? '1120/BC-SGDĐT' : '845/BC-SGDĐT') : '95/BC-UBND'
    const actor = await personOn(world, lead.id, day, 14)
    await stepAnnual(annualNeeds)(actor, place, {
      type: 'sign',
      number,
      date: day,
      position: POSITIONS[lead.role] ?? '',
    })
  }
  if ((await state()) === 'signed')
    await stepAnnual(annualNeeds)(await personOn(world, lead.id, day, 16), place, { type: 'send' })
}

const POSITIONS: Readonly<Record<string, string>> = {
  provinceLead: 'KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC',
  middleLead: 'KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH',
}

function wordsFor(
  isProvince: boolean,
  name: string,
  year: WorkingYear,
  schools: number,
  comparable: boolean,
): Readonly<Record<string, string>> {
  const place = isProvince ? name : name.replace(/^UBND /, '')
  return {
    I: `Năm học ${year}, ${place} có ${schools} cơ sở giáo dục mầm non và phổ thông thuộc diện báo cáo (dữ liệu minh họa). Từ ngày 01/7/2025, chính quyền địa phương tổ chức theo hai cấp; các trường mầm non, tiểu học và trung học cơ sở do cấp xã quản lý trực tiếp.`,
    II: isProvince
      ? 'Sở đã ban hành kế hoạch kiểm định chất lượng giáo dục của năm học, tập huấn hội đồng tự đánh giá của các trường và tổ chức các đoàn đánh giá ngoài theo đăng ký.'
      : 'Đơn vị đã phân công công chức theo dõi, đôn đốc các trường lập kế hoạch tự đánh giá, rà soát số liệu và gửi báo cáo đúng hạn.',
    'III-1':
      'Phần lớn các trường đã hoàn thành tự đánh giá và gửi báo cáo. Một số trường chưa tổ chức do đang sắp xếp lại điểm trường.',
    ...(isProvince && {
      'III-2': 'Các đoàn đánh giá ngoài đã làm việc tại các trường đăng ký, kết quả thống nhất với mức tự đánh giá.',
      'III-4': 'Các trường được công nhận đạt chuẩn quốc gia đều có kết quả đánh giá ngoài từ Mức 2 trở lên.',
      'III-5':
        'Các xã, phường vùng thuận lợi có tỷ lệ trường hoàn thành tự đánh giá cao hơn; đặc khu và xã miền núi còn trường chưa mở đợt tự đánh giá. So với các năm trước, số trường hoàn thành và số trường có danh hiệu đều tăng.',
      'III-6':
        'Các tiêu chí chưa đạt tập trung ở chiến lược phát triển, cơ sở vật chất và thư viện; mỗi trường đã đưa biện pháp khắc phục vào kế hoạch cải tiến chất lượng.',
      'III-7': 'Số liệu của các trường đã được đối sánh với quyết định giao, chênh lệch đều có giải trình.',
      'IV-3':
        'Nơi nào phân công rõ đầu mối theo dõi và rà soát số liệu từ đầu năm học thì báo cáo đúng hạn và ít phải trả lại.',
    }),
    ...(!isProvince && {
      'III-2': 'Đơn vị đã rà soát hồ sơ của các trường đăng ký đánh giá ngoài trước khi chuyển Sở.',
      'III-4': 'Công chức phụ trách đã đối chiếu phiếu của từng trường với quyết định giao và xác nhận khớp.',
      'III-5': 'Các trường đưa điểm yếu của từng tiêu chí vào kế hoạch cải tiến, có người thực hiện và thời hạn.',
    }),
    'III-3': 'Danh hiệu được ghi trong sổ, theo dõi thời hạn và nhắc đăng ký lại trước khi hết hạn.',
    'IV-1': 'Các trường làm tự đánh giá nghiêm túc hơn, minh chứng được mã hóa và lưu trữ thống nhất.',
    'IV-2':
      'Một số trường vùng khó còn thiếu phòng học bộ môn, thiếu giáo viên; kế hoạch cải tiến chất lượng của vài trường còn chung chung.',
    V: 'Duy trì tự đánh giá hằng năm ở mọi trường; hỗ trợ các trường có danh hiệu sắp hết hạn chuẩn bị đăng ký lại.',
    VI: 'Đề nghị bố trí kinh phí cho đánh giá ngoài và tập huấn đánh giá viên.',
    ...(!comparable && {
      'khong-so-sanh': 'Đơn vị được thành lập từ ngày 01/7/2025 nên chưa có số liệu năm trước trên cùng địa bàn.',
    }),
  }
}
