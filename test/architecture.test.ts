import { expect } from 'chai'
import { importsIn, sourceFile, sourceFiles, viewFiles, type Import, type SourceFile } from './support/source-files.ts'

/** The features in their order: each may use only those above it (design § 2). */
const FEATURES = [
  'journal',
  'organisations',
  'people',
  'notices',
  'catalogue',
  'seats',
  'figures',
  'evidence',
  'assessments',
  'plans',
  'actions',
  'minutes',
  'reviews',
  'external',
  'rollups',
  'periods',
  'surveys',
  'tasks',
  'reports',
  'annual',
  'api',
  'backup',
  'demo',
]
const FOUNDATIONS = ['kernel', 'http', 'mongo', 'paper', 'sheet-files']
/** Files of `src/` itself and of `src/system/`: they put the features together and are used by nobody but each other and the demonstration. */
const COMPOSITION = /^(system\/)?[a-z-]+\.ts$/

interface ImportRule {
  readonly rule: string
  readonly why: string
  readonly breaks: (file: SourceFile, needed: Import) => boolean
}

const placeOf = (needed: Import): string => needed.of.split('/')[0] ?? needed.of
const isPackage = (needed: Import, name: string): boolean =>
  !needed.ours && (needed.of === name || needed.of.startsWith(`${name}/`))
const isStore = (path: string): boolean => path.endsWith('-store.ts')
const PURE = /-(policy|machine|page|input|conditions|facts|rules|words|blocks|template)\.ts$/

/** Each library has one door, so that replacing or patching it touches one place. */
const DOORS: readonly { readonly library: string; readonly door: RegExp; readonly where: string }[] = [
  { library: 'express', door: /^(http\/|app\.ts$)/, where: 'http/ (app.ts only names its type)' },
  { library: 'express-session', door: /^http\//, where: 'http/' },
  { library: 'multer', door: /^http\//, where: 'http/' },
  { library: 'helmet', door: /^http\//, where: 'http/' },
  { library: 'ejs', door: /^http\//, where: 'http/' },
  { library: 'mongoose', door: /^(mongo\/|.*-store\.ts$)/, where: 'mongo/ and the stores' },
  {
    library: 'mongodb',
    door: /^(mongo\/|http\/session\.ts$|start-errors\.ts$)/,
    where: 'mongo/, sessions, start errors',
  },
  { library: 'pdfkit', door: /^paper\//, where: 'paper/' },
  { library: 'docx', door: /^paper\//, where: 'paper/' },
  { library: 'read-excel-file', door: /^sheet-files\//, where: 'sheet-files/' },
  { library: 'write-excel-file', door: /^sheet-files\//, where: 'sheet-files/' },
  { library: 'nodemailer', door: /^notices\//, where: 'notices/' },
  { library: 'ical-generator', door: /^notices\//, where: 'notices/' },
  { library: 'openid-client', door: /^people\//, where: 'people/' },
  { library: 'otpauth', door: /^people\//, where: 'people/' },
  { library: 'fontkit', door: /^paper\//, where: 'paper/' },
  { library: 'passport', door: /^people\//, where: 'people/' },
  { library: 'passport-local', door: /^people\//, where: 'people/' },
  { library: '@node-rs/argon2', door: /^people\//, where: 'people/' },
  { library: '@casl/ability', door: /^kernel\/rules\.ts$/, where: 'kernel/rules.ts' },
  { library: 'xstate', door: /^(kernel\/step\.ts$|.*-machine\.ts$)/, where: 'kernel/step.ts and the machines' },
  { library: 'yaml', door: /^catalogue\//, where: 'catalogue/' },
]

const RULES: readonly ImportRule[] = [
  {
    rule: 'kernel imports nothing of ours',
    why: 'everything rests on it, so it may rest on nothing',
    breaks: (file, needed) => file.place === 'kernel' && needed.ours && placeOf(needed) !== 'kernel',
  },
  {
    rule: 'http, mongo, paper and sheet-files know no feature and not each other',
    why: 'they could serve another program as they are; features change more often than they do',
    breaks: (file, needed) =>
      ['http', 'mongo', 'paper', 'sheet-files'].includes(file.place) &&
      needed.ours &&
      ![file.place, 'kernel'].includes(placeOf(needed)),
  },
  {
    rule: 'the browser part imports only kernel',
    why: 'it is bundled for the page: a feature would drag the server along',
    breaks: (file, needed) =>
      file.place === 'browser' &&
      (!needed.ours || !['browser', 'kernel'].includes(placeOf(needed))) &&
      !needed.typeOnly,
  },
  {
    rule: 'nothing on the server imports the browser part',
    why: 'it is built for pages and finds no window here',
    breaks: (file, needed) => file.place !== 'browser' && needed.ours && placeOf(needed) === 'browser',
  },
  {
    rule: 'a feature imports only features above it',
    why: 'one direction, no cycles; what a lower one needs of a higher one is handed in by app.ts as a function',
    breaks: (file, needed) =>
      FEATURES.includes(file.place) &&
      needed.ours &&
      FEATURES.includes(placeOf(needed)) &&
      FEATURES.indexOf(placeOf(needed)) > FEATURES.indexOf(file.place),
  },
  {
    rule: 'a feature is used only through its index.ts',
    why: 'what is not in index.ts may change without asking anybody',
    breaks: (file, needed) =>
      needed.ours &&
      FEATURES.includes(placeOf(needed)) &&
      placeOf(needed) !== file.place &&
      needed.of !== `${placeOf(needed)}/index.ts`,
  },
  {
    rule: 'nobody imports the files that put everything together',
    why: 'main → app → features, never back; only the demonstration runs the whole system by itself',
    breaks: (file, needed) =>
      needed.ours && COMPOSITION.test(needed.of) && !COMPOSITION.test(file.path) && file.place !== 'demo',
  },
  {
    rule: 'the demonstration is loaded by main.ts alone',
    why: 'a school that works must not depend on a made-up one',
    breaks: (file, needed) =>
      needed.ours && placeOf(needed) === 'demo' && file.place !== 'demo' && file.path !== 'main.ts',
  },
  {
    rule: 'policies, machines, inputs, pages and words import no store and nothing of mongo/',
    why: 'they are values in, values out, and tested without a database',
    breaks: (file, needed) =>
      PURE.test(file.path) &&
      FEATURES.includes(file.place) &&
      needed.ours &&
      !needed.typeOnly &&
      (isStore(needed.of) || placeOf(needed) === 'mongo'),
  },
  {
    rule: 'policies, machines, inputs, pages and words read no file, no network, no randomness',
    why: 'same values in, same values out',
    breaks: (file, needed) => PURE.test(file.path) && FEATURES.includes(file.place) && needed.of.startsWith('node:'),
  },
  {
    rule: 'only routes, inputs and the sign-in door run code of http/',
    why: 'a use case is the same for a page, the open API and the command line',
    breaks: (file, needed) =>
      FEATURES.includes(file.place) &&
      needed.ours &&
      placeOf(needed) === 'http' &&
      !needed.typeOnly &&
      !/-(routes|input|door)\.ts$/.test(file.path),
  },
  {
    rule: 'a store imports no use case, page or route',
    why: 'a store keeps one collection and decides nothing',
    breaks: (file, needed) => isStore(file.path) && needed.ours && /-(routes|page|input)\.ts$/.test(needed.of),
  },
  ...DOORS.map(({ library, door, where }) => ({
    rule: `${library} is imported only in ${where}`,
    why: 'one door for each library',
    breaks: (file: SourceFile, needed: Import) => isPackage(needed, library) && !door.test(file.path),
  })),
]

interface TextRule {
  readonly rule: string
  readonly why: string
  readonly applies: (file: SourceFile) => boolean
  readonly forbidden: RegExp
}

const TEXT_RULES: readonly TextRule[] = [
  {
    rule: 'process.env is read only in config.ts',
    why: 'configuration is read once, checked whole and frozen; the engine process sets its own TMPDIR',
    applies: ({ path }) => path !== 'config.ts' && path !== 'mongo/engine-process.mjs',
    forbidden: /\bprocess\.env\b/,
  },
  {
    rule: 'pure files ask no clock and throw no dice',
    why: 'the clock is one of the needs; a test sets it',
    applies: ({ path, place }) => PURE.test(path) && FEATURES.includes(place),
    forbidden: /\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(|\brandomUUID\(/,
  },
  {
    rule: 'named exports only',
    why: 'one name for one thing, everywhere',
    applies: () => true,
    forbidden: /^export default\b/m,
  },
]

const broken = ({ breaks }: ImportRule, files: readonly SourceFile[]): readonly string[] =>
  files.flatMap(file =>
    file.imports.filter(needed => breaks(file, needed)).map(needed => `${file.path} imports ${needed.of}`),
  )

/** Circles of files that need each other when they run, each once, as `a → b → a`. */
function circles(files: readonly SourceFile[]): readonly string[] {
  const needs = new Map(
    files.map(file => [file.path, file.imports.filter(each => each.ours && !each.typeOnly).map(each => each.of)]),
  )
  const done = new Set<string>()
  const found: string[] = []
  const walk = (at: string, path: readonly string[]): void => {
    const before = path.indexOf(at)
    if (before >= 0) found.push([...path.slice(before), at].join(' → '))
    if (before >= 0 || done.has(at)) return
    for (const next of needs.get(at) ?? []) walk(next, [...path, at])
    done.add(at)
  }
  for (const file of files) walk(file.path, [])
  return found
}

/** Raw output (`<%-`) is for our own includes and icons, and for attributes that are words of the template itself. */
const RAW_ALLOWED = [
  // JSON inside a script element, which no text can close.
  /^[\w.]+\.replaceAll\('<', '\\\\u003c'\)$/,
  /^(include|ui\.icon)\(/,
  /^[^'`]+ \? ' ?[\w-]+(="[^'"`]*")?' : ''$/,
  /^[\w.() ]+ === [\w.() ]+ \? ' [\w-]+' : ''$/,
]
/** What a template may put out raw because our own code has escaped it. */
const RAW_BY_OURSELVES: Readonly<Record<string, readonly string[]>> = {
  'layout/page.ejs': ['body'],
  'layout/field.ejs': ['aria', 'described ? ` aria-describedby="${described}"` : \'\''],
  // A label of the column itself and a number.
  'layout/rows-line.ejs': ['aria'],
  // paper/ escapes every text of a document block when it draws HTML.
  'annual/report.ejs': ['page.html'],
  'reports/preview.ejs': ['page.html'],
}

describe('the architecture', () => {
  const files = sourceFiles()

  it('knows every folder of src/', () => {
    const places = [...new Set(files.map(file => file.place))]
    const known = [...FOUNDATIONS, 'browser', 'system', ...FEATURES]
    expect(places.filter(place => !known.includes(place) && !COMPOSITION.test(place))).to.deep.equal([])
  })

  for (const rule of RULES) {
    it(`${rule.rule}: ${rule.why}`, () => {
      expect(broken(rule, files), rule.why).to.deep.equal([])
    })
  }

  for (const { rule, why, applies, forbidden } of TEXT_RULES) {
    it(`${rule}: ${why}`, () => {
      const found = files.filter(file => applies(file) && forbidden.test(file.text)).map(file => file.path)
      expect(found, why).to.deep.equal([])
    })
  }

  it('has no circle of files: what is needed first must be loadable first', () => {
    expect(circles(files)).to.deep.equal([])
  })

  describe('templates', () => {
    const views = viewFiles()

    it('escape everything but our own includes, icons and words: what a person typed never becomes markup', () => {
      const raw = views.flatMap(({ path, text }) =>
        [...text.matchAll(/<%-\s*([\s\S]*?)\s*%>/g)]
          .map(([, code = '']) => code)
          .filter(code => !RAW_ALLOWED.some(allowed => allowed.test(code)))
          .filter(code => !RAW_BY_OURSELVES[path]?.includes(code))
          .map(code => `${path}: ${code}`),
      )
      expect(raw).to.deep.equal([])
    })
    it('carry no style and no event attributes: the content security policy blocks them', () => {
      const found = views.filter(({ text }) => /<[^<>%]*\s(style|on[a-z]+)=/.test(text)).map(({ path }) => path)
      expect(found).to.deep.equal([])
    })
  })
})

describe('the scanner behind the architecture test', () => {
  it('reads every form of import', () => {
    const text = [
      "import { a } from '../kernel/words.ts'",
      "import type { B } from './b.ts'",
      "import { type C, type D } from './c.ts'",
      "import {\n  d,\n  type E,\n} from '../seats/index.ts'",
      "export { f } from './f.ts'",
      "export * from './all.ts'",
      "import 'dotted'",
      "const late = await import('node:fs')",
    ].join('\n')
    expect(importsIn(text, 'plans/plan.ts')).to.deep.equal([
      { of: 'kernel/words.ts', ours: true, typeOnly: false },
      { of: 'plans/b.ts', ours: true, typeOnly: true },
      { of: 'plans/c.ts', ours: true, typeOnly: true },
      { of: 'seats/index.ts', ours: true, typeOnly: false },
      { of: 'plans/f.ts', ours: true, typeOnly: false },
      { of: 'plans/all.ts', ours: true, typeOnly: false },
      { of: 'dotted', ours: false, typeOnly: false },
      { of: 'node:fs', ours: false, typeOnly: false },
    ])
  })

  const planted: readonly { readonly what: string; readonly path: string; readonly text: string }[] = [
    { what: 'kernel imports nothing of ours', path: 'kernel/x.ts', text: "import { a } from '../mongo/gate.ts'" },
    {
      what: 'a feature imports only features above it',
      path: 'seats/x.ts',
      text: "import { a } from '../plans/index.ts'",
    },
    {
      what: 'a feature is used only through its index.ts',
      path: 'plans/x.ts',
      text: "import { a } from '../seats/seat-store.ts'",
    },
    { what: 'express is imported only in http/', path: 'seats/seat-routes.ts', text: "import express from 'express'" },
    { what: 'mongoose is imported only in', path: 'seats/appoint.ts', text: "import { Schema } from 'mongoose'" },
    {
      what: 'policies, machines, inputs, pages and words import no store',
      path: 'seats/seat-policy.ts',
      text: "import { seatStore } from './seat-store.ts'",
    },
    {
      what: 'the browser part imports only kernel',
      path: 'browser/x.ts',
      text: "import { a } from '../seats/index.ts'",
    },
    {
      what: 'nobody imports the files that put everything',
      path: 'seats/x.ts',
      text: "import { a } from '../system.ts'",
    },
  ]
  for (const { what, path, text } of planted) {
    it(`finds a planted breach of: ${what}`, () => {
      const rule = RULES.find(each => each.rule.startsWith(what))
      expect(rule && broken(rule, [sourceFile(path, text)])).to.have.length(1)
    })
  }
  it('finds a planted circle', () => {
    const pair = [
      sourceFile('a/x.ts', "import { y } from './y.ts'"),
      sourceFile('a/y.ts', "import { x } from './x.ts'"),
    ]
    expect(circles(pair)).to.deep.equal(['a/x.ts → a/y.ts → a/x.ts'])
  })
})
