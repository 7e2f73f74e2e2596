import { readFileSync } from 'node:fs'
import path from 'node:path'
import ejs from 'ejs'

const VIEWS = path.resolve(import.meta.dirname, '../../views')

/** Names that a template may use; `with` is off because it is 2.5 times slower and hides typing mistakes. */
const NAMES = ['page', 'ui', 'it', 'shell', 'title', 'body', 'flashes']

type Names = Readonly<Record<string, unknown>>
type Include = (view: string, more?: Names) => string
type Template = (names: Names) => string
type Translated = (
  locals: Names,
  escapeFn: (text: unknown) => string,
  include: Include,
  failed: (error: unknown, line: number) => never,
) => string

const templates = new Map<string, Template>()

/** A template that failed, with its place. */
class ViewError extends Error {}

/** A template's text as a function. It is a file of ours, translated by ejs, which makes a function of it in the same way. */
function translated(file: string): Translated {
  const template = new ejs.Template(readFileSync(file, 'utf8'), {
    filename: file,
    _with: false,
    destructuredLocals: NAMES,
  })
  template.compile()
  const body = `let __line = 1; try { ${template.source} } catch (error) { return failed(error, __line) }`
  // oxlint-disable-next-line typescript/no-implied-eval
  return new Function('locals', 'escapeFn', 'include', 'failed', body) as Translated
}

/**
 * The template of a view, made once. Only the translation is ejs's: its own `include` looks for the file on disk and
 * copies names and options each time, which cost a tenth of a page.
 */
function templateOf(view: string): Template {
  const known = templates.get(view)
  if (known) return known
  const draw = translated(path.join(VIEWS, `${view}.ejs`))
  const folder = path.posix.dirname(view)
  const failed = (error: unknown, line: number): never => {
    if (error instanceof ViewError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new ViewError(`views/${view}.ejs, line ${line}: ${why}`, { cause: error })
  }
  const template: Template = names => {
    const include: Include = (other, more) =>
      templateOf(other.startsWith('/') ? other.slice(1) : path.posix.join(folder, other))({ ...names, ...more })
    return draw(names, ejs.escapeXML, include, failed)
  }
  templates.set(view, template)
  return template
}

/**
 * Renders `views/<view>.ejs`; partials are included by names relative to the view, or by absolute ones such as
 * `/layout/field`. An error tells view and line.
 */
export const renderView = (view: string, names: Names): string => templateOf(view)(names)
