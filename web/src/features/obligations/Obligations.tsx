import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { has_role, own_provinces, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { ChoiceField } from '../../components/fields.tsx'
import { useProvinces } from '../../components/provinces.ts'
import '../../styles/obligations.css'
import { obligations_query, type ObligationFilter } from './queries.ts'
import { ObligationRows } from './Rows.tsx'

type Show = 'open' | 'overdue' | 'served' | 'proved' | 'released' | 'all'
const shows: Show[] = ['open', 'overdue', 'served', 'proved', 'released', 'all']
const asked_of: Record<Show, ObligationFilter> = { open: { group: 'open' }, overdue: { group: 'overdue' }, served: { state: 'served' }, proved: { state: 'proved' }, released: { state: 'released' }, all: {} }
const shown_at_first = 100

/** What is to be sent to whom: overdue first, then by last day, then what has none by age, then what waits for its proof. */
export function Obligations() {
  const { t, pick } = useWords()
  const me = useMe()
  const provinces = useProvinces()
  const everywhere = has_role(me, 'opdc', 'moi', 'auditor')
  const [show, set_show] = useState<Show>('open')
  const [province, set_province] = useState('')
  const [kind, set_kind] = useState('')
  const [all, set_all] = useState(false)
  const own = own_provinces(me).length > 0
  const filter = { ...asked_of[show], ...(province && { province }) }
  const { data, error, refetch } = useQuery(obligations_query(filter))
  const kinds = new Map((data ?? []).map(({ kind: code, duty }) => [code as string, pick(duty.text_th, duty.text_en)]))
  const of_kind = (data ?? []).filter(obligation => kind === '' || obligation.kind === kind)
  const shown = all ? of_kind : of_kind.slice(0, shown_at_first)
  const query = new URLSearchParams({ ...(province && { province }) }).toString()
  if (!everywhere && !own) return <><header className="page-head"><h1>{t('obligations.title')}</h1></header><p className="empty">{t('obligations.not_yours')}</p></>
  return (
    <>
      <header className="page-head"><h1>{t('obligations.title')}</h1><p className="soft">{t('obligations.text')}</p></header>
      <div className="filters no-print">
        <ChoiceField pointer="/show" label={t('obligations.show')} value={show} on_change={set_show} options={shows.map(value => ({ value, label: t(`obligations.show.${value}`) }))} />
        {everywhere && <ChoiceField pointer="/province" label={t('obligations.province')} value={province || 'all'} on_change={value => set_province(value === 'all' ? '' : value)}
          options={[{ value: 'all', label: t('obligations.every') }, ...provinces.list.map(area => ({ value: area.code as string, label: provinces.name(area.code) }))]} />}
        <ChoiceField pointer="/kind" label={t('obligations.kind')} value={kind || 'all'} on_change={value => set_kind(value === 'all' ? '' : value)}
          options={[{ value: 'all', label: t('obligations.every') }, ...[...kinds].map(([value, label]) => ({ value, label }))]} />
      </div>
      <p className="small no-print">{t('obligations.export')}:{' '}
        {['csv', 'xlsx'].map(format => <a key={format} className="export" download href={`/api/v1/obligations/export?format=${format}${query && `&${query}`}`}>{format.toUpperCase()}</a>)}
        {' · '}<a href="/obligations.html">{t('obligations.public')}</a></p>
      {error && <Failure error={error} again={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && shown.length === 0 && <p className="empty">{t(show === 'open' ? 'obligations.none_open' : 'obligations.none')}</p>}
      {shown.length > 0 && <section className="panel" aria-label={t('obligations.title')}><ObligationRows obligations={shown} with_subject with_province={everywhere} /></section>}
      {of_kind.length > shown.length && <p><button type="button" className="button" onClick={() => set_all(true)}>{t('obligations.more', { n: of_kind.length - shown.length })}</button></p>}
      <p className="small soft">{t('obligations.rule')}</p>
    </>
  )
}
