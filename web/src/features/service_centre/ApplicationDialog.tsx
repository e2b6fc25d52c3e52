import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { api, server_now_ms, take } from '../../api/client.ts'
import type { ApplicationPaper, ApplicationPayment, ApplicationService, Case, CaseApplication } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Said, useDoing } from '../../components/doing.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { bangkok_day, format_date, parse_date } from '../../lib/dates.ts'
import { format_baht } from '../plans/diff.ts'
import { baht_left, is_missing, is_open_question, outcomes_of, satang_typed, type OfferedOn } from './application.ts'
import { free_times_query } from './queries.ts'
import { useActLabel } from './service_words.ts'

export type AskedOfApplication =
  | { act: OfferedOn; service: ApplicationService }
  | { act: 'record_paper'; paper: ApplicationPaper; to: 'handed_in' | 'not_needed' }
  | { act: 'check_papers' }
  | { act: 'book_appointment' | 'cancel_appointment' }
  | { act: 'correct_fee'; payment: ApplicationPayment }

interface Part { it: Case; of: CaseApplication; on_close: () => void; on_done: (answer: CaseApplication) => void }
type Sent = Promise<{ data?: unknown; error?: unknown; response: Response }>

/** One act of an application, with what it needs. The version it was opened from goes along: who comes second is told. */
export function ApplicationDialog({ asked, ...part }: Part & { asked: AskedOfApplication }) {
  switch (asked.act) {
    case 'decide_service': return <Decide {...part} service={asked.service} />
    case 'give_certificate': return <Give {...part} service={asked.service} />
    case 'give_late_reason': case 'withdraw_service': return <WithReason {...part} service={asked.service} act={asked.act} />
    case 'take_fee': return <Fee {...part} service={asked.service} />
    case 'correct_fee': return <Fee {...part} wrong={asked.payment} />
    case 'record_paper': return asked.to === 'handed_in' ? <HandIn {...part} paper={asked.paper} /> : <NotNeeded {...part} paper={asked.paper} />
    case 'check_papers': return <Check {...part} />
    case 'book_appointment': return <Book {...part} />
    case 'cancel_appointment': return <CancelAppointment {...part} />
  }
}

const one = (of: CaseApplication) => ({ params: { path: { case_id: of.case_id } }, headers: { 'If-Match': `"${of.version}"` } })
const of_service = (of: CaseApplication, service: string) => ({ params: { path: { case_id: of.case_id, service } }, headers: { 'If-Match': `"${of.version}"` } })

/** The frame of every such question. */
function Ask({ act, about, text, ready, send, on_close, on_done, children }: Pick<Part, 'on_close' | 'on_done'> & { act: string; about?: string; text: string; ready: boolean; send: () => Sent; children: ReactNode }) {
  const { t } = useWords()
  const label = useActLabel()
  const doing = useDoing()
  const confirm = () => doing.run(async () => on_done(await take(send() as Promise<{ data?: CaseApplication; error?: unknown; response: Response }>) as CaseApplication))
  return (
    <Dialog title={label(act)} on_close={on_close}>
      <form className="stack" onSubmit={event => { event.preventDefault(); if (ready) void confirm() }} noValidate>
        {about && <p><b>{about}</b></p>}
        <p>{text}</p>
        <Said doing={doing}>
          {children}
          <div className="buttons">
            <button type="submit" className="button main" disabled={doing.busy || !ready}>{doing.busy ? t('waiting') : t('ask_case.go')}</button>
            <button type="button" className="button" onClick={on_close}>{t('cancel')}</button>
          </div>
        </Said>
      </form>
    </Dialog>
  )
}

function Reason({ value, on_change, optional = false, shown = false }: { value: string; on_change: (text: string) => void; optional?: boolean; shown?: boolean }) {
  const { t } = useWords()
  return <TextField pointer="/reason_th" label={t('ask_case.reason')} hint={shown && t('ask_case.shown')} rows={3} max={4000} lang="th" optional={optional} value={value} on_change={on_change} />
}

/** A time of the counter that is free, on a day of the calendar. */
function Book({ it, of, ...part }: Part) {
  const { t, lang } = useWords()
  const [typed, set_typed] = useState(() => format_date(of.appointment?.on ?? bangkok_day(new Date(server_now_ms()).toISOString()), lang, 'short'))
  const [starts, set_starts] = useState('')
  const on = parse_date(typed)
  const { data, error } = useQuery({ ...free_times_query(it.district, on ?? ''), enabled: on !== null })
  const free = (data?.times ?? []).filter(time => time.free > 0)
  const chosen = free.some(time => time.starts === starts)
  return (
    <Ask {...part} act="book_appointment" text={t('appointment.text')} ready={chosen}
      send={() => api.POST('/api/v1/cases/{case_id}/appointment', { ...one(of), body: { on, starts } as never })}>
      <TextField pointer="/on" label={t('fees.day')} max={30} value={typed} on_change={set_typed} error={on === null ? t('case_application.day_wrong') : undefined} />
      {error && <p className="error">{t('error.unreachable')}</p>}
      {data && free.length === 0 && <p className="notice plain">{data.open ? t('appointment.none') : t('appointment.closed')}</p>}
      {free.length > 0 && <ChoiceField pointer="/starts" label={t('appointment.time')} value={chosen ? starts : ''} on_change={set_starts} options={free.map(time => ({ value: time.starts as string, label: t('appointment.free', { time: time.starts, n: time.free }) }))} />}
    </Ask>
  )
}

function CancelAppointment({ of, ...part }: Part) {
  const { t } = useWords()
  const [reason, set_reason] = useState('')
  return (
    <Ask {...part} act="cancel_appointment" text={t('appointment.cancel_text')} ready={reason.trim() !== ''}
      send={() => api.POST('/api/v1/cases/{case_id}/appointment_cancellation', { ...one(of), body: { reason_th: reason.trim() } })}>
      <Reason value={reason} on_change={set_reason} shown />
    </Ask>
  )
}

function Decide({ of, service, ...part }: Part & { service: ApplicationService }) {
  const { t, pick } = useWords()
  const outcomes = outcomes_of(service, of, bangkok_day(new Date(server_now_ms()).toISOString()))
  const [outcome, set_outcome] = useState(outcomes[0] ?? 'granted')
  const [reason, set_reason] = useState('')
  const text = reason.trim()
  return (
    <Ask {...part} act="decide_service" about={pick(service.name_th, service.name_en)} text={t('case_application.ask.decide')} ready={outcome === 'granted' || text !== ''}
      send={() => api.POST('/api/v1/cases/{case_id}/services/{service}/decision', { ...of_service(of, service.service), body: { outcome, reason_th: text || null } })}>
      {service.deemed_granted && <p className="notice bad"><Icon name="warning" /><span>{t('case_application.deemed_text')}</span></p>}
      <ChoiceField pointer="/outcome" label={t('case_application.outcome')} value={outcome} on_change={set_outcome} options={outcomes.map(value => ({ value, label: t(`case_application.outcome.${value}`) }))} />
      <Reason value={reason} on_change={set_reason} optional={outcome === 'granted'} shown />
    </Ask>
  )
}

function Give({ of, service, ...part }: Part & { service: ApplicationService }) {
  const { t, pick } = useWords()
  const [certificate, set_certificate] = useState('')
  return (
    <Ask {...part} act="give_certificate" about={pick(service.name_th, service.name_en)} text={t('case_application.ask.give')} ready={certificate.trim() !== ''}
      send={() => api.POST('/api/v1/cases/{case_id}/services/{service}/certificate', { ...of_service(of, service.service), body: { certificate: certificate.trim() } })}>
      <TextField pointer="/certificate" label={t('case_application.certificate')} max={200} lang="th" value={certificate} on_change={set_certificate} />
    </Ask>
  )
}

function WithReason({ of, service, act, ...part }: Part & { service: ApplicationService; act: 'give_late_reason' | 'withdraw_service' }) {
  const { t, pick } = useWords()
  const [reason, set_reason] = useState('')
  const body = { reason_th: reason.trim() }
  return (
    <Ask {...part} act={act} about={pick(service.name_th, service.name_en)} text={t(`case_application.ask.${act}`)} ready={reason.trim() !== ''}
      send={() => (act === 'withdraw_service'
        ? api.POST('/api/v1/cases/{case_id}/services/{service}/withdrawal', { ...of_service(of, service.service), body })
        : api.POST('/api/v1/cases/{case_id}/services/{service}/late_reason', { ...of_service(of, service.service), body }))}>
      <Reason value={reason} on_change={set_reason} shown />
    </Ask>
  )
}

/** A fee that was paid, or the row that takes the place of a wrong one. Baht as typed; what is sent are satang, whole. */
function Fee({ of, service, wrong, ...part }: Part & { service?: ApplicationService; wrong?: ApplicationPayment }) {
  const { t, pick } = useWords()
  const its = service ?? of.services.find(each => each.service === wrong?.service)
  const [baht, set_baht] = useState(service ? baht_left(service) : '')
  const [receipt, set_receipt] = useState('')
  const [reason, set_reason] = useState('')
  const satang = satang_typed(baht)
  const body = { satang: satang ?? 0, receipt: receipt.trim() }
  return (
    <Ask {...part} act={wrong ? 'correct_fee' : 'take_fee'} about={its && pick(its.name_th, its.name_en)} ready={satang !== null && body.receipt !== '' && (!wrong || reason.trim() !== '')}
      text={wrong ? t('case_application.ask.correct_fee', { receipt: wrong.receipt, n: format_baht(wrong.satang) }) : t('case_application.ask.take_fee')}
      send={() => (wrong
        ? api.POST('/api/v1/cases/{case_id}/payments/{payment_id}/correction', { params: { path: { case_id: of.case_id, payment_id: wrong.payment_id } }, headers: one(of).headers, body: { ...body, reason_th: reason.trim() } })
        : api.POST('/api/v1/cases/{case_id}/payments', { ...one(of), body: { ...body, service: service!.service } }))}>
      <div className="pair">
        <TextField pointer="/satang" label={t('case_application.amount')} input_mode="decimal" max={24} value={baht} on_change={set_baht} error={baht.trim() !== '' && satang === null ? t('case_application.amount_wrong') : undefined} />
        <TextField pointer="/receipt" label={t('case_application.receipt')} max={60} lang="th" value={receipt} on_change={set_receipt} />
      </div>
      {wrong && <Reason value={reason} on_change={set_reason} />}
    </Ask>
  )
}

// ---- papers

const paper_of = (of: CaseApplication, paper: ApplicationPaper) => ({ params: { path: { case_id: of.case_id, position: paper.position } }, headers: { 'If-Match': `"${of.version}"` } })

function HandIn({ it, of, paper, ...part }: Part & { paper: ApplicationPaper }) {
  const { t, pick } = useWords()
  const [file, set_file] = useState<string>('')
  const [seen, set_seen] = useState(false)
  return (
    <Ask {...part} act="record_paper" about={pick(paper.name_th, paper.name_en)} text={t('case_application.ask.file')} ready={file !== ''}
      send={() => api.POST('/api/v1/cases/{case_id}/papers/{position}', { ...paper_of(of, paper), body: { state: 'handed_in', file, seen } })}>
      <ChoiceField pointer="/file" label={t('case_application.file')} value={file} on_change={set_file} options={it.files.map(each => ({ value: each.key as string, label: `${t(`file.purpose.${each.purpose}`)}: ${each.name}` }))} />
      <label className="check"><input type="checkbox" checked={seen} onChange={event => set_seen(event.target.checked)} />{t('case_application.seen')}</label>
    </Ask>
  )
}

function NotNeeded({ of, paper, ...part }: Part & { paper: ApplicationPaper }) {
  const { t, pick } = useWords()
  const [reason, set_reason] = useState('')
  return (
    <Ask {...part} act="record_paper" about={pick(paper.name_th, paper.name_en)} text={t('case_application.ask.not_needed')} ready={reason.trim() !== ''}
      send={() => api.POST('/api/v1/cases/{case_id}/papers/{position}', { ...paper_of(of, paper), body: { state: 'not_needed', reason_th: reason.trim() } })}>
      <Reason value={reason} on_change={set_reason} />
    </Ask>
  )
}

/** All that is missing, at once. What the services ask for in some cases is needed when it is ticked, and else not. */
function Check({ of, ...part }: Part) {
  const { t, lang, pick } = useWords()
  const [also, set_also] = useState<number[]>([])
  const [names, set_names] = useState('')
  const [day, set_day] = useState('')
  const missing = of.papers.filter(is_missing)
  const questions = of.papers.filter(is_open_question)
  const others = names.split('\n').map(line => line.trim()).filter(Boolean)
  const due_on = parse_date(day)
  const n = missing.length + also.length + others.length
  const name = (paper: ApplicationPaper) => pick(paper.name_th, paper.name_en)
  return (
    <Ask {...part} act="check_papers" text={t(of.may_ask ? 'case_application.ask.check' : 'case_application.ask.check_again')} ready={n === 0 || due_on !== null}
      send={() => api.POST('/api/v1/cases/{case_id}/papers_check', { ...one(of), body: { also, others, due_on: n === 0 ? null : due_on } })}>
      {missing.length > 0 && <div><h3>{t('case_application.check.missing')}</h3><ul className="plain-list tight">{missing.map(paper => <li key={paper.position}>{name(paper)}</li>)}</ul></div>}
      {questions.length > 0 && (
        <fieldset className="also" id="field-also" tabIndex={-1}>
          <legend>{t('case_application.check.also')}</legend>
          {questions.map(paper => (
            <label key={paper.position} className="check"><input type="checkbox" checked={also.includes(paper.position)} onChange={event => set_also(now => (event.target.checked ? [...now, paper.position] : now.filter(each => each !== paper.position)))} />{name(paper)}</label>
          ))}
        </fieldset>
      )}
      <TextField pointer="/others" label={t('case_application.check.others')} hint={t('case_application.check.others_hint')} rows={2} max={6000} lang="th" optional value={names} on_change={set_names} />
      {n > 0 && <TextField pointer="/due_on" label={t('case_application.check.due_on')} hint={due_on ? format_date(due_on, lang) : lang === 'th' ? '25/12/2569' : '25/12/2026'} max={30} value={day} on_change={set_day} error={day.trim() !== '' && due_on === null ? t('case_application.day_wrong') : undefined} />}
      <p className={`notice ${n === 0 ? 'good' : ''}`}><Icon name={n === 0 ? 'check' : 'info'} /><span>{n === 0 ? t('case_application.check.nothing') : t('case_application.check.count', { n })}</span></p>
    </Ask>
  )
}
