import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
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

Có bản đã ban hành thì tệp đúng từng byte bản đó; chưa có thì in bản nháp.`

const { values } = parseArgs({
  options: {
    school: { type: 'string' },
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
