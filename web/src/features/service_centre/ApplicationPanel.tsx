import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { api, server_now_ms, take } from '../../api/client.ts'
import type { ApplicationPaper, ApplicationPayment, ApplicationService, Case, CaseApplication } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { useWords, type Key } from '../../app/words.tsx'
import { Said, useDoing } from '../../components/doing.tsx'
import { Icon } from '../../components/Icon.tsx'
import type { IconName } from '../../lib/icons.ts'
import { bangkok_day, format_date, format_moment } from '../../lib/dates.ts'
import { format_baht } from '../plans/diff.ts'
import { acts_on, is_missing, is_open_question, papers_due_on, type OfferedOn } from './application.ts'
import type { AskedOfApplication } from './ApplicationDialog.tsx'
import { case_file_url } from './FileForm.tsx'
import { application_query } from './queries.ts'
import { ServicePicker } from './ServicePicker.tsx'
import { useActLabel, useDuration, useFee } from './service_words.ts'

const ApplicationDialog = lazy(async () => ({ default: (await import('./ApplicationDialog.tsx')).ApplicationDialog }))

/** The part of the page's address that leads here. */
export const application_anchor = 'application'

/** Services that are applied for in one case: each paper asked for once, all that is missing told at once, a decision for each. */
export function ApplicationPanel({ it, of }: { it: Case; of: CaseApplication }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [asked, set_asked] = useState<AskedOfApplication | null>(null)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (location.hash !== `#${application_anchor}`) return
    const timer = setTimeout(() => { title.current?.scrollIntoView(); title.current?.focus({ preventScroll: true }) }) // after the page as a whole took the focus
    return () => clearTimeout(timer)
  }, [])
  const changed = (answer: CaseApplication) => {
    queries.setQueryData(application_query(it.case_id).queryKey, answer)
    void queries.invalidateQueries({ queryKey: ['cases'] })
  }
  const may = (act: string) => of.acts.some(name => name === act)
  return (
    <section id={application_anchor} className="panel stack application" aria-labelledby="application-title">
      <h2 id="application-title" ref={title} tabIndex={-1}>{t('case_application.title')}</h2>
      <Services of={of} ask={set_asked} />
      {may('apply') && <div className="no-print"><ServicePicker of={of} on_changed={changed} /></div>}
      {of.services.length > 0 && <Appointment of={of} may={may} ask={set_asked} />}
      {of.services.length > 0 && <Papers it={it} of={of} ask={set_asked} on_changed={changed} />}
      {of.services.length > 0 && <Fees of={of} ask={set_asked} />}
      <Suspense>
        {asked && <ApplicationDialog asked={asked} it={it} of={of} on_close={() => set_asked(null)} on_done={answer => { set_asked(null); changed(answer) }} />}
      </Suspense>
    </section>
  )
}

type Ask = (asked: AskedOfApplication) => void

/** When the applicant comes to the counter. */
function Appointment({ of, may, ask }: { of: CaseApplication; may: (act: string) => boolean; ask: Ask }) {
  const { t, lang } = useWords()
  if (!of.appointment && !may('book_appointment')) return null
  return (
    <p className="queue-row">
      <span><Icon name="clock" /> {of.appointment ? t('appointment.stands', { date: format_date(of.appointment.on, lang), time: of.appointment.starts }) : t('appointment.no')}</span>
      <span className="buttons no-print">
        {may('book_appointment') && <button type="button" className="button" onClick={() => ask({ act: 'book_appointment' })}>{of.appointment ? t('appointment.move') : t('appointment.book')}</button>}
        {of.appointment && may('cancel_appointment') && <button type="button" className="button" onClick={() => ask({ act: 'cancel_appointment' })}>{t('appointment.cancel')}</button>}
      </span>
    </p>
  )
}

const service_looks: Record<ApplicationService['state'], [look: string, icon: IconName]> = {
  applied: ['amber', 'clock'], complete: ['teal', 'check'], granted: ['green', 'check'], refused: ['red', 'cross'], returned: ['grey', 'out'], given: ['green', 'seal'], withdrawn: ['grey', 'dash'],
}

function ServiceMark({ state }: { state: ApplicationService['state'] }) {
  const { t } = useWords()
  const [look, icon] = service_looks[state]
  return <span className={`mark ${look}`}><Icon name={icon} />{t(`case_application.state.${state}`)}</span>
}

function Services({ of, ask }: { of: CaseApplication; ask: Ask }) {
  const { t } = useWords()
  if (of.services.length === 0) return <p className="soft">{t('case_application.no_services')}</p>
  return (
    <div className="stack">
      {of.services.map(service => <Service key={service.service} service={service} of={of} ask={ask} />)}
      {of.services.some(service => !service.verified) && <p className="small soft">{t('case_application.unverified')}</p>}
    </div>
  )
}

function Service({ service, of, ask }: { service: ApplicationService; of: CaseApplication; ask: Ask }) {
  const { t, lang, pick } = useWords()
  const label = useActLabel()
  const duration = useDuration()
  const fee = useFee()
  const name = pick(service.name_th, service.name_en)
  const offered = acts_on(service, of, bangkok_day(new Date(server_now_ms()).toISOString()))
  const [main] = offered.filter(act => act === 'decide_service' || act === 'give_certificate')
  const { late, wanted, given } = service.late_reasons
  const button = (act: OfferedOn) => <button key={act} type="button" className={`button small-button ${act === main ? 'main' : ''}`} onClick={() => ask({ act, service })}>{label(act)}<span className="hidden-visually"> {name}</span></button>
  return (
    <article className="item service" aria-label={name}>
      <p><b>{name}</b> <ServiceMark state={service.state} />
        {service.deemed_granted && <> <span className="mark red"><Icon name="warning" />{t('case_application.deemed_granted')}</span></>}
        {(late || given > 0) && <> <span className={`mark ${given < wanted ? 'red' : 'amber'}`}><Icon name="clock" />{t('case_application.late', { given, wanted: Math.max(given, wanted) })}</span></>}
      </p>
      <dl className="service-facts">
        <div><dt>{t('case_application.duration')}</dt><dd>{duration(service.duration)}</dd></div>
        <div><dt>{t('case_application.due_on')}</dt><dd>{service.due_on ? format_date(service.due_on, lang, 'short') : <span className="soft">{t('case_application.due_when_complete')}</span>}</dd></div>
        <div><dt>{t('case_application.fee')}</dt><dd>{fee(service.fee_kind, service.fee_satang)}</dd></div>
        <div><dt>{t('case_application.paid')}</dt><dd className="number">{t('case_application.baht', { n: format_baht(service.paid_satang) })}</dd></div>
        {service.certificate && <div><dt>{t('case_application.certificate')}</dt><dd lang="th">{service.certificate}{service.given_at && <span className="small soft"> · {format_date(service.given_at, lang, 'short')}</span>}</dd></div>}
        {service.reason && <div className="wide"><dt>{t('ask_case.reason')}</dt><dd className="pre" lang="th">{service.reason}</dd></div>}
      </dl>
      {offered.length > 0 && <div className="buttons no-print">{offered.map(button)}</div>}
    </article>
  )
}

// ---- papers

function paper_look(paper: ApplicationPaper): [look: string, icon: IconName, word: Key] {
  if (paper.state === 'handed_in') return ['green', 'check', 'case_application.paper.handed_in']
  if (paper.state === 'not_needed') return ['grey', 'dash', 'case_application.paper.not_needed']
  if (is_open_question(paper)) return ['grey', 'info', 'case_application.paper.sometimes']
  return paper.told ? ['red', 'warning', 'case_application.paper.told'] : ['amber', 'clock', 'case_application.paper.asked']
}

function Papers({ it, of, ask, on_changed }: { it: Case; of: CaseApplication; ask: Ask; on_changed: (answer: CaseApplication) => void }) {
  const { t, lang, pick } = useWords()
  const label = useActLabel()
  const doing = useDoing()
  const box = useRef<HTMLElement>(null)
  const [seen, set_seen] = useState(0)
  // Paper after paper with the same key: the focus goes on to the next that is missing.
  useEffect(() => { if (seen > 0) box.current?.querySelector<HTMLElement>('[data-next]')?.focus() }, [seen])
  const may_record = of.acts.some(name => name === 'record_paper')
  const record = (paper: ApplicationPaper, state: 'handed_in' | 'asked') => doing.run(async () => {
    on_changed(await take(api.POST('/api/v1/cases/{case_id}/papers/{position}', {
      params: { path: { case_id: it.case_id, position: paper.position } }, headers: { 'If-Match': `"${of.version}"` }, body: { state, seen: state === 'handed_in' ? true : null },
    })))
    set_seen(n => n + 1)
  })
  const needed = of.papers.filter(paper => paper.required || paper.told || paper.state === 'handed_in')
  const sometimes = of.papers.filter(paper => !needed.includes(paper) && paper.state === 'asked')
  const others = of.papers.filter(paper => !needed.includes(paper) && paper.state === 'not_needed')
  const row = (paper: ApplicationPaper) => <Paper key={paper.position} paper={paper} it={it} of={of} may={may_record} busy={doing.busy} ask={ask} record={state => void record(paper, state)} />
  const missing = of.papers.filter(is_missing).length
  const unread = of.services.filter(service => !of.papers.some(paper => paper.services.includes(service.service)))
  return (
    <section className="stack" aria-labelledby="application-papers" ref={box}>
      <h3 id="application-papers">{t('case_application.papers')} <span className={`mark ${missing > 0 ? 'amber' : 'green'}`}>{missing > 0 ? t('case_application.papers_missing', { n: missing }) : t('case_application.papers_in')}</span></h3>
      <Said doing={doing}>
        {unread.length > 0 && <p className="notice"><Icon name="info" /><span>{t('case_application.unread', { names: unread.map(service => pick(service.name_th, service.name_en)).join(t('case_application.and')) })}</span></p>}
        {needed.length > 0 && <ul className="paper-rows">{needed.map(row)}</ul>}
        {sometimes.length > 0 && (
          <>
            <h4>{t('case_application.sometimes', { n: sometimes.length })}</h4>
            <ul className="paper-rows">{sometimes.map(row)}</ul>
          </>
        )}
        {others.length > 0 && (
          <details className="more-fields">
            <summary>{t('case_application.not_needed', { n: others.length })}</summary>
            <ul className="paper-rows">{others.map(row)}</ul>
          </details>
        )}
      </Said>
      {of.checks.map(check => (
        <p key={check.at} className="notice plain">
          <Icon name={check.missing.length > 0 ? 'inbox' : 'check'} />
          <span>
            {check.missing.length > 0 ? t('case_application.told', { at: format_moment(check.at, lang, 'short'), n: check.missing.length, day: check.due_on ? format_date(check.due_on, lang, 'short') : '–' }) : t('case_application.told_nothing', { at: format_moment(check.at, lang, 'short') })}
            <span className="small soft"> {pick(check.office_th, check.office_en)}</span>
          </span>
        </p>
      ))}
      <div className="buttons no-print">
        {of.acts.some(name => name === 'check_papers') && <button type="button" data-next className={`button ${of.may_ask ? 'main' : ''}`} onClick={() => ask({ act: 'check_papers' })}>{label('check_papers')}</button>}
        {papers_due_on(of) !== null && <Link to="/cases/$case_id/missing" params={{ case_id: it.case_id }} className="button"><Icon name="file" />{t('case_application.slip_open')}</Link>}
      </div>
    </section>
  )
}

function Paper({ paper, it, of, may, busy, ask, record }: { paper: ApplicationPaper; it: Case; of: CaseApplication; may: boolean; busy: boolean; ask: Ask; record: (state: 'handed_in' | 'asked') => void }) {
  const { t, pick } = useWords()
  const name = pick(paper.name_th, paper.name_en)
  const [look, icon, word] = paper_look(paper)
  const named = <span className="hidden-visually"> {name}</span>
  const file = paper.file === null ? undefined : it.files.find(each => each.key === paper.file)
  const services = paper.services.flatMap(code => of.services.filter(service => service.service === code).map(service => pick(service.name_th, service.name_en)))
  return (
    <li className={`paper-row ${paper.state}`}>
      <div>
        <b>{name}</b> <span className={`mark ${look}`}><Icon name={icon} />{t(word)}</span>
        {paper.kind !== null && paper.kind !== 'paper' && <> <span className="mark teal">{t(`case_application.kind.${paper.kind}`)}</span></>}
        <p className="small soft">{services.length > 0 ? t('case_application.for', { names: services.join(t('case_application.and')) }) : t('case_application.for_all')}</p>
        {paper.seen && <p className="small">{t('case_application.seen')}</p>}
        {file && <p className="small"><a href={case_file_url(it.case_id, file.key)} download={file.name}>{file.name}</a></p>}
        {paper.reason && <p className="small pre" lang="th">{paper.reason}</p>}
      </div>
      {may && (
        <div className="buttons no-print">
          {paper.state === 'asked' && (
            <>
              <button type="button" className="button small-button" data-next={is_missing(paper) ? '' : undefined} disabled={busy} onClick={() => record('handed_in')}><Icon name="check" />{t('case_application.see')}{named}</button>
              {it.files.length > 0 && <button type="button" className="button small-button" onClick={() => ask({ act: 'record_paper', paper, to: 'handed_in' })}>{t('case_application.choose_file')}{named}</button>}
              <button type="button" className="button small-button" onClick={() => ask({ act: 'record_paper', paper, to: 'not_needed' })}>{t('case_application.mark_not_needed')}{named}</button>
            </>
          )}
          {paper.state !== 'asked' && (paper.told || of.may_ask) && <button type="button" className="button quiet small-button" disabled={busy} onClick={() => record('asked')}>{t('case_application.ask_again')}{named}</button>}
        </div>
      )}
    </li>
  )
}

// ---- fees

function Fees({ of, ask }: { of: CaseApplication; ask: Ask }) {
  const { t, lang, pick } = useWords()
  const label = useActLabel()
  if (of.payments.length === 0) return null
  const name = (code: string) => { const service = of.services.find(each => each.service === code); return service ? pick(service.name_th, service.name_en) : code }
  const may_correct = of.acts.some(act => act === 'correct_fee')
  const sum = of.services.reduce((satang, service) => satang + service.paid_satang, 0)
  const receipt_of = (id: string) => of.payments.find(each => each.payment_id === id)?.receipt ?? ''
  const replaced_by = (one: ApplicationPayment) => of.payments.find(each => each.corrects === one.payment_id)?.receipt ?? ''
  return (
    <section className="stack" aria-labelledby="application-fees">
      <h3 id="application-fees">{t('case_application.fees')}</h3>
      <div className="scroll" tabIndex={0} role="group" aria-label={t('case_application.fees')}>
        <table className="stacking fees">
          <thead><tr><th scope="col">{t('case_application.receipt')}</th><th scope="col">{t('case_application.service')}</th><th scope="col" className="number">{t('case_application.amount')}</th><th scope="col">{t('case_application.taken')}</th>{may_correct && <th scope="col" className="no-print"><span className="hidden-visually">{label('correct_fee')}</span></th>}</tr></thead>
          <tbody>
            {of.payments.map(one => (
              <tr key={one.payment_id} className={one.corrected ? 'corrected' : ''}>
                <th scope="row">
                  <span>
                    {one.corrected ? <s lang="th">{one.receipt}</s> : <span lang="th">{one.receipt}</span>}
                    {one.corrected && <> <span className="mark grey">{t('case_application.corrected', { receipt: replaced_by(one) })}</span></>}
                    {one.corrects && <span className="small"> {t('case_application.corrects', { receipt: receipt_of(one.corrects) })}</span>}
                    {one.reason && <span className="small soft pre" lang="th"> {one.reason}</span>}
                  </span>
                </th>
                <td data-label={t('case_application.service')}>{name(one.service)}</td>
                <td data-label={t('case_application.amount')} className="number">{one.corrected ? <s>{format_baht(one.satang)}</s> : format_baht(one.satang)}</td>
                <td data-label={t('case_application.taken')}><span>{format_moment(one.at, lang, 'short')} <span className="small soft">{pick(one.office_th, one.office_en)}</span></span></td>
                {may_correct && <td className="no-print">{!one.corrected && <button type="button" className="button small-button" onClick={() => ask({ act: 'correct_fee', payment: one })}>{label('correct_fee')}<span className="hidden-visually"> {one.receipt}</span></button>}</td>}
              </tr>
            ))}
          </tbody>
          <tfoot><tr><th scope="row" colSpan={2}>{t('case_application.sum')}</th><td className="number" data-label={t('case_application.sum')}><b>{format_baht(sum)}</b></td><td colSpan={may_correct ? 2 : 1} /></tr></tfoot>
        </table>
      </div>
    </section>
  )
}
