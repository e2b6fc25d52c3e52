import { useQuery } from '@tanstack/react-query'
import type { Body, Meeting, Resolution } from '../../api/shapes.ts'
import { Link, navigate, navigate_after_saving } from '../../app/router.tsx'
import { has_role, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import { format_date } from '../../lib/dates.ts'
import { MeetingForm } from './MeetingForm.tsx'
import { bodies_query, meetings_query, resolutions_query } from './queries.ts'

export function Meetings() {
  const { t } = useWords()
  const me = useMe()
  const meetings = useQuery(meetings_query)
  const bodies = useQuery(bodies_query)
  const resolutions = useQuery(resolutions_query)
  const error = meetings.error ?? bodies.error ?? resolutions.error
  const ready = meetings.data && bodies.data
  return (
    <>
      <header className="page-head split">
        <div><h1>{t('meetings.title')}</h1><p className="soft">{t('meetings.text')}</p></div>
        {has_role(me, 'opdc') && <Link to="/meetings/new" className="button main"><Icon name="plus" />{t('meetings.new')}</Link>}
      </header>
      {error && <Failure error={error} again={() => { void meetings.refetch(); void bodies.refetch(); void resolutions.refetch() }} />}
      {!ready && !error && <Waiting />}
      {ready && meetings.data.length === 0 && <p className="empty">{t('meetings.none')}</p>}
      {ready && meetings.data.toSorted((a, b) => b.on_date.localeCompare(a.on_date)).map(meeting => (
        <MeetingCard key={meeting.meeting_id} meeting={meeting} body={bodies.data.items.find(body => body.code === meeting.body)}
          resolutions={(resolutions.data ?? []).filter(resolution => resolution.meeting_id === meeting.meeting_id)} />
      ))}
    </>
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
      {has_role(me, 'opdc')
        ? <section className="panel form" aria-label={t('meetings.new')}><MeetingForm on_cancel={back} on_recorded={() => navigate_after_saving({ to: '/meetings' })} /></section>
        : <p className="empty"><Icon name="lock" />{t('meeting.opdc_only')}</p>}
    </>
  )
}
