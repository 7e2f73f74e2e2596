import type { MappedKind, MappingHow } from './mapping.ts'

export const MAPPED_NAMES: Readonly<Record<MappedKind, string>> = {
  standard: 'Tiêu chuẩn',
  criterion: 'Tiêu chí',
  indicator: 'Chỉ báo',
  clause: 'Khoản Mức 4',
}

export const HOW_NAMES: Readonly<Record<MappingHow, string>> = {
  same: 'Giữ nguyên',
  renamed: 'Đổi mã hoặc lời',
  split: 'Tách',
  merged: 'Gộp',
  dropped: 'Bỏ',
  new: 'Mới',
}

/** `Tiêu chí 1.4, Mức 2, chỉ báo b` for an indicator's code, else the kind and the code. */
export function nodeName(kind: MappedKind, code: string): string {
  if (kind !== 'indicator') return `${MAPPED_NAMES[kind]} ${code}`
  const [criterion = '', level = '', indicator = ''] = code.split('/')
  return `Tiêu chí ${criterion}, Mức ${level}, chỉ báo ${indicator}`
}
