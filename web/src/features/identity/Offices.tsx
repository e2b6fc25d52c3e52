import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { Occupancy, OfficeHolder, OfficeSummary, Role } from '../../api/shapes.ts'
import { Link, navigate } from '../../app/router.tsx'
import { has_role, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useProvinces } from '../../components/provinces.ts'
import { AskDialog, Reserved } from './asking.tsx'
import { districts_query, offices_query, type OfficeFilter } from './queries.ts'

const roles: Role[] = ['governor', 'deputy_governor', 'provincial_office', 'provincial_agency', 'central_agency', 'state_enterprise', 'local_government', 'district', 'opdc', 'moi', 'committee_member', 'auditor', 'administrator']
const of_province: Role[] = ['governor', 'deputy_governor', 'provincial_office', 'provincial_agency', 'central_agency', 'state_enterprise', 'local_government']
const occupancies: Occupancy[] = ['held', 'acting', 'vacant']

/** ตำแหน่งและผู้ดำรงตำแหน่ง: every office that the reader may see, and who holds it today. */
export function Offices() {
  return <Reserved of="offices"><OfficeList /></Reserved>
}

function OfficeList() {
  const { t } = useWords()
  const me = useMe()
  const provinces = useProvinces()
  const [filter, set_filter] = useState<OfficeFilter>({ search: '', role: '', area: '', occupancy: '' })
  const [adds, set_adds] = useState(false)
  const offices = useInfiniteQuery({ ...offices_query(useDeferredValue(filter)), placeholderData: keepPreviousData })
  const change = (part: Partial<OfficeFilter>) => set_filter(before => ({ ...before, ...part }))
  const all = offices.data?.pages.flatMap(page => page.items)
  const administers = has_role(me, 'administrator')
  return (
    <>
      <header className="page-head split">
        <div><h1>{t('offices.title')}</h1><p className="soft">{t('offices.text')}</p></div>
        {administers && <button type="button" className="button main no-print" onClick={() => set_adds(true)}><Icon name="plus" />{t('office.add')}</button>}
      </header>
      <search className="trio no-print">
        <TextField pointer="/search" label={t('offices.search')} max={100} value={filter.search} on_change={search => change({ search })} />
        <ChoiceField pointer="/role" label={t('office.role')} value={filter.role || 'all'} on_change={role => change({ role: role === 'all' ? '' : role })}
          options={[{ value: 'all', label: t('offices.all') }, ...roles.map(value => ({ value, label: t(`office.role.${value}`) }))]} />
        {administers && (
          <ChoiceField pointer="/area" label={t('office.province')} value={filter.area || 'all'} on_change={area => change({ area: area === 'all' ? '' : area })}
            options={[{ value: 'all', label: t('offices.all') }, ...provinces.list.map(area => ({ value: area.code, label: provinces.name(area.code) }))]} />
        )}
        <ChoiceField pointer="/occupancy" label={t('office.occupancy')} value={filter.occupancy || 'all'} on_change={occupancy => change({ occupancy: occupancy === 'all' ? '' : occupancy })}
          options={[{ value: 'all', label: t('offices.all') }, ...occupancies.map(value => ({ value, label: t(`occupancy.${value}`) }))]} />
      </search>
      {offices.error && <Failure error={offices.error} again={() => void offices.refetch()} />}
      {!all && !offices.error && <Waiting />}
      {all?.length === 0 && <p className="empty"><Icon name="seal" />{t('offices.none')}</p>}
      {all && all.length > 0 && <OfficeTable offices={all} />}
      {offices.hasNextPage && <p><button type="button" className="button" disabled={offices.isFetchingNextPage} onClick={() => void offices.fetchNextPage()}>{t('offices.more')}</button></p>}
      {adds && <AddOffice on_close={() => set_adds(false)} />}
    </>
  )
}

function OfficeTable({ offices }: { offices: OfficeSummary[] }) {
  const { t, pick } = useWords()
  const provinces = useProvinces()
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={t('offices.title')}>
      <table className="stacking">
        <thead><tr><th scope="col">{t('office.title')}</th><th scope="col">{t('office.role')}</th><th scope="col">{t('office.area')}</th><th scope="col">{t('office.holders_today')}</th></tr></thead>
        <tbody>
          {offices.map(office => (
            <tr key={office.office_id}>
              <th scope="row"><Link to="/offices/$office_id" params={{ office_id: office.office_id }}>{pick(office.title_th, office.title_en)}</Link></th>
              <td data-label={t('office.role')}>{t(`office.role.${office.role}`)}</td>
              <td data-label={t('office.area')}>{office.area === null ? t('office.whole_country') : provinces.name(office.area.slice(0, 2))}</td>
              <td data-label={t('office.holders_today')}><Holders holders={office.holders} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function Holders({ holders }: { holders: OfficeHolder[] }) {
  const { t, pick } = useWords()
  const substantive = holders.filter(holder => !holder.acting)
  return (
    <ul className="plain-list bare holders">
      {substantive.map(holder => <li key={holder.holding_id}>{pick(holder.name_th, holder.name_en)}</li>)}
      {substantive.length === 0 && <li><span className="mark grey"><Icon name="dash" />{t('occupancy.vacant')}</span></li>}
      {holders.filter(holder => holder.acting).map(holder => (
        <li key={holder.holding_id}>{pick(holder.name_th, holder.name_en)} <span className="mark amber"><Icon name="clock" />{t('office.acting')}</span></li>
      ))}
    </ul>
  )
}

function AddOffice({ on_close }: { on_close: () => void }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const provinces = useProvinces()
  const [role, set_role] = useState<Role | ''>('')
  const [province, set_province] = useState('')
  const [district, set_district] = useState('')
  const [title_th, set_title_th] = useState('')
  const [title_en, set_title_en] = useState('')
  const districts = useQuery({ ...districts_query(province), enabled: role === 'district' && province !== '' })
  const { pick } = useWords()
  const area = role === 'district' ? district : role !== '' && of_province.includes(role) ? province : ''
  const needs_area = role === 'district' || (role !== '' && of_province.includes(role))
  const ready = role !== '' && title_th.trim() !== '' && title_en.trim() !== '' && (!needs_area || area !== '')
  async function send() {
    const office = await take(api.POST('/api/v1/offices', { body: { role: role as Role, area: area || null, title_th, title_en }, headers: { 'Idempotency-Key': crypto.randomUUID() } }))
    await queries.invalidateQueries({ queryKey: ['offices'] })
    navigate({ to: '/offices/$office_id', params: { office_id: office.office_id } })
  }
  return (
    <AskDialog title={t('office.add')} text={t('office.add_text')} go={t('office.add_go')} ready={ready} send={send} on_close={on_close}>
      <ChoiceField pointer="/role" label={t('office.role')} value={role} on_change={set_role} options={roles.map(value => ({ value, label: t(`office.role.${value}`) }))} />
      {needs_area && (
        <ChoiceField pointer={role === 'district' ? '/province' : '/area'} label={t('office.province')} value={province} on_change={code => { set_province(code); set_district('') }}
          options={provinces.list.map(each => ({ value: each.code, label: provinces.name(each.code) }))} />
      )}
      {role === 'district' && province !== '' && (
        <ChoiceField pointer="/area" label={t('office.district')} value={district} on_change={set_district}
          options={(districts.data?.items ?? []).map(each => ({ value: each.code, label: pick(each.name_th, each.name_en) }))} />
      )}
      <TextField pointer="/title_th" label={t('office.title_th')} hint={t('office.title_hint')} max={300} lang="th" value={title_th} on_change={set_title_th} />
      <TextField pointer="/title_en" label={t('office.title_en')} max={300} lang="en" value={title_en} on_change={set_title_en} />
    </AskDialog>
  )
}
