// The pages of the application and how to get from one to another. Written here because a general router costs a quarter
// of the shell's budget (24 of 100 KB) and ten pages need none of what it adds. Paths and their parameters are checked by
// the compiler.
import { lazy, useEffect, useSyncExternalStore, type AnchorHTMLAttributes, type ComponentType, type LazyExoticComponent, type MouseEvent } from 'react'

const base = '/app'

type Page = LazyExoticComponent<ComponentType>
/** A page is loaded when somebody goes there, or when the pointer or the focus reaches a link to it. */
function page<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name): { Page: Page; load: () => void } {
  return { Page: lazy(async () => ({ default: (await load())[name] })), load: () => void load() }
}

/** Named apart from the pages, because the pages' own links are typed by these names. */
const paths = ['/', '/sign-in', '/kpis', '/kpis/import', '/kpis/$kpi_id', '/me', '/calls', '/calls/new', '/calls/$call_id', '/calls/$call_id/edit', '/applications', '/applications/$application_id'] as const
export type Path = (typeof paths)[number]

const pages: Record<Path, { Page: Page; load: () => void }> = {
  '/': page(() => import('../features/programme/Desk.tsx'), 'Desk'),
  '/sign-in': page(() => import('../features/identity/SignIn.tsx'), 'SignIn'),
  '/kpis': page(() => import('../features/indicators/Kpis.tsx'), 'Kpis'),
  '/kpis/import': page(() => import('../features/indicators/ImportPage.tsx'), 'ImportPage'),
  '/kpis/$kpi_id': page(() => import('../features/indicators/KpiPage.tsx'), 'KpiPage'),
  '/me': page(() => import('../features/identity/MyAccount.tsx'), 'MyAccount'),
  '/calls': page(() => import('../features/programme/Calls.tsx'), 'Calls'),
  '/calls/new': page(() => import('../features/programme/CallForm.tsx'), 'NewCallPage'),
  '/calls/$call_id': page(() => import('../features/programme/CallPage.tsx'), 'CallPage'),
  '/calls/$call_id/edit': page(() => import('../features/programme/CallForm.tsx'), 'EditCallPage'),
  '/applications': page(() => import('../features/programme/Applications.tsx'), 'Applications'),
  '/applications/$application_id': page(() => import('../features/programme/ApplicationPage.tsx'), 'ApplicationPage'),
}

type ParameterNames<P extends string> = P extends `${string}$${infer Name}/${infer Rest}` ? Name | ParameterNames<Rest> : P extends `${string}$${infer Name}` ? Name : never
export type Place<P extends Path = Path> = P extends Path
  ? [ParameterNames<P>] extends [never] ? { to: P; params?: undefined } : { to: P; params: Record<ParameterNames<P>, string> }
  : never

export interface Match { pattern: Path; params: Record<string, string>; Page: Page }

/** Patterns with fewer parameters first, so that /calls/new is not taken for a call. */
const patterns = paths.toSorted((a, b) => a.split('$').length - b.split('$').length)

export function match(path: string): Match | null {
  const given = path.replace(/\/+$/, '').split('/')
  for (const pattern of patterns) {
    const wanted = pattern.replace(/\/+$/, '').split('/')
    if (wanted.length !== given.length) continue
    const fits = wanted.every((part, i) => part === given[i] || (part.startsWith('$') && given[i] !== ''))
    if (!fits) continue
    const params = wanted.flatMap((part, i) => (part.startsWith('$') ? [[part.slice(1), decodeURIComponent(given[i]!)]] : []))
    return { pattern, params: Object.fromEntries(params) as Record<string, string>, Page: pages[pattern].Page }
  }
  return null
}

function address({ to, params }: Place): string {
  const path = to.replace(/\$(\w+)/g, (_, name: string) => encodeURIComponent((params as Record<string, string> | undefined)?.[name] ?? ''))
  return base + path
}

const listeners = new Set<() => void>()
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  addEventListener('popstate', listener)
  return () => { listeners.delete(listener); removeEventListener('popstate', listener) }
}
const path_now = () => location.pathname.slice(base.length) || '/'

export function usePath(): string {
  return useSyncExternalStore(subscribe, path_now)
}

/** The parameters that the address of this page carries. */
export function useParams<P extends Path>(_pattern: P): Record<ParameterNames<P>, string> {
  return (match(usePath())?.params ?? {}) as Record<ParameterNames<P>, string>
}

function go(url: string, replace: boolean): void {
  if (replace) history.replaceState(null, '', url)
  else history.pushState(null, '', url)
  for (const listener of listeners) listener()
  if (!replace) scrollTo(0, 0)
}
export function navigate(place: Place, { replace = false } = {}): void {
  go(address(place), replace)
}

/** Where to go after signing in. Only a page of this application: a link must not be able to send somebody elsewhere. */
export function return_path(search = location.search): string {
  const wanted = new URLSearchParams(search).get('return') ?? ''
  return wanted.startsWith(`${base}/`) && match(wanted.slice(base.length)) ? wanted : `${base}/`
}
export function navigate_back_from_sign_in(): void {
  go(return_path(), true)
}
export function SignInFirst() {
  useEffect(() => go(`${base}/sign-in?return=${encodeURIComponent(location.pathname)}`, true), [])
  return null
}

/** A link to a page. Everything a browser does with links still works: new tab, copy, the back button. */
export function Link<P extends Path>({ to, params, ...anchor }: Place<P> & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>) {
  const here = usePath()
  const href = address({ to, params } as Place)
  const current = base + here === href || (to !== '/' && (base + here).startsWith(`${href}/`))
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(href, false)
  }
  const load = () => pages[to as Path].load()
  return <a {...anchor} href={href} onClick={follow} onPointerEnter={load} onFocus={load} aria-current={current ? 'page' : undefined} />
}
