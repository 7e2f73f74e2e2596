import type { SchoolLevel } from '../organisations/index.ts'
import { tablesFor } from './definition.ts'
import { computeAll, type FigureValues } from './figure-table.ts'

/** Numbers by the keys under which criteria sets ask for them (`statistics`, `thresholds`); null where not known. */
export type Statistics = Readonly<Record<string, number | null>>

/** Where a criteria set's key is found among the figures of one school year. */
const SAME_NUMBER: Readonly<Record<string, string>> = {
  so_lop: 'classes.total',
  si_so_lop: 'pupils.perClass',
  so_hs: 'pupils.total',
  so_may_tinh_day_hoc: 'equipment.pupilComputers',
  so_may_tinh_van_phong: 'equipment.officeComputers',
  so_may_in: 'equipment.printers',
  so_webcam: 'equipment.webcams',
  so_may_chieu: 'equipment.projectors',
  so_phong_may: 'equipment.computerRooms',
  so_phong_may_noi_mang: 'equipment.connectedRooms',
  so_to_bo_mon: 'equipment.teams',
  so_to_bo_mon_co_may_rieng: 'equipment.teamsWithComputer',
  co_cap_quang: 'equipment.fibre',
  so_hs_tren_mot_may_tinh: 'equipment.pupilsPerComputer',
  ty_le_gv_dat_chuan_dao_tao: 'teachers.standardShare',
  ty_le_tre_6_tuoi_vao_lop_1: 'results.tieu_hoc.sixShare',
  ty_le_hoan_thanh_chuong_trinh_lop: 'results.tieu_hoc.classDoneShare',
  ty_le_hs_11_tuoi_htctth: 'results.tieu_hoc.elevenShare',
}

type Values = (key: string) => number | null

/** Percent of some cells in the sum of others; null when any is missing or the sum is 0. */
function percent(at: Values, parts: readonly string[], whole: readonly string[]): number | null {
  const add = (keys: readonly string[]): number | null =>
    keys.map(at).reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0)
  const [part, all] = [add(parts), add(whole)]
  return part === null || all === null || all === 0 ? null : (part / all) * 100
}

/**
 * The school's numbers of one year under the keys of criteria sets. Marks of several secondary levels are taken together; what a
 * school of these levels does not count is null.
 */
export function statisticsOf(levels: readonly SchoolLevel[], typed: FigureValues): Statistics {
  const all = computeAll(tablesFor(levels), typed)
  const at: Values = key => all[key] ?? null
  const secondary = levels.filter(level => level === 'thcs' || level === 'thpt')
  const cells = (group: string, ...grades: readonly string[]): readonly string[] =>
    secondary.flatMap(level => grades.map(grade => `results.${level}.${group}.${grade}`))
  const learning = cells('learning', 'good', 'fair', 'met', 'notMet')
  const conduct = cells('conduct', 'good', 'fair', 'met', 'notMet')
  const losses = (what: string): readonly string[] =>
    levels.filter(level => level !== 'mam_non').map(level => `results.${level}.${what}`)
  return {
    ...Object.fromEntries(Object.entries(SAME_NUMBER).map(([key, cell]) => [key, at(cell)])),
    ty_le_hoc_tap_tot: percent(at, cells('learning', 'good'), learning),
    ty_le_hoc_tap_kha: percent(at, cells('learning', 'fair'), learning),
    ty_le_hoc_tap_chua_dat: percent(at, cells('learning', 'notMet'), learning),
    ty_le_ren_luyen_kha_tot: percent(at, cells('conduct', 'good', 'fair'), conduct),
    ty_le_luu_ban: levels.includes('mam_non') ? null : percent(at, losses('repeated'), ['pupils.total']),
    ty_le_bo_hoc: levels.includes('mam_non') ? null : percent(at, losses('dropped'), ['pupils.total']),
    ty_le_gv_tren_chuan_dao_tao: percent(at, ['staff.teachers.above'], ['staff.teachers.total']),
  }
}
