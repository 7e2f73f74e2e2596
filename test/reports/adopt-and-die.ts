import { adopt } from '../../src/assessments/index.ts'
import { connect } from '../../src/mongo/connect.ts'
import { adoptionStage, ADOPTION, CHAIR } from './adoption-stage.ts'

/** A process that is killed after the report was frozen and before the assessment says so. */
const [uri = '', name = '', filesDir = ''] = process.argv.slice(2)
const stage = adoptionStage(await connect(uri, name), filesDir)
const needs = {
  ...stage.needs,
  freezePaper: async (...asked: Parameters<typeof stage.needs.freezePaper>) => {
    await stage.needs.freezePaper(...asked)
    process.kill(process.pid, 'SIGKILL')
    return new Promise<never>(() => {})
  },
}
await adopt(needs)(CHAIR, stage.dossier.assessment.id, ADOPTION)
