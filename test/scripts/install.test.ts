import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('../../scripts/install.mjs', import.meta.url))

const LOCK = {
  '': { version: '0.1.0' },
  'node_modules/express': { version: '5.3.0' },
  'node_modules/mocha': { version: '12.0.3', dev: true },
  'node_modules/engine': { version: '0.1.1', optional: true },
}

describe('the check of installed packages', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'install-'))
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: LOCK }))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  const record = (packages: object) => {
    mkdirSync(join(root, 'node_modules'))
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }))
  }
  /** The script is plain JavaScript without types, so it is asked the way the command asks it: in a Node of its own. */
  const missing = (withTools: boolean): unknown => {
    const program = `import { missingPackages } from ${JSON.stringify(SCRIPT)}
      console.log(JSON.stringify(missingPackages(${JSON.stringify(root)}, ${withTools})))`
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      encoding: 'utf8',
    })
    expect(stderr).to.equal('')
    return JSON.parse(stdout)
  }

  it('misses everything needed in a fresh clone, tools only for tests', () => {
    expect(missing(false)).to.deep.equal(['node_modules/express'])
    expect(missing(true)).to.deep.equal(['node_modules/express', 'node_modules/mocha'])
  })
  it('misses nothing when npm recorded what the lock asks for, with or without the optional engine', () => {
    const { 'node_modules/engine': _, ...withoutEngine } = LOCK
    record(withoutEngine)
    expect(missing(true)).to.deep.equal([])
  })
  it('misses what has another version than the lock', () => {
    record({ ...LOCK, 'node_modules/express': { version: '5.2.0' }, 'node_modules/engine': { version: '0.1.0' } })
    expect(missing(false)).to.deep.equal(['node_modules/express', 'node_modules/engine'])
  })
})
