import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, take, take_with_etag } from '../../api/client.ts'
import { all_pages } from '../../api/pages.ts'
import type { Area, BudgetClass, ChangeSummary, ProjectSummary } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { useProvinces } from '../../components/provinces.ts'

const page_size = 200

export interface ProjectFilter { province?: string; fiscal_year?: number; budget_class?: BudgetClass; q?: string }

export const projects_query = (filter: ProjectFilter) => queryOptions({
  queryKey: ['projects', 'list', filter],
  queryFn: () => all_pages<ProjectSummary>(cursor => take(api.GET('/api/v1/projects', { params: { query: { ...filter, limit: page_size, cursor } } }))),
  placeholderData: previous => previous,
})
export const project_query = (id: string) => queryOptions({
  queryKey: ['projects', id],
  queryFn: () => take(api.GET('/api/v1/projects/{project_id}', { params: { path: { project_id: id } } })),
})
export const project_history_query = (id: string) => queryOptions({
  queryKey: ['projects', id, 'history'],
  queryFn: () => take(api.GET('/api/v1/projects/{project_id}/history', { params: { path: { project_id: id } } })),
})
export const rules_query = queryOptions({ queryKey: ['change_rules'], staleTime: 5 * 60_000, queryFn: () => take(api.GET('/api/v1/change_rules')) })
export const figures_query = (province: string) => queryOptions({
  queryKey: ['changes', 'figures', province],
  queryFn: () => take(api.GET('/api/v1/provinces/{code}/changes', { params: { path: { code: province } } })),
})
export const changes_query = (filter: { project_id?: string; province?: string }) => queryOptions({
  queryKey: ['changes', 'list', filter],
  queryFn: () => all_pages<ChangeSummary>(cursor => take(api.GET('/api/v1/changes', { params: { query: { ...filter, limit: page_size, cursor } } }))),
})
/** Those that an office of this officer takes on. */
export const waiting_changes_query = queryOptions({
  queryKey: ['changes', 'waiting'],
  queryFn: () => all_pages<ChangeSummary>(cursor => take(api.GET('/api/v1/changes', { params: { query: { waits_for: 'me', limit: page_size, cursor } } }))),
})
export const change_query = (id: string) => queryOptions({
  queryKey: ['changes', id],
  queryFn: () => take_with_etag(api.GET('/api/v1/changes/{change_id}', { params: { path: { change_id: id } } })),
})
export const change_acts_query = (id: string) => queryOptions({
  queryKey: ['changes', id, 'acts'],
  queryFn: () => take(api.GET('/api/v1/changes/{change_id}/acts', { params: { path: { change_id: id } } })),
})
export const change_history_query = (id: string) => queryOptions({
  queryKey: ['changes', id, 'history'],
  queryFn: () => take(api.GET('/api/v1/changes/{change_id}/history', { params: { path: { change_id: id } } })),
})
const districts_query = (province: string) => queryOptions({
  queryKey: ['areas', 'district', province],
  staleTime: Infinity,
  queryFn: () => all_pages<Area>(cursor => take(api.GET('/api/v1/areas', { params: { query: { parent: province, limit: page_size, cursor } } }))),
})

/** Districts of a province, and the name of any area in it: what is smaller than a district keeps its code beside the district. */
export function useDistricts(province: string): { list: Area[]; name: (code: string) => string } {
  const { pick } = useWords()
  const provinces = useProvinces()
  const { data = [] } = useQuery(districts_query(province))
  const by_code = new Map(data.map(area => [area.code, pick(area.name_th, area.name_en)]))
  return {
    list: data,
    name(code) {
      if (code.length === 2) return provinces.name(code)
      const district = by_code.get(code.slice(0, 4)) ?? code.slice(0, 4)
      return code.length === 4 ? district : `${district} (${code})`
    },
  }
}

/** The names that the decision table gives to who decides, to facts and to what follows. */
export function useRules() {
  const { pick } = useWords()
  const { data } = useQuery(rules_query)
  const named = (row: { label_th: string; label_en: string } | undefined, otherwise: string) => (row ? pick(row.label_th, row.label_en) : otherwise)
  return {
    rules: data,
    decider(code: string) {
      const row = data?.deciders.find(entry => entry.decider === code)
      return row ? pick(row.name_th, row.name_en) : code
    },
    fact: (code: string) => named(data?.facts.find(entry => entry.fact === code), code),
    duty: (code: string) => named(data?.follow_ups.find(entry => entry.follow_up === code), code),
  }
}
