import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { mappingYaml } from '../../src/catalogue/mapping-file.ts'
import { versionOf } from '../../src/catalogue/criteria-file.ts'
import { proposeMapping } from '../../src/catalogue/index.ts'
import { assessmentStage, SCHOOL, YEAR, type Stage } from '../assessments/stage.ts'
import { signedIn, tokenOf, type Visitor } from '../http/app-for-tests.ts'

const UPLOAD = '/tieu-chi/tai-len'
const FILE = path.resolve(import.meta.dirname, '../../criteria/tt17-2018-tieu-hoc.yaml')

const attach = async (who: Visitor, to: string, from: string, file: { name: string; text: string }) =>
  who.agent
    .post(to)
    .set('x-csrf-token', tokenOf((await who.agent.get(from)).text))
    .attach('file', Buffer.from(file.text), file.name)

async function send(who: Visitor, to: string, from: string, fields: Readonly<Record<string, string>>) {
  const csrf = tokenOf((await who.agent.get(from)).text)
  return who.agent
    .post(to)
    .type('form')
    .send(new URLSearchParams({ _csrf: csrf, _page: from, ...fields }).toString())
}

/** The circular as it is, and one criterion renamed. */
async function twoVersions({ system, clock }: Stage) {
  const now = await system.catalogue.setFor(YEAR, 'tieu_hoc', SCHOOL)
  if (!now) throw new Error('no set')
  const [standard, ...others] = now.version.set.standards
  if (!standard) throw new Error('no standard')
  const [first, ...rest] = standard.criteria
  if (!first) throw new Error('no criterion')
  const renamed = { ...first, title: `${first.title} của nhà trường` }
  const fresh = versionOf({ ...now.version.set, standards: [{ ...standard, criteria: [renamed, ...rest] }, ...others] })
  await system.criteriaSets.insertOnce(fresh, clock.at)
  return { from: now.version, to: fresh, href: `/tieu-chi/chuyen-doi/${now.version.hash}/${fresh.hash}` }
}

describe('bringing in a changed circular', () => {
  it('shows what a file would bring, and takes it in as a new version', async () => {
    const stage = await assessmentStage()
    const officer = await signedIn(stage.app, 'lanhdaoso')
    const text = readFileSync(FILE, 'utf8').replace(
      'title: Phương hướng, chiến lược xây dựng và phát triển nhà trường',
      'title: Phương hướng và chiến lược phát triển nhà trường',
    )
    const before = (await stage.system.criteriaSets.all()).length
    const trial = await attach(officer, UPLOAD, UPLOAD, { name: 'moi.yaml', text })
    expect(trial.text).to.contain('Nhập thành phiên bản mới').and.contain('Đổi mã hoặc lời')
    expect(await stage.system.criteriaSets.all()).to.have.length(before)
    const token = /name="token" value="([0-9a-f]{64})"/.exec(trial.text)?.[1] ?? ''
    await send(officer, `${UPLOAD}/xac-nhan`, UPLOAD, { token })
    expect(await stage.system.criteriaSets.all()).to.have.length(before + 1)
    expect((await send(officer, `${UPLOAD}/xac-nhan`, UPLOAD, { token })).status).to.equal(409)
  })

  it('names the line of each fault, and is not for schools', async () => {
    const stage = await assessmentStage()
    const officer = await signedIn(stage.app, 'lanhdaoso')
    const text = readFileSync(FILE, 'utf8').replace('rating: levels', 'rating: sao')
    const line = text.split('\n').findIndex(each => each === 'rating: sao') + 1
    const trial = await attach(officer, UPLOAD, UPLOAD, { name: 'sai.yaml', text })
    expect(trial.text).to.match(new RegExp(`>${line}\\s*</td>`))
    expect(trial.text).to.not.contain('Nhập thành phiên bản mới')
    const head = await signedIn(stage.app, 'hieutruong')
    expect((await head.agent.get(UPLOAD)).status).to.equal(403)
  })
})

describe('the mapping between two versions', () => {
  it('is proposed, saved, read back from a file and chosen by the Sở alone', async () => {
    const stage = await assessmentStage()
    const { from, to, href } = await twoVersions(stage)
    const { mappings } = stage.system.mappingNeeds
    const officer = await signedIn(stage.app, 'lanhdaoso')
    expect((await officer.agent.get(href)).text)
      .to.contain('Bảng do hệ thống đề xuất')
      .and.contain('Chốt bảng')
    expect(await mappings.chosen(from.hash, to.hash)).to.equal(undefined)

    const broken = proposeMapping(from.set, to.set).slice(1)
    await attach(officer, `${href}/nap`, href, { name: 'bang.yaml', text: mappingYaml(broken) })
    const faulty = await officer.agent.get(href)
    expect(faulty.text).to.contain('chưa có trong bảng').and.not.contain('Chốt bảng chuyển đổi</button>')
    const refused = await send(officer, `${href}/chot`, href, { revision: '1' })
    expect(refused.status).to.equal(409)

    await attach(officer, `${href}/nap`, href, {
      name: 'bang.yaml',
      text: mappingYaml(proposeMapping(from.set, to.set)),
    })
    await send(officer, `${href}/chot`, href, { revision: '2' })
    expect((await mappings.chosen(from.hash, to.hash))?.rows.find(row => row.from === '1.1')?.how).to.equal('renamed')

    const head = await signedIn(stage.app, 'hieutruong')
    expect((await head.agent.get(href)).text).to.not.contain('Lưu bảng')
    expect((await send(head, `${href}/chot`, href, { revision: '3' })).status).to.equal(403)
    expect((await officer.agent.get(`${href}/bang.xlsx`)).status).to.equal(200)
  })

  it('refuses a table that somebody else has written meanwhile', async () => {
    const stage = await assessmentStage()
    const { href } = await twoVersions(stage)
    const officer = await signedIn(stage.app, 'lanhdaoso')
    const fields = { revision: '0', 'kind.0': 'criterion', 'from.0': '1.1', 'how.0': 'renamed', 'to.0': '1.1' }
    expect((await send(officer, href, href, fields)).status).to.equal(303)
    expect((await send(officer, href, href, fields)).status).to.equal(409)
  })

  it('needs no decision where the newer version only adds', async () => {
    const stage = await assessmentStage()
    const { from } = await twoVersions(stage)
    const [first, ...rest] = from.set.standards
    if (!first) throw new Error('no standard')
    const more = versionOf({
      ...from.set,
      standards: [
        {
          ...first,
          criteria: [
            ...first.criteria,
            { ...first.criteria[0], code: '1.11', title: 'Nội dung mới' } as (typeof first.criteria)[number],
          ],
        },
        ...rest,
      ],
    })
    await stage.system.criteriaSets.insertOnce(more, stage.clock.at)
    const found = await stage.system.mappingNeeds.mappings.chosen(from.hash, more.hash)
    expect(found?.rows.filter(({ how }) => how === 'new').map(({ to }) => to[0])).to.include('1.11')
    expect((await stage.system.mappingNeeds.mappings.byHash(found?.hash ?? ''))?.hash).to.equal(found?.hash)
  })
})
