import type { Actor } from '../kernel/actor.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { mayCatalogue } from './catalogue-policy.ts'
import { RATING_NAMES, kindsWords, validityWords } from './catalogue-words.ts'
import type { SetInYear } from './catalogue.ts'
import { allCriteria } from './criteria-tree.ts'
import { inForce } from './in-force.ts'
import type { YearTree } from './year-tree.ts'

/** The page of a set in a year: the version in use, or the one with this content hash. */
export const setHref = (setId: string, year: WorkingYear, hash?: string): string =>
  `/tieu-chi/${setId}?nam=${year}${hash === undefined ? '' : `&phien-ban=${hash}`}`

export const PUBLISH_ACTION = '/tieu-chi/ban-hanh'

/** The list of sets published for a year; the Sở also gets the button that publishes the newest valid versions. */
export function cataloguePage(actor: Actor, tree: YearTree, sets: readonly SetInYear[]) {
  const { year } = tree
  return {
    subtitle: `Các bộ áp dụng trong năm học ${year}`,
    actions: [{ label: 'Chuyển đổi khi đổi bộ', href: '/tieu-chi/chuyen-doi' }],
    sets: sets.map(({ version: { set, hash }, switches }) => {
      const undecided = inForce(set, year, switches).undecided.length
      return [
        { text: set.title, href: setHref(set.id, year), note: `Phiên bản ${hash.slice(0, 12)}` },
        set.instrument,
        validityWords(set),
        kindsWords(set.schoolKinds),
        RATING_NAMES[set.rating],
        allCriteria(set).length,
        undecided === 0 ? '' : { badge: { label: `${undecided} thay đổi chờ Sở quyết định`, tone: 'orange' } },
      ]
    }),
    publish:
      mayCatalogue.publish(actor, tree) && tree.versions === undefined
        ? {
            action: PUBLISH_ACTION,
            label: tree.rev === 0 ? 'Ban hành cho năm học này' : 'Cập nhật phiên bản mới nhất',
            hidden: { year, revision: tree.rev },
            confirm: `Dùng phiên bản mới nhất còn hiệu lực của mỗi bộ cho năm học ${year}? Các đợt tự đánh giá đang làm vẫn giữ phiên bản cũ.`,
          }
        : undefined,
  }
}
