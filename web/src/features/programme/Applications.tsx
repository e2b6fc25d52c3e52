import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApplicationState } from '../../api/shapes.ts'
import { has_role, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { Link } from '../../app/router.tsx'
import { useWords } from '../../app/words.tsx'
import { Deadline } from '../../components/Deadline.tsx'
import { ChoiceField } from '../../components/fields.tsx'
import { StateMark } from '../../components/Marks.tsx'
import { format_moment, year_label } from '../../lib/dates.ts'
import { Empty } from './Desk.tsx'
import { useProvinces } from '../../components/provinces.ts'
import { applications_query } from './queries.ts'

const states: ApplicationState[] = ['draft', 'submitted', 'returned', 'screening', 'advised', 'approved', 'acknowledged', 'revising', 'rejected', 'withdrawn']

export function Applications() {
  const { t, lang } = useWords()
  const provinces = useProvinces()
  const [state, set_state] = useState<ApplicationState | 'all'>('all')
  const { data, error, refetch } = useQuery(applications_query(state === 'all' ? {} : { state }))
  const reads = has_role(useMe(), 'opdc', 'moi', 'governor', 'provincial_office', 'committee_member', 'auditor')
  const collator = new Intl.Collator(lang)
  return (
    <>
      <header className="page-head split">
        <h1>{t('applications.title')}</h1>
        <ChoiceField pointer="/state" className="compact" label={t('call.state')} value={state} on_change={set_state}
          options={[{ value: 'all', label: t('applications.all') }, ...states.map(value => ({ value, label: t(`state.${value}`) }))]} />
      </header>
      {error && <Failure error={error} again={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && data.length === 0 && <Empty>{t(reads ? 'applications.none' : 'applications.not_yours')}</Empty>}
      {data && data.length > 0 && (
        <div className="scroll" tabIndex={0} role="group" aria-label={t('applications.title')}>
          <table className="stacking">
            <thead><tr><th scope="col">{t('application.province')}</th><th scope="col">{t('call.fiscal_year')}</th><th scope="col">{t('application.kind')}</th><th scope="col">{t('call.state')}</th><th scope="col">{t('application.submitted')}</th><th scope="col">{t('call.deadline')}</th></tr></thead>
            <tbody>
              {data.toSorted((a, b) => b.fiscal_year - a.fiscal_year || collator.compare(provinces.name(a.province), provinces.name(b.province))).map(application => (
                <tr key={application.application_id}>
                  <th scope="row"><Link to="/applications/$application_id" params={{ application_id: application.application_id }}>{provinces.name(application.province)}</Link></th>
                  <td data-label={t('call.fiscal_year')}>{year_label(application.fiscal_year, lang)}</td>
                  <td data-label={t('application.kind')}>{t(`kind.${application.kind}`)}</td>
                  <td data-label={t('call.state')}><StateMark state={application.state} of="application" /></td>
                  <td data-label={t('application.submitted')}>{application.submitted_at ? format_moment(application.submitted_at, lang, 'short') : '–'}</td>
                  <td data-label={t('call.deadline')}><Deadline at={application.deadline_at} closed={!['draft', 'returned', 'revising'].includes(application.state)} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
