import { queryOptions } from '@tanstack/react-query'
import { api, take, take_with_etag } from '../../api/client.ts'
import { all_pages } from '../../api/pages.ts'
import type { ApplicationState, ApplicationSummary, Call } from '../../api/shapes.ts'

const page_size = 200

export const calls_query = queryOptions({
  queryKey: ['calls'],
  queryFn: () => all_pages<Call>(cursor => take(api.GET('/api/v1/calls', { params: { query: { limit: page_size, cursor } } }))),
})
export const call_query = (id: string) => queryOptions({
  queryKey: ['calls', id],
  queryFn: () => take_with_etag(api.GET('/api/v1/calls/{call_id}', { params: { path: { call_id: id } } })),
})
export const call_acts_query = (id: string) => queryOptions({
  queryKey: ['calls', id, 'acts'],
  queryFn: () => take(api.GET('/api/v1/calls/{call_id}/acts', { params: { path: { call_id: id } } })),
})
export const applications_query = (filter: { call_id?: string; province?: string; state?: ApplicationState } = {}) => queryOptions({
  queryKey: ['applications', 'list', filter],
  queryFn: () => all_pages<ApplicationSummary>(cursor => take(api.GET('/api/v1/applications', { params: { query: { ...filter, limit: page_size, cursor } } }))),
})
export const application_query = (id: string) => queryOptions({
  queryKey: ['applications', id],
  queryFn: () => take_with_etag(api.GET('/api/v1/applications/{application_id}', { params: { path: { application_id: id } } })),
})
export const application_acts_query = (id: string) => queryOptions({
  queryKey: ['applications', id, 'acts'],
  queryFn: () => take(api.GET('/api/v1/applications/{application_id}/acts', { params: { path: { application_id: id } } })),
})
export const history_query = (id: string) => queryOptions({
  queryKey: ['applications', id, 'history'],
  queryFn: () => take(api.GET('/api/v1/applications/{application_id}/history', { params: { path: { application_id: id } } })),
})
export const stretch_query = (id: string, etag: string) => queryOptions({
  queryKey: ['applications', id, 'stretch', etag],
  queryFn: () => take(api.GET('/api/v1/applications/{application_id}/stretch', { params: { path: { application_id: id } } })),
  placeholderData: previous => previous,
})
export const completeness_query = (id: string, etag: string) => queryOptions({
  queryKey: ['applications', id, 'completeness', etag],
  queryFn: () => take(api.GET('/api/v1/applications/{application_id}/completeness', { params: { path: { application_id: id } } })),
})
