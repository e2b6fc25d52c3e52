import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, server_now_ms, take } from '../../api/client.ts'
import type { MatterPage, MatterSource, MatterState, MoneySource } from '../../api/shapes.ts'
import { Link, navigate, navigate_after_saving, useLeaveQuestion, useParams } from '../../app/router.tsx'
import { has_role, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Acts } from '../../components/Acts.tsx'
import { Deadline } from '../../components/Deadline.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { ChoiceField, DecimalField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { MomentField } from '../../components/MomentField.tsx'
import { format_moment } from '../../lib/dates.ts'
import { format_decimal, from_thai_digits } from '../../lib/numbers.ts'
import '../../styles/committees.css'
import { ReportForm } from './Assignments.tsx'
import { ActForm, if_match, text_or_none, useDoing } from './doing.tsx'
import { PaperLink } from './PaperLink.tsx'
import { matter_acts_query, matter_query, matters_query, running_query } from './queries.ts'

const looks: Record<MatterState, string> = { raised: 'amber', circulating: 'teal', tabled: 'teal', resolved: 'teal', ordered: 'teal', closed: 'green', withdrawn: 'grey' }
const sources: MatterSource[] = ['service_case', 'complaint', 'inspector', 'governor', 'media', 'other']
const moneys: MoneySource[] = ['none', 'provincial_management', 'disaster_advance', 'central_fund', 'local_government', 'agency', 'not_known']
const hour_ms = 3_600_000

function useAreaName(code: string): string {
  const { pick } = useWords()
  const found = useQuery({ queryKey: ['areas', 'one', code], staleTime: Infinity, enabled: code.length >= 2, queryFn: () => take(api.GET('/api/v1/areas/{code}', { params: { path: { code } } })) })
  return found.data ? pick(found.data.name_th, found.data.name_en) : code
}
function AreaName({ code }: { code: string }) {
  const name = useAreaName(code)
  const province = useAreaName(code.slice(0, 2))
  return <>{code.length > 2 ? `${name}, ${province}` : province}</>
}

/** Urgent matters with their clocks: overdue first, then what has to be done sooner. */
export function Matters() {
  const { t, lang } = useWords()
  const me = useMe()
  const found = useQuery(matters_query)
  return (
    <>
      <p className="crumbs"><Link to="/meetings">{t('meetings.title')}</Link></p>
      <header className="page-head split">
        <div><h1>{t('matters.title')}</h1><p className="soft">{t('matters.text')}</p></div>
        {has_role(me, 'governor', 'provincial_office', 'district') && <Link to="/matters/new" className="button main"><Icon name="plus" />{t('matters.new')}</Link>}
      </header>
      {found.error && <Failure error={found.error} again={() => void found.refetch()} />}
      {!found.data && !found.error && <Waiting />}
      {found.data?.items.length === 0 && <p className="empty">{t('matters.none')}</p>}
      <ul className="tasks">
        {found.data?.items.map(({ matter, overdue, hours_24_at, hours_72_at }) => {
          const ended = matter.state === 'closed' || matter.state === 'withdrawn'
          return (
            <li key={matter.matter_id} className={`task ${overdue ? 'overdue' : ''}`}>
              <span className="page-facts">{overdue && <span className="mark red"><Icon name="warning" />{t('overdue')}</span>}<span className={`mark ${looks[matter.state]}`}>{t(`matter.state.${matter.state}`)}</span>{matter.demonstration && <span className="mark grey">{t('committees.demonstration_short')}</span>}</span>
              <Link to="/matters/$matter_id" params={{ matter_id: matter.matter_id }} className="task-title">{matter.number} <span lang="th">{matter.title_th}</span></Link>
              <span className="small soft"><AreaName code={matter.area} /> · {t('matters.people', { n: format_decimal(String(matter.people_affected), 0) })}</span>
              <dl className="facts small clocks">
                <dt>{t('matters.due')}</dt><dd><Deadline at={matter.due_at} closed={ended} /></dd>
                {!ended && <><dt>{t('matters.hours_24')}</dt><dd>{format_moment(hours_24_at, lang, 'short')}</dd><dt>{t('matters.hours_72')}</dt><dd>{format_moment(hours_72_at, lang, 'short')}</dd></>}
              </dl>
            </li>
          )
        })}
      </ul>
    </>
  )
}

export function NewMatter() {
  const { t, pick } = useWords()
  const me = useMe()
  const home = me?.offices.find(office => office.area !== null && ['governor', 'provincial_office', 'district'].includes(office.role))?.area ?? ''
  const districts = useQuery({ queryKey: ['areas', 'within', home], staleTime: Infinity, enabled: home !== '', queryFn: () => take(api.GET('/api/v1/areas', { params: { query: { parent: home, level: 'district', limit: 200 } } })) })
  const name = useAreaName(home)
  const [area, set_area] = useState('')
  const [title_th, set_title] = useState('')
  const [detail_th, set_detail] = useState('')
  const [source, set_source] = useState<MatterSource>('complaint')
  const [source_reference, set_reference] = useState('')
  const [people, set_people] = useState('')
  const [risk_24_hours_th, set_24] = useState('')
  const [risk_72_hours_th, set_72] = useState('')
  const [legal_basis_th, set_legal] = useState('')
  const [money_source, set_money] = useState<MoneySource>('not_known')
  const [baht, set_baht] = useState('')
  const [lead_agency_th, set_lead] = useState('')
  const [due_at, set_due] = useState(() => new Date(Math.ceil((server_now_ms() + 24 * hour_ms) / hour_ms) * hour_ms).toISOString())
  const doing = useDoing()
  useLeaveQuestion([title_th, detail_th].some(text => text !== '') && !doing.busy ? t('leave.question') : null)
  const people_affected = /^\d{1,9}$/.test(from_thai_digits(people).trim()) ? Number(from_thai_digits(people)) : null
  const send = () => doing.run(async () => {
    const matter = await take(api.POST('/api/v1/matters', { body: {
      area: area || home, title_th: title_th.trim(), detail_th: detail_th.trim(), source, source_reference: text_or_none(source_reference), people_affected: people_affected ?? 0,
      risk_24_hours_th: risk_24_hours_th.trim(), risk_72_hours_th: risk_72_hours_th.trim(), legal_basis_th: text_or_none(legal_basis_th), money_source,
      money_satang: baht === '' ? null : Math.round(Number(baht) * 100), lead_agency_th: lead_agency_th.trim(), due_at,
    } }))
    navigate_after_saving({ to: '/matters/$matter_id', params: { matter_id: matter.matter_id } })
  })
  const ready = people_affected !== null && [title_th, detail_th, risk_24_hours_th, risk_72_hours_th, lead_agency_th].every(text => text.trim() !== '')
  return (
    <>
      <p className="crumbs"><Link to="/matters">{t('matters.title')}</Link></p>
      <header className="page-head"><h1>{t('matters.new')}</h1></header>
      {home === '' ? <p className="empty"><Icon name="lock" />{t('matters.nobody')}</p> : (
        <section className="panel form" aria-label={t('matters.new')}>
          <ActForm doing={doing} label={t('matters.raise')} ready={ready} send={send} on_cancel={() => navigate({ to: '/matters' })}>
            <ChoiceField pointer="/area" label={t('matters.area')} value={area || home} on_change={set_area} options={[{ value: home, label: name }, ...(home.length === 2 ? districts.data?.items ?? [] : []).map(each => ({ value: each.code, label: pick(each.name_th, each.name_en) }))]} />
            <TextField pointer="/title_th" label={t('matters.name')} lang="th" max={300} value={title_th} on_change={set_title} />
            <TextField pointer="/detail_th" label={t('matters.detail')} lang="th" rows={4} max={4000} value={detail_th} on_change={set_detail} />
            <div className="pair">
              <ChoiceField pointer="/source" label={t('matters.source')} value={source} on_change={set_source} options={sources.map(value => ({ value, label: t(`matter.source.${value}`) }))} />
              <TextField pointer="/source_reference" label={t('matters.reference')} lang="th" optional max={300} value={source_reference} on_change={set_reference} />
            </div>
            <TextField pointer="/people_affected" label={t('matters.people_affected')} input_mode="numeric" max={9} value={people} on_change={set_people} />
            <TextField pointer="/risk_24_hours_th" label={t('matters.risk_24')} lang="th" rows={2} max={4000} value={risk_24_hours_th} on_change={set_24} />
            <TextField pointer="/risk_72_hours_th" label={t('matters.risk_72')} lang="th" rows={2} max={4000} value={risk_72_hours_th} on_change={set_72} />
            <TextField pointer="/legal_basis_th" label={t('matters.legal')} lang="th" optional rows={2} max={4000} value={legal_basis_th} on_change={set_legal} />
            <div className="pair">
              <ChoiceField pointer="/money_source" label={t('matters.money')} value={money_source} on_change={set_money} options={moneys.map(value => ({ value, label: t(`money.${value}`) }))} />
              <DecimalField pointer="/money_satang" label={t('matters.baht')} optional value={baht} on_change={set_baht} />
            </div>
            <TextField pointer="/lead_agency_th" label={t('matters.lead')} lang="th" max={300} value={lead_agency_th} on_change={set_lead} />
            <MomentField pointer="/due_at" label={t('matters.due')} value={due_at} on_change={set_due} />
          </ActForm>
        </section>
      )}
    </>
  )
}

export function MatterDesk() {
  const { t, lang, pick } = useWords()
  const { matter_id } = useParams('/matters/$matter_id')
  const found = useQuery(matter_query(matter_id))
  const acts = useQuery(matter_acts_query(matter_id))
  const [asks, set_asks] = useState<'order' | 'circulate' | 'table' | 'report' | 'close' | 'withdraw' | null>(null)
  if (found.error) return <Failure error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const page = found.data
  const { matter, steps } = page
  const close = () => set_asks(null)
  const ended = matter.state === 'closed' || matter.state === 'withdrawn'
  return (
    <>
      <p className="crumbs"><Link to="/matters">{t('matters.title')}</Link></p>
      <header className="page-head">
        <h1>{matter.number} <span lang="th">{matter.title_th}</span></h1>
        {matter.demonstration && <p className="notice"><Icon name="info" /><span>{t('committees.demonstration')}</span></p>}
        <p className="page-facts">{page.overdue && <span className="mark red"><Icon name="warning" />{t('overdue')}</span>}<span className={`mark ${looks[matter.state]}`}>{t(`matter.state.${matter.state}`)}</span>
          {matter.acknowledgement !== 'not_needed' && <span className={`mark ${matter.acknowledgement === 'acknowledged' ? 'green' : 'amber'}`}>{t(`acknowledgement.${matter.acknowledgement}`)}</span>}<Deadline at={matter.due_at} closed={ended} /></p>
      </header>
      {acts.data && <Acts acts={acts.data.items} run={Object.fromEntries((['order', 'circulate', 'table', 'report', 'close', 'withdraw'] as const).map(act => [act, () => set_asks(act)]))} main={matter.state === 'ordered' ? 'report' : 'order'} />}
      {steps.some(step => step.kind === 'order') && <p className="buttons"><PaperLink of={`/matters/${matter_id}/order.pdf`}>{t('pdf.order')}</PaperLink></p>}
      <section className="panel stack" aria-labelledby="what">
        <h2 id="what">{t('matters.what')}</h2>
        <p className="pre" lang="th">{matter.detail_th}</p>
        <dl className="facts">
          <dt>{t('matters.area')}</dt><dd><AreaName code={matter.area} /></dd>
          <dt>{t('matters.source')}</dt><dd>{t(`matter.source.${matter.source}`)}{matter.source_reference && <> · <span lang="th">{matter.source_reference}</span></>}</dd>
          <dt>{t('matters.people_affected')}</dt><dd>{format_decimal(String(matter.people_affected), 0)}</dd>
          <dt>{t('matters.risk_24')}</dt><dd><span lang="th">{matter.risk_24_hours_th}</span><br /><span className="soft small">{format_moment(page.hours_24_at, lang, 'short')}</span></dd>
          <dt>{t('matters.risk_72')}</dt><dd><span lang="th">{matter.risk_72_hours_th}</span><br /><span className="soft small">{format_moment(page.hours_72_at, lang, 'short')}</span></dd>
          <dt>{t('matters.legal')}</dt><dd lang="th">{matter.legal_basis_th ?? '–'}</dd>
          <dt>{t('matters.money')}</dt><dd>{t(`money.${matter.money_source}`)}{matter.money_satang !== null && <> · {t('matters.amount', { baht: format_decimal(String(matter.money_satang / 100), 2) })}</>}</dd>
          <dt>{t('matters.lead')}</dt><dd lang="th">{matter.lead_agency_th}</dd>
          {matter.meeting_id && <><dt>{t('matters.meeting')}</dt><dd><Link to="/meetings/$meeting_id" params={{ meeting_id: matter.meeting_id }}>{t('matters.see_meeting')}</Link></dd></>}
        </dl>
      </section>
      <section className="panel stack" aria-labelledby="steps">
        <h2 id="steps">{t('matters.steps')}</h2>
        <ol className="milestones">{steps.map(step => (
          <li key={step.step_id}><time dateTime={step.at}>{format_moment(step.at, lang, 'short')}</time><b>{t(`step.${step.kind}`)}</b>{step.order_number && <> · {t('matters.order_nth', { n: step.order_number })}</>}
            <p className="pre" lang="th">{step.text_th}</p>{step.evidence_th && <p className="small">{t('reports.evidence')}: <span lang="th">{step.evidence_th}</span></p>}<p className="small soft">{pick(step.office_th, step.office_en)}</p></li>
        ))}</ol>
      </section>
      {asks === 'order' && <Dialog title={t('matters.order')} on_close={close}><OrderForm page={page} close={close} /></Dialog>}
      {asks === 'circulate' && <Dialog title={t('matters.circulate')} on_close={close}><CirculateForm page={page} close={close} /></Dialog>}
      {asks === 'table' && <Dialog title={t('matters.table')} on_close={close}><TableForm page={page} close={close} /></Dialog>}
      {asks === 'report' && <Dialog title={t('reports.new')} on_close={close}><ReportForm doing_label={t('reports.send')} close={close} send={body => take(api.POST('/api/v1/matters/{matter_id}/reports', { params: { path: { matter_id } }, headers: if_match(page.version), body }))} /></Dialog>}
      {asks === 'close' && <Dialog title={t('matters.close')} on_close={close}><NoteForm label={t('matters.close')} close={close} send={text_th => take(api.POST('/api/v1/matters/{matter_id}/close', { params: { path: { matter_id } }, headers: if_match(page.version), body: { text_th } }))} /></Dialog>}
      {asks === 'withdraw' && <Dialog title={t('matters.withdraw')} on_close={close}><NoteForm label={t('matters.withdraw')} close={close} send={reason => take(api.POST('/api/v1/matters/{matter_id}/withdraw', { params: { path: { matter_id } }, headers: if_match(page.version), body: { reason } }))} /></Dialog>}
    </>
  )
}

interface FormProps { page: MatterPage; close: () => void }

function OrderForm({ page, close }: FormProps) {
  const { t } = useWords()
  const doing = useDoing()
  const [order_number, set_number] = useState('')
  const [text_th, set_text] = useState('')
  const [legal_basis_th, set_legal] = useState(page.matter.legal_basis_th ?? '')
  const send = () => doing.run(() => take(api.POST('/api/v1/matters/{matter_id}/order', { params: { path: { matter_id: page.matter.matter_id } }, headers: if_match(page.version), body: { order_number: order_number.trim(), text_th: text_th.trim(), legal_basis_th: legal_basis_th.trim() } })), close)
  return (
    <ActForm doing={doing} label={t('matters.order')} ready={[order_number, text_th, legal_basis_th].every(text => text.trim() !== '')} send={send} on_cancel={close}>
      <p>{t('matters.order_text')}</p>
      <TextField pointer="/order_number" label={t('matters.order_number')} lang="th" max={300} value={order_number} on_change={set_number} />
      <TextField pointer="/text_th" label={t('matters.order_what')} lang="th" rows={3} max={4000} value={text_th} on_change={set_text} />
      <TextField pointer="/legal_basis_th" label={t('matters.legal')} lang="th" rows={2} max={4000} value={legal_basis_th} on_change={set_legal} />
    </ActForm>
  )
}

function CirculateForm({ page, close }: FormProps) {
  const { t } = useWords()
  const doing = useDoing()
  const [number, set_number] = useState('')
  const [proposal_th, set_proposal] = useState('')
  const [deadline_at, set_deadline] = useState(() => new Date(Math.ceil((server_now_ms() + 6 * hour_ms) / hour_ms) * hour_ms).toISOString())
  const plain = from_thai_digits(number).trim()
  const send = () => doing.run(() => take(api.POST('/api/v1/matters/{matter_id}/circulate', { params: { path: { matter_id: page.matter.matter_id } }, headers: if_match(page.version), body: { number: plain.startsWith('ว') ? plain : `ว${plain}`, proposal_th: proposal_th.trim(), deadline_at } })), close)
  return (
    <ActForm doing={doing} label={t('matters.circulate')} ready={plain !== '' && proposal_th.trim() !== ''} send={send} on_cancel={close}>
      <TextField pointer="/number" label={t('meeting.number')} hint={t('circulation.number_hint')} max={20} value={number} on_change={set_number} />
      <TextField pointer="/proposal_th" label={t('plan.proposal')} lang="th" rows={3} max={4000} value={proposal_th} on_change={set_proposal} />
      <MomentField pointer="/deadline_at" label={t('plan.deadline')} value={deadline_at} on_change={set_deadline} />
    </ActForm>
  )
}

function TableForm({ page, close }: FormProps) {
  const { t, lang } = useWords()
  const doing = useDoing()
  const running = useQuery(running_query)
  const meetings = (running.data?.items ?? []).filter(({ meeting }) => meeting.body === `provincial_committee.${page.matter.province}` && meeting.form === 'sitting' && ['planned', 'called', 'open'].includes(meeting.state))
  const [meeting_id, set_meeting] = useState('')
  const [proposal_th, set_proposal] = useState('')
  const send = () => doing.run(() => take(api.POST('/api/v1/matters/{matter_id}/table', { params: { path: { matter_id: page.matter.matter_id } }, headers: if_match(page.version), body: { meeting_id, proposal_th: proposal_th.trim() } })), close)
  return (
    <ActForm doing={doing} label={t('matters.table')} ready={meeting_id !== '' && proposal_th.trim() !== ''} send={send} on_cancel={close}>
      {running.data && meetings.length === 0 && <p className="soft">{t('matters.no_meeting')}</p>}
      <ChoiceField pointer="/meeting_id" label={t('matters.meeting')} value={meeting_id} on_change={set_meeting} options={meetings.map(({ meeting }) => ({ value: meeting.meeting_id, label: `${t('meeting.nth', { n: meeting.number })} · ${meeting.starts_at ? format_moment(meeting.starts_at, lang, 'short') : ''}` }))} />
      <TextField pointer="/proposal_th" label={t('item.proposal')} lang="th" rows={3} max={4000} value={proposal_th} on_change={set_proposal} />
    </ActForm>
  )
}

function NoteForm({ label, close, send }: { label: string; close: () => void; send: (text: string) => Promise<unknown> }) {
  const { t } = useWords()
  const doing = useDoing()
  const [text, set_text] = useState('')
  return (
    <ActForm doing={doing} label={label} ready={text.trim() !== ''} on_cancel={close} send={() => doing.run(() => send(text.trim()), close)}>
      <TextField pointer="/text_th" label={t('matters.note')} lang="th" rows={3} max={4000} value={text} on_change={set_text} />
    </ActForm>
  )
}
