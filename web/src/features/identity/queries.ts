import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, take, take_with_etag } from '../../api/client.ts'
import type { Occupancy, Role } from '../../api/shapes.ts'

export interface OfficeFilter { search: string; role: Role | ''; area: string; occupancy: Occupancy | '' }
export interface PersonFilter { search: string; locked: boolean }

const given = (text: string) => (text.trim() === '' ? undefined : text.trim())

export const offices_query = ({ search, role, area, occupancy }: OfficeFilter) => infiniteQueryOptions({
  queryKey: ['offices', 'list', search, role, area, occupancy],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) => take(api.GET('/api/v1/offices', { params: { query: { search: given(search), role: role || undefined, area: given(area), occupancy: occupancy || undefined, cursor: pageParam } } })),
  getNextPageParam: page => page.next ?? undefined,
})
export const office_query = (office_id: string) => queryOptions({
  queryKey: ['offices', office_id],
  queryFn: () => take_with_etag(api.GET('/api/v1/offices/{office_id}', { params: { path: { office_id } } })),
})
export const persons_query = ({ search, locked }: PersonFilter) => infiniteQueryOptions({
  queryKey: ['persons', 'list', search, locked],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) => take(api.GET('/api/v1/persons', { params: { query: { search: given(search), state: locked ? 'locked' : undefined, cursor: pageParam } } })),
  getNextPageParam: page => page.next ?? undefined,
})
export const person_query = (person_id: string) => queryOptions({
  queryKey: ['persons', person_id],
  queryFn: () => take_with_etag(api.GET('/api/v1/persons/{person_id}', { params: { path: { person_id } } })),
})
/** A few persons to choose from while somebody types. */
export const suggestions_query = (search: string) => queryOptions({
  queryKey: ['persons', 'suggestions', search],
  queryFn: () => take(api.GET('/api/v1/persons', { params: { query: { search: given(search), limit: 8 } } })),
})
export const districts_query = (parent: string) => queryOptions({
  queryKey: ['areas', 'districts', parent],
  staleTime: Infinity,
  queryFn: () => take(api.GET('/api/v1/areas', { params: { query: { level: 'district', parent, limit: 200 } } })),
})
export const providers_query = queryOptions({ queryKey: ['providers'], staleTime: Infinity, queryFn: () => take(api.GET('/api/v1/session/providers')) })
