import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { ActingGround, OfficeDetail, OfficeHolder } from '../../api/shapes.ts'
import { has_role, useMe } from '../../app/session.ts'
import { useWords } from '../../app/words.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { AskDialog, DayField, is_day_ready, today, typed_day } from './asking.tsx'
import { suggestions_query } from './queries.ts'

export type HoldingAct = 'end' | 'correct' | 'withdraw'
type Manner = 'substantive' | ActingGround

const manners: Manner[] = ['substantive', 'vacant', 'holder_unable']

export function BeginHolding({ office, on_close, on_done }: { office: OfficeDetail; on_close: () => void; on_done: (holder: OfficeHolder) => void }) {
  const { t, lang } = useWords()
  const [key] = useState(() => crypto.randomUUID())
  const [username, set_username] = useState('')
  const [manner, set_manner] = useState<Manner>('substantive')
  const [from, set_from] = useState(() => typed_day(today(), lang))
  const [to, set_to] = useState(() => typed_day(null, lang))
  const [order, set_order] = useState('')
  const acting = manner !== 'substantive'
  async function send() {
    on_done(await take(api.POST('/api/v1/offices/{office_id}/holdings', {
      params: { path: { office_id: office.office_id } }, headers: { 'Idempotency-Key': key },
      body: { username: username.trim().toLowerCase(), acting, ground: acting ? manner : null, from_date: from.day!, to_date: to.day, order_reference: order.trim() || null },
    })))
  }
  return (
    <AskDialog title={t('holding.begin')} text={t('holding.begin_text')} go={t('holding.begin_go')} ready={username.trim() !== '' && is_day_ready(from) && is_day_ready(to, true)} send={send} on_close={on_close}>
      <PersonField value={username} on_change={set_username} />
      <ChoiceField pointer="/ground" label={t('holding.manner')} value={manner} on_change={set_manner} options={manners.map(value => ({ value, label: t(`manner.${value}`) }))} />
      {acting && <p className="soft small">{t('holding.acting_source')}</p>}
      <div className="pair">
        <DayField pointer="/from_date" label={t('holding.from')} value={from} on_change={set_from} />
        <DayField pointer="/to_date" label={t('holding.to')} value={to} on_change={set_to} optional />
      </div>
      <TextField pointer="/order_reference" label={t('holding.order')} hint={t('holding.order_hint')} max={200} lang="th" optional value={order} on_change={set_order} />
    </AskDialog>
  )
}

/** A user name; whoever may read the register chooses from it while typing a name. */
function PersonField({ value, on_change }: { value: string; on_change: (username: string) => void }) {
  const { t, pick } = useWords()
  const may_read = has_role(useMe(), 'administrator')
  const search = useDeferredValue(value.trim())
  const found = useQuery({ ...suggestions_query(search), enabled: may_read && search.length >= 2 }).data?.items ?? []
  const others = found.filter(person => person.username !== value)
  return (
    <div className="stack">
      <TextField pointer="/username" label={t('holding.username')} hint={t(may_read ? 'holding.username_search' : 'holding.username_hint')} max={60} value={value} on_change={on_change} />
      {others.length > 0 && (
        <ul className="plain-list bare suggestions" aria-label={t('holding.found')}>
          {others.map(person => (
            <li key={person.person_id}><button type="button" className="button small-button" onClick={() => on_change(person.username)}>{pick(person.name_th, person.name_en)} · {person.username}</button></li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** End, correct or withdraw a holding, always with the reason. */
export function ChangeHolding({ act, holder, etag, on_close, on_done }: { act: HoldingAct; holder: OfficeHolder; etag: string; on_close: () => void; on_done: () => void }) {
  const { t, lang, pick } = useWords()
  const [reason, set_reason] = useState('')
  const [from, set_from] = useState(() => typed_day(holder.from_date, lang))
  const [to, set_to] = useState(() => typed_day(holder.to_date, lang))
  const [last, set_last] = useState(() => typed_day(today(), lang))
  const at = { params: { path: { holding_id: holder.holding_id } }, headers: { 'If-Match': etag } }
  async function send() {
    if (act === 'end') await take(api.POST('/api/v1/holdings/{holding_id}/end', { ...at, body: { last_day: last.day!, reason } }))
    if (act === 'correct') await take(api.POST('/api/v1/holdings/{holding_id}/correct', { ...at, body: { from_date: from.day!, to_date: to.day, reason } }))
    if (act === 'withdraw') await take(api.POST('/api/v1/holdings/{holding_id}/withdraw', { ...at, body: { reason } }))
    on_done()
  }
  const days_ready = act === 'withdraw' || (act === 'end' ? is_day_ready(last) : is_day_ready(from) && is_day_ready(to, true))
  return (
    <AskDialog title={`${t(`holding.${act}`)}: ${pick(holder.name_th, holder.name_en)}`} text={t(`holding.${act}.text`)} go={t(`holding.${act}.go`)} ready={days_ready && reason.trim() !== ''} send={send} on_close={on_close}>
      {act === 'end' && <DayField pointer="/last_day" label={t('holding.last_day')} value={last} on_change={set_last} />}
      {act === 'correct' && (
        <div className="pair">
          <DayField pointer="/from_date" label={t('holding.from')} value={from} on_change={set_from} />
          <DayField pointer="/to_date" label={t('holding.to')} value={to} on_change={set_to} optional />
        </div>
      )}
      <TextField pointer="/reason" label={t('holding.reason')} rows={2} max={300} lang="th" value={reason} on_change={set_reason} />
    </AskDialog>
  )
}
