import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { Act, Case, CaseAssignment, FilePurpose } from '../../api/shapes.ts'
import { Link, useParams } from '../../app/router.tsx'
import { has_role, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords, type Key } from '../../app/words.tsx'
import { Acts, short_name } from '../../components/Acts.tsx'
import { Said, useDoing } from '../../components/doing.tsx'
import { Icon } from '../../components/Icon.tsx'
import '../../styles/editor.css'
import '../../styles/plans.css'
import '../../styles/service_centre.css'
import { format_date, format_moment } from '../../lib/dates.ts'
import { format_bytes } from '../../lib/numbers.ts'
import { AreaName } from './AreaName.tsx'
import type { Asked, AskedAct } from './CaseDialog.tsx'
import { CaseDue, CaseMark } from './CaseMark.tsx'
import { CaseNeeds } from './CaseNeeds.tsx'
import { case_file_url, FileForm } from './FileForm.tsx'
import { useDuration } from './service_words.ts'
import { acts_query, application_query, case_acts_query, case_clocks_query, case_history_query, case_query, useLists } from './queries.ts'

const CaseDialog = lazy(async () => ({ default: (await import('./CaseDialog.tsx')).CaseDialog }))
const ApplicationPanel = lazy(async () => ({ default: (await import('./ApplicationPanel.tsx')).ApplicationPanel }))
const RevealDialog = lazy(async () => ({ default: (await import('./RevealDialog.tsx')).RevealDialog }))

/** Acts of the case as a whole; those of an assignment, a task or a file are offered where these stand. */
const case_acts: AskedAct[] = ['screen', 'take_charge', 'assign', 'handle', 'record_result', 'mediate', 'end_mediation', 'send_up', 'take_up', 'send_back', 'propose_closing', 'close', 'refuse_closing', 'tell', 'merge', 'reject', 'withdraw', 'reopen', 'add_task']
const agency_acts = ['accept', 'progress', 'report_result', 'return'] as const
/** What an agency may do in which state of its assignment. */
const agency_acts_in: Partial<Record<CaseAssignment['state'], readonly (typeof agency_acts)[number][]>> = {
  assigned: ['accept', 'return'], accepted: ['progress', 'report_result', 'return'], in_progress: ['progress', 'report_result', 'return'],
}
const main_acts: Partial<Record<Case['state'], AskedAct>> = {
  received: 'screen', screening: 'assign', in_progress: 'record_result', mediation: 'end_mediation', sent_up: 'take_up', resolved: 'propose_closing', reviewing: 'close', closed: 'reopen', rejected: 'reopen',
}
const purposes: FilePurpose[] = ['before', 'after', 'report', 'letter', 'other']

const paper_url = (case_id: string, paper: string) => `/api/v1/cases/${encodeURIComponent(case_id)}/${paper}`

export function CasePage() {
  const { case_id } = useParams('/cases/$case_id')
  const found = useQuery(case_query(case_id))
  const acts = useQuery(case_acts_query(case_id))
  const error = found.error ?? acts.error
  if (error && !(found.data && acts.data)) return <Failure error={error} again={() => { void found.refetch(); void acts.refetch() }} />
  if (!found.data || !acts.data) return <Waiting />
  return <Whole it={found.data.body} etag={found.data.etag || `"${found.data.body.version}"`} acts={acts.data.items} />
}

/** Acts of assignments come once for each of them; what is left belongs to the case, each once. */
function of_case(acts: Act[]): Act[] {
  const elsewhere: string[] = [...agency_acts, 'end_assignment', 'do_task', 'attach']
  const own = acts.filter(act => !elsewhere.includes(short_name(act.act)))
  return own.filter((act, i) => own.findIndex(other => other.act === act.act) === i)
}

function Whole({ it, etag, acts }: { it: Case; etag: string; acts: Act[] }) {
  const { t, lang } = useWords()
  const me = useMe()
  const queries = useQueryClient()
  const [asked, set_asked] = useState<Asked | null>(null)
  const [reveals, set_reveals] = useState(false)
  const { kind, category, channel, importance } = useLists()
  const allowed = (name: string) => acts.some(act => act.allowed && short_name(act.act) === name)
  const own_office = (office_id: string) => me?.offices.some(office => office.office_id === office_id) ?? false
  const reload = () => queries.invalidateQueries({ queryKey: ['cases'] })
  const ask = (act: AskedAct, assignment?: CaseAssignment) => set_asked({ act, assignment })
  const may_print = it.view !== 'reader' || has_role(me, 'governor', 'deputy_governor')
  const attaches = allowed('attach') || it.assignments.some(each => own_office(each.office_id) && agency_acts_in[each.state])
  return (
    <>
      <p className="crumbs no-print"><Link to="/cases">{t('cases.title')}</Link></p>
      <header className="page-head">
        <h1 lang="th">{it.title}</h1>
        <p className="page-facts">
          <b>{it.number}</b> <CaseMark state={it.state} /> <CaseDue of={it} />
          {it.level !== 'district' && <span className="mark gold">{t(`case.level.${it.level}`)}</span>}
          {it.reopened > 0 && <span className="mark amber">{t('case.reopened', { n: it.reopened })}</span>}
          {it.taken_late && <span className="mark amber"><Icon name="clock" />{t('case.taken_late')}</span>}
          {it.mine && <span className="mark teal">{t('case.mine')}</span>}
          {it.demonstration && <span className="mark gold">{t('case.demonstration')}</span>}
        </p>
        <p className="page-facts small no-print">
          {it.merged_into && <Link to="/cases/$case_id" params={{ case_id: it.merged_into }}>{t('case.merged_into')}</Link>}
          {it.merged_from.map((id, i) => <Link key={id} to="/cases/$case_id" params={{ case_id: id }}>{t('case.merged_from', { n: i + 1 })}</Link>)}
          {has_role(me, 'auditor', 'opdc', 'moi', 'administrator') && <Link to="/ledger" search={{ subject_kind: 'case', subject_id: it.case_id }}>{t('case.ledger')}</Link>}
        </p>
      </header>
      <div className="no-print"><Acts acts={of_case(acts)} main={main_acts[it.state]} run={Object.fromEntries(case_acts.map(act => [act, () => ask(act)]))} /></div>
      {may_print && (
        <p className="buttons no-print">
          <a className="button" href={paper_url(it.case_id, 'slip')} download><Icon name="file" />{t('case.print_slip')}</a>
          <a className="button" href={paper_url(it.case_id, 'print')} download><Icon name="file" />{t('case.print_summary')}</a>
          <span className="small soft">{t('case.print_note')}</span>
        </p>
      )}
      <Application it={it} />
      <div className="change-columns">
        <div className="stack">
          <section className="panel stack" aria-labelledby="facts-title">
            <h2 id="facts-title">{t('case.facts')}</h2>
            {it.detail && <p className="pre" lang="th">{it.detail}</p>}
            <dl className="facts">
              {it.wanted && <><dt>{t('counter.wanted')}</dt><dd className="pre" lang="th">{it.wanted}</dd></>}
              <dt>{t('case.place')}</dt><dd><AreaName code={it.place.area} whole />{it.place.landmark && <><br /><span lang="th">{it.place.landmark}</span></>}{it.place.position && <><br /><span className="small">{it.place.position.latitude}, {it.place.position.longitude}</span></>}</dd>
              <dt>{t('case.kind')}</dt><dd>{kind(it.kind)}</dd>
              <dt>{t('case.category')}</dt><dd>{category(it.category)}</dd>
              <dt>{t('case.importance')}</dt><dd>{importance(it.importance)}</dd>
              <dt>{t('case.channel')}</dt><dd>{channel(it.channel)}</dd>
              <dt>{t('case.received')}</dt><dd>{format_moment(it.received_at, lang, 'short')}{it.taken_at && it.taken_at !== it.received_at && <><br /><span className="small soft">{t('case.taken_at', { at: format_moment(it.taken_at, lang, 'short') })}</span></>}</dd>
              <dt>{t('counter.told_already')}</dt><dd>{t(`told.${it.told_already}`)}</dd>
              {it.accused && it.accused.length > 0 && <><dt>{t('counter.accused')}</dt><dd lang="th">{it.accused.map(each => [each.name, each.detail].filter(Boolean).join(' · ')).join(', ')}</dd></>}
              {it.view !== 'agency' && <CaseNeeds case_id={it.case_id} />}
              {it.closing_ground && <><dt>{t('case.ground')}</dt><dd>{t(`ground.${it.closing_ground}`)}</dd></>}
            </dl>
          </section>
          <Assignments it={it} may={(act, one) => (act === 'end_assignment' ? allowed(act) : agency_acts_in[one.state]?.some(name => name === act) === true && allowed(act) && (own_office(one.office_id) || it.view === 'desk'))} ask={ask} acts={acts} own_office={own_office} />
          <Files it={it} attaches={attaches} on_sent={() => void reload()} />
        </div>
        <div className="stack">
          <Reporters it={it} on_reveal={() => set_reveals(true)} />
          <Clocks case_id={it.case_id} assignments={it.assignments} />
          <Tasks it={it} etag={etag} may={allowed('do_task')} on_done={() => void reload()} />
        </div>
      </div>
      <History case_id={it.case_id} />
      <Suspense>
        {asked && <CaseDialog {...asked} it={it} etag={etag} on_close={() => set_asked(null)} on_done={() => { set_asked(null); void reload() }} />}
        {reveals && <RevealDialog case_id={it.case_id} on_close={() => { set_reveals(false); void reload() }} />}
      </Suspense>
    </>
  )
}

/** Of kinds that are handled as a service, and of what was applied for before a case's kind was corrected. */
function Application({ it }: { it: Case }) {
  const { data, error, refetch } = useQuery(application_query(it.case_id))
  if (error) return <Failure error={error} again={() => void refetch()} />
  if (!data?.takes_services && !data?.services.length) return null
  return <Suspense fallback={<Waiting />}><ApplicationPanel it={it} of={data} /></Suspense>
}

/** Who reported, masked as the server gives it. Names are told by an act that leaves its trace. */
function Reporters({ it, on_reveal }: { it: Case; on_reveal: () => void }) {
  const { t } = useWords()
  return (
    <section className="panel stack" aria-labelledby="reporters-title">
      <h2 id="reporters-title">{t('case.reporters', { n: it.reporter_count })}</h2>
      {!it.reporters && <p className="soft"><Icon name="lock" /> {t('case.reporters_hidden')}</p>}
      {it.reporters?.map(one => (
        <p key={one.reporter_id} className="reporter">
          <Icon name={one.type === 'secret' ? 'lock' : 'people'} />
          <span>
            <b>{t(`reporter.${one.type}`)}</b> <span lang="th">{one.name}</span> {one.phone}
            {(['has_citizen_id', 'has_address', 'has_email'] as const).filter(name => one[name]).map(name => <span key={name} className="small soft"> · {t(`case.${name}`)}</span>)}
            {one.from_case && <span className="small"> · <Link to="/cases/$case_id" params={{ case_id: one.from_case }}>{t('case.from_merged')}</Link></span>}
          </span>
        </p>
      ))}
      {it.reporters && it.reporters.some(one => one.type !== 'anonymous' || one.phone !== '') && <p className="no-print"><button type="button" className="button" onClick={on_reveal}><Icon name="lock" />{t('reveal.open')}</button></p>}
    </section>
  )
}

const assignment_looks: Record<CaseAssignment['state'], string> = { assigned: 'amber', accepted: 'teal', in_progress: 'teal', reported: 'green', returned: 'red', ended: 'grey' }

function Assignments({ it, may, ask, acts, own_office }: { it: Case; may: (act: string, one: CaseAssignment) => boolean; ask: (act: AskedAct, one: CaseAssignment) => void; acts: Act[]; own_office: (office_id: string) => boolean }) {
  const { t, lang, pick } = useWords()
  const label = (name: string) => { const act = acts.find(each => short_name(each.act) === name); return act ? pick(act.label_th, act.label_en) : name }
  return (
    <section className="panel stack" aria-labelledby="assignments-title">
      <h2 id="assignments-title">{t('case.assignments')}</h2>
      {it.assignments.length === 0 && <p className="soft">{t('case.no_assignments')}</p>}
      {it.assignments.map(one => (
        <article key={one.assignment_id} className="item assignment" aria-label={pick(one.office_th, one.office_en)}>
          <p><b>{pick(one.office_th, one.office_en)}</b> <span className={`mark ${assignment_looks[one.state]}`}>{t(`assignment_of.state.${one.state}`)}</span></p>
          <p className="small soft">{t('case.assigned_at', { at: format_moment(one.assigned_at, lang, 'short') })}{one.letter_out && <> · {t('case.letter_out')}: <span lang="th">{one.letter_out}</span></>}{one.reported_at && <> · {t('case.reported_at', { at: format_moment(one.reported_at, lang, 'short') })}</>}</p>
          {one.instruction && <p className="pre" lang="th">{one.instruction}</p>}
          {one.result && <p className="pre result" lang="th">{one.result}</p>}
          <div className="buttons no-print">
            {(it.view === 'desk' || own_office(one.office_id)) && <a className="button" href={paper_url(it.case_id, `assignments/${encodeURIComponent(one.assignment_id)}/letter`)} download><Icon name="file" />{t('case.print_letter')}<span className="hidden-visually"> {pick(one.office_th, one.office_en)}</span></a>}
            {[...agency_acts, 'end_assignment' as const].filter(act => may(act, one) && agency_acts_in[one.state]).map(act => <button key={act} type="button" className="button" onClick={() => ask(act, one)}>{label(act)}<span className="hidden-visually"> {pick(one.office_th, one.office_en)}</span></button>)}
          </div>
        </article>
      ))}
    </section>
  )
}

const shown_types = ['image/jpeg', 'image/png']

function Files({ it, attaches, on_sent }: { it: Case; attaches: boolean; on_sent: () => void }) {
  const { t, lang } = useWords()
  const closing = [it.closing_before, it.closing_after]
  return (
    <section className="panel stack" aria-labelledby="files-title">
      <h2 id="files-title">{t('case.files')}</h2>
      {it.files.length === 0 && <p className="soft">{t('case.no_files')}</p>}
      <div className="photos">
        {it.files.map(file => (
          <figure key={file.key}>
            {shown_types.includes(file.media_type) ? <img src={case_file_url(it.case_id, file.key)} alt={`${t(`file.purpose.${file.purpose}`)}: ${file.name}`} loading="lazy" /> : <Icon name="file" />}
            <figcaption>
              <span className={`mark ${file.purpose === 'after' ? 'green' : file.purpose === 'before' ? 'amber' : 'grey'}`}>{t(`file.purpose.${file.purpose}`)}</span> <a href={case_file_url(it.case_id, file.key)} download={file.name}>{file.name}</a> <span className="small soft">{format_bytes(file.bytes)}</span>
              <span className="small soft">{file.taken_at ? t('file.taken', { at: format_moment(file.taken_at, lang, 'short') }) : t('file.no_moment')}{file.latitude ? ` · ${file.latitude}, ${file.longitude}` : ` · ${t('file.no_place')}`}</span>
              <span className="small soft">{file.by === 'citizen' ? t('step.citizen') : file.office_th} · {format_moment(file.uploaded_at, lang, 'short')}</span>
              {closing.includes(file.key) && <span className="mark teal">{t('file.of_closing')}</span>}
            </figcaption>
          </figure>
        ))}
      </div>
      {attaches && <div className="no-print"><FileForm case_id={it.case_id} purposes={purposes} on_sent={on_sent} /></div>}
    </section>
  )
}

const clock_looks = { running: 'teal', late: 'red', stopped: 'grey' } as const

/** Which clocks run, since when and why, until when, and when they stopped: with the source of each rule. */
function Clocks({ case_id, assignments }: { case_id: string; assignments: CaseAssignment[] }) {
  const { t, lang, pick } = useWords()
  const { data } = useQuery(case_clocks_query(case_id))
  const of = useQuery({ ...application_query(case_id), enabled: data?.items.some(clock => clock.service) ?? false })
  const duration = useDuration()
  const service = (code: string) => { const one = of.data?.services.find(each => each.service === code); return one ? pick(one.name_th, one.name_en) : '' }
  const office = (id: string | null) => { const one = assignments.find(each => each.assignment_id === id); return one ? pick(one.office_th, one.office_en) : '' }
  return (
    <section className="panel stack" aria-labelledby="clocks-title">
      <h2 id="clocks-title">{t('clocks.title')}</h2>
      {data?.items.length === 0 && <p className="soft">{t('clocks.none')}</p>}
      <ul className="plain-list bare">
        {data?.items.toSorted((a, b) => Number(a.state === 'stopped') - Number(b.state === 'stopped')).map(clock => (
          <li key={`${clock.clock} ${clock.service} ${clock.assignment_id} ${clock.started_at}`} className={`clock ${clock.state}`}>
            <b>{pick(clock.name_th, clock.name_en)}</b> <span className={`mark ${clock_looks[clock.state]}`}>{t(`clock.state.${clock.state}`)}{clock.late_days > 0 && ` · ${t('clock.late_days', { n: clock.late_days })}`}</span>
            {clock.service && <span className="small"> · {service(clock.service)}{clock.service_time && ` · ${duration(clock.service_time)}`}</span>}
            {clock.assignment_id && <span className="small"> · {office(clock.assignment_id)}</span>}
            <p className="small">{t('clock.from', { event: t(`clock.event.${clock.started_by}` as Key), at: format_date(clock.started_at, lang, 'short'), n: clock.days, unit: t(`clock.unit.${clock.unit}`) })} <b>{t('clock.until', { day: format_date(clock.due_on, lang, 'short') })}</b>{clock.stopped_at && <> · {t('clock.stopped', { at: format_date(clock.stopped_at, lang, 'short') })}</>}</p>
            {!clock.calendar_known && <p className="small soft">{t('clock.calendar_unknown')}</p>}
            <details className="small soft"><summary>{t('clock.source')}{!clock.verified && <> <span className="mark grey">{t('case.unverified')}</span></>}</summary><p lang="en">{clock.source}</p></details>
          </li>
        ))}
      </ul>
      {data && data.told.length > 0 && (
        <div className="small">
          <h3>{t('clocks.told')}</h3>
          <ul className="plain-list">{data.told.map((one, i) => <li key={i}>{t('clocks.told_to', { clock: pick(one.name_th, one.name_en), to: pick(one.to_th, one.to_en), at: format_date(one.at, lang, 'short') })}</li>)}</ul>
        </div>
      )}
      {data && data.to_come.length > 0 && <p className="small soft">{t('clocks.to_come', { day: format_date(data.to_come[0]!.on, lang, 'short') })}</p>}
    </section>
  )
}

function Tasks({ it, etag, may, on_done }: { it: Case; etag: string; may: boolean; on_done: () => void }) {
  const { t, lang } = useWords()
  const doing = useDoing()
  if (it.tasks.length === 0) return null
  const done = (task_id: string) => void doing.run(async () => {
    await take(api.POST('/api/v1/cases/{case_id}/tasks/{task_id}/done', { params: { path: { case_id: it.case_id, task_id } }, headers: { 'If-Match': etag }, body: {} }))
    on_done()
  })
  return (
    <section className="panel stack" aria-labelledby="tasks-title">
      <h2 id="tasks-title">{t('case.tasks')}</h2>
      <Said doing={doing}>
        <ul className="plain-list bare">
          {it.tasks.map(task => (
            <li key={task.task_id} className="case-task">
              {task.done_at ? <Icon name="check" /> : may ? <button type="button" className="button small-button" disabled={doing.busy} onClick={() => done(task.task_id)}>{t('case.task_done')}<span className="hidden-visually"> {task.text}</span></button> : <Icon name="dash" />}
              <span><span lang="th">{task.text}</span> <span className="small soft">{task.done_at ? format_date(task.done_at, lang, 'short') : task.due_on ? t('case.task_due', { day: format_date(task.due_on, lang, 'short') }) : ''}</span></span>
            </li>
          ))}
        </ul>
      </Said>
    </section>
  )
}

function History({ case_id }: { case_id: string }) {
  const { t, lang, pick } = useWords()
  const { data } = useQuery(case_history_query(case_id))
  const acts = useQuery(acts_query)
  const label = (name: string) => { const act = acts.data?.acts.find(each => each.act === name); return act ? pick(act.label_th, act.label_en) : name }
  if (!data) return null
  return (
    <section className="panel stack" aria-labelledby="history-title">
      <h2 id="history-title">{t('case.history')}</h2>
      <ol className="milestones">
        {data.items.map(step => (
          <li key={step.step_id} className={step.act === 'case.reveal' ? 'reveal' : ''}>
            <time dateTime={step.at}>{format_moment(step.at, lang, 'short')}</time>
            <b>{label(step.act)}</b> <span className="small soft">{step.by === 'office' ? pick(step.office_th, step.office_en) : t(`step.${step.by}`)}</span>
            {step.state !== step.from_state && <> <CaseMark state={step.state} /></>}
            {step.note && <p className="pre" lang="th">{step.note}</p>}
            {step.shown && <p className="small"><Icon name="check" className="inline" /> {t('step.shown')}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}
