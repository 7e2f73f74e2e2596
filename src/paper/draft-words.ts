/** The mark on every page of a paper that has not been issued. */
export const draftWords = 'BẢN NHÁP – chưa ban hành'
