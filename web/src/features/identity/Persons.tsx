import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { IssuedPassword, PersonSummary } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { format_moment } from '../../lib/dates.ts'
import '../../styles/offices.css'
import { AskDialog, Reserved } from './asking.tsx'
import { persons_query, type PersonFilter } from './queries.ts'

export function Persons() {
  return <Reserved of="persons"><PersonList /></Reserved>
}

function PersonList() {
  const { t } = useWords()
  const [filter, set_filter] = useState<PersonFilter>({ search: '', locked: false })
  const [adds, set_adds] = useState(false)
  const [issued, set_issued] = useState<IssuedPassword | null>(null)
  const queries = useQueryClient()
  const persons = useInfiniteQuery({ ...persons_query(useDeferredValue(filter)), placeholderData: keepPreviousData })
  const all = persons.data?.pages.flatMap(page => page.items)
  return (
    <>
      <header className="page-head split">
        <div><h1>{t('persons.title')}</h1><p className="soft">{t('persons.text')}</p></div>
        <button type="button" className="button main" onClick={() => set_adds(true)}><Icon name="plus" />{t('person.add')}</button>
      </header>
      <search className="pair">
        <TextField pointer="/search" label={t('persons.search')} max={100} value={filter.search} on_change={search => set_filter({ ...filter, search })} />
        <label className="check"><input type="checkbox" checked={filter.locked} onChange={event => set_filter({ ...filter, locked: event.target.checked })} />{t('persons.locked_only')}</label>
      </search>
      {persons.error && <Failure error={persons.error} again={() => void persons.refetch()} />}
      {!all && !persons.error && <Waiting />}
      {all?.length === 0 && <p className="empty"><Icon name="people" />{t('persons.none')}</p>}
      {all && all.length > 0 && <PersonTable persons={all} />}
      {persons.hasNextPage && <p><button type="button" className="button" disabled={persons.isFetchingNextPage} onClick={() => void persons.fetchNextPage()}>{t('offices.more')}</button></p>}
      {adds && <AddPerson on_close={() => set_adds(false)} on_added={password => { set_adds(false); set_issued(password); void queries.invalidateQueries({ queryKey: ['persons'] }) }} />}
      {issued && <Issued password={issued} on_close={() => set_issued(null)} />}
    </>
  )
}

function PersonTable({ persons }: { persons: PersonSummary[] }) {
  const { t, pick } = useWords()
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={t('persons.title')}>
      <table className="stacking">
        <thead><tr><th scope="col">{t('person.name')}</th><th scope="col">{t('person.username')}</th><th scope="col">{t('person.offices')}</th><th scope="col">{t('person.account')}</th></tr></thead>
        <tbody>
          {persons.map(person => (
            <tr key={person.person_id}>
              <th scope="row"><Link to="/persons/$person_id" params={{ person_id: person.person_id }}>{pick(person.name_th, person.name_en)}</Link></th>
              <td data-label={t('person.username')}><code>{person.username}</code></td>
              <td data-label={t('person.offices')}>
                {person.offices.length === 0 ? '–' : <ul className="plain-list bare holders">{person.offices.map(office => <li key={office.holding_id}>{pick(office.title_th, office.title_en)}{office.acting && ` (${t('office.acting')})`}</li>)}</ul>}
              </td>
              <td data-label={t('person.account')}><AccountMarks person={person} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function AccountMarks({ person }: { person: PersonSummary }) {
  const { t } = useWords()
  const usual = !person.locked && !person.resting && !person.one_time_password
  return (
    <span className="marks">
      {person.locked && <span className="mark red"><Icon name="lock" />{t('person.locked')}</span>}
      {person.resting && <span className="mark amber"><Icon name="clock" />{t('person.resting')}</span>}
      {person.one_time_password && <span className="mark gold"><Icon name="edit" />{t('person.one_time')}</span>}
      {usual && <span className="mark green"><Icon name="check" />{t('person.usual')}</span>}
    </span>
  )
}

function AddPerson({ on_close, on_added }: { on_close: () => void; on_added: (password: IssuedPassword) => void }) {
  const { t } = useWords()
  const [username, set_username] = useState('')
  const [name_th, set_name_th] = useState('')
  const [name_en, set_name_en] = useState('')
  const [provider_only, set_provider_only] = useState(false)
  const ready = username.trim() !== '' && name_th.trim() !== '' && name_en.trim() !== ''
  const send = async () => on_added(await take(api.POST('/api/v1/persons', { body: { username: username.trim().toLowerCase(), name_th, name_en, provider_only } })))
  return (
    <AskDialog title={t('person.add')} text={t('person.add_text')} go={t('person.add_go')} ready={ready} send={send} on_close={on_close}>
      <TextField pointer="/username" label={t('person.username')} hint={t('person.username_hint')} max={60} value={username} on_change={set_username} />
      <TextField pointer="/name_th" label={t('person.name_th')} max={200} lang="th" value={name_th} on_change={set_name_th} />
      <TextField pointer="/name_en" label={t('person.name_en')} max={200} lang="en" value={name_en} on_change={set_name_en} />
      <label className="check"><input type="checkbox" checked={provider_only} onChange={event => set_provider_only(event.target.checked)} />{t('person.provider_only')}</label>
    </AskDialog>
  )
}

/** A one-time password, on the only occasion on which it can be read. */
export function Issued({ password, on_close }: { password: IssuedPassword; on_close: () => void }) {
  const { t, lang } = useWords()
  const [copied, set_copied] = useState(false)
  const word = password.one_time_password
  return (
    <Dialog title={t(word === null ? 'person.added' : 'person.issued')} on_close={on_close}>
      {word === null
        ? <p>{t('person.added_text')}</p>
        : (
          <>
            <p>{t('person.issued_text', { at: password.good_until === null ? '' : format_moment(password.good_until, lang) })}</p>
            <p>{t('person.username')}: <code>{password.username}</code></p>
            <p><code className="one-time">{word}</code></p>
            <p className="notice"><Icon name="warning" /><span>{t('person.issued_once')}</span></p>
          </>
        )}
      <div className="buttons">
        {word !== null && <button type="button" className="button" onClick={() => void navigator.clipboard.writeText(word).then(() => set_copied(true))}>{t(copied ? 'person.copied' : 'person.copy')}</button>}
        <button type="button" className="button main" onClick={on_close}>{t('person.issued_close')}</button>
        <Link to="/persons/$person_id" params={{ person_id: password.person_id }} className="button" onClickCapture={on_close}>{t('person.open')}</Link>
      </div>
    </Dialog>
  )
}
