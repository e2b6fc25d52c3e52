import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { HoldingChange, OfficeDetail, OfficeHolder } from '../../api/shapes.ts'
import { Link, useParams } from '../../app/router.tsx'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useProvinces } from '../../components/provinces.ts'
import { format_date, format_moment } from '../../lib/dates.ts'
import '../../styles/offices.css'
import { Reserved, today } from './asking.tsx'
import { BeginHolding, ChangeHolding, type HoldingAct } from './HoldingDialogs.tsx'
import { Holders } from './Offices.tsx'
import { office_query } from './queries.ts'

/** How the last act can be taken back: by another fact, which the history shows too. */
interface Undo { text: string; take_back: (etag: string) => Promise<unknown> }

const in_force = (holder: OfficeHolder, day: string) => holder.from_date <= day && (holder.to_date === null || holder.to_date >= day)

/** One office: who holds it, who held it and acted before, and what was recorded about that. */
export function OfficePage() {
  return <Reserved of="offices"><OneOffice /></Reserved>
}

function OneOffice() {
  const { t, pick } = useWords()
  const { office_id } = useParams('/offices/$office_id')
  const provinces = useProvinces()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(office_query(office_id))
  const [begins, set_begins] = useState(false)
  const [asked, set_asked] = useState<{ act: HoldingAct; holder: OfficeHolder } | null>(null)
  const [undo, set_undo] = useState<Undo | null>(null)
  const [undo_error, set_undo_error] = useState<unknown>(null)
  if (error) return <Failure error={error} again={() => void refetch()} />
  if (!data) return <Waiting />
  const { body: office, etag } = data
  const now = office.holdings.filter(holder => in_force(holder, today()))

  async function done(next: Undo | null) {
    set_begins(false)
    set_asked(null)
    set_undo_error(null)
    set_undo(next)
    await queries.invalidateQueries({ queryKey: ['offices'] })
  }
  const reason = t('holding.undo_reason')
  const withdraw = (holding_id: string) => (version: string) =>
    take(api.POST('/api/v1/holdings/{holding_id}/withdraw', { params: { path: { holding_id } }, headers: { 'If-Match': version }, body: { reason } }))
  const restore = ({ holding_id, from_date, to_date }: OfficeHolder) => (version: string) =>
    take(api.POST('/api/v1/holdings/{holding_id}/correct', { params: { path: { holding_id } }, headers: { 'If-Match': version }, body: { from_date, to_date, reason } }))
  async function take_back(last: Undo) {
    try {
      await last.take_back(etag)
      await done(null)
    } catch (refused) {
      set_undo_error(refused)
    }
  }

  return (
    <>
      <p className="crumbs no-print"><Link to="/offices">{t('offices.title')}</Link></p>
      <header className="page-head split">
        <div>
          <h1>{pick(office.title_th, office.title_en)}</h1>
          <p className="soft">{t(`office.role.${office.role}`)} · {office.area === null ? t('office.whole_country') : provinces.name(office.area.slice(0, 2))}</p>
        </div>
        <p className="buttons no-print">
          {office.may_record && <button type="button" className="button main" onClick={() => set_begins(true)}><Icon name="plus" />{t('holding.begin')}</button>}
          <button type="button" className="button" onClick={() => print()}><Icon name="file" />{t('print')}</button>
        </p>
      </header>
      {undo_error !== null && <Failure error={undo_error} />}
      {undo && (
        <p className="notice good undo no-print" role="status">
          <Icon name="check" /><span>{undo.text}</span> <button type="button" className="button" onClick={() => void take_back(undo)}>{t('holding.undo')}</button>
        </p>
      )}
      <section className="panel stack" aria-labelledby="now-title">
        <h2 id="now-title">{t('office.holders_today')}</h2>
        <Holders holders={now} />
        {!office.may_record && <p className="soft small no-print">{t('office.read_only')}</p>}
      </section>
      <Timeline office={office} ask={(act, holder) => set_asked({ act, holder })} />
      <Recorded changes={office.changes} />
      {begins && (
        <BeginHolding office={office} on_close={() => set_begins(false)}
          on_done={holder => void done({ text: t('holding.begun', { who: pick(holder.name_th, holder.name_en) }), take_back: withdraw(holder.holding_id) })} />
      )}
      {asked && (
        <ChangeHolding act={asked.act} holder={asked.holder} etag={etag} on_close={() => set_asked(null)}
          on_done={() => void done(asked.act === 'withdraw' ? null : { text: t(`holding.${asked.act}.done`, { who: pick(asked.holder.name_th, asked.holder.name_en) }), take_back: restore(asked.holder) })} />
      )}
    </>
  )
}

function Timeline({ office, ask }: { office: OfficeDetail; ask: (act: HoldingAct, holder: OfficeHolder) => void }) {
  const { t, lang, pick } = useWords()
  const day = today()
  return (
    <section className="panel stack" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t('office.timeline')}</h2>
      {office.holdings.length === 0 && <p className="empty"><Icon name="people" />{t('office.never_held')}</p>}
      <ol className="timeline">
        {office.holdings.map(holder => {
          const who = pick(holder.name_th, holder.name_en)
          const state = in_force(holder, day) ? 'now' : holder.from_date > day ? 'coming' : 'past'
          return (
            <li key={holder.holding_id} className={`${state} ${holder.acting ? 'acting' : ''}`}>
              <p><b>{who}</b> {holder.acting && <span className="mark amber"><Icon name="clock" />{t('office.acting')}</span>} {state !== 'past' && <span className={`mark ${state === 'now' ? 'green' : 'teal'}`}>{t(`holding.${state}`)}</span>}</p>
              <p>{format_date(holder.from_date, lang)} – {holder.to_date ? format_date(holder.to_date, lang) : t('holding.open_end')}</p>
              {(holder.ground ?? holder.order_reference) && <p className="soft small">{[holder.ground && t(`ground.${holder.ground}`), holder.order_reference].filter(Boolean).join(' · ')}</p>}
              {office.may_record && (
                <p className="timeline-acts no-print">
                  {(['end', 'correct', 'withdraw'] as const).filter(act => act !== 'end' || state !== 'past').map(act => (
                    <button key={act} type="button" className="button small-button" onClick={() => ask(act, holder)}>{t(`holding.${act}`)}<span className="hidden-visually"> {who}</span></button>
                  ))}
                </p>
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** Every fact as it was recorded, those too that later ones replaced. */
function Recorded({ changes }: { changes: HoldingChange[] }) {
  const { t, lang, pick } = useWords()
  if (changes.length === 0) return null
  return (
    <details className="panel">
      <summary>{t('office.recorded', { n: changes.length })}</summary>
      <ul className="rows">
        {changes.map(change => (
          <li key={change.change_id}>
            <span>
              <b>{t(`change.${change.kind}`)}</b> {pick(change.name_th, change.name_en)}{change.acting && ` (${t('office.acting')})`}: {format_date(change.from_date, lang, 'short')} – {change.to_date ? format_date(change.to_date, lang, 'short') : t('holding.open_end')}
              {change.reason && <><br /><span className="pre">{change.reason}</span></>}
            </span>
            <span className="small soft">{format_moment(change.recorded_at, lang, 'short')}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
