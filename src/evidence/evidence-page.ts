import type { Actor } from '../kernel/actor.ts'
import { printDay, printInstant } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { ACCEPT, ACCEPTED_IN_WORDS, isPreviewable, printSize } from './accepted-kinds.ts'
import { boardHref, dossierCrumbs, criterionOptions, yearOptions } from './board-page.ts'
import { twinsOf } from './collect.ts'
import { isBrought, rightToEdit } from './edit-evidence.ts'
import { issuedOf } from './evidence-catalogue.ts'
import { hrefOf, labelOf, openUnmet, type Surroundings } from './evidence-facts.ts'
import { EVIDENCE_STATE_NAMES, evidenceLife } from './evidence-machine.ts'
import { may, placeOf } from './evidence-policy.ts'
import { classOf, DATA_CLASSES, KINDS, OTHER_EVENTS, STATE_TONES } from './evidence-words.ts'
import { entriesByYear } from './evidence-years.ts'
import type { Evidence, EvidenceEntry, EvidenceFile } from './evidence.ts'
import { stepsOffered } from './steps-offered.ts'

/** One item: what it says, its files by school year, what may be done with it now and what has been done. */
export function evidencePage(actor: Actor, item: Evidence, around: Surroundings, history: readonly JournalEntry[]) {
  const { dossier, citations } = around
  const criterion = dossier.criteria.find(each => each.code === item.criterion)
  const mayEdit = editable(actor, item, around)
  return {
    breadcrumbs: [
      ...dossierCrumbs(dossier),
      { label: 'Minh chứng', href: boardHref(dossier.id) },
      { label: item.criterion, href: `${boardHref(dossier.id)}?tieuchi=${item.criterion}` },
    ],
    ownHeading: true,
    criterion: item.criterion,
    href: hrefOf(item),
    label: labelOf(item),
    name: item.name,
    state: { label: EVIDENCE_STATE_NAMES[item.state], tone: STATE_TONES[item.state] },
    note: noteOf(item),
    carried: item.notReviewed && mayEdit ? { action: `${hrefOf(item)}/xem-lai` } : undefined,
    facts: factsShown(item, criterion?.title ?? '', criterion?.groupName),
    entries: entriesByYear(item).map(entry => entryModel(item, entry, mayEdit)),
    cited: (citations.get(item.id) ?? []).map(code => ({ code, href: `/danh-gia/${dossier.id}/phieu/${code}` })),
    twins: twinsOf(item, around.items).map(twin => ({ ...twin, href: `/minh-chung/${twin.id}` })),
    steps: stepsOffered(actor, item, around),
    edit: mayEdit ? editModel(item, around) : undefined,
    options: {
      kinds: optionsOf(KINDS),
      classes: optionsOf(DATA_CLASSES),
      years: yearOptions(dossier),
      accept: ACCEPT,
      hint: ACCEPTED_IN_WORDS,
    },
    history: history.map(lineOf),
  }
}

const editable = (actor: Actor, item: Evidence, { dossier }: Surroundings): boolean => {
  const right = rightToEdit(item)
  const open = item.state === 'expected' || openUnmet(dossier, item).length === 0
  return right !== undefined && open && may[right](actor, placeOf(dossier, item))
}

function noteOf(item: Evidence): { readonly tone: string; readonly text: string } | undefined {
  if (item.state === 'missing') return { tone: 'warning', text: `Không tìm được: ${item.missingReason ?? ''}` }
  if (item.rejected)
    return {
      tone: 'error',
      text: `${item.rejected.name} không nhận minh chứng này: ${item.rejected.reason}`,
    }
  if (item.withdrawn) return { tone: 'warning', text: `Đã rút: ${item.withdrawn.reason}` }
  return undefined
}

function factsShown(item: Evidence, title: string, groupName: string | undefined) {
  const dataClass = classOf(item)
  const expected = item.expectedFrom
  return [
    { term: 'Tiêu chí', text: `${item.criterion}. ${title}`, ...(groupName ? { note: groupName } : {}) },
    { term: 'Loại', text: KINDS[item.kind] },
    ...(expected && expected.where !== '' ? [{ term: 'Dự kiến tìm ở', text: expected.where }] : []),
    ...(expected && expected.who !== '' ? [{ term: 'Người thu thập', text: expected.who }] : []),
    ...(expected?.by ? [{ term: 'Trước ngày', text: printDay(expected.by) }] : []),
    ...(expected?.cost ? [{ term: 'Dự kiến kinh phí', text: expected.cost }] : []),
    ...(item.place === '' ? [] : [{ term: 'Nơi lưu giữ', text: item.place }]),
    {
      term: 'Mức bảo mật',
      text: DATA_CLASSES[dataClass],
      ...(item.dataClass === undefined ? { note: 'hệ thống đề xuất theo tên, chờ nhóm thư ký xác nhận' } : {}),
    },
    ...(item.collectedBy
      ? [{ term: 'Người thu thập', text: item.collectedBy.name, note: printInstant(item.collectedBy.at) }]
      : []),
    ...(item.originalSeen
      ? [{ term: 'Đã đối chiếu bản gốc', text: item.originalSeen.name, note: printDay(item.originalSeen.on) }]
      : []),
    ...(item.formerCodes.length === 0 ? [] : [{ term: 'Mã trước khi đánh lại', text: item.formerCodes.join('; ') }]),
    ...(item.disposed
      ? [
          {
            term: 'Đã tiêu hủy',
            text: `Quyết định ${item.disposed.decision}, biên bản ${item.disposed.record}`,
            note: `${item.disposed.name}, ${printInstant(item.disposed.at)}`,
          },
        ]
      : []),
    ...(item.addedForVisit ? [{ term: 'Nguồn gốc', text: 'Bổ sung cho đoàn đánh giá ngoài' }] : []),
    ...(item.note === '' ? [] : [{ term: 'Ghi chú', text: item.note }]),
  ]
}

function entryModel(item: Evidence, entry: EvidenceEntry, mayEdit: boolean) {
  const protectedFile = classOf(item) === 'sensitive'
  return {
    id: entry.id,
    heading: entry.schoolYear ? `Năm học ${entry.schoolYear}` : 'Không theo năm học',
    issued: issuedOf(item, entry),
    issuer: entry.issuer,
    values: {
      schoolYear: entry.schoolYear ?? '',
      number: entry.number,
      date: entry.date ? printDay(entry.date) : '',
      issuer: entry.issuer,
    },
    files: entry.files.filter(file => file.replacedBy === undefined).map(file => fileModel(item, file, protectedFile)),
    earlier: entry.files.filter(file => file.replacedBy !== undefined).map(file => fileModel(item, file, true)),
    ...(mayEdit ? { action: `${hrefOf(item)}/muc/${entry.id}` } : {}),
    ...(mayEdit && item.state === 'collected' ? { removeAction: `${hrefOf(item)}/go-tep` } : {}),
  }
}

const fileModel = (item: Evidence, file: EvidenceFile, withoutPreview: boolean) => ({
  sha256: file.sha256,
  name: file.name,
  about: `${printSize(file.size)}, tải lên ${printInstant(file.at)}`,
  href: `${hrefOf(item)}/tep/${file.sha256}`,
  saveHref: `${hrefOf(item)}/tep/${file.sha256}?tai=1`,
  // A preview opens the file by itself; opening a sensitive one is a decision and is logged.
  preview: withoutPreview || !isPreviewable(file.mime) ? '' : file.mime === 'application/pdf' ? 'pdf' : 'image',
})

const editModel = (item: Evidence, { dossier }: Surroundings) => ({
  action: `${hrefOf(item)}/sua`,
  entryAction: `${hrefOf(item)}/muc`,
  mayAddEntry: isBrought(item),
  criteria: item.code
    ? criterionOptions(dossier).filter(option => option.value === item.criterion)
    : criterionOptions(dossier),
  values: {
    criterion: item.criterion,
    name: item.name,
    kind: item.kind,
    place: item.place,
    note: item.note,
    dataClass: item.dataClass ?? '',
  },
})

const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

const EVENT_NAMES: Readonly<Record<string, string>> = { ...OTHER_EVENTS, ...evidenceLife.eventNames }

function lineOf(entry: JournalEntry) {
  const facts = entry.facts ?? {}
  const codes =
    typeof facts['from'] === 'string' && typeof facts['to'] === 'string' ? `${facts['from']} → ${facts['to']}` : ''
  const detail = [entry.reason ?? '', codes].filter(each => each !== '').join('; ')
  return {
    when: printInstant(entry.at),
    what: EVENT_NAMES[entry.event] ?? entry.event,
    who: entry.by.name,
    ...(detail === '' ? {} : { detail }),
    tone: entry.event === 'reject' || entry.event === 'withdraw' ? 'red' : entry.to === undefined ? 'grey' : 'blue',
  }
}
