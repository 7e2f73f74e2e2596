import { rebuildSums } from '../src/rollups/index.ts'
import { say, withSystem } from './with-system.ts'

// npm run rebuild:rollups: drops the sums of units and makes them again; the exit code is 1 when one had been wrong.
await withSystem(async system => {
  await system.post.sweep()
  const years = await rebuildSums(system.rollupNeeds)
  for (const { year, units, differing } of years) {
    say(`Năm học ${year}: đã lập lại số liệu tổng hợp của ${units} đơn vị.`)
    if (differing.length > 0) say(`  Trước đó sai ở: ${differing.join(', ')}.`)
  }
  if (years.every(({ differing }) => differing.length === 0))
    say('Số liệu tổng hợp cũ khớp hoàn toàn với số liệu lập lại.')
  else process.exitCode = 1
})
