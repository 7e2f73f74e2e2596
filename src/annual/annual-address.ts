/** Under which every screen of one report lies: unit, working year, period. */
export const BASE = '/bao-cao-nam/:unit/:year/:ky'
