import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { server_now_ms } from '../../api/client.ts'
import type { Receipt } from '../../api/shapes.ts'
import { session_query, useMe } from '../../app/session.ts'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import { Sure } from '../../components/Sure.tsx'
import { format_moment } from '../../lib/dates.ts'
import { lists_query } from './queries.ts'
import { send_waiting, take_out, waiting_of, waiting_of_others, type WaitingCase } from './queue.ts'

const again_ms = 15_000
const hour_ms = 3_600_000

export interface WaitingState {
  items: WaitingCase[]
  others: number
  sent: { title: string; receipt: Receipt }[]
  on_line: boolean
  signed_in: boolean
  refresh: () => Promise<void>
  send: () => Promise<void>
  remove: (client_id: string) => Promise<void>
}

function useOnLine(): boolean {
  const [on_line, set] = useState(navigator.onLine)
  useEffect(() => {
    const look = () => set(navigator.onLine)
    addEventListener('online', look)
    addEventListener('offline', look)
    return () => { removeEventListener('online', look); removeEventListener('offline', look) }
  }, [])
  return on_line
}

/** What waits at this counter. It is sent when the page opens, when the network is back, and every quarter of a minute. */
export function useWaiting(person_id: string): WaitingState {
  const queries = useQueryClient()
  const me = useMe()
  const on_line = useOnLine()
  const [items, set_items] = useState<WaitingCase[]>([])
  const [others, set_others] = useState(0)
  const [sent, set_sent] = useState<WaitingState['sent']>([])
  const refresh = useCallback(async () => {
    set_items(await waiting_of(person_id))
    set_others(await waiting_of_others(person_id))
  }, [person_id])
  const send = useCallback(async () => {
    // The network was away: who is signed in, and the token that goes with it, have to be known again.
    const now = await queries.fetchQuery({ ...session_query, staleTime: 0, networkMode: 'always' }).catch(() => undefined)
    if (now?.person_id !== person_id) return
    await send_waiting(person_id, (one, receipt) => set_sent(before => [...before, { title: one.body.title, receipt }]))
    await refresh()
  }, [person_id, queries, refresh])
  const waits = items.some(one => one.problem === null)
  useEffect(() => { refresh().catch(() => undefined) }, [refresh])
  useEffect(() => {
    if (!waits || !on_line) return
    const go = () => { send().catch(() => undefined) } // what could not be sent still waits
    go()
    const timer = setInterval(go, again_ms)
    return () => clearInterval(timer)
  }, [waits, on_line, send, me?.person_id])
  return { items, others, sent, on_line, signed_in: me !== null, refresh, send, remove: async client_id => { await take_out(person_id, client_id); await refresh() } }
}

export function WaitingCases({ waiting, on_correct }: { waiting: WaitingState; on_correct?: (one: WaitingCase) => void }) {
  const { t, lang } = useWords()
  const { data } = useQuery(lists_query)
  const hours_max = data?.intake.offline_hours_max ?? 0
  const { items, others, sent, on_line } = waiting
  const late = (one: WaitingCase) => hours_max > 0 && server_now_ms() - Date.parse(one.taken_at) > hours_max * hour_ms
  return (
    <div className="no-print stack" role="status">
      {!on_line && <p className="notice"><Icon name="cloud" /><span>{t('waiting.offline', { hours: hours_max || '–' })}</span></p>}
      {sent.length > 0 && (
        <section className="notice good" aria-labelledby="sent-title">
          <Icon name="check" />
          <div>
            <h2 id="sent-title">{t('waiting.sent')}</h2>
            <ul>{sent.map(({ title, receipt }) => <li key={receipt.case_id}><span lang="th">{title}</span>: {t('waiting.number', { number: receipt.number, code: receipt.tracking_code })}</li>)}</ul>
          </div>
        </section>
      )}
      {items.length > 0 && (
        <section className="panel stack" aria-labelledby="waiting-title">
          <h2 id="waiting-title">{t('waiting.title', { n: items.length })}</h2>
          <ul className="rows">
            {items.map(one => (
              <li key={one.client_id}>
                <span>
                  <b lang="th">{one.body.title}</b> <span className="small soft">{t('waiting.taken', { at: format_moment(one.taken_at, lang, 'short') })}</span>
                  {late(one) && <> <span className="mark amber"><Icon name="clock" />{t('waiting.late', { hours: hours_max })}</span></>}
                  {one.problem && <span className="error"><Icon name="warning" />{[one.problem.message[lang], ...one.problem.fields.map(field => field[lang])].join(' · ')}</span>}
                </span>
                {one.problem && (
                  <span className="buttons">
                    {on_correct && <button type="button" className="button" onClick={() => on_correct(one)}>{t('waiting.correct')}</button>}
                    <Sure quiet icon="bin" question={t('waiting.remove_sure')} act={t('remove')} of={one.body.title} go={() => void waiting.remove(one.client_id)} />
                  </span>
                )}
              </li>
            ))}
          </ul>
          {on_line && !waiting.signed_in && <p><a className="button main" href={`/app/sign-in?return=${encodeURIComponent('/app/cases/new')}`}>{t('waiting.sign_in')}</a></p>}
          {on_line && waiting.signed_in && items.some(one => !one.problem) && <p><button type="button" className="button" onClick={() => void waiting.send()}>{t('waiting.send')}</button></p>}
        </section>
      )}
      {others > 0 && <p className="notice plain"><Icon name="people" /><span>{t('waiting.others', { n: others })}</span></p>}
    </div>
  )
}
