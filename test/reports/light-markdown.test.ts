import { expect } from 'chai'
import { citeBy, inlinesOf, markdownBlocks, UNCODED } from '../../src/reports/light-markdown.ts'
import type { Inline } from '../../src/paper/index.ts'

const cite = citeBy(
  new Map([
    ['item-0001', '[H1-1.1-01]'],
    ['item-0002', '[H1-1.1-02]'],
  ]),
)

const words = (content: readonly Inline[]): string =>
  content.map(piece => (typeof piece === 'string' ? piece : 'text' in piece ? piece.text : '')).join('')

describe('the light Markdown of stored texts', () => {
  it('draws a citation as a jump to the row of its code', () => {
    expect(inlinesOf('Có kế hoạch [[item-0001]].', cite)).to.deep.equal([
      'Có kế hoạch ',
      { kind: 'ref', text: '[H1-1.1-01]', to: 'mc-item-0001' },
      '.',
    ])
  })

  for (const between of ['', ' ', ', ', ';', ' ; '])
    it(`joins citations with “${between}” between them by a semicolon`, () => {
      expect(words(inlinesOf(`[[item-0001]]${between}[[item-0002]]`, cite))).to.equal('[H1-1.1-01]; [H1-1.1-02]')
    })

  it('leaves words between two citations alone', () => {
    expect(words(inlinesOf('[[item-0001]] và [[item-0002]]', cite))).to.equal('[H1-1.1-01] và [H1-1.1-02]')
  })

  it('says in words that a cited item has no code', () => {
    expect(inlinesOf('[[item-0009]]', cite)).to.deep.equal([{ kind: 'text', text: UNCODED }])
  })

  it('marks bold, italic and italic within bold', () => {
    expect(inlinesOf('Rất **tốt *và* đều** nhé', cite)).to.deep.equal([
      'Rất ',
      { kind: 'text', text: 'tốt ', bold: true },
      { kind: 'text', text: 'và', bold: true, italic: true },
      { kind: 'text', text: ' đều', bold: true },
      ' nhé',
    ])
  })

  it('keeps stars that mark nothing: 2 * 3 * 4', () => {
    expect(words(inlinesOf('2 * 3 * 4', cite))).to.equal('2 * 3 * 4')
  })

  it('makes every line a paragraph, lines with a dash a list, and puts the lead in front of the first words', () => {
    const blocks = markdownBlocks('Một.\n\nHai:\n- ba\n- bốn\nNăm.', cite, ['a) '])
    expect(blocks.map(block => block.kind)).to.deep.equal(['paragraph', 'paragraph', 'list', 'paragraph'])
    expect(blocks[0]).to.deep.include({ content: ['a) ', 'Một.'] })
    expect(blocks[2]).to.deep.include({ items: [['ba'], ['bốn']] })
  })

  it('gives a lead in front of a list a line of its own', () => {
    expect(markdownBlocks('- một', cite, ['b) ']).map(block => block.kind)).to.deep.equal(['paragraph', 'list'])
  })
})
