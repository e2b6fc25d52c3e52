import { infiniteQueryOptions, keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, take, take_with_etag, Unreachable } from '../../api/client.ts'
import { all_pages } from '../../api/pages.ts'
import type { AlikeQuestion, Area, CaseLists, Me } from '../../api/shapes.ts'
import type { components, paths } from '../../api/schema.d.ts'
import { has_role, useMe } from '../../app/session.ts'
import { useWords } from '../../app/words.tsx'
import { keep, kept } from './queue.ts'

export type CaseFilter = NonNullable<paths['/api/v1/cases']['get']['parameters']['query']>

const page_size = 50
const areas_page = 200

/** What the counter needs off line too: asked for anew when the server answers, and taken from the browser when it does not. */
function kept_query<Value>(key: string[], load: () => Promise<Value>) {
  return queryOptions({
    queryKey: key,
    networkMode: 'always',
    staleTime: 5 * 60_000,
    async queryFn(): Promise<Value> {
      const name = key.join(' ')
      try {
        const value = await load()
        await keep(name, value).catch(() => undefined) // a browser that stores nothing still works on line
        return value
      } catch (error) {
        const known = error instanceof Unreachable ? await kept<Value>(name) : undefined
        if (known === undefined) throw error
        return known
      }
    },
  })
}

export const lists_query = kept_query<CaseLists>(['service_centre', 'lists'], () => take(api.GET('/api/v1/service_centre/lists')))

/** An area with all that lies in it: codes begin with the code of what they lie in. */
export const areas_within_query = (code: string) => kept_query<Area[]>(['areas', 'within', code], async () => {
  const found = await all_pages<Area>(cursor => take(api.GET('/api/v1/areas', { params: { query: { q: code, limit: areas_page, cursor } } })))
  return found.filter(area => area.code.startsWith(code))
})

/** Whose counter this is: the officer and the area of the centre. */
export interface CounterOfficer { person_id: string; area: string }
export function officer_of(me: Me): CounterOfficer | null {
  const office = me.offices.find(each => each.role === 'district') ?? me.offices.find(each => each.role === 'provincial_office')
  return office?.area ? { person_id: me.person_id, area: office.area } : null
}
/** Whether somebody reads the cases of a whole province: of the own one, or of any. */
export function reads_province(me: Me | null): boolean {
  const own = me?.offices.some(office => office.area?.length === 2 && ['governor', 'deputy_governor', 'provincial_office'].includes(office.role)) ?? false
  return own || has_role(me, 'moi', 'opdc', 'auditor')
}
/** undefined: not known yet; null: nobody who takes cases. Off line it is who used this counter last. */
export function useOfficer(): CounterOfficer | null | undefined {
  const me = useMe()
  const { data } = useQuery<CounterOfficer | null>({
    queryKey: ['counter', 'officer', me?.person_id ?? ''],
    networkMode: 'always',
    staleTime: Infinity,
    placeholderData: keepPreviousData, // the counter stays as it is while the server tells whose it is
    async queryFn(): Promise<CounterOfficer | null> {
      if (!me) return (await kept<CounterOfficer>('officer')) ?? null
      const officer = officer_of(me)
      if (officer) await keep('officer', officer).catch(() => undefined)
      return officer
    },
  })
  return data
}

export const cases_query = (filter: CaseFilter) => infiniteQueryOptions({
  queryKey: ['cases', 'list', filter],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) => take(api.GET('/api/v1/cases', { params: { query: { limit: page_size, ...filter, cursor: pageParam } } })),
  getNextPageParam: page => page.next ?? undefined,
})
export const found_query = (q: string) => infiniteQueryOptions({
  queryKey: ['cases', 'found', q],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) => take(api.GET('/api/v1/cases/search', { params: { query: { q, limit: 20, cursor: pageParam } } })),
  getNextPageParam: page => page.next ?? undefined,
})
export const alike_query = (question: AlikeQuestion | null) => queryOptions({
  queryKey: ['cases', 'alike', question],
  enabled: question !== null,
  retry: false,
  staleTime: 60_000,
  queryFn: () => take(api.POST('/api/v1/cases/alike', { body: question! })),
})
export const board_query = (area: string) => queryOptions({
  queryKey: ['cases', 'board', area],
  queryFn: () => take(api.GET('/api/v1/service_centre/board', { params: { query: { area } } })),
})
export const province_board_query = (area: string) => queryOptions({
  queryKey: ['cases', 'province', area],
  queryFn: () => take(api.GET('/api/v1/service_centre/province', { params: { query: { area } } })),
})
export const recurring_query = (area: string) => queryOptions({
  queryKey: ['cases', 'recurring', area],
  queryFn: () => take(api.GET('/api/v1/service_centre/recurring', { params: { query: { area } } })),
})
export const counter_day_query = (district: string) => queryOptions({
  queryKey: ['counter', 'day', district],
  queryFn: () => take(api.GET('/api/v1/service_centre/counter/day', { params: { query: { district } } })),
})
export const counter_times_query = (district: string) => queryOptions({
  queryKey: ['counter', 'times', district],
  queryFn: () => take(api.GET('/api/v1/service_centre/counter/times', { params: { query: { district } } })),
})
export const free_times_query = (district: string, on: string) => queryOptions({
  queryKey: ['counter', 'free', district, on],
  queryFn: () => take(api.GET('/api/v1/service_centre/counter/free', { params: { query: { district, on } } })),
})
export const needs_query = (asked: { area?: string; case_id?: string; state?: 'proposed' }) => queryOptions({
  queryKey: ['cases', 'needs', asked],
  queryFn: () => take(api.GET('/api/v1/service_centre/needs', { params: { query: asked } })),
})
export const need_query = (need_id: string) => queryOptions({
  queryKey: ['cases', 'need', need_id],
  queryFn: () => take(api.GET('/api/v1/service_centre/needs/{need_id}', { params: { path: { need_id } } })),
})
const one = (case_id: string) => ({ params: { path: { case_id } } })
export const case_query = (id: string) => queryOptions({ queryKey: ['cases', id], queryFn: () => take_with_etag(api.GET('/api/v1/cases/{case_id}', one(id))) })
export const case_acts_query = (id: string) => queryOptions({ queryKey: ['cases', id, 'acts'], queryFn: () => take(api.GET('/api/v1/cases/{case_id}/acts', one(id))) })
export const case_clocks_query = (id: string) => queryOptions({ queryKey: ['cases', id, 'clocks'], queryFn: () => take(api.GET('/api/v1/cases/{case_id}/clocks', one(id))) })
export const case_history_query = (id: string) => queryOptions({ queryKey: ['cases', id, 'history'], queryFn: () => take(api.GET('/api/v1/cases/{case_id}/history', one(id))) })
// The contract calls this operation and that of a province's application by one name, so that the type of the other is taken for its own.
type ApplicationAnswer = Promise<{ data?: components['schemas']['CaseApplication']; error?: unknown; response: Response }>
export const application_query = (id: string) => queryOptions({ queryKey: ['cases', id, 'application'], queryFn: () => take(api.GET('/api/v1/cases/{case_id}/services', one(id) as never) as unknown as ApplicationAnswer) })

/** Services of the catalogue whose name has the words. */
export const services_query = (q: string, group: string) => queryOptions({
  queryKey: ['service_centre', 'services', q, group],
  staleTime: 5 * 60_000,
  queryFn: () => take(api.GET('/api/v1/service_centre/services', { params: { query: { q: q || undefined, group: group || undefined } } })),
})
export const service_query = (service: string) => queryOptions({
  queryKey: ['service_centre', 'service', service],
  staleTime: 5 * 60_000,
  queryFn: () => take(api.GET('/api/v1/service_centre/services/{service}', { params: { path: { service } } })),
})
export const fees_query = (district: string, on: string) => queryOptions({
  queryKey: ['cases', 'fees', district, on],
  queryFn: () => take(api.GET('/api/v1/service_centre/fees', { params: { query: { district, on } } })),
})

/** Offices that the law lets do an act on such a case: agencies to which it may be assigned, the centre above that may take it. */
export const who_may_query = (act: string, kind: string, area: string) => queryOptions({
  queryKey: ['who_may', act, kind, area],
  staleTime: 5 * 60_000,
  queryFn: () => take(api.GET('/api/v1/who-may-sign', { params: { query: { act, kind, area, limit: 200 } } })),
})

interface Named { name_th: string; name_en: string }
/** The names that the lists give to what is stored as a code; a code that is on no list any more is shown as it is. */
export function useLists() {
  const { pick } = useWords()
  const { data, error, refetch } = useQuery(lists_query)
  return useMemo(() => {
    const named = (row: Named | undefined, code: string) => (row ? pick(row.name_th, row.name_en) : code)
    return {
      lists: data,
      error,
      refetch,
      kind: (code: string) => named(data?.kinds.find(row => row.kind === code), code),
      category: (code: string) => named(data?.categories.find(row => row.category === code), code),
      channel: (code: string) => named(data?.channels.find(row => row.channel === code), code),
      importance: (code: string) => named(data?.importances.find(row => row.kind === code), code),
    }
  }, [data, error, refetch, pick])
}

export function useAreaName(code: string | null | undefined): string {
  const { pick } = useWords()
  const { data } = useQuery({ queryKey: ['areas', 'one', code], staleTime: Infinity, enabled: !!code, queryFn: () => take(api.GET('/api/v1/areas/{code}', { params: { path: { code: code! } } })) })
  return data ? pick(data.name_th, data.name_en) : (code ?? '')
}

/** What acts are called, by whoever recorded them. */
export const acts_query = queryOptions({ queryKey: ['law', 'acts'], staleTime: Infinity, queryFn: () => take(api.GET('/api/v1/acts')) })

export const report_query = (area: string, month: string, scope: 'all' | 'new_cases') => queryOptions({
  queryKey: ['cases', 'report', area, month, scope],
  queryFn: () => take(api.GET('/api/v1/service_centre/report', { params: { query: { area, month, scope } } })),
  placeholderData: previous => previous,
})
