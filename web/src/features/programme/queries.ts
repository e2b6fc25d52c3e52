import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, take, take_with_etag } from '../../api/client.ts'
import type { ApplicationState, ApplicationSummary, Area, Call, Page } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'

const page_size = 200
const pages_max = 20

/** All pages of a list, up to a limit that no list of this programme comes near. */
async function all_pages<Item>(page: (cursor: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  for (let i = 0; i < pages_max; i++) {
    const { items: more, next } = await page(cursor)
    items.push(...more)
    if (!next) break
    cursor = next
  }
  return items
}

export const provinces_query = queryOptions({
  queryKey: ['areas', 'province'],
  staleTime: Infinity,
  queryFn: () => all_pages<Area>(cursor => take(api.GET('/api/v1/areas', { params: { query: { level: 'province', limit: page_size, cursor } } }))),
})
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

export interface Provinces { list: Area[]; name(code: string): string }

export function useProvinces(): Provinces {
  const { pick, lang } = useWords()
  const { data = [] } = useQuery(provinces_query)
  const collator = new Intl.Collator(lang)
  const by_code = new Map(data.map(area => [area.code, pick(area.name_th, area.name_en)]))
  return {
    list: data.toSorted((a, b) => collator.compare(by_code.get(a.code)!, by_code.get(b.code)!)),
    name: code => by_code.get(code) ?? code,
  }
}
