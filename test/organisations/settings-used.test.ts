import { expect } from 'chai'
import { SETTING_KEYS } from '../../src/organisations/settings-catalogue.ts'
import { sourceFiles } from '../support/source-files.ts'

describe('the settings catalogue', () => {
  it('holds no key whose value no code asks for', () => {
    const text = sourceFiles()
      .map(file => file.text)
      .join('\n')
    // A name of a key alone, as a step's deadline has it, changes nothing: only asking for its value does.
    const isRead = (key: string): boolean =>
      new RegExp(`\\b(?:effective|valueOf|setting)\\([^;]{0,60}?'${key}'`).test(text)
    expect(SETTING_KEYS.filter(key => !isRead(key))).to.deep.equal([])
  })
})
