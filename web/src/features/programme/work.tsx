import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { server_now_ms } from '../../api/client.ts'
import type { Assignment, ChangeSummary, Matter, Me, RunningMeeting } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { has_role, own_provinces } from '../../app/session.ts'
import { useWords, type Key } from '../../app/words.tsx'
import { Deadline } from '../../components/Deadline.tsx'
import { Icon } from '../../components/Icon.tsx'
import { format_date } from '../../lib/dates.ts'
import { waiting_assignments_query, matters_query, running_query } from '../committees/queries.ts'
import { waiting_changes_query } from '../plans/queries.ts'

/** What waits on this desk besides applications, the most pressing kind first. The modules' own lists say what is this officer's. */
export function useWork(me: Me | null | undefined) {
  const works = !!me && me.offices.some(office => office.role !== 'citizen')
  const province = !!me && own_provinces(me).length > 0
  const matters = useQuery({ ...matters_query, enabled: works && province })
  const running = useQuery({ ...running_query, enabled: works })
  const changes = useQuery({ ...waiting_changes_query, enabled: works && has_role(me, 'governor', 'provincial_office', 'moi', 'opdc') })
  const assignments = useQuery({ ...waiting_assignments_query, enabled: works })
  const all = [matters, running, changes, assignments]
  const open = (matters.data?.items ?? []).filter(({ matter }) => matter.state !== 'closed' && matter.state !== 'withdrawn')
  const tasks: ReactNode[] = [
    ...open.map(each => <MatterTask key={each.matter.matter_id} {...each} />),
    ...(running.data?.items ?? []).map(each => ({ each, todo: meeting_todo(each) })).filter(({ todo }) => todo !== null)
      .map(({ each, todo }) => <MeetingTask key={each.meeting.meeting_id} row={each} todo={todo!} />),
    ...(changes.data ?? []).map(each => <ChangeTask key={each.change_id} change={each} />),
    ...(assignments.data ?? []).map(each => <AssignmentTask key={each.assignment_id} assignment={each} />),
  ]
  return { tasks, pending: all.some(query => query.isLoading), error: all.find(query => query.error)?.error, again: () => all.forEach(query => void query.refetch()) }
}

/** What a meeting asks of this officer now; null: nothing. */
function meeting_todo({ meeting, seated, acted_for_by_me, waits_for_my_answer }: RunningMeeting): Key | null {
  if (meeting.form === 'circulation') {
    if (waits_for_my_answer && meeting.state === 'called') return 'desk.do.answer'
    return acted_for_by_me && meeting.state === 'called' ? 'desk.do.count' : null
  }
  if (acted_for_by_me && meeting.state in secretariat) return secretariat[meeting.state as keyof typeof secretariat]
  return seated && (meeting.state === 'called' || meeting.state === 'open') ? 'desk.do.attend' : null
}
const secretariat = { planned: 'desk.do.planned', called: 'desk.do.called', open: 'desk.do.open', closed: 'desk.do.minutes' } as const

function MeetingTask({ row: { meeting, body_th, body_en }, todo }: { row: RunningMeeting; todo: Key }) {
  const { t, pick } = useWords()
  const at = meeting.form === 'circulation' ? meeting.deadline_at : meeting.starts_at
  return (
    <li className="task">
      <Link to="/meetings/$meeting_id" params={{ meeting_id: meeting.meeting_id }} className="task-title">{pick(body_th, body_en)} {t('desk.nth', { n: meeting.number })}</Link>
      <span className="mark teal"><Icon name="seal" />{t('desk.kind.meeting')}</span>
      <p>{t(todo)}</p>
      {at && <p className="small"><Icon name="clock" /> <Deadline at={at} closed={meeting.state === 'open' || meeting.state === 'closed'} /></p>}
    </li>
  )
}

/** The clocks of 24 and 72 hours, whichever ends next, and the moment by which something must be done. */
function MatterTask({ matter, hours_24_at, hours_72_at, overdue }: Matter) {
  const { t } = useWords()
  const now = new Date(server_now_ms()).toISOString()
  const next = hours_24_at > now ? ['desk.hours_24', hours_24_at] as const : hours_72_at > now ? ['desk.hours_72', hours_72_at] as const : null
  return (
    <li className={`task ${overdue ? 'overdue' : ''}`}>
      <Link to="/matters/$matter_id" params={{ matter_id: matter.matter_id }} className="task-title">{matter.number} <span lang="th">{matter.title_th}</span></Link>
      <span className={`mark ${overdue ? 'red' : 'amber'}`}><Icon name="warning" />{t(overdue ? 'desk.kind.matter_overdue' : 'desk.kind.matter')}</span>
      <p className="small"><Icon name="clock" /> {t('desk.matter_due')} <Deadline at={matter.due_at} /></p>
      {next && <p className="small">{t(next[0])} <Deadline at={next[1]} /></p>}
    </li>
  )
}

const change_todo: Partial<Record<ChangeSummary['state'], Key>> = {
  draft: 'desk.do.change.draft', checking: 'desk.do.change.checking', classified: 'desk.do.change.classified', endorsed: 'desk.do.change.endorsed',
  sent_up: 'desk.do.change.sent_up', decided_here: 'desk.do.change.decided', decided_above: 'desk.do.change.decided', plan_changed: 'desk.do.change.plan_changed',
}
function ChangeTask({ change }: { change: ChangeSummary }) {
  const { t, lang } = useWords()
  const todo = change_todo[change.state]
  return (
    <li className="task">
      <Link to="/changes/$change_id" params={{ change_id: change.change_id }} className="task-title"><span lang="th">{change.name_th}</span></Link>
      <span className="mark teal"><Icon name="edit" />{t('desk.kind.change')}</span>
      {todo && <p>{t(todo)}</p>}
      {change.report_due && !change.reported_on && <p className="small"><Icon name="clock" /> {t('desk.report_due', { day: format_date(change.report_due, lang) })}</p>}
    </li>
  )
}

function AssignmentTask({ assignment }: { assignment: Assignment }) {
  const { t, lang } = useWords()
  const late = assignment.due !== null && assignment.due < new Date(server_now_ms() + 7 * 3_600_000).toISOString().slice(0, 10)
  return (
    <li className={`task ${late ? 'overdue' : ''}`}>
      <Link to="/assignments/$assignment_id" params={{ assignment_id: assignment.assignment_id }} className="task-title"><span lang="th">{assignment.text_th}</span></Link>
      <span className={`mark ${late ? 'red' : 'teal'}`}><Icon name={late ? 'warning' : 'check'} />{t('desk.kind.assignment')}</span>
      <p>{t(assignment.state === 'reported' ? 'desk.do.assignment.close' : 'desk.do.assignment.report')}</p>
      {assignment.due && <p className="small"><Icon name="clock" /> {t(late ? 'desk.was_due' : 'desk.due', { day: format_date(assignment.due, lang) })}</p>}
    </li>
  )
}
