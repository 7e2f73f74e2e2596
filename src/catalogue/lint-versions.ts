import { addDays } from '../kernel/dates.ts'
import type { CriteriaSet } from './criteria-set.ts'
import type { Found, LintRule } from './linter.ts'

const atHead = (path: Found['path'], message: string): Found => ({ path, place: 'Đầu tệp', message })

/** Rules about validity, legal bases and the other versions of the same set. */
export const versionRules: readonly LintRule[] = [
  {
    id: 'validity-reversed',
    severity: 'error',
    says: 'Ngày hết hiệu lực không trước ngày có hiệu lực, và ngày có hiệu lực không trước ngày ban hành.',
    check: set => [
      ...(set.validTo !== undefined && set.validTo < set.validFrom
        ? [atHead(['validTo'], `Hết hiệu lực (${set.validTo}) trước khi có hiệu lực (${set.validFrom}).`)]
        : []),
      ...(set.validFrom < set.issued
        ? [atHead(['validFrom'], `Có hiệu lực (${set.validFrom}) trước ngày ban hành (${set.issued}).`)]
        : []),
    ],
  },
  {
    id: 'validity-overlap',
    severity: 'error',
    says: 'Hai phiên bản của một bộ không cùng có hiệu lực trong một ngày.',
    check: (set, others) =>
      others
        .filter(other => set.validFrom <= lastDay(other) && other.validFrom <= lastDay(set))
        .map(other => atHead(['validFrom'], `Chồng hiệu lực với phiên bản từ ${other.validFrom}.`)),
  },
  {
    id: 'validity-gap',
    severity: 'warning',
    says: 'Phiên bản sau có hiệu lực ngay sau phiên bản trước.',
    check: (set, others) => {
      const before = others
        .filter(other => lastDay(other) < set.validFrom)
        .map(lastDay)
        .toSorted()
        .at(-1)
      return before !== undefined && addDays(before, 1) < set.validFrom
        ? [atHead(['validFrom'], `Từ sau ${before} đến trước ${set.validFrom} không có phiên bản nào.`)]
        : []
    },
  },
  {
    id: 'related-document-without-number',
    severity: 'error',
    says: 'Văn bản liên quan có số, ký hiệu.',
    check: set =>
      set.relatedDocuments.flatMap((document, at) =>
        document.number === ''
          ? [
              {
                path: ['relatedDocuments', at],
                place: `Văn bản liên quan “${document.subject}”`,
                message: 'Thiếu số, ký hiệu văn bản.',
              },
            ]
          : [],
      ),
  },
  {
    id: 'amendment-without-date',
    severity: 'warning',
    says: 'Văn bản sửa đổi có ngày ban hành và ngày hiệu lực.',
    check: set =>
      set.amendments.flatMap((amendment, at) =>
        amendment.issued === undefined || amendment.from === undefined
          ? [
              {
                path: ['amendments', at],
                place: amendment.instrument,
                message: 'Chưa biết ngày ban hành hoặc hiệu lực.',
              },
            ]
          : [],
      ),
  },
  {
    id: 'missing-legal-basis',
    severity: 'warning',
    says: 'Có căn cứ để in vào quyết định và kế hoạch.',
    check: set =>
      set.rating === 'levels' && set.legalBases.length === 0
        ? [atHead(['legalBases'], 'Chưa ghi căn cứ pháp lý nào.')]
        : [],
  },
]

const lastDay = (set: CriteriaSet): string => set.validTo ?? '9999-12-31'
