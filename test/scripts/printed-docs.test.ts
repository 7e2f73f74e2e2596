import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { machinePages } from '../../scripts/machine-pages.ts'
import { permissionPage } from '../../scripts/permission-page.ts'
import { sourceFiles } from '../support/source-files.ts'

const docs = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../docs/${file}`, import.meta.url)), 'utf8')

describe('the pages of docs/ that are printed from code', () => {
  for (const [file, text] of machinePages())
    it(`keeps docs/machines/${file} as npm run draw:machines writes it`, () => {
      expect(docs(`machines/${file}`)).to.equal(text)
    })

  it('keeps docs/permissions.md as npm run print:permissions writes it', () => {
    expect(docs('permissions.md')).to.equal(permissionPage())
  })

  it('names the seats that pass, and when', () => {
    const lines = permissionPage().split('\n')
    expect(lines).to.include('| Phê duyệt kế hoạch | chủ tịch hội đồng |')
    expect(lines).to.include(
      '| Thống nhất phiếu | chủ tịch hội đồng<br>phó chủ tịch hội đồng (khi được ủy quyền điều hành) |',
    )
    expect(lines).to.include('| Chốt phiếu | – |')
  })

  it('prints every table of rights that the source has', () => {
    const page = readFileSync(fileURLToPath(new URL('../../scripts/permission-page.ts', import.meta.url)), 'utf8')
    const tables = sourceFiles().flatMap(({ path, text }) =>
      path === 'kernel/rules.ts' ? [] : [...text.matchAll(/export const \w+ = rulesFor</g)].map(() => path),
    )
    expect(tables.filter(path => !page.includes(`'../src/${path}'`))).to.deep.equal([])
    expect(permissionPage().match(/^## /gm)).to.have.length(tables.length)
  })

  it('gives every right and step a Vietnamese name', () => {
    const codeName = /\| [a-z][a-zA-Z]* \|/
    const rows = [permissionPage(), ...machinePages().values()].flatMap(page => page.split('\n'))
    expect(rows.filter(row => codeName.test(row))).to.deep.equal([])
  })
})
