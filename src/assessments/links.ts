import type { Assessment } from './assessment.ts'
import type { AssessmentLinks } from './assessment-links.ts'

export const assessmentHref = (id: string): string => `/danh-gia/${id}`
export const sheetHref = (id: string, code: string): string => `/danh-gia/${id}/phieu/${code}`

/** Addresses of the screens on which each kind of lack is mended. */
export const linksOf = ({ id }: Pick<Assessment, 'id'>): AssessmentLinks => ({
  council: `/danh-gia/${id}/hoi-dong`,
  groups: `/danh-gia/${id}/nhom`,
  plan: `/danh-gia/${id}/ke-hoach`,
  sheets: `/danh-gia/${id}/phieu/`,
  evidence: `/danh-gia/${id}/minh-chung`,
  figures: '/so-lieu',
  reconciliation: '/so-lieu/doi-sanh',
  report: `/danh-gia/${id}/bao-cao`,
  comments: `/danh-gia/${id}/gop-y`,
  actions: `/danh-gia/${id}/cai-tien`,
})

/** The list of schools whose year works by an older version of the criteria. */
export const PENDING = '/danh-gia/doi-phien-ban'
