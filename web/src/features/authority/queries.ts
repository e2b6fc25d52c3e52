import { queryOptions } from '@tanstack/react-query'
import { api, take } from '../../api/client.ts'
import { all_pages } from '../../api/pages.ts'
import type { Area } from '../../api/shapes.ts'
import type { paths } from '../../api/schema.d.ts'

export type Question = NonNullable<paths['/api/v1/who-may-sign']['get']['parameters']['query']>

const page_size = 200

/** The law changes with a release only. */
export const acts_query = queryOptions({ queryKey: ['law', 'acts'], staleTime: Infinity, queryFn: () => take(api.GET('/api/v1/acts')) })

export const districts_query = (province: string) => queryOptions({
  queryKey: ['areas', 'district', province],
  staleTime: Infinity,
  enabled: province !== '',
  queryFn: () => all_pages<Area>(cursor => take(api.GET('/api/v1/areas', { params: { query: { level: 'district', parent: province, limit: page_size, cursor } } }))),
})

export const who_may_query = (question: Question | null) => queryOptions({
  queryKey: ['who-may-sign', question],
  enabled: question !== null,
  queryFn: () => take(api.GET('/api/v1/who-may-sign', { params: { query: question! } })),
})

export const office_powers_query = (office_id: string, on: string) => queryOptions({
  queryKey: ['offices', office_id, 'powers', on],
  queryFn: () => take(api.GET('/api/v1/offices/{office_id}/powers', { params: { path: { office_id }, query: on === '' ? {} : { on } } })),
})
