import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, keep_csrf_token, ProblemError, take } from '../api/client.ts'
import type { Me, Role } from '../api/shapes.ts'

export const session_query = queryOptions({
  queryKey: ['session'],
  staleTime: 5 * 60_000,
  retry: false,
  /** null: nobody is signed in. Other failures stay failures. */
  async queryFn(): Promise<Me | null> {
    try {
      const me = await take(api.GET('/api/v1/session'))
      keep_csrf_token(me.csrf_token)
      return me
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status === 401) return null
      throw error
    }
  },
})

export function useMe(): Me | null {
  return useQuery(session_query).data ?? null
}

export function has_role(me: Me | null, ...roles: Role[]): boolean {
  return me?.offices.some(office => roles.includes(office.role)) ?? false
}

/** The province in which somebody holds an office, of the province itself or of a district in it. */
export function home_province(me: Me | null): string | null {
  return me?.offices.find(office => office.area !== null)?.area?.slice(0, 2) ?? null
}

/** The provinces for which somebody writes proposals and reports values. */
export function own_provinces(me: Me | null): string[] {
  const codes = (me?.offices ?? []).filter(office => office.role === 'provincial_office' || office.role === 'governor').map(office => office.area?.slice(0, 2))
  return [...new Set(codes.filter(code => code !== undefined))]
}

export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await take(api.DELETE('/api/v1/session')).catch(() => undefined)
    queries.clear()
    location.assign('/app/sign-in')
  }
}
