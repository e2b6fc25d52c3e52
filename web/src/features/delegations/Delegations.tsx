import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { HeldRow, OrderKind } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { has_role, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useProvinces } from '../../components/provinces.ts'
import { format_date, format_moment, parse_date } from '../../lib/dates.ts'
import '../../styles/plans.css'
import '../../styles/delegations.css'
import { ChainPicture } from './ChainPicture.tsx'
import { baht } from './chains.ts'
import { OrdersPage } from './Orders.tsx'
import { Unverified } from './OrderMark.tsx'
import { held_query } from './queries.ts'

const kinds: OrderKind[] = ['procurement', 'hr']

/** Who holds what in a province, as a picture and as a table. Who only receives powers sees the orders that say so. */
export function Delegations() {
  const me = useMe()
  const own = me?.offices.find(office => office.area?.length === 2 && ['governor', 'provincial_office'].includes(office.role))?.area ?? ''
  const everywhere = has_role(me, 'moi', 'opdc', 'auditor')
  if (!everywhere && own === '') return <OrdersPage />
  return <Register own={own} everywhere={everywhere} />
}

function Register({ own, everywhere }: { own: string; everywhere: boolean }) {
  const { t, lang } = useWords()
  const provinces = useProvinces()
  const [chosen, set_chosen] = useState('')
  const [kind, set_kind] = useState<OrderKind | 'all'>('all')
  const [day, set_day] = useState('')
  const province = chosen || own || (provinces.list[0]?.code ?? '')
  const on = day.trim() === '' ? null : parse_date(day)
  const wrong_day = day.trim() !== '' && on === null
  const filter = { province, ...(on !== null && { on }), ...(kind !== 'all' && { kind }) }
  const { data, error, refetch } = useQuery(held_query(filter))
  const asked = new URLSearchParams(filter)
  return (
    <>
      <header className="page-head split">
        <div><h1>{t('deleg.title')}</h1><p className="soft">{t('deleg.text')}</p></div>
        <Link to="/delegation-orders" className="button main"><Icon name="file" />{t('deleg.orders')}</Link>
      </header>
      <div className="filters no-print">
        {everywhere && <ChoiceField pointer="/province" label={t('deleg.province')} value={province} on_change={set_chosen} options={provinces.list.map(area => ({ value: area.code as string, label: provinces.name(area.code) }))} />}
        <ChoiceField pointer="/kind" label={t('deleg.kind')} value={kind} on_change={set_kind} options={[{ value: 'all' as const, label: t('deleg.all') }, ...kinds.map(value => ({ value, label: t(`deleg.kind.${value}`) }))]} />
        <TextField pointer="/on" label={t('deleg.day')} hint={t('deleg.day_hint')} optional max={40} value={day} on_change={set_day} {...(wrong_day && { error: t('deleg.day_wrong') })} />
      </div>
      {error && <Failure error={error} again={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && (
        <>
          <p className="soft small">{t('deleg.as_of', { province: provinces.name(data.province), at: format_moment(data.at, lang) })}</p>
          {data.items.length === 0
            ? <p className="empty"><Icon name="lock" />{t('deleg.nobody')}</p>
            : (
              <>
                <section className="panel stack" aria-labelledby="picture-title">
                  <h2 id="picture-title">{t('deleg.picture')}</h2>
                  <ChainPicture rows={data.items} label={t('deleg.picture_of', { province: provinces.name(data.province) })} />
                </section>
                <section className="stack" aria-labelledby="table-title">
                  <h2 id="table-title">{t('deleg.table')}</h2>
                  <p className="small no-print">{t('deleg.export')}:{' '}
                    {['csv', 'xlsx'].map(format => <a key={format} className="export" download href={`/api/v1/delegations/export?format=${format}&${asked.toString()}`}>{format.toUpperCase()}</a>)}
                  </p>
                  <HeldTable rows={data.items} />
                  {data.more && <p className="soft">{t('deleg.more')}</p>}
                </section>
              </>
            )}
        </>
      )}
    </>
  )
}

function HeldTable({ rows }: { rows: HeldRow[] }) {
  const { t, lang, pick } = useWords()
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={t('deleg.table')}>
      <table className="stacking">
        <thead><tr>
          <th scope="col">{t('deleg.office')}</th><th scope="col">{t('deleg.power')}</th><th scope="col" className="number">{t('deleg.ceiling')}</th>
          <th scope="col">{t('deleg.period')}</th><th scope="col">{t('deleg.by')}</th>
        </tr></thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              <th scope="row"><span>
                <span className={`held-depth d${Math.min(row.depth, 4)}`}>
                  {row.depth > 0 && <span aria-hidden="true">└ </span>}
                  <Link to="/offices/$office_id/powers" params={{ office_id: row.office.office_id }}>{pick(row.office.title_th, row.office.title_en)}</Link>
                </span>
                <span className="soft small"> {row.holders.length === 0 ? t('deleg.vacant') : row.holders.map(holder => pick(holder.name_th, holder.name_en) + (holder.acting ? ` (${t('office.acting')})` : '')).join(', ')}</span>
              </span></th>
              <td data-label={t('deleg.power')}><span>{row.acts.map(act => pick(act.label_th, act.label_en)).join(', ')}{row.project && <span className="soft small" lang="th"> · {row.project.code} {row.project.name_th}</span>}</span></td>
              <td data-label={t('deleg.ceiling')} className="number">{row.ceiling_satang === null ? t('deleg.no_ceiling') : baht(row.ceiling_satang)}</td>
              <td data-label={t('deleg.period')}><span>{row.from_date ? format_date(row.from_date, lang, 'short') : '–'} – {row.to_date ? format_date(row.to_date, lang, 'short') : t('deleg.open_end')}</span></td>
              <td data-label={t('deleg.by')}><span>
                {row.order_id !== null
                  ? <Link to="/delegation-orders/$order_id" params={{ order_id: row.order_id }}><span lang="th">{row.document}</span></Link>
                  : row.document !== '' ? <span lang="th">{row.document}</span> : <>{pick(row.law_th, row.law_en)} {!row.verified && <Unverified />}</>}
              </span></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
