import type { Assessment } from './assessment.ts'
import type { AssessmentLinks } from './assessment-links.ts'

export const assessmentHref = (id: string): string => `/danh-gia/${id}`
export const sheetHref = (id: string, code: string): string => `/danh-gia/${id}/phieu/${code}`

type Linked = Pick<Assessment, 'id'> & Partial<Pick<Assessment, 'schoolId' | 'year'>>

/** Addresses of the screens on which each kind of lack is mended; those of figures name school and year where known. */
export const linksOf = ({ id, schoolId, year }: Linked): AssessmentLinks => ({
  council: `/danh-gia/${id}/hoi-dong`,
  groups: `/danh-gia/${id}/nhom`,
  plan: `/danh-gia/${id}/ke-hoach`,
  sheets: `/danh-gia/${id}/phieu/`,
  evidence: `/danh-gia/${id}/minh-chung`,
  figures: `/so-lieu${figuresOf(schoolId, year)}`,
  reconciliation: `/so-lieu/doi-sanh${figuresOf(schoolId, year)}`,
  report: `/danh-gia/${id}/bao-cao`,
  comments: `/danh-gia/${id}/gop-y`,
  actions: `/danh-gia/${id}/cai-tien`,
})

const figuresOf = (schoolId: string | undefined, year: string | undefined): string =>
  schoolId === undefined || year === undefined
    ? ''
    : `?${new URLSearchParams({ truong: schoolId, nam: year }).toString()}`

/** The list of schools whose year works by an older version of the criteria. */
export const PENDING = '/danh-gia/doi-phien-ban'
