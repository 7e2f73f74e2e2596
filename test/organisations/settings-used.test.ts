import { expect } from 'chai'
import { REFERENCE_ONLY } from '../../src/organisations/setting-words.ts'
import { SETTING_KEYS } from '../../src/organisations/settings-catalogue.ts'
import { sourceFiles } from '../support/source-files.ts'

const CATALOGUE = /^organisations\/(\w+-settings|settings-catalogue|setting-words)\.ts$/

describe('the settings catalogue', () => {
  it('names as “chỉ để tra cứu” exactly the keys that no code asks for', () => {
    const text = sourceFiles()
      .filter(({ path }) => !CATALOGUE.test(path))
      .map(file => file.text)
      .join('\n')
    const unread = SETTING_KEYS.filter(key => !new RegExp(`['.]${key}\\b`).test(text))
    expect([...REFERENCE_ONLY].toSorted()).to.deep.equal(unread.toSorted())
  })
})
