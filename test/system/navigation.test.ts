import { expect } from 'chai'
import type { Actor, SeatRole } from '../../src/kernel/actor.ts'
import { navigationOf } from '../../src/system/navigation.ts'

const actor = (...roles: readonly SeatRole[]): Actor => ({
  personId: 'p',
  name: 'Người Mẫu',
  seats: roles.map(role => ({ role, unitId: 'u', from: '2020-01-01' })),
})
const words = (who: Actor, path = '/'): readonly string[] =>
  navigationOf(who, path, 0).flatMap(group => [group.label, ...(group.items ?? []).map(item => `  ${item.label}`)])

describe('navigation', () => {
  it('shows the IT team catalogues and accounts and nothing of the schools’ content', () => {
    expect(words(actor('itAdmin'))).to.deep.equal([
      'Việc của tôi',
      'Danh mục',
      '  Bộ tiêu chí',
      '  Đơn vị',
      '  Đầu mối',
      'Quản trị',
      '  Tài khoản',
      '  Cài đặt',
      '  Sao lưu',
    ])
  })

  it('shows a group of one as the screen itself', () => {
    expect(words(actor('staff')))
      .to.include('Số liệu của trường')
      .and.not.include('Số liệu')
    expect(words(actor('middleOfficer')))
      .to.include('Số liệu')
      .and.include('  Đối sánh các trường')
  })

  it('marks where the person is, also on the screens that stand under another address', () => {
    const groups = navigationOf(actor('provinceLead'), '/cum-truong/moi', 4)
    const current = groups.filter(group => group.current)
    expect(current.map(group => group.label)).to.deep.equal(['Danh mục'])
    expect(current[0]?.items?.filter(item => item.current).map(item => item.label)).to.deep.equal(['Đơn vị'])
    expect(groups[0]).to.deep.include({ label: 'Việc của tôi', count: 4, current: false })
    expect(
      navigationOf(actor('head'), '/danh-gia-ngoai', 0).find(each => each.label === 'Tự đánh giá')?.current,
    ).to.equal(false)
  })
})
