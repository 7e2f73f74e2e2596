import { z } from 'zod'
import { parseDay } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES, type SchoolKind } from '../kernel/unit-kinds.ts'
import type { CriteriaSet } from './criteria-set.ts'

// The keys of the table of names are exactly the school kinds.
const SCHOOL_KINDS = Object.keys(SCHOOL_KIND_NAMES) as [SchoolKind, ...SchoolKind[]]

const text = z.string().trim().min(1)
const day = z
  .string()
  .refine(value => /^\d{4}-/.test(value) && parseDay(value) !== undefined, { params: { day: true } })
const verification = z.enum(['confirmed', 'unverified'])
const op = z.enum(['>=', '<=', '=', '>', '<'])
const schoolKinds = z.array(z.enum(SCHOOL_KINDS))
const note = text.exactOptional()
const applies = z.record(text, text).exactOptional()

const change = z.strictObject({
  id: text,
  instrument: text,
  from: day,
  effect: z.enum(['repealed', 'amended']),
  standing: verification,
  note,
})
const changes = z.array(change).default([])

const local = z.literal(true).exactOptional()

const indicator = z.strictObject({
  code: text,
  local,
  gist: text,
  official: text.exactOptional(),
  cite: z.string().trim().default(''),
  lettered: z.boolean().default(true),
  changes,
})

const threshold = z.strictObject({
  key: text,
  label: text,
  op,
  value: z.number(),
  unit: text,
  level: text,
  indicator: text,
  appliesTo: applies,
  windowYears: z.int().positive().exactOptional(),
  aggregate: text.exactOptional(),
  verification,
  source: text.exactOptional(),
  binding: z.boolean().exactOptional(),
})

const band = z
  .strictObject({
    min: z.number().exactOptional(),
    max: z.number().exactOptional(),
    below: z.number().exactOptional(),
    above: z.number().exactOptional(),
  })
  .nullable()
const bands = z.record(text, band)
const measure = z.strictObject({ key: text, label: text.exactOptional(), unit: text })

const points = z.strictObject({
  kind: z.enum(['mandatory', 'scored']),
  gist: text,
  max: z.number().nonnegative().default(0),
  maxVerification: verification,
  items: z
    .array(z.strictObject({ code: text, gist: text, max: z.number(), verification, measure: measure.exactOptional() }))
    .default([]),
  measures: z.array(measure).exactOptional(),
  bands: bands.default({}),
  bandsVerification: verification.default('unverified'),
})

const quota = z.strictObject({
  key: text,
  label: text,
  formula: text,
  op,
  value: z.number(),
  unit: text,
  profile: text,
  appliesTo: applies,
  verification,
  source: text.exactOptional(),
})

const criterion = z.strictObject({
  code: text,
  title: text,
  confidence: z.enum(['high', 'medium', 'low']),
  levels: z
    .array(z.strictObject({ level: text, verification, indicators: z.array(indicator).default([]) }))
    .default([]),
  thresholds: z.array(threshold).default([]),
  typicalEvidence: z.array(text).default([]),
  note,
  appliesTo: schoolKinds.exactOptional(),
  points: points.exactOptional(),
  quotas: z.array(quota).exactOptional(),
  changes,
  local,
  guidance: text.exactOptional(),
  goodEvidence: z.array(text).exactOptional(),
  requiredEvidence: z.array(text).exactOptional(),
  due: z
    .string()
    .regex(/^\d{2}-\d{2}$/)
    .exactOptional(),
})

const amendment = z.strictObject({
  instrument: text,
  issued: day.exactOptional(),
  from: day.exactOptional(),
  verification,
  notes: z.array(z.strictObject({ target: text, note: text, verification })).default([]),
})

const labels = z
  .strictObject({
    standard: text.default('Tiêu chuẩn'),
    criterion: text.default('Tiêu chí'),
    indicator: text.default('Chỉ báo'),
  })
  .prefault({})

const pointsRules = z.strictObject({
  totalPerStandard: z.number().positive(),
  levels: bands,
  verification,
  note,
  levelNames: z.record(text, text).exactOptional(),
  mandatory: z.strictObject({ effect: z.enum(['holdAtLowest', 'warnOnly']), verification, note }).exactOptional(),
})

const target = z.strictObject({
  key: text,
  label: text,
  criteria: z.array(text).default([]),
  op,
  value: z.number().nullable(),
  basis: z.enum(['stated', 'setByOffice']),
  verification,
  source: text.exactOptional(),
  note,
})

/** The shape of a criteria file: the keys of `CriteriaSet`, unknown keys refused, lists and usual labels filled in. */
export const criteriaSchema: z.ZodType<CriteriaSet> = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: text,
  instrument: text,
  issuer: text,
  issued: day,
  validFrom: day,
  validTo: day.exactOptional(),
  schoolKinds,
  rating: z.enum(['levels', 'points', 'quota']),
  labels,
  note,
  standards: z.array(
    z.strictObject({
      code: text,
      title: text,
      criteria: z.array(criterion).default([]),
      maxPoints: z.number().exactOptional(),
      local,
    }),
  ),
  levelFour: z
    .array(z.strictObject({ code: text, gist: text, cite: z.string().trim().default(''), verification, changes }))
    .default([]),
  amendments: z.array(amendment).default([]),
  pointsRules: pointsRules.exactOptional(),
  profiles: z
    .array(z.strictObject({ code: text, name: text, scope: text.exactOptional(), verification, note }))
    .exactOptional(),
  statistics: z
    .array(z.strictObject({ key: text, label: text, unit: text, perGradeLevel: z.boolean().exactOptional() }))
    .exactOptional(),
  targets: z.array(target).exactOptional(),
  legalBases: z.array(text).default([]),
  procedure: z.record(text, z.unknown()).default({}),
  relatedDocuments: z
    .array(
      z.strictObject({
        number: z.string().trim().default(''),
        subject: text,
        usedBy: z.string().trim().default(''),
        issued: day.exactOptional(),
        verification: verification.exactOptional(),
        note,
      }),
    )
    .default([]),
  basedOn: text.exactOptional(),
})
