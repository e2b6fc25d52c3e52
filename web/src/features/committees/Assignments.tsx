import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { Assignment, AssignmentState } from '../../api/shapes.ts'
import { upload } from '../../api/upload.ts'
import { Link, useParams } from '../../app/router.tsx'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Acts } from '../../components/Acts.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { bangkok_day, format_date, format_moment } from '../../lib/dates.ts'
import { server_now_ms } from '../../api/client.ts'
import '../../styles/committees.css'
import { Said } from '../../components/doing.tsx'
import { ActForm, if_match, text_or_none, useDoing } from './doing.tsx'
import { assignment_acts_query, assignment_query, assignments_query } from './queries.ts'

const looks: Record<AssignmentState, string> = { open: 'amber', reported: 'teal', done: 'green', dropped: 'grey' }
const is_ended = (state: AssignmentState) => state === 'done' || state === 'dropped'
const is_overdue = (assignment: Assignment) => !is_ended(assignment.state) && assignment.due !== null && assignment.due < bangkok_day(new Date(server_now_ms()).toISOString())

export function AssignmentRows({ assignments }: { assignments: Assignment[] }) {
  const { t, lang, pick } = useWords()
  return (
    <ul className="rows">
      {assignments.map(assignment => (
        <li key={assignment.assignment_id}>
          <span className="grow">
            <Link to="/assignments/$assignment_id" params={{ assignment_id: assignment.assignment_id }}>{pick(assignment.text_th, assignment.text_en)}</Link><br />
            <span className="soft small"><span lang="th">{assignment.responsible_th}</span> · {assignment.due ? t('assignments.due_on', { date: format_date(assignment.due, lang, 'short') }) : t('assignments.no_due')}</span>
          </span>
          <span>{is_overdue(assignment) && <span className="mark red"><Icon name="warning" />{t('overdue')}</span>} <span className={`mark ${looks[assignment.state]}`}>{t(`assignment.state.${assignment.state}`)}</span></span>
        </li>
      ))}
    </ul>
  )
}

export function Assignments() {
  const { t } = useWords()
  const found = useQuery(assignments_query)
  const [ended, set_ended] = useState(false)
  const shown = (found.data ?? []).filter(assignment => is_ended(assignment.state) === ended)
    .toSorted((a, b) => Number(is_overdue(b)) - Number(is_overdue(a)) || (a.due ?? '9').localeCompare(b.due ?? '9'))
  return (
    <>
      <p className="crumbs"><Link to="/meetings">{t('meetings.title')}</Link></p>
      <header className="page-head"><h1>{t('assignments.title')}</h1><p className="soft">{t('assignments.text')}</p></header>
      <label className="check"><input type="checkbox" checked={ended} onChange={event => set_ended(event.target.checked)} />{t('assignments.ended')}</label>
      {found.error && <Failure error={found.error} again={() => void found.refetch()} />}
      {!found.data && !found.error && <Waiting />}
      {found.data && (shown.length === 0 ? <p className="empty">{t('assignments.none')}</p> : <section className="panel" aria-label={t('assignments.title')}><AssignmentRows assignments={shown} /></section>)}
    </>
  )
}

export function AssignmentDesk() {
  const { t, lang, pick } = useWords()
  const { assignment_id } = useParams('/assignments/$assignment_id')
  const found = useQuery(assignment_query(assignment_id))
  const acts = useQuery(assignment_acts_query(assignment_id))
  const doing = useDoing()
  const file = useRef<HTMLInputElement>(null)
  const [asks, set_asks] = useState<'report' | 'close' | null>(null)
  if (found.error) return <Failure error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const { assignment, reports, papers, resolution, meeting_number, came_back, overdue, version } = found.data
  const may_report = acts.data?.items.some(act => act.allowed && act.act.endsWith('.report')) ?? false
  const send_file = (chosen: File) => doing.run(() => upload(`/api/v1/assignments/${assignment_id}/evidence?name=${encodeURIComponent(chosen.name)}`, chosen, () => undefined, new AbortController().signal, { method: 'POST' }))
  return (
    <>
      <p className="crumbs"><Link to="/assignments">{t('assignments.title')}</Link></p>
      <header className="page-head">
        <h1>{pick(assignment.text_th, assignment.text_en)}</h1>
        <p className="page-facts"><span className={`mark ${looks[assignment.state]}`}>{t(`assignment.state.${assignment.state}`)}</span>{overdue && <span className="mark red"><Icon name="warning" />{t('overdue')}</span>}
          <span lang="th">{assignment.responsible_th}</span><span>{assignment.due ? t('assignments.due_on', { date: format_date(assignment.due, lang) }) : t('assignments.no_due')}</span></p>
        <p className="small"><Link to="/meetings/$meeting_id" params={{ meeting_id: assignment.meeting_id }}>{t('meeting.nth', { n: meeting_number })} · {t('resolution.nth', { n: resolution.number })}</Link>: <span lang="th">{resolution.text_th}</span></p>
        {assignment.closing_note_th && <p>{t('assignments.closed')}: <span lang="th">{assignment.closing_note_th}</span></p>}
      </header>
      {acts.data && <Acts acts={acts.data.items} run={{ report: () => set_asks('report'), close: () => set_asks('close') }} main="report" />}
      <section className="panel stack" aria-labelledby="reports">
        <h2 id="reports">{t('reports.title')}</h2>
        {reports.length === 0 && <p className="soft">{t('reports.none')}</p>}
        <ol className="milestones">{reports.map(report => (
          <li key={report.report_id}><time dateTime={report.reported_at}>{format_moment(report.reported_at, lang, 'short')}</time>
            <p className="pre" lang="th">{report.text_th}</p>{report.evidence_th && <p className="small">{t('reports.evidence')}: <span lang="th">{report.evidence_th}</span></p>}<p className="small soft">{pick(report.office_th, report.office_en)}</p></li>
        ))}</ol>
        <ul className="papers">{papers.map(paper => <li key={paper.paper_id}><Icon name="file" /><a href={`/api/v1/papers/${paper.paper_id}`} download={paper.name}>{paper.name}</a></li>)}</ul>
        {may_report && (
          <Said doing={doing}>
            <p><button type="button" className="button" onClick={() => file.current?.click()}><Icon name="upload" />{t('reports.attach')}</button>
              <input ref={file} type="file" hidden tabIndex={-1} aria-label={t('reports.attach')} accept=".pdf,.jpg,.jpeg,.png" onChange={event => { const [chosen] = event.target.files ?? []; event.target.value = ''; if (chosen) send_file(chosen) }} /></p>
          </Said>
        )}
      </section>
      {came_back.length > 0 && (
        <section className="panel stack" aria-labelledby="came-back"><h2 id="came-back">{t('assignments.came_back')}</h2>
          <ul className="plain-list">{came_back.map(item => <li key={item.item_id}><Link to="/meetings/$meeting_id" params={{ meeting_id: item.meeting_id }}>{item.title_th}</Link></li>)}</ul></section>
      )}
      {asks === 'report' && <Dialog title={t('reports.new')} on_close={() => set_asks(null)}><ReportForm doing_label={t('reports.send')} close={() => set_asks(null)} send={body => take(api.POST('/api/v1/assignments/{assignment_id}/reports', { params: { path: { assignment_id } }, headers: if_match(version), body }))} /></Dialog>}
      {asks === 'close' && <Dialog title={t('assignments.close')} on_close={() => set_asks(null)}><CloseForm assignment_id={assignment_id} version={version} close={() => set_asks(null)} /></Dialog>}
    </>
  )
}

export function ReportForm({ doing_label, close, send }: { doing_label: string; close: () => void; send: (body: { text_th: string; evidence_th: string | null }) => Promise<unknown> }) {
  const { t } = useWords()
  const doing = useDoing()
  const [text_th, set_text] = useState('')
  const [evidence_th, set_evidence] = useState('')
  return (
    <ActForm doing={doing} label={doing_label} ready={text_th.trim() !== ''} on_cancel={close} send={() => doing.run(() => send({ text_th: text_th.trim(), evidence_th: text_or_none(evidence_th) }), close)}>
      <TextField pointer="/text_th" label={t('reports.text')} lang="th" rows={4} max={4000} value={text_th} on_change={set_text} />
      <TextField pointer="/evidence_th" label={t('reports.evidence')} hint={t('reports.evidence_hint')} lang="th" optional rows={2} max={4000} value={evidence_th} on_change={set_evidence} />
    </ActForm>
  )
}

function CloseForm({ assignment_id, version, close }: { assignment_id: string; version: number; close: () => void }) {
  const { t } = useWords()
  const doing = useDoing()
  const [outcome, set_outcome] = useState<'done' | 'dropped'>('done')
  const [note_th, set_note] = useState('')
  const send = () => doing.run(() => take(api.POST('/api/v1/assignments/{assignment_id}/close', { params: { path: { assignment_id } }, headers: if_match(version), body: { outcome, note_th: note_th.trim() } })), close)
  return (
    <ActForm doing={doing} label={t('assignments.close')} ready={note_th.trim() !== ''} send={send} on_cancel={close}>
      <ChoiceField pointer="/outcome" label={t('assignments.outcome')} value={outcome} on_change={set_outcome} options={[{ value: 'done', label: t('assignment.state.done') }, { value: 'dropped', label: t('assignment.state.dropped') }]} />
      <TextField pointer="/note_th" label={t('assignments.note')} lang="th" rows={3} max={4000} value={note_th} on_change={set_note} />
    </ActForm>
  )
}
