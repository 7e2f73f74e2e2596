import type { Block, Doc, Section } from '../../src/paper/index.ts'
import { paragraph, section } from '../../src/paper/index.ts'

export const meta: Doc['meta'] = {
  title: 'Báo cáo tự đánh giá',
  author: 'Trường THCS Hoa Mai',
  createdAt: '2026-02-05T02:00:00.000Z',
  formId: 'BC-TDG',
  formVersion: '1',
}

/** A document of one section, or of the sections given. */
export const aDoc = (blocks: readonly Block[], more: Partial<Doc> = {}): Doc => ({
  meta,
  sections: [section(blocks)],
  ...more,
})

export const docOf = (...sections: Section[]): Doc => ({ meta, sections })

/** Words that can be told apart, so that a missing or doubled one shows. */
export const numberedWords = (count: number, word = 'từ'): string =>
  Array.from({ length: count }, (_, i) => `${word}${i + 1}`).join(' ')

/** About `pages` pages of running text. */
export const pagesOfText = (pages: number): Block[] =>
  Array.from({ length: pages * 4 }, (_, i) => paragraph(numberedWords(90, `đ${i}.`)))
