import type { Actor } from '../kernel/actor.ts'
import { printDay, type Day } from '../kernel/dates.ts'
import { isFilled } from '../kernel/need.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { BODIES, BODY_NAMES, type Body } from '../seats/index.ts'
import type { Assessment, Council } from './assessment.ts'
import type { AssessmentFacts } from './assessment-conditions.ts'
import { may } from './assessment-policy.ts'
import { crumbsOf } from './assessment-tabs.ts'
import { COUNCIL_ROLES, roleName, type Candidate } from './council-input.ts'
import { councilUnmet, councilWarnings, type CouncilRole, type CouncilSetting } from './council-rules.ts'
import { linksOf } from './links.ts'
import { mayStep } from './offered-steps.ts'
import type { AdvisedSizes } from './screen-needs.ts'

export interface CouncilView {
  readonly actor: Actor
  readonly assessment: Assessment
  readonly schoolName: string
  readonly facts: AssessmentFacts
  readonly candidates: readonly Candidate[]
  readonly sizes: AdvisedSizes
  readonly symbol: string
  readonly today: Day
  readonly paperHref: (paperId: string) => string
  /** Number and date that were typed when the list alone was saved. */
  readonly typed: { readonly number: string; readonly date: string }
}

const OPTIONAL: readonly Body[] = ['otherSections']

/** Short names in the pickers. */
const SHORT_ROLES: Readonly<Record<CouncilRole, string>> = {
  chair: 'Chủ tịch',
  viceChair: 'Phó chủ tịch',
  secretary: 'Thư ký',
  member: 'Ủy viên',
}

/** Short names beside the checkboxes. */
const BODY_LABELS: Readonly<Record<Body, string>> = {
  schoolBoard: 'Hội đồng trường',
  subjectTeams: 'Tổ chuyên môn',
  officeTeam: 'Tổ văn phòng',
  otherSections: 'Bộ phận khác',
  partyCell: 'Chi bộ Đảng',
  tradeUnion: 'Công đoàn',
  youthUnion: 'Đoàn, Đội',
  teachers: 'Giáo viên',
}

/** The council: the draft list as a form, what it still lacks, the decision, and the lists that were decided. */
export function councilPage(view: CouncilView) {
  const { actor, assessment, facts, candidates, today } = view
  const { council } = assessment
  const base = linksOf(assessment).council
  const mayEdit =
    may.editCouncil(actor, assessment) &&
    ['preparing', 'working', 'drafting', 'consulting', 'returned'].includes(assessment.state)
  const onCouncil = new Map(council.members.map(member => [member.personId, member]))
  const helpers = new Set(council.secretariat.map(({ personId }) => personId))
  const rowOf = (person: Candidate) => ({
    personId: person.personId,
    name: person.name,
    post: person.post,
    left: !person.present,
    role: onCouncil.get(person.personId)?.role ?? '',
    roleName: roleName(onCouncil.get(person.personId)?.role ?? 'member'),
    secretariat: helpers.has(person.personId),
    represents: onCouncil.get(person.personId)?.represents ?? person.represents,
    bodies: (onCouncil.get(person.personId)?.represents ?? []).map(body => BODY_LABELS[body]).join(', '),
  })
  const byId = new Map(candidates.map(person => [person.personId, person]))
  const inForce = assessment.councilVersions.at(-1)
  return {
    wide: true,
    breadcrumbs: crumbsOf(assessment, view.schoolName),
    mayEdit,
    saveAction: base,
    previewAction: `${base}/xem-truoc`,
    proposeAction: mayEdit && council.members.length === 0 ? `${base}/de-xuat` : '',
    roles: COUNCIL_ROLES.map(role => ({ value: role, label: SHORT_ROLES[role] })),
    bodies: BODIES.map(body => ({ value: body, label: BODY_LABELS[body] })),
    members: council.members.flatMap(({ personId }) => byId.get(personId) ?? []).map(rowOf),
    others: candidates.filter(({ personId }) => !onCouncil.has(personId)).map(rowOf),
    absent: absentRows(council),
    check: checkOf(council, facts.council.setting, view.sizes),
    sign: mayEdit ? signForm(view, base) : undefined,
    changes: inForce ? changesSince(inForce, council) : [],
    versions: assessment.councilVersions
      .map(version => ({
        title: version.version === 1 ? 'Quyết định thành lập' : 'Quyết định kiện toàn',
        number: version.decision.number,
        date: printDay(version.decision.date),
        members: version.members.length,
        reason: version.reason ?? '',
        href: view.paperHref(version.paperId),
        current: version === inForce,
        list: version.members.map(member => `${member.name} – ${roleName(member.role)}`),
      }))
      .toReversed(),
    authorise: authoriseForm(actor, assessment, base, today),
  }
}

/** Counts and lacks of a list: drawn with the page, and alone while the list is being edited. */
export function checkOf(council: Council, setting: CouncilSetting, sizes: AdvisedSizes) {
  const unmet: readonly Unmet[] = councilUnmet(council, setting)
  return {
    count: council.members.length,
    needed: setting.councilMin,
    secretariat: council.secretariat.length,
    enough: unmet.length === 0,
    unmet,
    warnings: councilWarnings(council, sizes.secretariat),
  }
}

/** Bodies that nobody speaks for, with the reason as far as it is given. */
const absentRows = (council: Council) =>
  BODIES.filter(
    body =>
      isFilled(council.absentBodies[body]) ||
      (!OPTIONAL.includes(body) && !council.members.some(member => member.represents.includes(body))),
  ).map(body => ({
    name: `absent.${body}`,
    label: BODY_NAMES[body],
    value: council.absentBodies[body] ?? '',
  }))

function signForm({ actor, assessment, facts, symbol, today, typed }: CouncilView, base: string) {
  const appoint = mayStep(actor, assessment, facts, 'appointCouncil')
  const revise = mayStep(actor, assessment, facts, 'reviseCouncil')
  if (!appoint && !revise) return undefined
  return {
    action: `${base}/${appoint ? 'quyet-dinh' : 'kien-toan'}`,
    title: appoint ? 'Quyết định thành lập hội đồng' : 'Quyết định kiện toàn hội đồng',
    submit: appoint ? 'Lưu và ký quyết định' : 'Lưu và ký quyết định kiện toàn',
    asksReason: revise,
    number: typed.number,
    numberHint: symbol === '' ? 'Ví dụ 15/QĐ-THHS' : `Ví dụ 15/QĐ-${symbol}`,
    date: typed.date === '' ? today : typed.date,
  }
}

/** Who comes in, who goes, and what changes for the others, beside the list in force. */
function changesSince(inForce: Council, draft: Council): readonly string[] {
  const before = new Map(inForce.members.map(member => [member.personId, member]))
  const after = new Set(draft.members.map(({ personId }) => personId))
  return [
    ...draft.members.flatMap(member => {
      const old = before.get(member.personId)
      if (!old) return [`Thêm ${member.name}, ${roleName(member.role)}`]
      if (old.role !== member.role) return [`${member.name}: ${roleName(old.role)} → ${roleName(member.role)}`]
      return sameBodies(old.represents, member.represents) ? [] : [`${member.name}: đổi tổ chức đại diện`]
    }),
    ...inForce.members.filter(({ personId }) => !after.has(personId)).map(({ name }) => `Thôi tham gia: ${name}`),
    ...(helpers(inForce) === helpers(draft) ? [] : [`Nhóm thư ký: ${helpers(draft) || 'chưa có ai'}`]),
  ]
}

const helpers = (council: Council): string => council.secretariat.map(({ name }) => name).join(', ')

const sameBodies = (a: readonly Body[], b: readonly Body[]): boolean =>
  a.length === b.length && a.every(body => b.includes(body))

function authoriseForm(actor: Actor, assessment: Assessment, base: string, today: Day) {
  const vices = (assessment.councilVersions.at(-1)?.members ?? []).filter(member => member.role === 'viceChair')
  const presiding = assessment.presiding
  const inForce = presiding && presiding.to >= today ? presiding : undefined
  const now = inForce && {
    name: vices.find(({ personId }) => personId === inForce.personId)?.name ?? inForce.personId,
    to: printDay(inForce.to),
  }
  if (vices.length === 0 || (!may.authorise(actor, assessment) && !now)) return undefined
  return {
    now,
    form: may.authorise(actor, assessment)
      ? {
          action: `${base}/uy-quyen`,
          people: vices.map(({ personId, name }) => ({ value: personId, label: name })),
          personId: inForce?.personId ?? (vices.length === 1 ? (vices[0]?.personId ?? '') : ''),
          to: inForce?.to ?? '',
        }
      : undefined,
  }
}
