import { printDay, dayOf } from '../kernel/dates.ts'
import { RATING_NAMES, validityWords } from './catalogue-words.ts'
import type { ImportedVersion } from './criteria-set-store.ts'
import type { OpenDesk } from './mapping-desk.ts'
import { lintMapping, mappingSound } from './mapping-lint.ts'
import type { MappingDesk } from './mapping-store.ts'
import { HOW_NAMES, MAPPED_NAMES, nodeName } from './mapping-words.ts'
import { MAPPED_KINDS, mappedNodes, type MappingHow, type MappingRow } from './mapping.ts'
import type { CriteriaTrial } from './upload-criteria.ts'

export const MAPPINGS = '/tieu-chi/chuyen-doi'
export const UPLOAD_SET = '/tieu-chi/tai-len'

export const mappingHref = (fromHash: string, toHash: string): string => `${MAPPINGS}/${fromHash}/${toHash}`

const CRUMBS = [{ label: 'Bộ tiêu chí', href: '/tieu-chi' }]
const HOWS: readonly MappingHow[] = ['same', 'renamed', 'split', 'merged', 'dropped', 'new']
/** Where a line is most likely to want a decision: these open by themselves. */
const TO_LOOK_AT: readonly MappingHow[] = ['renamed', 'split', 'merged', 'dropped', 'new']

const versionName = ({ hash, set, importedAt }: ImportedVersion): string =>
  `${set.instrument} – ${set.title.slice(0, 60)} (${hash.slice(0, 8)}, nhập ${printDay(dayOf(importedAt))})`

/** The list of mappings between versions, and the choice of a pair to begin one. */
export function mappingsPage(
  versions: readonly ImportedVersion[],
  desks: readonly MappingDesk[],
  may: { readonly edit: boolean; readonly import: boolean },
) {
  const named = new Map(versions.map(version => [version.hash, version]))
  const nameOf = (hash: string): string => {
    const found = named.get(hash)
    return found ? `${found.set.instrument} (${hash.slice(0, 8)})` : hash.slice(0, 8)
  }
  return {
    breadcrumbs: CRUMBS,
    subtitle: 'Nội dung, minh chứng và việc cải tiến của các trường đi theo bảng này khi bộ tiêu chí thay đổi',
    rows: desks.map(desk => [
      { text: `${nameOf(desk.fromHash)} → ${nameOf(desk.toHash)}`, href: mappingHref(desk.fromHash, desk.toHash) },
      { badge: desk.chosen === undefined ? { label: 'Đang lập', tone: 'grey' } : { label: 'Đã chốt', tone: 'green' } },
      desk.chosen?.slice(0, 12) ?? '',
    ]),
    choose: may.edit
      ? {
          action: MAPPINGS,
          options: versions
            .filter(({ set }) => set.rating === 'levels')
            .map(version => ({ value: version.hash, label: versionName(version) })),
        }
      : undefined,
    upload: may.import ? UPLOAD_SET : undefined,
  }
}

/** The table between two versions: what was proposed or written, what is wrong with it, and the way to settle it. */
export function mappingPage({ from, to, desk, rows, proposed }: OpenDesk, mayEdit: boolean) {
  const [old, fresh] = [from.set, to.set].map(
    set => new Map(mappedNodes(set).map(node => [`${node.kind} ${node.code}`, node.words])),
  )
  const findings = lintMapping(from.set, to.set, rows)
  const sound = mappingSound(findings)
  const href = mappingHref(from.hash, to.hash)
  const said = (row: MappingRow, at: number) => ({
    at,
    kind: row.kind,
    from: row.from ?? '',
    how: row.how,
    to: row.to.join('; '),
    name: row.from === undefined ? 'Mục mới' : nodeName(row.kind, row.from),
    oldWords: row.from === undefined ? '' : (old?.get(`${row.kind} ${row.from}`) ?? ''),
    newWords: row.to.map(code => ({ code, words: fresh?.get(`${row.kind} ${code}`) ?? 'không có trong bộ mới' })),
    faults: findings.filter(finding => finding.row === at).map(({ severity, message }) => ({ severity, message })),
  })
  const lines = rows.map(said)
  return {
    breadcrumbs: [...CRUMBS, { label: 'Bảng chuyển đổi', href: MAPPINGS }],
    subtitle: `${from.set.instrument} (${from.hash.slice(0, 8)}) → ${to.set.instrument} (${to.hash.slice(0, 8)})`,
    facts: [
      { term: 'Bộ cũ', text: `${from.set.title}; ${validityWords(from.set)}` },
      { term: 'Bộ mới', text: `${to.set.title}; ${validityWords(to.set)}` },
      ...HOWS.map(how => ({ term: HOW_NAMES[how], text: String(rows.filter(row => row.how === how).length) })),
    ],
    state: desk.chosen === undefined ? undefined : `Đã chốt bảng ${desk.chosen.slice(0, 12)}.`,
    proposed,
    mayEdit,
    href,
    revision: desk.rev,
    hows: HOWS.map(value => ({ value, label: HOW_NAMES[value] })),
    groups: MAPPED_KINDS.map(kind => ({
      title: MAPPED_NAMES[kind],
      lines: lines.filter(line => line.kind === kind),
      open: lines.some(line => line.kind === kind && TO_LOOK_AT.includes(line.how)) || kind === 'criterion',
    })).filter(({ lines: some }) => some.length > 0),
    faults: findings.filter(({ severity }) => severity === 'error').map(({ message }) => ({ code: 'fault', message })),
    warnings: findings.filter(({ severity }) => severity === 'warning').map(({ message }) => message),
    sound,
    next: rows.length,
    kinds: MAPPED_KINDS.map(value => ({ value, label: MAPPED_NAMES[value] })),
  }
}

/** The page on which a criteria file is brought in; `trial` once one was sent. */
export function uploadSetPage(trial?: CriteriaTrial & { readonly token: string }) {
  return {
    breadcrumbs: CRUMBS,
    action: UPLOAD_SET,
    confirm: `${UPLOAD_SET}/xac-nhan`,
    trial: trial && {
      token: trial.token,
      problems: trial.problems.map(({ line, message }) => [String(line), message]),
      warnings: trial.warnings.map(({ line, message }) => [String(line), message]),
      known: trial.known,
      facts: trial.version
        ? [
            { term: 'Bộ tiêu chí', text: trial.version.set.title },
            { term: 'Văn bản', text: trial.version.set.instrument },
            { term: 'Cách xếp', text: RATING_NAMES[trial.version.set.rating] },
            { term: 'Hiệu lực', text: validityWords(trial.version.set) },
            { term: 'Phiên bản', text: trial.version.hash.slice(0, 12) },
            ...(trial.before
              ? [{ term: 'So với', text: `${trial.before.set.instrument} (${trial.before.hash.slice(0, 8)})` }]
              : []),
            ...HOWS.flatMap(how => {
              const count = trial.changes[how]
              return count === undefined ? [] : [{ term: HOW_NAMES[how], text: `${count} mục` }]
            }),
          ]
        : [],
      mayTake: trial.version !== undefined && trial.problems.length === 0 && !trial.known,
      mapping: trial.before && trial.version ? mappingHref(trial.before.hash, trial.version.hash) : undefined,
    },
  }
}
