import { expect } from 'chai'
import {
  actionsFrom,
  analysisFrom,
  answerFrom,
  revFrom,
  stepFrom,
  writtenFrom,
} from '../../src/assessments/sheet-input.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import { InvalidInput, NotFound } from '../../src/kernel/refusals.ts'

const actor: Actor = { personId: 'p1', name: 'Lò Thị Mẫu', seats: [] }

const newId = (): string => 'made-0000001'

describe('what a sheet is sent', () => {
  it('is a text with its revision and what the page meant by its labels, as JSON or from a form', () => {
    const meant = { '[MC-001]': 'minh-chung-1' }
    expect(writtenFrom({ rev: 2, text: 'x', known: meant })).to.deep.equal({ rev: 2, text: 'x', known: meant })
    expect(writtenFrom({ rev: '2', text: 'x', known: JSON.stringify(meant) })).to.deep.equal({
      rev: 2,
      text: 'x',
      known: meant,
    })
    expect(writtenFrom({ rev: '0', text: 'x', known: '{broken' }).known).to.deep.equal({})
  })
  it('must name its revision', () => {
    for (const body of [{}, { rev: 'x' }, { rev: -1 }, { rev: 1.5 }, undefined])
      expect(() => revFrom(body), JSON.stringify(body)).to.throw(InvalidInput)
  })
  it('is a verdict with the one that was seen; the button to clear it wins over the radios', () => {
    expect(answerFrom({ verdict: 'met', seen: 'notMet' })).to.deep.equal({ verdict: 'met', seen: 'notMet' })
    expect(answerFrom({ verdict: 'met', seen: 'met', clear: 'yes' })).to.deep.equal({ verdict: undefined, seen: 'met' })
    expect(answerFrom({ verdict: 'notApplicable' })).to.deep.equal({ verdict: undefined, seen: undefined })
  })
  it('keeps the id of a row, makes one for a new row, and drops empty and removed rows', () => {
    const rows = actionsFrom(
      {
        'id.0': 'row-0000001',
        'what.0': '  Mở lớp ',
        'from.0': '01/02/2026',
        'what.1': 'Bỏ',
        'remove.1': 'yes',
        'what.2': '',
        'what.3': 'Mới',
        'id.3': '<x>',
      },
      newId,
    )
    expect(rows).to.have.length(2)
    expect(rows[0]).to.deep.include({ id: 'row-0000001', what: 'Mở lớp', from: '2026-02-01' })
    expect(rows[1]?.id).to.equal('made-0000001')
  })
  it('tells every wrong day at its row', () => {
    try {
      actionsFrom(
        {
          actions: [
            { what: 'a', from: '1/13/2026' },
            { what: 'b', to: 'mai' },
          ],
        },
        newId,
      )
      expect.fail('should have been refused')
    } catch (error) {
      expect(error).to.be.instanceOf(InvalidInput)
      expect(error instanceof InvalidInput ? Object.keys(error.fields) : []).to.deep.equal(['from.0', 'to.1'])
    }
  })
  it('is an analysis row only where something was written', () => {
    const rows = analysisFrom({
      'level.0': '1',
      'indicator.0': 'a',
      'questions.0': 'Một?\r\nHai?',
      'level.1': '1',
      'indicator.1': 'b',
      'level.2': '2',
      'indicator.2': 'a',
      'notNeeded.2': 'Đã có',
    })
    expect(rows.map(row => [row.level, row.indicator, row.questions, row.notNeeded])).to.deep.equal([
      ['1', 'a', 'Một?\nHai?', undefined],
      ['2', 'a', '', 'Đã có'],
    ])
  })
  it('is a step that a person may ask for, with what it needs; no other', () => {
    expect(stepFrom(actor, 'confirm', {})).to.deep.equal({ type: 'confirm', by: 'p1' })
    expect(stepFrom(actor, 'returnToAuthor', { reason: ' Thiếu ', anchor: 'mo-ta-1-a' })).to.deep.equal({
      type: 'returnToAuthor',
      reason: 'Thiếu',
      anchor: 'mo-ta-1-a',
    })
    expect(stepFrom(actor, 'agree', { for: '5', against: '1', other: '1', total: '7' })).to.deep.equal({
      type: 'agree',
      decision: { kind: 'vote', votes: { for: 5, against: 1, other: 1, total: 7 } },
    })
    expect(stepFrom(actor, 'agree', { kind: 'minutes', minutesId: '03/BB', signed: 'yes' })).to.deep.equal({
      type: 'agree',
      decision: { kind: 'minutes', minutesId: '03/BB', signed: true },
    })
    expect(stepFrom(actor, 'agree', {})).to.deep.equal({ type: 'agree' })
    for (const event of ['freeze', 'thaw', 'toString', '']) expect(() => stepFrom(actor, event, {})).to.throw(NotFound)
  })
})
