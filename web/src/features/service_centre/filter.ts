// What a list of cases is asked for, as it stands in the address: a number of the report or of a board is a link to the
// cases behind it.
import type { CaseFilter } from './queries.ts'

export const views = ['mine', 'due', 'told', 'waiting', 'assigned', 'all'] as const
export type View = (typeof views)[number]

/** Parts of the address that go to the server as they are. */
const plain_parts = ['province', 'district', 'place', 'state', 'kind', 'category', 'channel', 'office_id', 'q', 'count', 'from', 'to', 'fiscal_year', 'open'] as const

export type CaseSearch = Partial<Record<(typeof plain_parts)[number] | 'view' | 'late', string>>

export const search_parts = [...plain_parts, 'view', 'late'] as const

export function search_of(value_of: (name: string) => string | null): CaseSearch {
  return Object.fromEntries(search_parts.flatMap(name => (value_of(name) ? [[name, value_of(name)]] : []))) as CaseSearch
}

export function view_of(search: CaseSearch): View {
  return views.find(view => view === search.view) ?? 'all'
}

const hour_ms = 3_600_000

/** `now_ms` to the hour, so that a list does not ask anew with every look at it. */
export function filter_of(search: CaseSearch, now_ms: number, near_due_days: number): CaseFilter {
  const filter: Record<string, string | number> = Object.fromEntries(plain_parts.flatMap(part => (search[part] === undefined ? [] : [[part, search[part]]])))
  for (const part of ['open', 'fiscal_year']) if (filter[part] !== undefined) filter[part] = Number(filter[part])
  const view = view_of(search)
  const before = (days: number) => new Date(Math.ceil(now_ms / hour_ms) * hour_ms + days * 24 * hour_ms).toISOString()
  if (view !== 'all') filter.open = 1
  if (view !== 'all' && view !== 'due') filter.whose = view
  if (view === 'due') filter.due_before = before(near_due_days)
  if (search.late === '1') { filter.due_before = new Date(Math.floor(now_ms / 60_000) * 60_000).toISOString(); filter.open = 1 }
  return filter as CaseFilter
}
