import type { OfficeSeat } from '../../src/seats/index.ts'

/** A teacher's seat of the school `thcs`, with what a test says otherwise. */
export const aSeat = (fields: Partial<OfficeSeat>): OfficeSeat => ({
  id: 's1',
  personId: 'p1',
  unitId: 'thcs',
  role: 'staff',
  post: 'Giáo viên Toán',
  postKind: 'teacher',
  represents: [],
  from: '2020-01-01',
  ...fields,
})
