import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { Collection } from 'mongodb'
import { wrapWrites, WRITING_METHODS } from '../../src/mongo/collection-writes.ts'

/** What the driver's collection has besides: it tells about itself, reads, or changes no document. */
const READS = `dbName collectionName namespace fullNamespace readConcern readPreference bsonOptions writeConcern hint
  timeoutMS find findOne options isCapped indexes listIndexes indexExists indexInformation estimatedDocumentCount
  countDocuments count distinct watch listSearchIndexes createIndex createIndexes dropIndex dropIndexes
  createSearchIndex createSearchIndexes updateSearchIndex dropSearchIndex`.split(/\s+/)

/** Could change documents unseen, and is never asked to: the sources have no such call. */
const NEVER_USED = ['rename', 'initializeUnorderedBulkOp', 'initializeOrderedBulkOp']
/** `drop` is used for what can be made anew alone (sums, halves of a restore); `aggregate` without a stage that writes. */
const HARMLESS_HERE = ['drop', 'aggregate']

const SOURCES = path.resolve(import.meta.dirname, '../../src')
const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))
const sourcesWith = (words: RegExp): readonly string[] =>
  sources.filter(name => words.test(readFileSync(path.join(SOURCES, name), 'utf8').replace(/\/\*[^]*?\*\//g, '')))

describe('the writing methods of the driver’s collection', () => {
  it('are all known: a method that the driver adds must be put on one of the lists', () => {
    const methods = Object.getOwnPropertyNames(Collection.prototype).filter(name => name !== 'constructor')
    expect(methods).to.have.members([...WRITING_METHODS, ...READS, ...NEVER_USED, ...HARMLESS_HERE])
  })

  it('are the only ways in which the sources change documents', () => {
    expect(sourcesWith(/initialize(Uno|O)rderedBulkOp/)).to.deep.equal([])
    expect(sourcesWith(/\$merge\b|\$out\b/)).to.deep.equal([])
    expect(sourcesWith(/collection\([^)]*\)\.rename\(|renameCollection/)).to.deep.equal([])
  })

  it('are each wrapped once, with their arguments, and write what they are let write', async () => {
    const seen: unknown[] = []
    const collection = Object.fromEntries(
      WRITING_METHODS.map(method => [method, (...given: unknown[]) => Promise.resolve([method, ...given])]),
    )
    wrapWrites(collection, (method, given, write) => {
      seen.push([method, ...given])
      return write()
    })
    const answers = await Promise.all(WRITING_METHODS.map(async method => collection[method]?.(1, 'hai')))
    expect(answers).to.deep.equal(WRITING_METHODS.map(method => [method, 1, 'hai']))
    expect(seen).to.deep.equal(answers)
    expect(() => wrapWrites({}, (_method, _given, write) => write())).to.throw('has no insertOne')
  })

  it('leave the way of insertMany through bulkWrite, which the gate counts, as it is', async () => {
    const calls: string[] = []
    const stub = { bulkWrite: async (rows: readonly unknown[]) => (calls.push(`bulkWrite of ${rows.length}`), {}) }
    // Only the method's own way is asked about; of its collection it touches nothing else before it calls.
    await Collection.prototype.insertMany.call(stub as unknown as Collection, [{}, {}]).catch(() => undefined)
    expect(calls).to.deep.equal(['bulkWrite of 2'])
  })
})
