export type * from './blocks.ts'
export * from './build.ts'
export { draftWords } from './draft-words.ts'
export { layoutProfile, type LayoutProfile } from './layout-profile.ts'
export { renderHtml } from './render-html.ts'
export {
  closeRenderWorker,
  RenderFailed,
  renderInWorker,
  renderPool,
  renderWordInWorker,
  type RenderPool,
} from './render-in-worker.ts'
export { DOCX_MIME, renderDocx } from './lazy-docx.ts'
export { renderPdf, UnknownLetters, unknownLetters, type RenderedPdf, type RenderOptions } from './render-pdf.ts'
