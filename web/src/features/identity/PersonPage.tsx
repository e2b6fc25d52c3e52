import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { IssuedPassword, PersonDetail } from '../../api/shapes.ts'
import { Link, useParams } from '../../app/router.tsx'
import { useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { format_date, format_moment } from '../../lib/dates.ts'
import '../../styles/offices.css'
import { AskDialog, Reserved } from './asking.tsx'
import { AccountMarks, Issued } from './Persons.tsx'
import { person_query, providers_query } from './queries.ts'

type PersonAct = 'reset' | 'lock' | 'unlock' | 'factor' | 'link' | 'unlink'

export function PersonPage() {
  return <Reserved of="persons"><OnePerson /></Reserved>
}

function OnePerson() {
  const { t, lang, pick } = useWords()
  const { person_id } = useParams('/persons/$person_id')
  const me = useMe()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(person_query(person_id))
  const [act, set_act] = useState<PersonAct | null>(null)
  const [issued, set_issued] = useState<IssuedPassword | null>(null)
  const [said, set_said] = useState<PersonAct | null>(null)
  if (error) return <Failure error={error} again={() => void refetch()} />
  if (!data) return <Waiting />
  const { body: person, etag } = data
  const own = me?.person_id === person.person_id
  async function done(password: IssuedPassword | null) {
    set_said(act)
    set_act(null)
    set_issued(password)
    await queries.invalidateQueries({ queryKey: ['persons'] })
  }
  return (
    <>
      <p className="crumbs"><Link to="/persons">{t('persons.title')}</Link></p>
      <header className="page-head">
        <h1>{pick(person.name_th, person.name_en)}</h1>
        <p className="page-facts"><code>{person.username}</code> <AccountMarks person={person} />{person.demonstration && <span className="mark grey">{t('person.demonstration')}</span>}</p>
      </header>
      {said && <p className="notice good" role="status"><Icon name="check" /><span>{t(`person.${said}.done`)}</span></p>}
      <section className="panel stack" aria-labelledby="account-title">
        <h2 id="account-title">{t('person.account')}</h2>
        <dl className="facts">
          <dt>{t('person.name_th')}</dt><dd lang="th">{person.name_th}</dd>
          <dt>{t('person.name_en')}</dt><dd lang="en">{person.name_en}</dd>
          <dt>{t('person.created')}</dt><dd>{format_moment(person.created_at, lang)}</dd>
          <dt>{t('person.sessions')}</dt><dd>{person.sessions}</dd>
          <dt>{t('me.factor')}</dt><dd>{t(person.second_factor ? 'person.factor_on' : 'person.factor_off')}</dd>
          <dt>{t('person.ways')}</dt><dd>{[person.password && t('sign_in.password'), ...person.providers.map(each => each.provider)].filter(Boolean).join(', ') || t('person.no_way')}</dd>
        </dl>
        {own ? <p className="notice plain"><Icon name="info" /><span>{t('person.own')} <Link to="/me">{t('nav.me')}</Link></span></p> : <PersonActs person={person} ask={set_act} />}
      </section>
      <PersonOffices person={person} />
      {act && <PersonDialog act={act} person={person} etag={etag} on_close={() => set_act(null)} on_done={password => void done(password)} />}
      {issued && <Issued password={issued} on_close={() => set_issued(null)} />}
    </>
  )
}

function PersonActs({ person, ask }: { person: PersonDetail; ask: (act: PersonAct) => void }) {
  const { t } = useWords()
  const acts: [PersonAct, boolean][] = [
    ['reset', true], ['unlock', person.locked || person.resting], ['factor', person.second_factor], ['link', true], ['unlink', person.providers.length > 0], ['lock', !person.locked],
  ]
  return (
    <p className="buttons">
      {acts.filter(([, offered]) => offered).map(([act]) => <button key={act} type="button" className="button" onClick={() => ask(act)}>{t(`person.${act}`)}</button>)}
    </p>
  )
}

function PersonDialog({ act, person, etag, on_close, on_done }: { act: PersonAct; person: PersonDetail; etag: string; on_close: () => void; on_done: (password: IssuedPassword | null) => void }) {
  const { t, pick } = useWords()
  const providers = useQuery({ ...providers_query, enabled: act === 'link' }).data?.items ?? []
  const linked = person.providers.map(each => each.provider)
  const options = act === 'link' ? providers.map(each => ({ value: each.code, label: pick(each.name_th, each.name_en) })) : linked.map(value => ({ value, label: value }))
  const [provider, set_provider] = useState('')
  const [subject, set_subject] = useState('')
  const chosen = provider || (options.length === 1 ? options[0]!.value : '')
  const { person_id } = person
  const at = { params: { path: { person_id } }, headers: { 'If-Match': etag } }
  async function send() {
    switch (act) {
      case 'reset':
        return on_done(await take(api.POST('/api/v1/persons/{person_id}/password', at)))
      case 'lock':
        await take(api.POST('/api/v1/persons/{person_id}/lock', at))
        break
      case 'unlock':
        await take(api.POST('/api/v1/persons/{person_id}/unlock', at))
        break
      case 'factor':
        await take(api.DELETE('/api/v1/persons/{person_id}/second_factor', at))
        break
      case 'link':
        await take(api.POST('/api/v1/persons/{person_id}/providers', { ...at, body: { provider: chosen, subject } }))
        break
      case 'unlink':
        await take(api.DELETE('/api/v1/persons/{person_id}/providers/{provider}', { ...at, params: { path: { person_id, provider: chosen } } }))
    }
    on_done(null)
  }
  const ready = (act !== 'link' && act !== 'unlink') || (chosen !== '' && (act === 'unlink' || subject.trim() !== ''))
  return (
    <AskDialog title={t(`person.${act}`)} text={t(`person.${act}.text`, { who: pick(person.name_th, person.name_en) })} go={t(`person.${act}.go`)} ready={ready} send={send} on_close={on_close}>
      {act === 'link' && options.length === 0 && <p className="notice"><Icon name="info" /><span>{t('person.no_provider')}</span></p>}
      {(act === 'link' || act === 'unlink') && options.length > 0 && <ChoiceField pointer="/provider" label={t('person.provider')} value={chosen} on_change={set_provider} options={options} />}
      {act === 'link' && options.length > 0 && <TextField pointer="/subject" label={t('person.subject')} hint={t('person.subject_hint')} max={255} value={subject} on_change={set_subject} />}
    </AskDialog>
  )
}

function PersonOffices({ person }: { person: PersonDetail }) {
  const { t, lang, pick } = useWords()
  return (
    <section className="panel stack" aria-labelledby="offices-title">
      <h2 id="offices-title">{t('person.offices')}</h2>
      {person.offices.length === 0 && <p className="empty"><Icon name="seal" />{t('person.no_office')}</p>}
      <ol className="timeline">
        {person.offices.map(office => (
          <li key={office.holding_id} className={office.acting ? 'acting' : ''}>
            <p><Link to="/offices/$office_id" params={{ office_id: office.office_id }}>{pick(office.title_th, office.title_en)}</Link> {office.acting && <span className="mark amber"><Icon name="clock" />{t('office.acting')}</span>}</p>
            <p>{format_date(office.from_date, lang)} – {office.to_date ? format_date(office.to_date, lang) : t('holding.open_end')}</p>
          </li>
        ))}
      </ol>
      <p className="soft small">{t('person.offices_text')} <Link to="/offices">{t('offices.title')}</Link></p>
    </section>
  )
}
