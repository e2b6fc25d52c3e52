import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { CounterDay, QueueTicket } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Said, useDoing } from '../../components/doing.tsx'
import { TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import '../../styles/plans.css'
import '../../styles/print.css'
import '../../styles/service_centre.css'
import { format_date, format_time } from '../../lib/dates.ts'
import { AreaName } from './AreaName.tsx'
import { DistrictFields, useDistrict } from './DistrictChooser.tsx'
import { counter_day_query } from './queries.ts'

const CounterTimes = lazy(async () => ({ default: (await import('./CounterTimes.tsx')).CounterTimes }))

/** The desk that this device stands at: it is called to by this name. */
const desk_key = 'changwat.desk'
const kept_desk = () => { try { return localStorage.getItem(desk_key) ?? '1' } catch { return '1' } }

/** The counter of a district today: who waits, who is called to which desk, who has an appointment. */
export function QueuePage() {
  const { t, lang } = useWords()
  const chosen = useDistrict()
  const { data, error, refetch } = useQuery({ ...counter_day_query(chosen.district), enabled: chosen.district !== '' })
  return (
    <>
      <p className="crumbs no-print"><Link to="/cases">{t('cases.title')}</Link></p>
      <header className="page-head split no-print">
        <div><h1>{t('queue.title')}</h1><p className="soft">{data ? <><AreaName code={data.district} /> · {format_date(data.on, lang)}</> : t('queue.text')}</p></div>
        {chosen.district !== '' && <div className="buttons"><a className="button" href={`/queue?district=${chosen.district}`} target="_blank" rel="noreferrer"><Icon name="out" />{t('queue.screen')}</a></div>}
      </header>
      {chosen.home.length < 4 && <div className="filters no-print"><DistrictFields chosen={chosen} /></div>}
      {error && <Failure error={error} again={() => void refetch()} />}
      {chosen.district === '' && <p className="empty">{t('fees.choose')}</p>}
      {chosen.district !== '' && !data && !error && <Waiting />}
      {data && <Day of={data} />}
    </>
  )
}

function Day({ of }: { of: CounterDay }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [desk, set_desk] = useState(kept_desk)
  const [given, set_given] = useState<QueueTicket | null>(null)
  const [heard, set_heard] = useState('')
  const doing = useDoing()
  const may = (act: string) => of.acts.some(name => name === act)
  const run = (work: () => Promise<unknown>) => doing.run(async () => { try { await work() } finally { await queries.invalidateQueries({ queryKey: ['counter'] }) } })
  const call = () => run(async () => {
    try { localStorage.setItem(desk_key, desk.trim()) } catch { /* the next page asks again */ }
    const ticket = await take(api.POST('/api/v1/service_centre/queue/call', { body: { district: of.district, desk: desk.trim() } }))
    set_heard(t('queue.called', { number: ticket.number, desk: desk.trim() }))
  })
  const give = (appointment_id?: string) => run(async () => {
    const ticket = await take(api.POST('/api/v1/service_centre/queue/tickets', { body: { district: of.district, ...(appointment_id && { appointment_id }) } as never }))
    set_given(ticket)
    set_heard(t('queue.given', { number: ticket.number }))
  })
  const end = (ticket: QueueTicket, outcome: 'done' | 'absent') => run(async () => {
    await take(api.POST('/api/v1/service_centre/queue/tickets/{ticket_id}/end', { params: { path: { ticket_id: ticket.ticket_id } }, body: { outcome } }))
    set_heard('')
  })
  const called = of.tickets.filter(ticket => ticket.state === 'called')
  const mine = called.filter(ticket => ticket.desk === desk.trim())
  const waits = of.tickets.filter(ticket => ticket.state === 'waiting')
  return (
    <>
      <Said doing={doing}>
        <p className="hidden-visually" role="status">{heard}</p>
        <div className="queue no-print">
          <section className="panel stack" aria-labelledby="queue-call">
            <h2 id="queue-call">{t('queue.my_desk')}</h2>
            <TextField pointer="/desk" className="compact" label={t('queue.desk')} max={20} value={desk} on_change={set_desk} />
            {mine.map(ticket => (
              <div key={ticket.ticket_id} className="queue-now">
                <p className="queue-number">{ticket.number}</p>
                <div className="buttons">
                  {ticket.case_id ? <Link to="/cases/$case_id" params={{ case_id: ticket.case_id }} hash="application" className="button"><Icon name="file" />{t('queue.case')}</Link> : <Link to="/cases/new" className="button"><Icon name="plus" />{t('cases.new')}</Link>}
                  <button type="button" className="button main" disabled={doing.busy} onClick={() => void end(ticket, 'done')}>{t('queue.done')}</button>
                  <button type="button" className="button" disabled={doing.busy} onClick={() => void end(ticket, 'absent')}>{t('queue.absent')}</button>
                </div>
              </div>
            ))}
            {may('queue.call') && <button type="button" className="button main large" disabled={doing.busy || waits.length === 0 || desk.trim() === ''} onClick={() => void call()}>{waits.length === 0 ? t('queue.nobody') : t('queue.next')}</button>}
            {called.length > mine.length && <p className="small soft">{t('queue.elsewhere')}: {called.filter(ticket => !mine.includes(ticket)).map(ticket => `${ticket.number} → ${ticket.desk ?? ''}`).join(' · ')}</p>}
          </section>
          <section className="panel stack" aria-labelledby="queue-waits">
            <h2 id="queue-waits">{t('queue.waits', { n: of.waiting })}</h2>
            {of.wait_minutes > 0 && <p className="small soft">{t('queue.wait', { n: of.wait_minutes })}</p>}
            {may('queue.give_number') && <button type="button" className="button" disabled={doing.busy} onClick={() => void give()}><Icon name="plus" />{t('queue.give')}</button>}
            {waits.length > 0 && <Tickets tickets={waits} />}
          </section>
          <section className="panel stack" aria-labelledby="queue-appointments">
            <h2 id="queue-appointments">{t('queue.appointments', { n: of.appointments.length })}</h2>
            {of.appointments.length === 0 && <p className="soft">{t('queue.no_appointments')}</p>}
            <ul className="plain-list bare">
              {of.appointments.map(one => (
                <li key={one.appointment_id} className="queue-row">
                  <span><b>{one.starts}</b> <Link to="/cases/$case_id" params={{ case_id: one.case_id }} hash="application">{one.number}</Link></span>
                  {one.state === 'arrived' ? <span className="mark green"><Icon name="check" />{t('queue.arrived')}</span>
                    : may('queue.give_number') && <button type="button" className="button" disabled={doing.busy} onClick={() => void give(one.appointment_id)}>{t('queue.came')}<span className="hidden-visually"> {one.number}</span></button>}
                </li>
              ))}
            </ul>
          </section>
        </div>
      </Said>
      {given && <Slip of={of} ticket={given} />}
      <Suspense fallback={<Waiting />}><CounterTimes district={of.district} may_set={may('counter.set_times')} /></Suspense>
    </>
  )
}

function Tickets({ tickets }: { tickets: QueueTicket[] }) {
  const { t, lang } = useWords()
  return <ol className="plain-list bare">{tickets.map(ticket => <li key={ticket.ticket_id} className="queue-row"><b className="number">{ticket.number}</b><span className="small soft">{ticket.starts ? t('queue.at', { time: ticket.starts }) : t('queue.since', { time: format_time(ticket.taken_at, lang) })}</span></li>)}</ol>
}

/** The number that was given last, to be taken along. It names nobody. */
function Slip({ of, ticket }: { of: CounterDay; ticket: QueueTicket }) {
  const { t, lang } = useWords()
  return (
    <aside className="paper queue-slip" aria-label={t('queue.slip')}>
      <p><AreaName code={of.district} whole /></p>
      <p className="queue-number">{ticket.number}</p>
      <p>{format_date(of.on, lang)} · {format_time(ticket.taken_at, lang)}</p>
      <p className="no-print"><button type="button" className="button" onClick={() => print()}><Icon name="file" />{t('queue.print')}</button></p>
    </aside>
  )
}
