import { queryOptions } from '@tanstack/react-query'
import { api, take } from '../../api/client.ts'
import { all_pages } from '../../api/pages.ts'
import type { Meeting, Resolution } from '../../api/shapes.ts'

const page_size = 200

export const bodies_query = queryOptions({ queryKey: ['bodies'], staleTime: 5 * 60_000, queryFn: () => take(api.GET('/api/v1/bodies')) })
export const meetings_query = queryOptions({
  queryKey: ['meetings'],
  queryFn: () => all_pages<Meeting>(cursor => take(api.GET('/api/v1/meetings', { params: { query: { limit: page_size, cursor } } }))),
})
export const resolutions_query = queryOptions({
  queryKey: ['meetings', 'resolutions'],
  queryFn: () => all_pages<Resolution>(cursor => take(api.GET('/api/v1/resolutions', { params: { query: { limit: page_size, cursor } } }))),
})
