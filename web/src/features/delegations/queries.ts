import { queryOptions } from '@tanstack/react-query'
import { api, take, take_with_etag } from '../../api/client.ts'
import { all_pages } from '../../api/pages.ts'
import type { OrderKind, OrderSummary, ProjectSummary } from '../../api/shapes.ts'

const page_size = 200

export interface HeldFilter { province: string; on?: string; kind?: OrderKind }

export const held_query = (filter: HeldFilter) => queryOptions({
  queryKey: ['delegations', 'held', filter],
  enabled: filter.province !== '',
  queryFn: () => take(api.GET('/api/v1/delegations', { params: { query: filter } })),
})
export const orders_query = (filter: { province?: string; project_id?: string }) => queryOptions({
  queryKey: ['delegations', 'orders', filter],
  queryFn: () => all_pages<OrderSummary>(cursor => take(api.GET('/api/v1/delegation-orders', { params: { query: { ...filter, limit: page_size, cursor } } }))),
})
export const order_query = (id: string) => queryOptions({
  queryKey: ['delegations', 'order', id],
  queryFn: () => take_with_etag(api.GET('/api/v1/delegation-orders/{order_id}', { params: { path: { order_id: id } } })),
})
export const order_acts_query = (id: string) => queryOptions({
  queryKey: ['delegations', 'order', id, 'acts'],
  queryFn: () => take(api.GET('/api/v1/delegation-orders/{order_id}/acts', { params: { path: { order_id: id } } })),
})
export const order_history_query = (id: string) => queryOptions({
  queryKey: ['delegations', 'order', id, 'history'],
  queryFn: () => take(api.GET('/api/v1/delegation-orders/{order_id}/history', { params: { path: { order_id: id } } })),
})
export const choices_query = (province: string, kind: OrderKind) => queryOptions({
  queryKey: ['delegations', 'choices', province, kind],
  staleTime: 60_000,
  queryFn: () => take(api.GET('/api/v1/delegation-orders/choices', { params: { query: { province, kind } } })),
})
/** Projects whose name or code holds what was typed: a short list to choose from. */
export const project_search_query = (province: string, q: string) => queryOptions({
  queryKey: ['projects', 'search', province, q],
  queryFn: async (): Promise<ProjectSummary[]> => (await take(api.GET('/api/v1/projects', { params: { query: { province, ...(q && { q }), limit: 20 } } }))).items,
  placeholderData: previous => previous,
})
export const who_may_query = (act: string, area: string, amount_satang: number | null, funding: string) => queryOptions({
  queryKey: ['who-may-sign', 'delegations', act, area, amount_satang, funding],
  queryFn: () => take(api.GET('/api/v1/who-may-sign', { params: { query: { act, area, funding, limit: 10, ...(amount_satang !== null && { amount_satang }) } } })),
})
