export type * from './blocks.ts'
export * from './build.ts'
export { layoutProfile, type LayoutProfile } from './layout-profile.ts'
export {
  draftWords,
  renderPdf,
  UnknownLetters,
  unknownLetters,
  type RenderedPdf,
  type RenderOptions,
} from './render-pdf.ts'
