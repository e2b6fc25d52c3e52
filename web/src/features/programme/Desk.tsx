import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, type ReactNode } from 'react'
import { server_now_ms } from '../../api/client.ts'
import type { ApplicationState, ApplicationSummary, Call, Me } from '../../api/shapes.ts'
import { has_role, home_province, own_provinces, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { Link } from '../../app/router.tsx'
import { load_sentences, useWords, type Key } from '../../app/words.tsx'
import { Deadline } from '../../components/Deadline.tsx'
import { Icon } from '../../components/Icon.tsx'
import { StateMark } from '../../components/Marks.tsx'
import { useProvinces } from '../../components/provinces.ts'
import { DeskObligations } from '../obligations/embed.tsx'
import { applications_query, calls_query } from './queries.ts'
import { useWork } from './work.tsx'

const NearDue = lazy(async () => ({ default: (await Promise.all([import('../service_centre/NearDue.tsx'), load_sentences('service_centre')]))[0].NearDue }))

/** In which states an application waits for the holders of a role. */
function waiting_states(me: Me): ApplicationState[] {
  const states: ApplicationState[] = []
  if (has_role(me, 'provincial_office', 'governor')) states.push('draft', 'returned', 'revising')
  if (has_role(me, 'opdc')) states.push('submitted', 'advised')
  if (has_role(me, 'committee_member')) states.push('screening')
  return states
}

const what_to_do: Partial<Record<ApplicationState, Key>> = {
  draft: 'desk.do.draft',
  returned: 'desk.do.returned',
  revising: 'desk.do.revising',
  submitted: 'desk.do.submitted',
  screening: 'desk.do.screening',
  advised: 'desk.do.advised',
}

export function Desk() {
  const { t, pick } = useWords()
  const me = useMe()
  const applications = useQuery(applications_query())
  const calls = useQuery(calls_query)
  const work = useWork(me)
  if (!me) return <Waiting />
  const own = own_provinces(me)
  const mine = (application: ApplicationSummary) => own.length === 0 || own.includes(application.province)
  const works = me.offices.some(office => office.role !== 'citizen')
  const waiting = (applications.data ?? []).filter(application => mine(application) && waiting_states(me).includes(application.state))
    .toSorted((a, b) => a.deadline_at.localeCompare(b.deadline_at))
  const pending = applications.isPending || work.pending
  const count = waiting.length + work.tasks.length
  const error = applications.error ?? calls.error ?? work.error
  const others = (applications.data ?? []).filter(application => mine(application) && !waiting.includes(application))
  return (
    <>
      <header className="page-head">
        <h1>{t('desk.title', { name: pick(me.name_th, me.name_en) })}</h1>
        <p className="soft">{me.offices.map(office => pick(office.title_th, office.title_en)).join(' · ')}</p>
      </header>
      {me.demonstration && <p className="notice"><Icon name="info" /><span>{t('demonstration')}</span></p>}
      {error && <Failure error={error} again={() => { void applications.refetch(); void calls.refetch(); work.again() }} />}
      {has_role(me, 'citizen') && me.offices.length === 1 && <p className="notice plain"><Icon name="people" /><span>{t('desk.citizen')}</span></p>}
      {has_role(me, 'district') && <p className="notice plain"><Icon name="map" /><span>{t('desk.district')}</span></p>}
      {has_role(me, 'governor', 'provincial_office') && <DeskObligations />}
      {works && (pending || count > 0) && <ForYou count={count}>{pending ? <Waiting /> : <ul className="tasks">{work.tasks}{waiting.map(application => <Task key={application.application_id} application={application} />)}</ul>}</ForYou>}
      <Suspense><NearDue otherwise={works && !pending && count === 0 && <ForYou count={0}><Empty>{t('desk.nothing')}</Empty></ForYou>} /></Suspense>
      <OpenCalls me={me} calls={calls.data ?? []} applications={applications.data ?? []} />
      {others.length > 0 && (
        <section className="desk-block" aria-labelledby="others">
          <h2 id="others">{t('desk.others')}</h2>
          <ul className="tasks">{others.slice(0, 8).map(application => <Task key={application.application_id} application={application} quiet />)}</ul>
          {others.length > 8 && <p><Link to="/applications">{t('desk.all', { n: others.length })}</Link></p>}
        </section>
      )}
      <WhatICanDo me={me} />
    </>
  )
}

function ForYou({ count, children }: { count: number; children: ReactNode }) {
  const { t } = useWords()
  return (
    <section className="desk-block" aria-labelledby="waiting">
      <h2 id="waiting">{t('desk.waiting')} {count > 0 && <span className="count">{count}</span>}</h2>
      {children}
    </section>
  )
}

/** Ways on, by office: nobody's desk is a dead end. */
function WhatICanDo({ me }: { me: Me }) {
  const { t } = useWords()
  const provinces = useProvinces()
  const home = home_province(me)
  const writes = has_role(me, 'governor', 'provincial_office')
  const audits = has_role(me, 'auditor', 'opdc', 'moi', 'administrator')
  return (
    <section className="desk-block" aria-labelledby="can">
      <h2 id="can">{t('desk.can')}</h2>
      <ul className="ways">
        {has_role(me, 'district') && <li><Link to="/cases/new"><Icon name="plus" />{t('desk.see.new_case')}</Link></li>}
        {has_role(me, 'district') && <li><Link to="/cases/counter"><Icon name="people" />{t('desk.see.counter')}</Link></li>}
        {has_role(me, 'opdc') && <li><Link to="/calls/new"><Icon name="inbox" />{t('desk.see.new_call')}</Link></li>}
        {has_role(me, 'opdc') && <li><Link to="/meetings/new"><Icon name="seal" />{t('desk.see.new_meeting')}</Link></li>}
        {writes && <li><Link to="/kpis"><Icon name="result" />{t('desk.see.report')}</Link></li>}
        {writes && <li><Link to="/kpis/import"><Icon name="upload" />{t('desk.see.import')}</Link></li>}
        {home !== null && !writes && <li><Link to="/kpis"><Icon name="result" />{t('desk.see.kpis')}</Link></li>}
        {home !== null && <li><a href={`/provinces/${home}`}><Icon name="map" />{t('desk.see.province', { province: provinces.name(home) })}</a></li>}
        {audits && <li><Link to="/ledger"><Icon name="lock" />{t('desk.see.ledger')}</Link></li>}
        <li><Link to="/meetings"><Icon name="seal" />{t('desk.see.meetings')}</Link></li>
        <li><a href="/scoreboard.html"><Icon name="result" />{t('desk.see.board')}</a></li>
        {home === null && <li><a href="/programme.html"><Icon name="map" />{t('desk.see.programme')}</a></li>}
        <li><a href="/ledger.html"><Icon name="check" />{t('desk.see.verify')}</a></li>
        <li><Link to="/me"><Icon name="people" />{t('desk.see.me')}</Link></li>
      </ul>
    </section>
  )
}

export function Empty({ children }: { children: ReactNode }) {
  return <p className="empty"><Icon name="check" />{children}</p>
}

function Task({ application, quiet = false }: { application: ApplicationSummary; quiet?: boolean }) {
  const { t } = useWords()
  const provinces = useProvinces()
  const { state, province, fiscal_year, application_id, deadline_at, findings } = application
  const todo = what_to_do[state]
  return (
    <li className="task">
      <Link to="/applications/$application_id" params={{ application_id }} className="task-title">{t('application.title', { province: provinces.name(province), year: fiscal_year + 543 })}</Link>
      <StateMark state={state} of="application" />
      {!quiet && todo && <p>{t(todo, { n: findings.length })}</p>}
      {(state === 'draft' || state === 'returned' || state === 'revising') && <p className="small"><Icon name="clock" /> <Deadline at={deadline_at} /></p>}
    </li>
  )
}

/** Calls that can still be answered; one whose deadline has passed waits for whoever closes it. */
function OpenCalls({ me, calls, applications }: { me: Me; calls: Call[]; applications: ApplicationSummary[] }) {
  const { t } = useWords()
  const own = own_provinces(me)
  const now = new Date(server_now_ms()).toISOString()
  const open = calls.filter(call => call.state === 'open' && call.deadline_at >= now)
  const to_close = has_role(me, 'opdc') ? calls.filter(call => call.state === 'open' && call.deadline_at < now) : []
  if (open.length + to_close.length === 0) return null
  return (
    <section className="desk-block" aria-labelledby="open-calls">
      <h2 id="open-calls">{t('desk.calls')}</h2>
      <ul className="tasks">
        {to_close.map(call => <CallTask key={call.call_id} call={call} todo={t('desk.do.close')} />)}
        {open.map(call => {
          const applied = applications.some(application => application.call_id === call.call_id && own.includes(application.province))
          return <CallTask key={call.call_id} call={call} todo={own.length > 0 && !applied ? t('desk.not_applied') : ''} />
        })}
      </ul>
    </section>
  )
}

function CallTask({ call, todo }: { call: Call; todo: string }) {
  const { pick } = useWords()
  return (
    <li className="task">
      <Link to="/calls/$call_id" params={{ call_id: call.call_id }} className="task-title">{pick(call.title_th, call.title_en)}</Link>
      <StateMark state={call.state} of="call" />
      <p className="small"><Icon name="clock" /> <Deadline at={call.deadline_at} /></p>
      {todo && <p>{todo}</p>}
    </li>
  )
}
