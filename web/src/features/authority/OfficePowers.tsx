import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { HeldPower, LostPower } from '../../api/shapes.ts'
import { useParams } from '../../app/router.tsx'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useProvinces } from '../../components/provinces.ts'
import { format_date, format_moment, parse_date } from '../../lib/dates.ts'
import { baht, ChainView, Duties, Unverified } from './ChainView.tsx'
import { office_powers_query } from './queries.ts'

/** What an office may do, why, and what it loses within a month. */
export function OfficePowersPage() {
  const { t, lang, pick } = useWords()
  const { office_id } = useParams('/offices/$office_id/powers')
  const [day, set_day] = useState('')
  const on = parse_date(day) ?? ''
  const { data, error, refetch } = useQuery(office_powers_query(office_id, on))
  if (error) return <><h1>{t('authority.powers')}</h1><Failure error={error} again={() => void refetch()} /></>
  if (!data) return <><h1>{t('authority.powers')}</h1><Waiting /></>
  return (
    <>
      <header className="page-head split">
        <div>
          <h1>{pick(data.office.title_th, data.office.title_en)}</h1>
          <p className="soft">{data.holders.length === 0 ? t('authority.vacant') : data.holders.map(holder => pick(holder.name_th, holder.name_en) + (holder.acting ? ` (${t('office.acting')})` : '')).join(', ')}</p>
          <p className="soft">{t('authority.as_of', { at: format_moment(data.at, lang) })}</p>
        </div>
        <TextField pointer="/on" className="compact" label={t('authority.day')} optional max={40} value={day} on_change={set_day} />
      </header>
      <section className="stack" aria-labelledby="lost-title">
        <h2 id="lost-title">{t('authority.losing', { until: format_date(data.until, lang) })}</h2>
        {data.lost.length === 0 ? <p className="empty"><Icon name="check" /><span>{t('authority.loses_nothing')}</span></p> : data.lost.map((lost, index) => <LostCard key={index} lost={lost} />)}
      </section>
      <section className="stack" aria-labelledby="powers-title">
        <h2 id="powers-title">{t('authority.powers')} ({data.powers.length})</h2>
        {data.powers.length === 0 && <p className="empty"><Icon name="lock" /><span>{t('authority.no_powers')}</span></p>}
        {data.powers.map((power, index) => <PowerCard key={index} power={power} />)}
      </section>
    </>
  )
}

function PowerCard({ power }: { power: HeldPower }) {
  const { t, pick } = useWords()
  return (
    <article className="panel stack">
      <h3>{power.acts.map(act => pick(act.label_th, act.label_en)).join(' · ')} {!power.chain.verified && <Unverified />}</h3>
      <Limits power={power} />
      <details className="small"><summary>{t('authority.by_what')}</summary><ChainView power={power} /></details>
      <Duties list={power.duties} />
    </article>
  )
}

function Limits({ power }: { power: HeldPower }) {
  const { t, lang, pick } = useWords()
  const provinces = useProvinces()
  return (
    <dl className="facts">
      <dt>{t('authority.area')}</dt><dd>{power.area === null ? t('authority.whole_country') : power.area.length === 2 ? provinces.name(power.area) : power.area}</dd>
      {power.floor_satang !== null && <><dt>{t('authority.floor')}</dt><dd>{t('authority.baht', { n: baht(power.floor_satang) })}</dd></>}
      {power.ceiling_satang !== null && <><dt>{t('authority.ceiling')}</dt><dd>{t('authority.baht', { n: baht(power.ceiling_satang) })}</dd></>}
      {power.limits.length > 0 && <><dt>{t('authority.limits')}</dt><dd>{power.limits.map(limit => <div key={limit.th}>{pick(limit.th, limit.en)}</div>)}</dd></>}
      {power.from_date !== null && <><dt>{t('authority.from')}</dt><dd>{format_date(power.from_date, lang)}</dd></>}
      {power.ends_at !== null && <><dt>{t('authority.ends')}</dt><dd>{format_moment(power.ends_at, lang)}</dd></>}
      {power.may_grant && <><dt>{t('authority.may_grant')}</dt><dd>{t('authority.yes')}</dd></>}
    </dl>
  )
}

function LostCard({ lost }: { lost: LostPower }) {
  const { t, pick } = useWords()
  return (
    <article className="notice">
      <Icon name="warning" />
      <div>
        <h3>{lost.power.acts.map(act => pick(act.label_th, act.label_en)).join(' · ')}</h3>
        <p>{t(`authority.lost.${lost.why}`)}</p>
        <Limits power={lost.power} />
      </div>
    </article>
  )
}
