// The pages of the application and how to get from one to another. Written here because a general router costs a quarter
// of the shell's budget (24 of 100 KB) and ten pages need none of what it adds. Paths and their parameters are checked by
// the compiler.
import { lazy, useEffect, useSyncExternalStore, type AnchorHTMLAttributes, type ComponentType, type LazyExoticComponent, type MouseEvent } from 'react'
import { load_sentences, type Feature } from './words.tsx'

const base = '/app'

type Page = LazyExoticComponent<ComponentType>
interface Entrance { Page: Page; load: () => void }
/** A page and its words are loaded when somebody goes there, or when the pointer or the focus reaches a link to it. */
function page<Name extends string>(feature: Feature, load: () => Promise<Record<Name, ComponentType>>, name: Name): Entrance {
  const both = async () => (await Promise.all([load(), load_sentences(feature)]))[0]
  return { Page: lazy(async () => ({ default: (await both())[name] })), load: () => void both() }
}

/** Named apart from the pages, because the pages' own links are typed by these names. */
const paths = [
  '/', '/sign-in', '/me', '/kpis', '/kpis/import', '/kpis/$kpi_id', '/calls', '/calls/new', '/calls/$call_id', '/calls/$call_id/edit',
  '/applications', '/applications/$application_id', '/applications/$application_id/print', '/meetings', '/meetings/new', '/meetings/plan', '/meetings/$meeting_id',
  '/meetings/$meeting_id/print', '/bodies', '/bodies/$code', '/assignments', '/assignments/$assignment_id', '/matters', '/matters/new', '/matters/$matter_id', '/ledger',
  '/offices', '/offices/$office_id', '/persons', '/persons/$person_id',
  '/projects', '/projects/$project_id', '/changes', '/changes/$change_id', '/changes/$change_id/dossier',
  '/obligations', '/obligations/$obligation_id', '/who-may-sign', '/offices/$office_id/powers', '/delegations', '/delegation-orders', '/delegation-orders/$order_id',
  '/cases', '/cases/new', '/cases/report', '/cases/province', '/cases/fees', '/cases/counter', '/cases/needs/$need_id', '/cases/$case_id', '/cases/$case_id/missing',
] as const
export type Path = (typeof paths)[number]

const pages: Record<Path, Entrance> = {
  '/': page('programme', () => import('../features/programme/Desk.tsx'), 'Desk'),
  '/sign-in': page('identity', () => import('../features/identity/SignIn.tsx'), 'SignIn'),
  '/me': page('identity', () => import('../features/identity/MyAccount.tsx'), 'MyAccount'),
  '/kpis': page('indicators', () => import('../features/indicators/Kpis.tsx'), 'Kpis'),
  '/kpis/import': page('indicators', () => import('../features/indicators/ImportPage.tsx'), 'ImportPage'),
  '/kpis/$kpi_id': page('indicators', () => import('../features/indicators/KpiPage.tsx'), 'KpiPage'),
  '/calls': page('programme', () => import('../features/programme/Calls.tsx'), 'Calls'),
  '/calls/new': page('programme', () => import('../features/programme/CallForm.tsx'), 'NewCallPage'),
  '/calls/$call_id': page('programme', () => import('../features/programme/CallPage.tsx'), 'CallPage'),
  '/calls/$call_id/edit': page('programme', () => import('../features/programme/CallForm.tsx'), 'EditCallPage'),
  '/applications': page('programme', () => import('../features/programme/Applications.tsx'), 'Applications'),
  '/applications/$application_id': page('programme', () => import('../features/programme/ApplicationPage.tsx'), 'ApplicationPage'),
  '/applications/$application_id/print': page('programme', () => import('../features/programme/PrintPage.tsx'), 'PrintPage'),
  '/meetings': page('committees', () => import('../features/committees/Meetings.tsx'), 'Meetings'),
  '/meetings/new': page('committees', () => import('../features/committees/Meetings.tsx'), 'NewMeetingPage'),
  '/meetings/plan': page('committees', () => import('../features/committees/PlanPage.tsx'), 'PlanPage'),
  '/meetings/$meeting_id': page('committees', () => import('../features/committees/MeetingDesk.tsx'), 'MeetingDesk'),
  '/meetings/$meeting_id/print': page('committees', () => import('../features/committees/MeetingPrint.tsx'), 'MeetingPrint'),
  '/bodies': page('committees', () => import('../features/committees/Bodies.tsx'), 'Bodies'),
  '/bodies/$code': page('committees', () => import('../features/committees/Bodies.tsx'), 'BodyDesk'),
  '/assignments': page('committees', () => import('../features/committees/Assignments.tsx'), 'Assignments'),
  '/assignments/$assignment_id': page('committees', () => import('../features/committees/Assignments.tsx'), 'AssignmentDesk'),
  '/matters': page('committees', () => import('../features/committees/Matters.tsx'), 'Matters'),
  '/matters/new': page('committees', () => import('../features/committees/Matters.tsx'), 'NewMatter'),
  '/matters/$matter_id': page('committees', () => import('../features/committees/Matters.tsx'), 'MatterDesk'),
  '/projects': page('plans', () => import('../features/plans/Projects.tsx'), 'Projects'),
  '/projects/$project_id': page('plans', () => import('../features/plans/ProjectPage.tsx'), 'ProjectPage'),
  '/changes': page('plans', () => import('../features/plans/Changes.tsx'), 'Changes'),
  '/changes/$change_id': page('plans', () => import('../features/plans/ChangePage.tsx'), 'ChangePage'),
  '/changes/$change_id/dossier': page('plans', () => import('../features/plans/DossierPage.tsx'), 'DossierPage'),
  '/obligations': page('obligations', () => import('../features/obligations/Obligations.tsx'), 'Obligations'),
  '/obligations/$obligation_id': page('obligations', () => import('../features/obligations/ObligationPage.tsx'), 'ObligationPage'),
  '/who-may-sign': page('authority', () => import('../features/authority/WhoMay.tsx'), 'WhoMay'),
  '/offices/$office_id/powers': page('authority', () => import('../features/authority/OfficePowers.tsx'), 'OfficePowersPage'),
  '/delegations': page('delegations', () => import('../features/delegations/Delegations.tsx'), 'Delegations'),
  '/delegation-orders': page('delegations', () => import('../features/delegations/Orders.tsx'), 'OrdersPage'),
  '/delegation-orders/$order_id': page('delegations', () => import('../features/delegations/OrderPage.tsx'), 'OrderPage'),
  '/cases': page('service_centre', () => import('../features/service_centre/CasesPage.tsx'), 'CasesPage'),
  '/cases/new': page('service_centre', () => import('../features/service_centre/CounterPage.tsx'), 'CounterPage'),
  '/cases/report': page('service_centre', () => import('../features/service_centre/ReportPage.tsx'), 'ReportPage'),
  '/cases/province': page('service_centre', () => import('../features/service_centre/ProvincePage.tsx'), 'ProvincePage'),
  '/cases/fees': page('service_centre', () => import('../features/service_centre/FeesPage.tsx'), 'FeesPage'),
  '/cases/counter': page('service_centre', () => import('../features/service_centre/QueuePage.tsx'), 'QueuePage'),
  '/cases/needs/$need_id': page('service_centre', () => import('../features/service_centre/NeedPage.tsx'), 'NeedPage'),
  '/cases/$case_id/missing': page('service_centre', () => import('../features/service_centre/MissingPage.tsx'), 'MissingPage'),
  '/cases/$case_id': page('service_centre', () => import('../features/service_centre/CasePage.tsx'), 'CasePage'),
  '/ledger': page('ledger', () => import('../features/ledger/LedgerPage.tsx'), 'LedgerPage'),
  '/offices': page('identity', () => import('../features/identity/Offices.tsx'), 'Offices'),
  '/offices/$office_id': page('identity', () => import('../features/identity/OfficePage.tsx'), 'OfficePage'),
  '/persons': page('identity', () => import('../features/identity/Persons.tsx'), 'Persons'),
  '/persons/$person_id': page('identity', () => import('../features/identity/PersonPage.tsx'), 'PersonPage'),
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
  return () => listeners.delete(listener)
}
function tell(): void {
  for (const listener of listeners) listener()
}
const path_now = () => location.pathname.slice(base.length) || '/'

// What somebody has typed and not yet sent: leaving has to be meant.
let unsent: string | null = null
function may_leave(): boolean {
  if (unsent === null || confirm(unsent)) {
    unsent = null
    return true
  }
  return false
}
let url_shown = location.href
addEventListener('popstate', () => {
  if (location.href !== url_shown && !may_leave()) return history.pushState(null, '', url_shown)
  url_shown = location.href
  tell()
})
addEventListener('beforeunload', event => { if (unsent !== null) event.preventDefault() })

/** Asks before a page is left while `question` stands: null means that nothing would be lost. */
export function useLeaveQuestion(question: string | null): void {
  useEffect(() => {
    unsent = question
    return () => { unsent = null }
  }, [question])
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, path_now)
}

/** One named part of the address behind the question mark; empty when it is not there. */
export function useAddressPart(name: string): string {
  return useSyncExternalStore(subscribe, () => new URLSearchParams(location.search).get(name) ?? '')
}

/** The parameters that the address of this page carries. */
export function useParams<P extends Path>(_pattern: P): Record<ParameterNames<P>, string> {
  return (match(usePath())?.params ?? {}) as Record<ParameterNames<P>, string>
}

function go(url: string, replace: boolean): void {
  if (!may_leave()) return
  if (replace) history.replaceState(null, '', url)
  else history.pushState(null, '', url)
  url_shown = location.href
  tell()
  if (!replace) scrollTo(0, 0)
}
/** What was typed is stored: nothing to ask. */
export function navigate_after_saving(place: Place): void {
  unsent = null
  go(address(place), false)
}
export function navigate(place: Place & { search?: Record<string, string> }, { replace = false } = {}): void {
  go(address(place) + search_of(place.search), replace)
}
function search_of(search: Record<string, string> | undefined): string {
  const text = new URLSearchParams(search).toString()
  return text ? `?${text}` : ''
}

/** Where to go after signing in. Only a page of this application: a link must not be able to send somebody elsewhere. */
export function return_path(search = location.search): string {
  const wanted = new URLSearchParams(search).get('return') ?? ''
  return wanted.startsWith(`${base}/`) && match(wanted.slice(base.length).split('?')[0]!) ? wanted : `${base}/`
}
export function navigate_back_from_sign_in(): void {
  go(return_path(), true)
}
export function SignInFirst() {
  useEffect(() => go(`${base}/sign-in?return=${encodeURIComponent(location.pathname + location.search)}`, true), [])
  return null
}

/** Who comes with a one-time password has nothing else to do. */
export function ChangePasswordFirst() {
  useEffect(() => go(`${base}/me`, true), [])
  return null
}

/** A link to a page. Everything a browser does with links still works: new tab, copy, the back button. */
export function Link<P extends Path>({ to, params, search, hash, ...anchor }: Place<P> & { search?: Record<string, string>; hash?: string } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>) {
  const here = usePath()
  const path = address({ to, params } as Place)
  const href = path + search_of(search) + (hash ? `#${hash}` : '')
  const current = base + here === path || (to !== '/' && (base + here).startsWith(`${path}/`))
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(href, false)
  }
  const load = () => pages[to as Path].load()
  return <a {...anchor} href={href} onClick={follow} onPointerEnter={load} onFocus={load} aria-current={current ? 'page' : undefined} />
}
