import { expect } from 'chai'
import type { CitedEvidence } from '../../src/assessments/index.ts'
import { fromLabels, toLabels, unknownLabels } from '../../src/assessments/sheet-labels.ts'
import { readable } from '../../src/assessments/sheet-text.ts'

const item = (id: string, label: string, name = 'Kế hoạch'): [string, CitedEvidence] => [
  id,
  { id, label, name, state: 'coded', criterion: '1.1', years: [] },
]
const evidence = new Map([item('minh-chung-1', '[H1-1.1-01]'), item('minh-chung-2', '[MC-012]')])

describe('labels in the texts of a sheet', () => {
  it('stand for ids on the screen and turn back into the same ids', () => {
    const stored = 'Có [[minh-chung-1]]; [[minh-chung-2]] và **đủ**.'
    expect(toLabels(stored, evidence)).to.equal('Có [H1-1.1-01]; [MC-012] và **đủ**.')
    expect(fromLabels(toLabels(stored, evidence), evidence)).to.equal(stored)
  })
  it('stay text when nothing in the catalogue has them, and are told', () => {
    expect(fromLabels('Theo [H2-2.1-09] [1.1]', evidence)).to.equal('Theo [H2-2.1-09] [1.1]')
    expect(unknownLabels('Theo [H2-2.1-09], [H2-2.1-09] [1.1]')).to.deep.equal(['[H2-2.1-09]'])
  })
  it('keep an id that nobody knows any more', () => {
    expect(toLabels('[[minh-chung-9]]', evidence)).to.equal('[[minh-chung-9]]')
  })
  it('mean what the page showed, even after a renumbering gave the label to another item', () => {
    expect(fromLabels('[H1-1.1-01]', evidence, { '[H1-1.1-01]': 'minh-chung-2' })).to.equal('[[minh-chung-2]]')
  })
  it('do not take an id that is not in this catalogue, nor a name of the prototype', () => {
    expect(fromLabels('[H1-1.1-01]', evidence, { '[H1-1.1-01]': 'minh-chung-9' })).to.equal('[[minh-chung-1]]')
    expect(fromLabels('[MC-999]', evidence, {})).to.equal('[MC-999]')
  })
})

describe('a stored text for reading', () => {
  it('has paragraphs, lists, bold, italic and citations that open the item', () => {
    expect(readable('Một **hai *ba* tư** [[minh-chung-1]]\n\n- bốn\n- năm [[minh-chung-9]]', evidence)).to.deep.equal([
      {
        kind: 'paragraph',
        lines: [
          [
            { text: 'Một ' },
            { text: 'hai ', bold: true },
            { text: 'ba', bold: true, italic: true },
            { text: ' tư', bold: true },
            { text: ' ' },
            { text: '[H1-1.1-01]', href: '/minh-chung/minh-chung-1', title: 'Kế hoạch' },
          ],
        ],
      },
      {
        kind: 'list',
        lines: [[{ text: 'bốn' }], [{ text: 'năm ' }, { text: '[minh chứng không còn]', lost: true }]],
      },
    ])
  })
  it('leaves a lone star and a multiplication as they are', () => {
    expect(readable('2 * 3 = 6 *', evidence)).to.deep.equal([{ kind: 'paragraph', lines: [[{ text: '2 * 3 = 6 *' }]] }])
  })
})
