import { randomBytes, randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { SYSTEM, type Actor } from '../src/kernel/actor.ts'
import { dayOf } from '../src/kernel/dates.ts'
import { unprotectedCreatePerson } from '../src/people/index.ts'
import { appoint } from '../src/seats/index.ts'
import { say, withSystem } from './with-system.ts'

const USAGE = `Tạo Sở (nếu chưa có) và tài khoản quản trị đầu tiên:
  npm run create-admin -- --username quantri --name "Họ và tên" --province "Sở Giáo dục và Đào tạo tỉnh …" --authority "UBND tỉnh …" --place "…"`

const { values } = parseArgs({
  options: {
    username: { type: 'string' },
    name: { type: 'string' },
    province: { type: 'string' },
    authority: { type: 'string' },
    place: { type: 'string' },
  },
})

const { username, name } = values
if (username === undefined || name === undefined) {
  say(USAGE)
  process.exitCode = 2
} else {
  await withSystem(async system => {
    const now = system.now()
    const by = { actor: SYSTEM, at: now }
    const from = dayOf(now)
    const known = [...(await system.units.tree()).values()].find(unit => unit.kind === 'province')
    if (!known && values.province === undefined) throw new Error(USAGE)
    const province =
      known ??
      (await system.units.add(
        {
          id: 'so',
          kind: 'province',
          names: [{ name: values.province ?? '', authority: values.authority ?? '', from: '2018-01-01' }],
          places: [{ place: values.place ?? '', from: '2018-01-01' }],
          parents: [],
          symbol: 'SGDĐT',
          from: '2018-01-01',
        },
        by,
      ))
    const password = randomBytes(9).toString('base64url')
    const person = await unprotectedCreatePerson(system)(SYSTEM, { name, username, unitId: province.id }, password, {
      mustChange: true,
    })
    // The installer's terminal is the only place from which the first administrator can come.
    const installer: Actor = { ...SYSTEM, seats: [{ role: 'itAdmin', unitId: province.id, from }] }
    await appoint({ units: system.units, seats: system.seats, now: system.now, newId: randomUUID })(
      installer,
      province.id,
      { personId: person.id, role: 'itAdmin', post: 'Quản trị hệ thống', postKind: 'officer', represents: [], from },
      'Tài khoản quản trị đầu tiên',
    )
    say(`Đã tạo tài khoản quản trị “${username}”, mật khẩu tạm: ${password}`)
    say('Đổi mật khẩu ngay ở lần đăng nhập đầu tiên.')
  })
}
