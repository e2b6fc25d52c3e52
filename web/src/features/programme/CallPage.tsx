import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { api, ProblemError, take } from '../../api/client.ts'
import type { Call } from '../../api/shapes.ts'
import { Link, navigate, useParams } from '../../app/router.tsx'
import { own_provinces, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Acts } from '../../components/Acts.tsx'
import { Deadline } from '../../components/Deadline.tsx'
import { Icon } from '../../components/Icon.tsx'
import { StateMark } from '../../components/Marks.tsx'
import { ProblemSummary } from '../../components/problems.tsx'
import { fiscal_year_label, format_moment } from '../../lib/dates.ts'
import { useProvinces } from '../../components/provinces.ts'
import { applications_query, call_acts_query, call_query } from './queries.ts'

const Dialog = lazy(async () => ({ default: (await import('../../components/Dialog.tsx')).Dialog }))

export function CallPage() {
  const { t, lang, pick } = useWords()
  const { call_id } = useParams('/calls/$call_id')
  const { data, error, refetch } = useQuery(call_query(call_id))
  if (error) return <Failure error={error} again={() => void refetch()} />
  if (!data) return <Waiting />
  const { body: call, etag } = data
  return (
    <>
      <p className="crumbs"><Link to="/calls">{t('calls.title')}</Link></p>
      <header className="page-head">
        <h1>{pick(call.title_th, call.title_en)}</h1>
        <p><StateMark state={call.state} of="call" /> {fiscal_year_label(call.fiscal_year, lang)}</p>
      </header>
      <Apply call={call} />
      <CallActs call={call} etag={etag} />
      <section className="panel stack">
        <dl className="facts">
          <dt>{t('call.opens')}</dt><dd>{format_moment(call.opens_at, lang)}</dd>
          <dt>{t('call.deadline')}</dt><dd><Deadline at={call.deadline_at} closed={call.state !== 'open'} /></dd>
          {call.extensions.map(moved => (
            <div key={moved.at} className="fact"><dt /><dd className="small">{t('call.extended', { before: format_moment(moved.deadline_before, lang), after: format_moment(moved.deadline_after, lang), reason: moved.reason })}</dd></div>
          ))}
          <dt>{t('call.volunteers')}</dt><dd>{t(call.volunteers_allowed ? 'yes' : 'no')}</dd>
          {call.source !== null && <><dt>{t('call.source')}</dt><dd>{call.source}</dd></>}
        </dl>
        <h2>{t('call.guidance')}</h2>
        <p className="pre">{pick(call.guidance_th, call.guidance_en) || '–'}</p>
        <h2>{t('call.requirements')}</h2>
        <ul>{call.requirements.map(({ key, kind, required, ...label }) => <li key={key}>{pick(label.label_th, label.label_en)} <span className="soft">({t(`requirement.${kind}`)}, {t(required ? 'requirement.required' : 'optional')})</span></li>)}</ul>
      </section>
      <Invited call={call} />
    </>
  )
}

/** The way in for a province: its application, or the button that begins one. */
function Apply({ call }: { call: Call }) {
  const { t } = useWords()
  const me = useMe()
  const provinces = useProvinces()
  const queries = useQueryClient()
  const [own] = own_provinces(me)
  const { data: applications } = useQuery({ ...applications_query({ call_id: call.call_id, province: own }), enabled: own !== undefined })
  const begin = useMutation({
    mutationFn: (province: string) => take(api.POST('/api/v1/applications', { body: { call_id: call.call_id, province } })),
    async onSuccess(application) {
      await queries.invalidateQueries({ queryKey: ['applications'] })
      navigate({ to: '/applications/$application_id', params: { application_id: application.application_id } })
    },
  })
  if (!own || !applications) return null
  const [application] = applications
  const invited = call.invited.includes(own)
  return (
    <section className="notice plain">
      <Icon name="map" />
      <div className="stack">
        <p><b>{t(application ? 'call.has_application' : invited ? 'call.is_invited' : call.volunteers_allowed ? 'call.may_volunteer' : 'call.not_invited', { province: provinces.name(own) })}</b></p>
        {begin.error && <Failure error={begin.error} />}
        {application
          ? <p><Link className="button main" to="/applications/$application_id" params={{ application_id: application.application_id }}>{t('call.open_application')}</Link></p>
          : call.state === 'open' && (invited || call.volunteers_allowed) && <p><button type="button" className="button main" disabled={begin.isPending} onClick={() => begin.mutate(own)}>{t('call.begin')}</button></p>}
      </div>
    </section>
  )
}

function CallActs({ call, etag }: { call: Call; etag: string }) {
  const { t, lang } = useWords()
  const queries = useQueryClient()
  const { data: acts } = useQuery(call_acts_query(call.call_id))
  const [asked, set_asked] = useState<'open' | 'close' | null>(null)
  const change = useMutation({
    mutationFn: (act: 'open' | 'close') => take(api.POST(`/api/v1/calls/{call_id}/${act}`, { params: { path: { call_id: call.call_id } }, headers: { 'If-Match': etag }, body: {} })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['calls'] }),
    onSettled: () => set_asked(null),
  })
  const edit = () => navigate({ to: '/calls/$call_id/edit', params: { call_id: call.call_id } })
  return (
    <>
      <ProblemSummary problem={change.error instanceof ProblemError ? change.error.problem : null} />
      {acts && <Acts acts={acts.items} main="open" run={{ open: () => set_asked('open'), close: () => set_asked('close'), edit }} />}
      {asked && (
        <Suspense>
          <Dialog title={t(`call.${asked}.title`)} on_close={() => set_asked(null)}>
            <p>{t(`call.${asked}.text`, { deadline: format_moment(call.deadline_at, lang), n: call.invited.length })}</p>
            <div className="buttons">
              <button type="button" className="button main" disabled={change.isPending} onClick={() => change.mutate(asked)}>{t(`call.${asked}.go`)}</button>
              <button type="button" className="button" onClick={() => set_asked(null)}>{t('cancel')}</button>
            </div>
          </Dialog>
        </Suspense>
      )}
    </>
  )
}

function Invited({ call }: { call: Call }) {
  const { t } = useWords()
  const provinces = useProvinces()
  const { data: applications = [] } = useQuery(applications_query({ call_id: call.call_id }))
  const by_province = new Map(applications.map(application => [application.province, application]))
  const codes = [...new Set([...call.invited, ...by_province.keys()])]
  return (
    <section aria-labelledby="invited" className="stack">
      <h2 id="invited">{t('call.provinces', { n: codes.length })}</h2>
      <ul className="columns">
        {codes.map(code => {
          const application = by_province.get(code)
          return (
            <li key={code}>
              {application
                ? <Link to="/applications/$application_id" params={{ application_id: application.application_id }}>{provinces.name(code)}</Link>
                : provinces.name(code)}{' '}
              {application && <StateMark state={application.state} of="application" />}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
