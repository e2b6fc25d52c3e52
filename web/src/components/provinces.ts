import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, take } from '../api/client.ts'
import { all_pages } from '../api/pages.ts'
import type { Area } from '../api/shapes.ts'
import { useWords } from '../app/words.tsx'

const page_size = 200

const provinces_query = queryOptions({
  queryKey: ['areas', 'province'],
  staleTime: Infinity,
  queryFn: () => all_pages<Area>(cursor => take(api.GET('/api/v1/areas', { params: { query: { level: 'province', limit: page_size, cursor } } }))),
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
