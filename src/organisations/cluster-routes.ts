import { page, redirect, type Route } from '../http/route.ts'
import { dayOf } from '../kernel/dates.ts'
import { clusterPage, clustersPage } from './cluster-page.ts'
import { formFields, revisionFrom, type FormFields } from './form-fields.ts'
import { addCluster, changeCluster, type ClusterContent, type ClusterNeeds } from './keep-clusters.ts'
import { mayOperate } from './operation-policy.ts'
import { demandProvince, provinceToArrange } from './operation-routes.ts'

const BASE = '/cum-truong'

/** The name, the schools that were ticked or written as codes, and the leading school. */
function contentFrom(fields: FormFields): ClusterContent {
  const typed = fields.text('codes').split(/[\s,;]+/)
  const leadId = fields.text('leadId')
  return {
    name: fields.text('name').slice(0, 200),
    schoolIds: [...new Set([...fields.list('schoolIds'), ...typed])].filter(id => id !== ''),
    ...(leadId !== '' && { leadId }),
  }
}

/** Clusters of schools of the year that is looked at. */
export const clusterRoutes = (needs: ClusterNeeds): readonly Route[] => {
  const { units, clusters, now } = needs
  const view = async () => ({ tree: await units.tree(), today: dayOf(now()) })
  return [
    {
      method: 'get',
      path: BASE,
      access: 'signedIn',
      handle: async ({ actor, year }) =>
        page(
          'organisations/clusters',
          'Cụm trường',
          clustersPage(await clusters.ofYear(year), {
            ...(await view()),
            year,
            mayKeep: provinceToArrange(actor) !== undefined,
          }),
        ),
    },
    {
      method: 'get',
      path: `${BASE}/moi`,
      access: 'signedIn',
      handle: async ({ actor, year, query }) => {
        demandProvince(actor)
        const model = clusterPage(undefined, { ...(await view()), year, from: query['don-vi'] ?? '', mayKeep: true })
        return page('organisations/cluster', 'Cụm trường mới', model)
      },
    },
    {
      method: 'post',
      path: `${BASE}/moi`,
      access: 'signedIn',
      handle: async ({ actor, year, body, flash }) => {
        const id = await addCluster(needs)(actor, demandProvince(actor), year, contentFrom(formFields(body)))
        flash('success', 'Đã lập cụm trường.')
        return redirect(`${BASE}/${encodeURIComponent(id)}`)
      },
    },
    {
      method: 'get',
      path: `${BASE}/:id`,
      access: 'signedIn',
      handle: async ({ actor, params }) => {
        const cluster = await clusters.get(params['id'] ?? '')
        const mayKeep = mayOperate.keepClusters(actor, cluster)
        const model = clusterPage(cluster, { ...(await view()), year: cluster.year, from: '', mayKeep })
        return page('organisations/cluster', cluster.name, model)
      },
    },
    {
      method: 'post',
      path: `${BASE}/:id`,
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const fields = formFields(body)
        const content = contentFrom(fields)
        await changeCluster(needs)(actor, params['id'] ?? '', content, revisionFrom(fields))
        flash('success', content.schoolIds.length === 0 ? 'Đã giải tán cụm trường.' : 'Đã lưu cụm trường.')
        return redirect(content.schoolIds.length === 0 ? BASE : `${BASE}/${encodeURIComponent(params['id'] ?? '')}`)
      },
    },
  ]
}
