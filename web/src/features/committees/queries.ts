import { queryOptions } from '@tanstack/react-query'
import { api, take } from '../../api/client.ts'
import { all_pages } from '../../api/pages.ts'
import type { Assignment, Meeting, Resolution } from '../../api/shapes.ts'

const page_size = 200

export const bodies_query = queryOptions({ queryKey: ['bodies'], staleTime: 5 * 60_000, queryFn: () => take(api.GET('/api/v1/bodies')) })
/** The bodies of one province. */
export const provincial_bodies_query = (province: string) => queryOptions({
  queryKey: ['bodies', 'of', province], staleTime: 5 * 60_000, enabled: province !== '',
  queryFn: () => take(api.GET('/api/v1/bodies', { params: { query: { province } } })),
})
export const body_query = (code: string) => queryOptions({
  queryKey: ['bodies', 'one', code],
  queryFn: () => take(api.GET('/api/v1/bodies/{code}', { params: { path: { code } } })),
})
export const meetings_query = queryOptions({
  queryKey: ['meetings'],
  queryFn: () => all_pages<Meeting>(cursor => take(api.GET('/api/v1/meetings', { params: { query: { limit: page_size, cursor } } }))),
})
export const resolutions_query = queryOptions({
  queryKey: ['meetings', 'resolutions'],
  queryFn: () => all_pages<Resolution>(cursor => take(api.GET('/api/v1/resolutions', { params: { query: { limit: page_size, cursor } } }))),
})
export const running_query = queryOptions({ queryKey: ['meetings', 'running'], queryFn: () => take(api.GET('/api/v1/meetings/running')) })
export const meeting_query = (meeting_id: string) => queryOptions({
  queryKey: ['meetings', 'one', meeting_id],
  queryFn: () => take(api.GET('/api/v1/meetings/{meeting_id}', { params: { path: { meeting_id } } })),
})
export const meeting_acts_query = (meeting_id: string) => queryOptions({
  queryKey: ['meetings', 'one', meeting_id, 'acts'],
  queryFn: () => take(api.GET('/api/v1/meetings/{meeting_id}/acts', { params: { path: { meeting_id } } })),
})
export const assignments_query = queryOptions({
  queryKey: ['assignments'],
  queryFn: () => all_pages<Assignment>(cursor => take(api.GET('/api/v1/assignments', { params: { query: { limit: page_size, cursor } } }))),
})
/** Those that this officer is to report on or close. */
export const waiting_assignments_query = queryOptions({
  queryKey: ['assignments', 'waiting'],
  queryFn: () => all_pages<Assignment>(cursor => take(api.GET('/api/v1/assignments', { params: { query: { waits_for: 'me', limit: page_size, cursor } } }))),
})
export const assignment_query = (assignment_id: string) => queryOptions({
  queryKey: ['assignments', 'one', assignment_id],
  queryFn: () => take(api.GET('/api/v1/assignments/{assignment_id}', { params: { path: { assignment_id } } })),
})
export const assignment_acts_query = (assignment_id: string) => queryOptions({
  queryKey: ['assignments', 'one', assignment_id, 'acts'],
  queryFn: () => take(api.GET('/api/v1/assignments/{assignment_id}/acts', { params: { path: { assignment_id } } })),
})
export const matters_query = queryOptions({ queryKey: ['matters'], queryFn: () => take(api.GET('/api/v1/matters')) })
export const matter_query = (matter_id: string) => queryOptions({
  queryKey: ['matters', 'one', matter_id],
  queryFn: () => take(api.GET('/api/v1/matters/{matter_id}', { params: { path: { matter_id } } })),
})
export const matter_acts_query = (matter_id: string) => queryOptions({
  queryKey: ['matters', 'one', matter_id, 'acts'],
  queryFn: () => take(api.GET('/api/v1/matters/{matter_id}/acts', { params: { path: { matter_id } } })),
})
