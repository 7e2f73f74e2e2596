import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect } from 'chai'

interface Bundling {
  readonly bundled: (root: string) => Promise<string>
  readonly fingerprintOf: (root: string) => string
}
// Plain JavaScript that runs before anything is installed, so it has no types of its own.
const { bundled, fingerprintOf } = (await import(new URL('../../scripts/bundle.mjs', import.meta.url).href)) as Bundling

describe('the bundled program', () => {
  let root: string

  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), text)
  }
  const run = async (): Promise<unknown> => ((await import(await bundled(root))) as { said: unknown }).said
  const cache = (): string => path.join(root, 'node_modules/.cache/kiem-dinh')

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'kiem-dinh-bundle-'))
    write('package-lock.json', '{}')
    write('src/main.ts', "import { word } from './words/word.ts'\nexport const said: string = word\n")
    write('src/words/word.ts', "export const word = 'một'\n")
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('does what the sources say, also when a source was changed since', async () => {
    expect(await run()).to.equal('một')
    write('src/words/word.ts', "export const word = 'hai'\n")
    expect(await run()).to.equal('hai')
  })

  it('is made once for the same sources', async () => {
    const first = await bundled(root)
    writeFileSync(fileURLToPath(first), 'export const said = "kept"\n')
    expect(await bundled(root)).to.equal(first)
    expect(await run()).to.equal('kept')
  })

  it('knows the places that its sources came from', async () => {
    write('src/main.ts', "export { at as said } from './words/word.ts'\n")
    write(
      'src/words/word.ts',
      "export const at = [import.meta.dirname, new URL('./worker.mjs', import.meta.url).href]\n",
    )
    const folder = path.join(root, 'src/words')
    expect(await run()).to.deep.equal([folder, pathToFileURL(path.join(folder, 'worker.mjs')).href])
  })

  it('depends on every source and on the packages', () => {
    const before = fingerprintOf(root)
    write('src/words/new.ts', 'export {}\n')
    const withNew = fingerprintOf(root)
    write('package-lock.json', '{"name":"x"}')
    expect(new Set([before, withNew, fingerprintOf(root)]).size).to.equal(3)
  })

  it('leaves a few older programs for servers that still run, and touches nothing else in the cache', async () => {
    write('node_modules/.cache/kiem-dinh/libc/usr/lib', 'x')
    for (let turn = 0; turn < 5; turn++) {
      write('src/words/word.ts', `export const word = '${turn}'\n`)
      await bundled(root)
    }
    expect(readdirSync(path.join(cache(), 'program'))).to.have.length(3)
    expect(existsSync(path.join(cache(), 'libc/usr/lib'))).to.equal(true)
    expect(await run()).to.equal('4')
  })
})
