import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useState } from 'react'
import { server_now_ms } from '../../api/client.ts'
import { Link, navigate, useAddressPart } from '../../app/router.tsx'
import { has_role, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useProvinces } from '../../components/provinces.ts'
import '../../styles/plans.css'
import '../../styles/service_centre.css'
import { format_date } from '../../lib/dates.ts'
import { AreaName } from './AreaName.tsx'
import { Board } from './Board.tsx'
import { case_states } from './CaseMark.tsx'
import { CaseTable } from './CaseTable.tsx'
import { FindForm, FoundCases } from './FindCases.tsx'
import { filter_of, search_of, search_parts, view_of, views, type CaseSearch } from './filter.ts'
import { areas_within_query, cases_query, officer_of, reads_province, useLists } from './queries.ts'
import { useWaiting, WaitingCases } from './WaitingCases.tsx'

/** The whole question of the address: the list follows it, also by the back button. */
function useSearch(): CaseSearch {
  const values = new Map(search_parts.map(name => [name as string, useAddressPart(name)]))
  return search_of(name => values.get(name) ?? null)
}

export function CasesPage() {
  const { t } = useWords()
  const me = useMe()
  const officer = me && officer_of(me)
  const search = useSearch()
  const find = useAddressPart('find') ?? ''
  return (
    <>
      <header className="page-head split">
        <div><h1>{t('cases.title')}</h1><p className="soft">{t('cases.text')}</p></div>
        <div className="buttons">
          {officer && <Link to="/cases/new" className="button main"><Icon name="plus" />{t('cases.new')}</Link>}
          {reads_province(me) && <Link to="/cases/province" className="button"><Icon name="map" />{t('cases.by_province')}</Link>}
          {has_role(me, 'district') && <Link to="/cases/counter" className="button"><Icon name="people" />{t('queue.title')}</Link>}
          {has_role(me, 'district', 'provincial_office', 'auditor') && <Link to="/cases/fees" className="button"><Icon name="money" />{t('fees.title')}</Link>}
          <Link to="/cases/report" className="button"><Icon name="result" />{t('cases.report')}</Link>
        </div>
      </header>
      {officer && <Waits person_id={officer.person_id} />}
      <FindForm key={find} term={find} />
      {find ? <FoundCases term={find} /> : <><Board home={officer?.area ?? home_area(me) ?? ''} /><List search={search} /></>}
    </>
  )
}

function home_area(me: ReturnType<typeof useMe>): string | null {
  return me?.offices.find(office => office.area !== null)?.area ?? null
}

/** What was taken here off line is sent from this page too. */
function Waits({ person_id }: { person_id: string }) {
  return <WaitingCases waiting={useWaiting(person_id)} />
}

function List({ search }: { search: CaseSearch }) {
  const { t, lang } = useWords()
  const { lists } = useLists()
  const [now] = useState(server_now_ms)
  const view = view_of(search)
  const [typed, set_typed] = useState(search.q ?? '')
  const q = useDeferredValue(typed.trim())
  const put = (change: CaseSearch) => navigate({ to: '/cases', search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)) as Record<string, string> }, { replace: true })
  useEffect(() => {
    if (q === (search.q ?? '')) return
    const timer = setTimeout(() => put({ q }), 300)
    return () => clearTimeout(timer)
  })
  const found = useInfiniteQuery(cases_query(filter_of(search, now, lists?.intake.near_due_days ?? 0)))
  const items = found.data?.pages.flatMap(page => page.items) ?? []
  const narrowed = Object.keys(search).some(name => name !== 'view')
  return (
    <section className="stack" aria-labelledby="list-title">
      <h2 id="list-title">{t(`cases.view.${view}`)}</h2>
      <nav className="chips" aria-label={t('cases.views')}>
        {views.map(name => <button key={name} type="button" className="button small-button" aria-pressed={view === name} onClick={() => put({ view: name, count: '', from: '', to: '' })}>{t(`cases.view.${name}`)}</button>)}
      </nav>
      <Filters search={search} put={put} typed={typed} set_typed={set_typed} />
      {search.count && <p className="notice plain"><Icon name="result" /><span>{t('cases.behind', { what: t(`report.${search.count as 'received'}`), from: search.from ? format_date(search.from, lang, 'short') : '–', to: search.to ? format_date(search.to, lang, 'short') : '–' })} <Link to="/cases/report">{t('cases.report')}</Link></span></p>}
      {search.place && <p className="buttons place-chosen"><span>{t('cases.place')}: <b><AreaName code={search.place} /></b></span><button type="button" className="button small-button" onClick={() => put({ place: '' })}><Icon name="cross" />{t('cases.place_off')}</button></p>}
      {narrowed && <p><button type="button" className="button small-button" onClick={() => { set_typed(''); navigate({ to: '/cases', search: { view } }, { replace: true }) }}>{t('cases.clear')}</button></p>}
      {found.error && <Failure error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Waiting />}
      {found.data && items.length === 0 && <p className="empty"><Icon name="check" />{t(`cases.none.${view}`)}</p>}
      {items.length > 0 && <CaseTable cases={items} label={t(`cases.view.${view}`)} />}
      {found.hasNextPage && <p><button type="button" className="button" disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('cases.more')}</button></p>}
      {items.some(one => one.demonstration) && <p><span className="mark gold">{t('case.demonstration')}</span></p>}
    </section>
  )
}

const everything = 'all'

function Filters({ search, put, typed, set_typed }: { search: CaseSearch; put: (change: CaseSearch) => void; typed: string; set_typed: (text: string) => void }) {
  const { t, pick } = useWords()
  const me = useMe()
  const { lists } = useLists()
  const provinces = useProvinces()
  const national = has_role(me, 'moi', 'opdc', 'auditor')
  const home = home_area(me)
  const province = search.province ?? home?.slice(0, 2) ?? ''
  const areas = useQuery({ ...areas_within_query(province), enabled: province !== '' && home?.length !== 4 })
  const districts = (areas.data ?? []).filter(area => area.code.length === 4)
  const choice = (name: 'state' | 'kind' | 'category' | 'channel' | 'province' | 'district' | 'open', label: string, options: { value: string; label: string }[]) => (
    <ChoiceField pointer={`/${name}`} label={label} value={search[name] ?? everything} on_change={value => put({ [name]: value === everything ? '' : value, ...(name === 'province' && { district: '' }), ...((name === 'province' || name === 'district') && { place: '' }) })} options={[{ value: everything, label: t('cases.any') }, ...options]} />
  )
  const named = <Row extends { name_th: string; name_en: string }>(rows: Row[] | undefined, code: (row: Row) => string) => (rows ?? []).map(row => ({ value: code(row), label: pick(row.name_th, row.name_en) }))
  return (
    <details className="more-fields filters-box" open={Object.keys(search).some(name => name !== 'view')}>
      <summary>{t('cases.filter')}</summary>
      <div className="filters">
        <TextField pointer="/q" label={t('cases.search')} max={100} type="search" value={typed} on_change={set_typed} />
        {choice('state', t('case.state'), case_states.map(value => ({ value, label: t(`case.state.${value}`) })))}
        {view_of(search) === 'all' && choice('open', t('cases.open'), [{ value: '1', label: t('cases.open.1') }, { value: '0', label: t('cases.open.0') }])}
        {choice('category', t('case.category'), named(lists?.categories, row => row.category))}
        {choice('kind', t('case.kind'), named(lists?.kinds, row => row.kind))}
        {choice('channel', t('case.channel'), named(lists?.channels, row => row.channel))}
        {national && choice('province', t('cases.province'), provinces.list.map(area => ({ value: area.code, label: provinces.name(area.code) })))}
        {districts.length > 0 && choice('district', t('cases.district'), districts.map(area => ({ value: area.code, label: pick(area.name_th, area.name_en) })))}
        <label className="check"><input type="checkbox" checked={search.late === '1'} onChange={event => put({ late: event.target.checked ? '1' : '' })} />{t('cases.only_late')}</label>
      </div>
    </details>
  )
}
