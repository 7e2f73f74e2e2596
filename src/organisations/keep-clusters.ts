import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Clock } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, StaleWrite } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { Cluster } from './cluster.ts'
import type { ClusterStore } from './cluster-store.ts'
import { mayOperate, WHO_PLANS_OPERATIONS } from './operation-policy.ts'
import type { UnitStore } from './unit-store.ts'
import { ancestorsOn } from './unit-tree.ts'

export interface ClusterNeeds {
  readonly units: UnitStore
  readonly clusters: ClusterStore
  readonly now: Clock
  readonly newId: () => string
}

export type ClusterContent = Pick<Cluster, 'name' | 'schoolIds' | 'leadId'>

/** Every school belongs to the Sở today, and the leading one is among them. */
async function refuseFaults({ units, now }: ClusterNeeds, provinceId: string, content: ClusterContent): Promise<void> {
  const tree = await units.tree()
  const today = dayOf(now())
  const foreign = content.schoolIds.filter(
    id => tree.get(id)?.kind !== 'school' || ancestorsOn(tree, id, today).at(-1)?.id !== provinceId,
  )
  const fields = {
    ...(content.name === '' && { name: 'Xin nhập tên cụm.' }),
    ...(foreign.length > 0 && { schoolIds: `Không phải trường đang hoạt động của tỉnh: ${foreign.join(', ')}.` }),
    ...(content.leadId !== undefined &&
      !content.schoolIds.includes(content.leadId) && { leadId: 'Trường cụm trưởng phải thuộc cụm.' }),
  }
  if (Object.keys(fields).length > 0) throw new InvalidInput(fields)
}

function demand(actor: Actor, provinceId: string): void {
  if (!mayOperate.keepClusters(actor, { provinceId }))
    throw new Forbidden('Không được lập cụm trường ở đây.', WHO_PLANS_OPERATIONS)
}

/** Forms a cluster of schools for a working year. */
export const addCluster =
  (needs: ClusterNeeds) =>
  async (actor: Actor, provinceId: string, year: WorkingYear, content: ClusterContent): Promise<string> => {
    demand(actor, provinceId)
    if (content.schoolIds.length === 0) throw new InvalidInput({ schoolIds: 'Xin chọn ít nhất một trường.' })
    await refuseFaults(needs, provinceId, content)
    const id = needs.newId()
    await needs.clusters.add({ id, provinceId, year, ...content, rev: 1 }, { actor, at: needs.now() })
    return id
  }

/** Changes name, schools or the leading school; without any school the cluster is dissolved. */
export const changeCluster =
  (needs: ClusterNeeds) =>
  async (actor: Actor, id: string, content: ClusterContent, seenRev: number): Promise<void> => {
    const cluster = await needs.clusters.get(id)
    demand(actor, cluster.provinceId)
    await refuseFaults(needs, cluster.provinceId, content)
    if (cluster.rev !== seenRev) throw new StaleWrite('Cụm trường vừa được người khác sửa.')
    const { leadId: _leadId, ...rest } = cluster
    await needs.clusters.change(rest, content, { actor, at: needs.now() })
  }
