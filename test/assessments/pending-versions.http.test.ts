import { expect } from 'chai'
import { keyOf, openAssessment, takeNewVersion } from '../../src/assessments/index.ts'
import { versionOf } from '../../src/catalogue/criteria-file.ts'
import { readRows } from '../../src/sheet-files/index.ts'
import { signedIn } from '../http/app-for-tests.ts'
import { assessmentStage, HERE, ID, SCHOOL, sheetsIn, withCouncil, YEAR, type Stage } from './stage.ts'

const LIST = '/danh-gia/doi-phien-ban'

/** A school at work; then the Sở publishes a version without criterion 1.2 for the year. */
async function waiting(): Promise<Stage> {
  const stage = await assessmentStage()
  const { system, clock } = stage
  await openAssessment(system.assessmentNeeds)(await stage.actor('hieutruong'), SCHOOL, YEAR)
  await stage.given({ ...withCouncil(stage), state: 'working', criteria: await sheetsIn(stage, 'drafting') })
  const { hash } = (await system.assessments.get(ID)).set
  const { set } = await system.criteriaSets.get(hash)
  const version = versionOf({
    ...set,
    standards: set.standards.map(standard => ({
      ...standard,
      criteria: standard.criteria.filter(({ code }) => code !== '1.2'),
    })),
  })
  clock.at = new Date(clock.at.getTime() + 60_000)
  await system.criteriaSets.insertOnce(version, clock.at)
  await system.catalogue.publishForYear(await stage.actor('lanhdaoso'), YEAR)
  return stage
}

describe('the list of schools that wait for a newer version', function () {
  this.timeout(180_000)

  it('counts them by who has to act, leads to each, filters, and empties when all have gone over', async () => {
    const stage = await waiting()
    const { system } = stage
    const officer = await signedIn(stage.app, 'lanhdaoso')
    const page = await officer.agent.get(LIST)
    expect(page.status).to.equal(200)
    expect(page.text)
      .to.contain('Chờ bảng chuyển đổi')
      .and.contain(`${HERE}/chuyen-bo-tieu-chi`)
      .and.contain('1 trường')
    expect((await officer.agent.get(`${LIST}?cho=taking`)).text).to.contain('Không có trường nào khớp')
    expect((await officer.agent.get(`${LIST}?q=khong-co-ten-nay`)).text).to.contain('Không có trường nào khớp')
    expect((await officer.agent.get(`${LIST}?nam=2023-2024`)).text).to.contain('đang dùng phiên bản mới nhất')

    const { hash: from } = (await system.assessments.get(ID)).set
    const to = (await system.catalogue.setFor(YEAR, 'tieu_hoc', SCHOOL))?.version.hash ?? ''
    expect(page.text).to.contain(`/tieu-chi/chuyen-doi/${from}/${to}`)
    const lead = await stage.actor('lanhdaoso')
    const { mappings } = system.mappingNeeds
    const { rows } = await mappings.open(from, to)
    const draft = await mappings.saveDraft(lead, { fromHash: from, toHash: to }, rows)
    await mappings.choose(lead, { fromHash: from, toHash: to }, draft.rev)
    expect((await officer.agent.get(`${LIST}?cho=taking`)).text).to.contain(`${HERE}/chuyen-bo-tieu-chi`)

    await takeNewVersion(system.assessmentNeeds)(lead, ID)
    expect((await system.assessments.get(ID)).criteria[keyOf('1.2')]).to.equal(undefined)
    expect((await officer.agent.get(LIST)).text).to.contain('Mọi trường đang dùng phiên bản mới nhất')
  })

  it('comes as a spreadsheet with the same filter', async () => {
    const stage = await waiting()
    const officer = await signedIn(stage.app, 'lanhdaoso')
    const columns = [
      { key: 'id', head: 'Mã trường', kind: 'text', required: true },
      { key: 'waits', head: 'Chờ', kind: 'text', required: true },
    ] as const
    const sheetOf = async (query: string) => {
      const { body } = await officer.agent
        .get(`${LIST}.xlsx${query}`)
        .buffer(true)
        .parse((response, done) => {
          const pieces: Buffer[] = []
          response.on('data', (piece: Buffer) => pieces.push(piece))
          response.on('end', () => done(null, Buffer.concat(pieces)))
        })
      // Gathered above from the answer's own bytes.
      return (await readRows(body as Buffer, columns)).rows.map(({ values }) => values)
    }
    expect(await sheetOf('')).to.deep.equal([{ id: SCHOOL, waits: 'Chờ bảng chuyển đổi' }])
    expect(await sheetOf('?cho=taking')).to.deep.equal([])
  })

  it('is for the Sở and managing units, and shows a school to nobody who may not read it', async () => {
    const stage = await waiting()
    expect((await (await signedIn(stage.app, 'hieutruong')).agent.get(LIST)).status).to.equal(403)
  })
})
