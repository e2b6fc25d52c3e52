import { useQuery } from '@tanstack/react-query'
import type { Body, Meeting, Resolution } from '../../api/shapes.ts'
import { Link, navigate, navigate_after_saving } from '../../app/router.tsx'
import { has_role, home_province, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import { format_date, format_moment } from '../../lib/dates.ts'
import { MeetingForm } from './MeetingForm.tsx'
import { Deadline } from '../../components/Deadline.tsx'
import { MeetingMark } from './MeetingDesk.tsx'
import { bodies_query, meetings_query, provincial_bodies_query, resolutions_query, running_query } from './queries.ts'

export function Meetings() {
  const { t } = useWords()
  const me = useMe()
  const meetings = useQuery(meetings_query)
  const bodies = useQuery(bodies_query)
  const own = useQuery(provincial_bodies_query(home_province(me) ?? ''))
  const resolutions = useQuery(resolutions_query)
  const error = meetings.error ?? bodies.error ?? resolutions.error
  const ready = meetings.data && bodies.data
  // Meetings of other provinces' own committees are not this reader's business.
  const known = [...(bodies.data?.items ?? []), ...(own.data?.items ?? [])]
  const held = (meetings.data ?? []).filter(meeting => known.some(body => body.code === meeting.body))
  return (
    <>
      <header className="page-head split">
        <div><h1>{t('meetings.title')}</h1><p className="soft">{t('meetings.text')}</p></div>
        <p className="buttons">
          {has_role(me, 'opdc', 'provincial_office', 'moi') && <Link to="/meetings/plan" className="button main"><Icon name="plus" />{t('plan.title')}</Link>}
          {has_role(me, 'opdc', 'provincial_office') && <Link to="/meetings/new" className="button"><Icon name="plus" />{t('meetings.new')}</Link>}
        </p>
      </header>
      <ul className="ways">
        <li><Link to="/bodies"><Icon name="people" />{t('bodies.title')}</Link></li>
        <li><Link to="/assignments"><Icon name="check" />{t('assignments.title')}</Link></li>
        {has_role(me, 'governor', 'provincial_office', 'district', 'moi', 'auditor') && <li><Link to="/matters"><Icon name="warning" />{t('matters.title')}</Link></li>}
      </ul>
      <Running />
      <h2>{t('meetings.held')}</h2>
      {error && <Failure error={error} again={() => { void meetings.refetch(); void bodies.refetch(); void resolutions.refetch() }} />}
      {!ready && !error && <Waiting />}
      {ready && held.length === 0 && <p className="empty">{t('meetings.none')}</p>}
      {ready && held.toSorted((a, b) => b.on_date.localeCompare(a.on_date)).map(meeting => (
        <MeetingCard key={meeting.meeting_id} meeting={meeting} body={known.find(body => body.code === meeting.body)}
          resolutions={(resolutions.data ?? []).filter(resolution => resolution.meeting_id === meeting.meeting_id)} />
      ))}
    </>
  )
}

function Running() {
  const { t, lang, pick } = useWords()
  const found = useQuery(running_query)
  return (
    <section className="stack" aria-labelledby="running">
      <h2 id="running">{t('meetings.running')}</h2>
      {found.error && <Failure error={found.error} again={() => void found.refetch()} />}
      {found.data?.items.length === 0 && <p className="soft">{t('meetings.running_none')}</p>}
      <ul className="tasks">
        {found.data?.items.map(({ meeting, body_th, body_en, items, waits_for_my_answer }) => (
          <li key={meeting.meeting_id} className="task">
            <span className="page-facts"><MeetingMark state={meeting.state} />{waits_for_my_answer && meeting.state === 'called' && <span className="mark amber"><Icon name="clock" />{t('meetings.waits')}</span>}{meeting.demonstration && <span className="mark grey">{t('committees.demonstration_short')}</span>}</span>
            <Link to="/meetings/$meeting_id" params={{ meeting_id: meeting.meeting_id }} className="task-title">{pick(body_th, body_en)} {t('meeting.nth', { n: meeting.number })}</Link>
            <span className="small soft">{meeting.deadline_at ? <Deadline at={meeting.deadline_at} /> : meeting.starts_at ? format_moment(meeting.starts_at, lang, 'short') : format_date(meeting.on_date, lang)} · {t('meetings.items', { n: items })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function MeetingCard({ meeting, body, resolutions }: { meeting: Meeting; body: Body | undefined; resolutions: Resolution[] }) {
  const { t, lang, pick } = useWords()
  const id = `meeting-${meeting.meeting_id}`
  return (
    <section className="panel stack meeting" aria-labelledby={id}>
      <h2 id={id}>{pick(body?.name_th, body?.name_en) || meeting.body} {t('meeting.nth', { n: meeting.number })}</h2>
      <p className="soft">
        {format_date(meeting.on_date, lang)}
        {meeting.place_th && <> · {pick(meeting.place_th, meeting.place_en)}</>} · {t('meeting.chaired', { who: pick(meeting.chair_title_th, meeting.chair_title_en) })}
        {meeting.demonstration && <> <span className="mark gold">{t('meeting.demonstration')}</span></>}
        {!meeting.verified && <> <span className="mark grey">{t('meeting.unverified')}</span></>}
      </p>
      {resolutions.length === 0
        ? <p className="soft">{t('meeting.no_resolution')}</p>
        : (
          <ul className="plain-list bare">
            {resolutions.toSorted((a, b) => a.position - b.position).map(resolution => (
              <li key={resolution.resolution_id}>
                <b>{resolution.number}</b> <span className="mark teal">{t(`resolution.${resolution.kind}`)}</span> <span className="pre">{pick(resolution.text_th, resolution.text_en)}</span>{' '}
                {resolution.subject_kind === 'application' && resolution.subject_id !== null &&
                  <Link to="/applications/$application_id" params={{ application_id: resolution.subject_id }}>{t('meeting.subject')}</Link>}
                {resolution.subject_kind === 'change' && resolution.subject_id !== null &&
                  <Link to="/changes/$change_id" params={{ change_id: resolution.subject_id }}>{t('meeting.change')}</Link>}
              </li>
            ))}
          </ul>
        )}
    </section>
  )
}

export function NewMeetingPage() {
  const { t } = useWords()
  const me = useMe()
  const back = () => navigate({ to: '/meetings' })
  return (
    <>
      <p className="crumbs"><Link to="/meetings">{t('meetings.title')}</Link></p>
      <header className="page-head"><h1>{t('meetings.new')}</h1></header>
      {has_role(me, 'opdc', 'provincial_office')
        ? <section className="panel form" aria-label={t('meetings.new')}><MeetingForm on_cancel={back} on_recorded={() => navigate_after_saving({ to: '/meetings' })} /></section>
        : <p className="empty"><Icon name="lock" />{t('meeting.opdc_only')}</p>}
    </>
  )
}
