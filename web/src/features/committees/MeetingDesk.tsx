import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { AgendaItem, WholeMeeting, MeetingState, Quorum, Resolution } from '../../api/shapes.ts'
import { upload } from '../../api/upload.ts'
import { Link, useParams } from '../../app/router.tsx'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Acts, short_name } from '../../components/Acts.tsx'
import { Deadline } from '../../components/Deadline.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { Sure } from '../../components/Sure.tsx'
import { format_date, format_moment, parse_date } from '../../lib/dates.ts'
import type { IconName } from '../../lib/icons.ts'
import '../../styles/committees.css'
import { AssignmentRows } from './Assignments.tsx'
import { Attendance } from './Attendance.tsx'
import { Said } from '../../components/doing.tsx'
import { ActForm, if_match, text_or_none, useDoing } from './doing.tsx'
import { ConflictForm, CorrectResolutionForm, ItemForm, ResolveForm } from './itemForms.tsx'
import { has_call, has_minutes, PaperLink } from './PaperLink.tsx'
import { meeting_acts_query, meeting_query } from './queries.ts'

export const agenda_parts = [1, 2, 3, 4, 5, 6] as const

const looks: Record<MeetingState, [look: string, icon: IconName]> = {
  recorded: ['green', 'check'], planned: ['grey', 'edit'], called: ['teal', 'inbox'], open: ['amber', 'people'], closed: ['teal', 'lock'],
  minutes_drafted: ['teal', 'file'], minutes_adopted: ['green', 'check'], cancelled: ['grey', 'cross'],
}
export function MeetingMark({ state }: { state: MeetingState }) {
  const { t } = useWords()
  const [look, icon] = looks[state]
  return <span className={`mark ${look}`}><Icon name={icon} />{t(`meeting.state.${state}`)}</span>
}

/** The quorum as a light that does not speak by colour alone. */
export function QuorumLight({ quorum }: { quorum: Quorum }) {
  const { t } = useWords()
  return (
    <span className={`mark ${quorum.reached ? 'green' : 'red'}`}>
      <Icon name={quorum.reached ? 'check' : 'warning'} />
      {t(quorum.reached ? 'quorum.reached' : 'quorum.missing', { present: quorum.present, needed: quorum.needed })}
      {quorum.conflicted > 0 && ` · ${t('quorum.conflicted', { n: quorum.conflicted })}`}
    </span>
  )
}

const agenda_open = (state: MeetingState) => state === 'planned' || state === 'called' || state === 'open'

export function MeetingDesk() {
  const { t, lang, pick } = useWords()
  const { meeting_id } = useParams('/meetings/$meeting_id')
  const found = useQuery(meeting_query(meeting_id))
  const acts = useQuery(meeting_acts_query(meeting_id))
  const doing = useDoing()
  const [asks, set_asks] = useState<'call' | 'cancel' | 'edit' | 'correct' | null>(null)
  if (found.error) return <Failure error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const page = found.data
  const { meeting, body, members } = page
  const to = { params: { path: { meeting_id } }, headers: if_match(page.version) }
  const run = {
    call: () => set_asks('call'),
    cancel: () => set_asks('cancel'),
    edit: () => set_asks('edit'),
    correct: () => set_asks('correct'),
    open: () => doing.run(() => take(api.POST('/api/v1/meetings/{meeting_id}/open', to))),
    close: () => doing.run(() => take(api.POST('/api/v1/meetings/{meeting_id}/close', to))),
    draft_minutes: () => doing.run(() => take(api.POST('/api/v1/meetings/{meeting_id}/draft-minutes', to))),
    count: () => doing.run(() => take(api.POST('/api/v1/meetings/{meeting_id}/count', to))),
  }
  const may = new Set(acts.data?.items.filter(act => act.allowed).map(act => short_name(act.act)))
  const main = { planned: 'call', called: 'open', open: 'close', closed: 'draft_minutes' }[meeting.state as string]
  return (
    <>
      <p className="crumbs"><Link to="/meetings">{t('meetings.title')}</Link></p>
      <header className="page-head">
        <h1>{pick(body.name_th, body.name_en)} {t('meeting.nth', { n: meeting.number })}</h1>
        {meeting.demonstration && <p className="notice"><Icon name="info" /><span>{t('committees.demonstration')}</span></p>}
        <p className="page-facts">
          <MeetingMark state={meeting.state} />
          {meeting.form === 'circulation' && meeting.deadline_at
            ? <Deadline at={meeting.deadline_at} closed={meeting.state !== 'called'} />
            : <span>{meeting.starts_at ? format_moment(meeting.starts_at, lang) : format_date(meeting.on_date, lang)}</span>}
          {meeting.place_th && <span>{pick(meeting.place_th, meeting.place_en)}</span>}
          {meeting.form === 'sitting' && meeting.state !== 'planned' && meeting.state !== 'recorded' && <QuorumLight quorum={page.quorum} />}
        </p>
        {meeting.ended_reason && <p>{meeting.ended_reason}</p>}
        {meeting.adopted_in && <p className="small"><Link to="/meetings/$meeting_id" params={{ meeting_id: meeting.adopted_in }}>{t('meeting.adopted_in')}</Link></p>}
      </header>
      <Said doing={doing}>{acts.data && <Acts acts={acts.data.items} run={run} main={main} />}</Said>
      <p className="buttons">
        <Link to="/meetings/$meeting_id/print" params={{ meeting_id }} search={{ what: 'agenda' }} className="button"><Icon name="file" />{t('print.agenda')}</Link>
        {!agenda_open(meeting.state) && <Link to="/meetings/$meeting_id/print" params={{ meeting_id }} search={{ what: 'minutes' }} className="button"><Icon name="file" />{t('print.minutes')}</Link>}
        {has_call(meeting) && <PaperLink of={`/meetings/${meeting_id}/call.pdf`}>{t(meeting.state === 'planned' ? 'pdf.call_draft' : 'pdf.call')}</PaperLink>}
        {has_minutes(meeting) && <PaperLink of={`/meetings/${meeting_id}/minutes.pdf`}>{t(meeting.state === 'minutes_adopted' ? 'pdf.minutes' : 'pdf.minutes_draft')}</PaperLink>}
      </p>
      {page.corrections.map(correction => (
        <div key={correction.correction_id} className="notice"><Icon name="info" /><p>{t('meeting.corrected', { at: format_moment(correction.corrected_at, lang, 'short'), who: correction.corrected_by })}: {correction.reason}<br />
          <span className="soft small">{t('meeting.was', { number: correction.was.number, date: format_date(correction.was.on_date, lang), place: correction.was.place_th ?? '–' })}</span></p></div>
      ))}
      {meeting.form === 'circulation' && <Circulation page={page} may_answer={may.has('answer')} />}
      <Agenda page={page} may={may} />
      {members.length === 0 && agenda_open(meeting.state) && <p className="notice"><Icon name="warning" /><span>{t('meeting.no_members')} <Link to="/bodies/$code" params={{ code: body.code }}>{pick(body.name_th, body.name_en)}</Link></span></p>}
      {meeting.form === 'sitting' && members.length > 0 && <Attendance page={page} may_edit={may.has('attend')} />}
      {page.assignments.length > 0 && (
        <section className="panel stack" aria-labelledby="follow-up"><h2 id="follow-up">{t('assignments.title')}</h2><AssignmentRows assignments={page.assignments} /></section>
      )}
      {asks === 'call' && <Dialog title={t('meeting.call.title')} on_close={() => set_asks(null)}><CallForm page={page} close={() => set_asks(null)} /></Dialog>}
      {asks === 'cancel' && <Dialog title={t('meeting.cancel.title')} on_close={() => set_asks(null)}><CancelForm page={page} close={() => set_asks(null)} /></Dialog>}
      {asks === 'edit' && <Dialog title={t('meeting.edit.title')} on_close={() => set_asks(null)}><EditForm page={page} close={() => set_asks(null)} /></Dialog>}
      {asks === 'correct' && <Dialog title={t('meeting.correct.title')} on_close={() => set_asks(null)}><CorrectForm page={page} close={() => set_asks(null)} /></Dialog>}
    </>
  )
}

interface FormProps { page: WholeMeeting; close: () => void }

function CallForm({ page: { meeting, version }, close }: FormProps) {
  const { t } = useWords()
  const doing = useDoing()
  const [number, set_number] = useState('')
  const [day, set_day] = useState('')
  const send = () => doing.run(() => take(api.POST('/api/v1/meetings/{meeting_id}/call', {
    params: { path: { meeting_id: meeting.meeting_id } }, headers: if_match(version), body: { notice_number: text_or_none(number), notice_date: parse_date(day) },
  })), close)
  return (
    <ActForm doing={doing} label={t('meeting.call.title')} send={send} on_cancel={close}>
      <p>{t('meeting.call.text')}</p>
      <TextField pointer="/notice_number" label={t('meeting.notice_number')} lang="th" optional max={300} value={number} on_change={set_number} />
      <TextField pointer="/notice_date" label={t('meeting.notice_date')} hint={t('meeting.date_hint')} optional max={30} value={day} on_change={set_day} />
    </ActForm>
  )
}

function CancelForm({ page: { meeting, version }, close }: FormProps) {
  const { t } = useWords()
  const doing = useDoing()
  const [reason, set_reason] = useState('')
  const send = () => doing.run(() => take(api.POST('/api/v1/meetings/{meeting_id}/cancel', { params: { path: { meeting_id: meeting.meeting_id } }, headers: if_match(version), body: { reason: reason.trim() } })), close)
  return (
    <ActForm doing={doing} label={t('meeting.cancel.title')} ready={reason.trim() !== ''} send={send} on_cancel={close}>
      <TextField pointer="/reason" label={t('reason')} lang="th" rows={2} max={4000} value={reason} on_change={set_reason} />
    </ActForm>
  )
}

function EditForm({ page: { meeting, version }, close }: FormProps) {
  const { t } = useWords()
  const doing = useDoing()
  const [place_th, set_place] = useState(meeting.place_th ?? '')
  const [chair_title_th, set_chair] = useState(meeting.chair_title_th)
  const send = () => doing.run(() => take(api.PATCH('/api/v1/meetings/{meeting_id}', { params: { path: { meeting_id: meeting.meeting_id } }, headers: if_match(version), body: { place_th: text_or_none(place_th), chair_title_th: text_or_none(chair_title_th) } })), close)
  return (
    <ActForm doing={doing} label={t('save')} send={send} on_cancel={close}>
      <TextField pointer="/place_th" label={t('meeting.place')} lang="th" max={300} value={place_th} on_change={set_place} />
      <TextField pointer="/chair_title_th" label={t('meeting.chair')} lang="th" max={300} value={chair_title_th} on_change={set_chair} />
    </ActForm>
  )
}

/** What was recorded wrongly is superseded; how it stood before stays on the page. */
function CorrectForm({ page: { meeting, version }, close }: FormProps) {
  const { t } = useWords()
  const doing = useDoing()
  const [reason, set_reason] = useState('')
  const [day, set_day] = useState('')
  const [place_th, set_place] = useState(meeting.place_th ?? '')
  const [chair_title_th, set_chair] = useState(meeting.chair_title_th)
  const send = () => doing.run(() => take(api.POST('/api/v1/meetings/{meeting_id}/correct', {
    params: { path: { meeting_id: meeting.meeting_id } }, headers: if_match(version),
    body: { reason: reason.trim(), on_date: parse_date(day), place_th: text_or_none(place_th), chair_title_th: text_or_none(chair_title_th) },
  })), close)
  return (
    <ActForm doing={doing} label={t('meeting.correct.title')} ready={reason.trim() !== '' && (day.trim() === '' || parse_date(day) !== null)} send={send} on_cancel={close}>
      <p>{t('meeting.correct.text')}</p>
      <TextField pointer="/on_date" label={t('meeting.date')} hint={t('meeting.date_hint')} optional max={30} value={day} on_change={set_day} />
      <TextField pointer="/place_th" label={t('meeting.place')} lang="th" max={300} value={place_th} on_change={set_place} />
      <TextField pointer="/chair_title_th" label={t('meeting.chair')} lang="th" max={300} value={chair_title_th} on_change={set_chair} />
      <TextField pointer="/reason" label={t('reason')} lang="th" rows={2} max={4000} value={reason} on_change={set_reason} />
    </ActForm>
  )
}

function Circulation({ page, may_answer }: { page: WholeMeeting; may_answer: boolean }) {
  const { t, pick } = useWords()
  const doing = useDoing()
  const [reason, set_reason] = useState('')
  const { meeting, members, circulation, my_member_id } = page
  const mine = members.find(seated => seated.member.member_id === my_member_id)?.answer
  const answer = (said: 'agree' | 'disagree' | 'abstain' | 'call_for_meeting') => doing.run(() => take(api.POST('/api/v1/meetings/{meeting_id}/answer', { params: { path: { meeting_id: meeting.meeting_id } }, body: { answer: said, reason_th: text_or_none(reason) } })))
  return (
    <section className="panel stack" aria-labelledby="circulation">
      <h2 id="circulation">{t('circulation.title')}</h2>
      {circulation && <p>{t('circulation.count_text', { answers: circulation.answers, members: circulation.members, needed: circulation.needed, yes: circulation.votes.in_favour, no: circulation.votes.against, abstain: circulation.votes.abstain })}{meeting.state === 'closed' && <> <span className={`mark ${circulation.outcome === 'carried' ? 'green' : 'red'}`}>{t(`outcome.${circulation.outcome}`)}</span></>}</p>}
      {may_answer && (
        <Said doing={doing}>
          {mine && <p role="status">{t('circulation.mine')}: <b>{t(`answer.${mine}`)}</b> {t('circulation.may_change')}</p>}
          <TextField pointer="/reason_th" label={t('circulation.reason')} lang="th" optional rows={2} max={4000} value={reason} on_change={set_reason} />
          <p className="buttons">{(['agree', 'disagree', 'abstain', 'call_for_meeting'] as const).map(said => <button key={said} type="button" className={`button ${said === 'agree' ? 'main' : ''}`} disabled={doing.busy} onClick={() => answer(said)}>{t(`answer.${said}`)}</button>)}</p>
        </Said>
      )}
      <ul className="rows">{members.map(({ member, answer: given, answer_reason_th }) => (
        <li key={member.member_id}><span className="grow">{pick(member.title_th, member.title_en)}{answer_reason_th && <><br /><span className="soft small" lang="th">{answer_reason_th}</span></>}</span><span className={`mark ${given === 'agree' ? 'green' : given === 'disagree' ? 'red' : 'grey'}`}>{given ? t(`answer.${given}`) : t('answer.none')}</span></li>
      ))}</ul>
    </section>
  )
}

// ---- the agenda, in its six parts

function Agenda({ page, may }: { page: WholeMeeting; may: Set<string> }) {
  const { t } = useWords()
  const doing = useDoing()
  const [adds, set_adds] = useState<number | null>(null)
  const dragged = useRef<string | null>(null)
  const { meeting, items } = page
  const may_edit = may.has('edit') && meeting.form === 'sitting'
  /** Puts one item before another of the same part, or steps it up or down. */
  const reorder = (order: string[]) => doing.run(() => take(api.PUT('/api/v1/meetings/{meeting_id}/order', { params: { path: { meeting_id: meeting.meeting_id } }, headers: if_match(page.version), body: { items: order } })))
  const swap = (item: AgendaItem, by: -1 | 1) => {
    const order = items.map(each => each.item_id)
    const at = order.indexOf(item.item_id)
    order.splice(at, 1)
    order.splice(at + by, 0, item.item_id)
    reorder(order)
  }
  const drop_before = (item: AgendaItem) => {
    const moved = items.find(each => each.item_id === dragged.current)
    dragged.current = null
    if (!moved || moved === item || moved.part !== item.part) return
    const order = items.map(each => each.item_id).filter(id => id !== moved.item_id)
    order.splice(order.indexOf(item.item_id), 0, moved.item_id)
    reorder(order)
  }
  return (
    <section className="panel stack" aria-labelledby="agenda">
      <h2 id="agenda">{t('agenda.heading')}</h2>
      <Said doing={doing}>{null}</Said>
      {agenda_parts.map(part => {
        const of_part = items.filter(item => item.part === part)
        if (meeting.form === 'circulation' && of_part.length === 0) return null
        return (
          <section key={part} className="agenda-part stack" aria-labelledby={`part-${part}`}>
            <div className="split">
              <h3 id={`part-${part}`}>{t('agenda.part', { n: part })} {t(`agenda.${part}`)}</h3>
              {may_edit && <button type="button" className="button quiet small-button" onClick={() => set_adds(part)}><Icon name="plus" />{t('item.add')}<span className="hidden-visually"> {t(`agenda.${part}`)}</span></button>}
            </div>
            {of_part.length === 0
              ? <p className="soft small">{t('agenda.nothing')}</p>
              : (
                <ol className="agenda-items">
                  {of_part.map((item, at) => (
                    <li key={item.item_id} draggable={may_edit} onDragStart={() => { dragged.current = item.item_id }} onDragOver={event => event.preventDefault()} onDrop={() => drop_before(item)}>
                      <Item page={page} item={item} may={may}
                        up={may_edit && at > 0 ? () => swap(item, -1) : undefined} down={may_edit && at < of_part.length - 1 ? () => swap(item, 1) : undefined} />
                    </li>
                  ))}
                </ol>
              )}
          </section>
        )
      })}
      {adds !== null && <Dialog title={t('item.add')} on_close={() => set_adds(null)}><ItemForm page={page} part={adds} close={() => set_adds(null)} /></Dialog>}
    </section>
  )
}

function Item({ page, item, may, up, down }: { page: WholeMeeting; item: AgendaItem; may: Set<string>; up?: () => void; down?: () => void }) {
  const { t, pick } = useWords()
  const doing = useDoing()
  const file = useRef<HTMLInputElement>(null)
  const [asks, set_asks] = useState<'edit' | 'conflict' | 'resolve' | null>(null)
  const [discussion, set_discussion] = useState<string | null>(null)
  const [corrects, set_corrects] = useState<Resolution | null>(null)
  const { meeting, members, my_member_id } = page
  const to = { params: { path: { item_id: item.item_id } }, headers: if_match(page.version) }
  const name_of = (id: string) => { const seated = members.find(each => each.member.member_id === id); return seated ? pick(seated.member.title_th, seated.member.title_en) : '' }
  const i_am_out = item.conflicts.some(conflict => conflict.member_id === my_member_id)
  const open = agenda_open(meeting.state)
  const may_edit = may.has('edit') && meeting.form === 'sitting'
  const send_file = (chosen: File) => doing.run(() => upload(`/api/v1/agenda-items/${item.item_id}/papers?name=${encodeURIComponent(chosen.name)}`, chosen, () => undefined, new AbortController().signal, { method: 'POST' }))
  const save_discussion = () => doing.run(() => take(api.PUT('/api/v1/agenda-items/{item_id}/discussion', { ...to, body: { discussion_th: discussion ?? '' } })), () => set_discussion(null))
  return (
    <article className="agenda-item stack" aria-label={`${item.number} ${item.title_th}`}>
      <div className="split">
        <h4><b>{item.number}</b> {pick(item.title_th, item.title_en)}{item.source_kind && <> <span className="mark grey">{t(`source.${item.source_kind as 'minutes' | 'assignment' | 'circulation' | 'urgent_matter'}`)}</span></>}</h4>
        {(up ?? down) && (
          <span className="buttons">
            <button type="button" className="button quiet small-button" disabled={!up} onClick={up} aria-label={t('item.up', { n: item.number })}><Icon name="up" /></button>
            <button type="button" className="button quiet small-button" disabled={!down} onClick={down} aria-label={t('item.down', { n: item.number })}><Icon name="down" /></button>
          </span>
        )}
      </div>
      {item.detail_th && <p className="pre" lang="th">{item.detail_th}</p>}
      {item.proposal_th && <p className="soft pre" lang="th">{item.proposal_th}</p>}
      {item.source_kind === 'assignment' && item.source_id && <p className="small"><Link to="/assignments/$assignment_id" params={{ assignment_id: item.source_id }}>{t('item.see_assignment')}</Link></p>}
      {item.source_kind === 'urgent_matter' && item.source_id && <p className="small"><Link to="/matters/$matter_id" params={{ matter_id: item.source_id }}>{t('item.see_matter')}</Link></p>}
      {item.papers.length > 0 && (
        <ul className="papers">{item.papers.map(paper => (
          <li key={paper.paper_id}><Icon name="file" /><a href={`/api/v1/papers/${paper.paper_id}`} download={paper.name}>{paper.name}</a>
            {may_edit && <Sure quiet icon="bin" question={t('paper.remove_sure')} act={t('remove')} of={paper.name} go={() => doing.run(() => take(api.DELETE('/api/v1/papers/{paper_id}', { params: { path: { paper_id: paper.paper_id } } })))} />}</li>
        ))}</ul>
      )}
      {item.conflicts.map(conflict => <p key={conflict.member_id} className="finding"><Icon name="people" /><span>{t('interest.of', { who: name_of(conflict.member_id) })}: <span lang="th">{conflict.reason_th}</span></span></p>)}
      {item.resolutions.map(resolution => (
        <div key={resolution.resolution_id} className={`resolved ${resolution.superseded_by ? 'superseded' : ''}`}>
          <p><b>{t('resolution.nth', { n: resolution.number })}</b> <span className="mark green">{resolution.kind_th}</span>{resolution.superseded_by && <> <span className="mark grey">{t('resolution.superseded')}</span></>}{resolution.supersedes && <> <span className="mark amber">{t('resolution.corrects')}</span></>}</p>
          <p className="pre" lang="th">{resolution.text_th}</p>
          {resolution.correction_reason && <p className="small soft">{t('reason')}: {resolution.correction_reason}</p>}
          {may.has('correct') && !resolution.superseded_by && <p><button type="button" className="button quiet small-button" onClick={() => set_corrects(resolution)}><Icon name="edit" />{t('resolution.correct')}<span className="hidden-visually"> {resolution.number}</span></button></p>}
          <p className="small soft">{resolution.votes_for !== null ? t('votes.text', { yes: resolution.votes_for, no: resolution.votes_against ?? 0, abstain: resolution.votes_abstain ?? 0 }) : t('votes.none')}{resolution.members_present !== null && <> · {t('quorum.reached', { present: resolution.members_present, needed: resolution.quorum_needed ?? 0 })}</>} · {t(resolution.is_public ? 'resolution.public' : 'resolution.closed')}</p>
        </div>
      ))}
      {item.discussion_th && discussion === null && <p className="pre minutes-text" lang="th">{item.discussion_th}</p>}
      <Said doing={doing}>
        {discussion !== null && (
          <>
            <TextField pointer="/discussion_th" label={t('item.discussion')} lang="th" rows={4} max={4000} value={discussion} on_change={set_discussion} />
            <p className="buttons"><button type="button" className="button main" disabled={doing.busy} onClick={save_discussion}>{t('save')}</button><button type="button" className="button" onClick={() => set_discussion(null)}>{t('cancel')}</button></p>
          </>
        )}
        <p className="buttons item-acts">
          {may.has('resolve') && !i_am_out && <QuorumLight quorum={item.quorum} />}
          {may.has('resolve') && <button type="button" className="button main small-button" onClick={() => set_asks('resolve')}>{t('item.resolve')}<span className="hidden-visually"> {item.number}</span></button>}
          {may.has('minute') && discussion === null && <button type="button" className="button quiet small-button" onClick={() => set_discussion(item.discussion_th ?? '')}><Icon name="edit" />{t('item.discussion')}<span className="hidden-visually"> {item.number}</span></button>}
          {may_edit && <button type="button" className="button quiet small-button" onClick={() => set_asks('edit')}><Icon name="edit" />{t('item.edit')}<span className="hidden-visually"> {item.number}</span></button>}
          {may_edit && (
            <>
              <button type="button" className="button quiet small-button" onClick={() => file.current?.click()}><Icon name="upload" />{t('paper.add')}<span className="hidden-visually"> {item.number}</span></button>
              <input ref={file} type="file" hidden tabIndex={-1} aria-label={`${t('paper.add')} ${item.number}`} accept=".pdf,.jpg,.jpeg,.png" onChange={event => { const [chosen] = event.target.files ?? []; event.target.value = ''; if (chosen) send_file(chosen) }} />
            </>
          )}
          {may_edit && !item.source_kind && item.resolutions.length === 0 && <Sure quiet icon="bin" question={t('item.remove_sure')} act={t('remove')} of={item.number} busy={doing.busy} go={() => doing.run(() => take(api.DELETE('/api/v1/agenda-items/{item_id}', to)))} />}
          {open && my_member_id && !i_am_out && item.resolutions.length === 0 && <button type="button" className="button quiet small-button" onClick={() => set_asks('conflict')}><Icon name="people" />{t('interest.declare')}<span className="hidden-visually"> {item.number}</span></button>}
          {i_am_out && <span className="mark amber">{t('interest.mine')}</span>}
        </p>
      </Said>
      {corrects && <Dialog title={t('resolution.correct')} on_close={() => set_corrects(null)}><CorrectResolutionForm resolution={corrects} close={() => set_corrects(null)} /></Dialog>}
      {asks === 'edit' && <Dialog title={t('item.edit')} on_close={() => set_asks(null)}><ItemForm page={page} part={item.part} item={item} close={() => set_asks(null)} /></Dialog>}
      {asks === 'conflict' && <Dialog title={t('interest.declare')} on_close={() => set_asks(null)}><ConflictForm item={item} close={() => set_asks(null)} /></Dialog>}
      {asks === 'resolve' && <Dialog title={`${t('item.resolve')} ${item.number}`} on_close={() => set_asks(null)}><ResolveForm page={page} item={item} close={() => set_asks(null)} /></Dialog>}
    </article>
  )
}
