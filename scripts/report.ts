import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { PERIOD_SLUGS, printAnnual } from '../src/annual/index.ts'
import { assessmentId } from '../src/assessments/index.ts'
import { InvalidInput } from '../src/kernel/refusals.ts'
import { parseWorkingYear } from '../src/kernel/working-year.ts'
import { FORMS, printKindFrom, printPaper } from '../src/reports/index.ts'
import { say, withSystem } from './with-system.ts'

const HELP = `In một giấy tờ của đợt tự đánh giá ra tệp PDF.

  npm run report -- --school <mã trường> --year 2025-2026 --kind report --out bao-cao.pdf

  --kind    ${Object.keys(FORMS).join(' | ')}
  --code    mã tiêu chí, khi in phiếu (sheet, analysis), ví dụ 1.1
  --draft   in những gì đang có, kể cả khi đã có bản ban hành
  --public  bản công khai của báo cáo, không có số điện thoại

Có bản đã ban hành thì tệp đúng từng byte bản đó; chưa có thì in bản nháp.

Báo cáo năm của xã, phường hoặc của Sở:

  npm run report -- --unit <mã đơn vị> --year 2025-2026 --out bao-cao-nam.pdf

  --period  ${PERIOD_SLUGS.join(' | ')} (không ghi: ${PERIOD_SLUGS[0]})
  --out     tệp .pdf, .docx (bản để sửa) hoặc .xlsx (các bảng)
  --draft   in từ số liệu hiện có, kể cả khi đã có bản ký`

const { values } = parseArgs({
  options: {
    school: { type: 'string' },
    unit: { type: 'string' },
    period: { type: 'string' },
    year: { type: 'string' },
    kind: { type: 'string' },
    code: { type: 'string' },
    out: { type: 'string' },
    draft: { type: 'boolean', default: false },
    public: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const { school, code, out, draft } = values

if (values.help) say(HELP)
else if (values.unit !== undefined) await printYear(values.unit)
else
  await withSystem(async system => {
    const year = parseWorkingYear(values.year ?? '')
    if (school === undefined || out === undefined || year === undefined)
      throw new InvalidInput({ school: `Cần --school, --year (ví dụ 2025-2026) và --out.\n\n${HELP}` })
    const kind = printKindFrom(values.kind)
    const assessment = await system.assessments.find(assessmentId(school, year))
    if (!assessment)
      throw new InvalidInput({ school: `Không có đợt tự đánh giá năm học ${year} của trường “${school}”.` })
    const printed = await printPaper(system.reportNeeds)(assessment, {
      kind,
      ...(code !== undefined && { code }),
      draft,
      publicCopy: values.public,
      onProgress: ({ page, pages }) => {
        if (page % 20 === 0 || page === pages) process.stderr.write(`Đã vẽ ${page}/${pages} trang.\n`)
      },
    })
    await writeFile(out, printed.bytes)
    const what = printed.paperId === undefined ? 'in từ dữ liệu hiện có' : `bản đã ban hành ${printed.paperId}`
    say(`${out}: ${FORMS[kind].name}, ${what}, ${printed.pages} trang, SHA-256 ${printed.sha256}.`)
  })

/** The annual report of a managing unit; the ending of the file decides its kind. */
async function printYear(unitId: string): Promise<void> {
  await withSystem(async system => {
    const year = parseWorkingYear(values.year ?? '')
    const format = (['pdf', 'docx', 'xlsx'] as const).find(each => out?.endsWith(`.${each}`))
    const period = PERIOD_SLUGS.find(slug => slug === (values.period ?? PERIOD_SLUGS[0]))
    if (out === undefined || year === undefined || !format || !period)
      throw new InvalidInput({ unit: `Cần --year, --out (.pdf, .docx, .xlsx) và --period đúng.\n\n${HELP}` })
    const { bytes, version } = await printAnnual(system.annualNeeds)({ unitId, year, period }, format, draft)
    await writeFile(out, bytes)
    say(`${out}: báo cáo năm, ${version === undefined ? 'in từ số liệu hiện có' : `phiên bản ${version} đã ký`}.`)
  })
}
