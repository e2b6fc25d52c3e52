import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { LawWords, Near, Signer, WhoMayAnswer } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { home_province, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { ChoiceField, DecimalField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useProvinces } from '../../components/provinces.ts'
import { format_moment, parse_date } from '../../lib/dates.ts'
import { ChainView, Duties, Unverified } from './ChainView.tsx'
import { acts_query, districts_query, who_may_query, type Question } from './queries.ts'

const groups = ['procurement', 'project_change', 'budget', 'personnel', 'area_administration', 'programme', 'indicators', 'committees', 'ledger'] as const
const any = 'any'
type Fact = 'true' | 'false' | 'any'

/** Choose an act, an object and a day: every lawful signer with the chain, and the nearest who may not. */
export function WhoMay() {
  const { t } = useWords()
  const acts = useQuery(acts_query)
  const [question, ask] = useState<Question | null>(null)
  const { data, error, isFetching, refetch } = useQuery(who_may_query(question))
  return (
    <>
      <header className="page-head"><h1>{t('authority.title')}</h1><p className="soft">{t('authority.text')}</p></header>
      {acts.error && <Failure error={acts.error} again={() => void acts.refetch()} />}
      {!acts.data && !acts.error && <Waiting />}
      {acts.data && <QuestionForm words={acts.data} ask={ask} />}
      {error && <Failure error={error} again={() => void refetch()} />}
      {question && isFetching && <Waiting />}
      {data && !isFetching && <Answer answer={data} />}
    </>
  )
}

function QuestionForm({ words, ask }: { words: LawWords; ask: (question: Question) => void }) {
  const { t, pick } = useWords()
  const provinces = useProvinces()
  const home = home_province(useMe()) ?? ''
  const [act, set_act] = useState('procurement.carry_out')
  const [province, set_province] = useState<string | null>(null)
  const [district, set_district] = useState(any)
  const [amount, set_amount] = useState('')
  const [kind, set_kind] = useState(any)
  const [funding, set_funding] = useState(any)
  const [method, set_method] = useState(any)
  const [profile, set_profile] = useState<'normal' | 'high_performance' | 'any'>(any)
  const [facts, set_facts] = useState<Record<string, Fact>>({})
  const [day, set_day] = useState('')
  const chosen = province ?? (home === '' ? any : home)
  const districts = useQuery(districts_query(chosen === any ? '' : chosen))
  const on = day.trim() === '' ? null : parse_date(day)
  const wrong_day = day.trim() !== '' && on === null
  const whole = { value: any, label: t('authority.any') }
  const options = (list: LawWords['terms']['kinds']) => [whole, ...list.map(({ key, name_th, name_en }) => ({ value: key, label: pick(name_th, name_en) }))]
  const send = (event: FormEvent) => {
    event.preventDefault()
    const area = district !== any ? district : chosen !== any ? chosen : undefined
    const stated = Object.entries(facts).filter(([, value]) => value !== any).map(([key, value]) => `${key}:${value}`).join(',')
    ask({
      act, limit: 50, ...(area && { area }), ...(amount !== '' && { amount_satang: Math.round(Number(amount) * 100) }), ...(kind !== any && { kind }), ...(funding !== any && { funding }),
      ...(method !== any && { method }), ...(profile !== any && { profile }), ...(stated !== '' && { facts: stated }), ...(on !== null && { on }),
    })
  }
  return (
    <form className="panel stack" onSubmit={send} aria-label={t('authority.question')}>
      <div className="pair">
        <div className="field">
          <label htmlFor="who-act">{t('authority.act')}</label>
          <select id="who-act" value={act} onChange={event => set_act(event.target.value)}>
            {groups.map(group => (
              <optgroup key={group} label={t(`authority.group.${group}`)}>
                {words.acts.filter(row => row.group === group).map(row => <option key={row.act} value={row.act}>{pick(row.label_th, row.label_en)}</option>)}
              </optgroup>
            ))}
          </select>
        </div>
        <DecimalField pointer="/amount" label={t('authority.amount')} optional value={amount} on_change={set_amount} />
        <TextField pointer="/on" label={t('authority.day')} hint={t('authority.day_hint')} optional max={40} value={day} on_change={set_day} {...(wrong_day && { error: t('authority.day_wrong') })} />
      </div>
      <div className="pair">
        <ChoiceField pointer="/province" label={t('authority.province')} value={chosen} on_change={value => { set_province(value); set_district(any) }}
          options={[{ value: any, label: t('authority.whole_country') }, ...provinces.list.map(area => ({ value: area.code, label: provinces.name(area.code) }))]} />
        <ChoiceField pointer="/district" label={t('authority.district')} value={district} on_change={set_district}
          options={[{ value: any, label: t('authority.whole_province') }, ...(districts.data ?? []).map(area => ({ value: area.code, label: pick(area.name_th, area.name_en) }))]} />
      </div>
      <details>
        <summary>{t('authority.more')}</summary>
        <div className="stack">
          <div className="pair">
            <ChoiceField pointer="/kind" label={t('authority.kind')} value={kind} on_change={set_kind} options={options(words.terms.kinds)} />
            <ChoiceField pointer="/funding" label={t('authority.funding')} value={funding} on_change={set_funding} options={options(words.terms.fundings)} />
            <ChoiceField pointer="/method" label={t('authority.method')} value={method} on_change={set_method} options={options(words.terms.methods)} />
            <ChoiceField pointer="/profile" label={t('authority.profile')} value={profile} on_change={set_profile}
              options={[{ value: any, label: t('authority.any') }, { value: 'normal', label: t('authority.profile.normal') }, { value: 'high_performance', label: t('authority.profile.high_performance') }]} />
          </div>
          <div className="pair">
            {words.terms.facts.map(fact => (
              <ChoiceField key={fact.key} pointer={`/facts/${fact.key}`} label={pick(fact.name_th, fact.name_en)} value={facts[fact.key] ?? any} on_change={value => set_facts({ ...facts, [fact.key]: value })}
                options={(['any', 'true', 'false'] as const).map(value => ({ value, label: t(`authority.fact.${value}`) }))} />
            ))}
          </div>
        </div>
      </details>
      <p className="buttons"><button type="submit" className="button main" disabled={wrong_day}><Icon name="arrow" />{t('authority.ask')}</button></p>
    </form>
  )
}

function Answer({ answer }: { answer: WhoMayAnswer }) {
  const { t, lang, pick } = useWords()
  return (
    <section className="stack" aria-live="polite" aria-labelledby="who-may-title">
      <h2 id="who-may-title">{pick(answer.act.label_th, answer.act.label_en)}</h2>
      <p className="soft">{t('authority.as_of', { at: format_moment(answer.at, lang) })}</p>
      {answer.may_i !== null && <p className={`notice ${answer.may_i ? 'good' : 'plain'}`}><Icon name={answer.may_i ? 'check' : 'lock'} /><span>{t(answer.may_i ? 'authority.you_may' : 'authority.you_may_not')}</span></p>}
      {answer.signers.length === 0 && <p className="empty"><Icon name="lock" /><span>{t('authority.nobody')}</span></p>}
      {answer.signers.map((signer, index) => <SignerCard key={`${signer.office_id}${signer.chain.power}${index}`} signer={signer} />)}
      {answer.more && <p className="soft">{t('authority.and_more')}</p>}
      {answer.nearest.length > 0 && (
        <>
          <h2>{t('authority.nearest')}</h2>
          <p className="soft">{t('authority.nearest_text')}</p>
          {answer.nearest.map((near, index) => <NearCard key={`${near.signer.office_id}${near.signer.chain.power}${index}`} near={near} />)}
        </>
      )}
    </section>
  )
}

function Name({ signer }: { signer: Signer }) {
  const { t, pick } = useWords()
  const provinces = useProvinces()
  const title = pick(signer.title_th, signer.title_en)
  if (signer.office_id === '') return <>{title}{signer.area !== null && ` · ${provinces.name(signer.area.slice(0, 2))}`} <span className="mark grey">{t('authority.no_office')}</span></>
  return <Link to="/offices/$office_id/powers" params={{ office_id: signer.office_id }}>{title}</Link>
}

function Holders({ signer }: { signer: Signer }) {
  const { t, pick } = useWords()
  if (!signer.holders?.length) return null
  return <p>{signer.holders.map(holder => pick(holder.name_th, holder.name_en) + (holder.acting ? ` (${t('office.acting')})` : '')).join(', ')}</p>
}

function SignerCard({ signer }: { signer: Signer }) {
  return (
    <article className="panel stack">
      <h3><Name signer={signer} /> {!signer.chain.verified && <Unverified />}</h3>
      <Holders signer={signer} />
      <ChainView power={signer} />
      <Duties list={signer.duties} />
    </article>
  )
}

function NearCard({ near: { signer, differences } }: { near: Near }) {
  const { t, pick } = useWords()
  return (
    <article className="panel stack">
      <h3><Name signer={signer} /> {!signer.chain.verified && <Unverified />}</h3>
      <p><b>{t('authority.would_have_to')}</b></p>
      <ul className="plain-list">{differences.map(difference => <li key={difference.th}>{pick(difference.th, difference.en)}</li>)}</ul>
      <details className="small"><summary>{t('authority.by_what')}</summary><ChainView power={signer} /></details>
    </article>
  )
}

