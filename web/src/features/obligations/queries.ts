import { queryOptions } from '@tanstack/react-query'
import { api, take } from '../../api/client.ts'
import { all_pages } from '../../api/pages.ts'
import type { Obligation } from '../../api/shapes.ts'
import type { paths } from '../../api/schema.d.ts'

export type ObligationFilter = Omit<NonNullable<paths['/api/v1/obligations']['get']['parameters']['query']>, 'limit' | 'cursor'>

const page_size = 200

export const obligations_query = (filter: ObligationFilter) => queryOptions({
  queryKey: ['obligations', 'list', filter],
  queryFn: () => all_pages<Obligation>(cursor => take(api.GET('/api/v1/obligations', { params: { query: { ...filter, limit: page_size, cursor } } }))),
  placeholderData: previous => previous,
})
export const obligation_query = (id: string) => queryOptions({
  queryKey: ['obligations', id],
  queryFn: () => take(api.GET('/api/v1/obligations/{obligation_id}', { params: { path: { obligation_id: id } } })),
})
export const obligation_acts_query = (id: string) => queryOptions({
  queryKey: ['obligations', id, 'acts'],
  queryFn: () => take(api.GET('/api/v1/obligations/{obligation_id}/acts', { params: { path: { obligation_id: id } } })),
})
export const obligation_history_query = (id: string) => queryOptions({
  queryKey: ['obligations', id, 'history'],
  queryFn: () => take(api.GET('/api/v1/obligations/{obligation_id}/history', { params: { path: { obligation_id: id } } })),
})
export const my_obligations_query = queryOptions({ queryKey: ['obligations', 'mine'], queryFn: () => take(api.GET('/api/v1/obligations/mine')) })

export function file_url(obligation_id: string, key: string): string {
  return `/api/v1/obligations/${encodeURIComponent(obligation_id)}/files/${encodeURIComponent(key)}`
}
