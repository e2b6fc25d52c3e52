import { useQuery } from '@tanstack/react-query'
import { has_role, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { Link } from '../../app/router.tsx'
import { useWords } from '../../app/words.tsx'
import { Deadline } from '../../components/Deadline.tsx'
import { Icon } from '../../components/Icon.tsx'
import { StateMark } from '../../components/Marks.tsx'
import { year_label } from '../../lib/dates.ts'
import { Empty } from './Desk.tsx'
import { calls_query } from './queries.ts'

export function Calls() {
  const { t, lang, pick } = useWords()
  const me = useMe()
  const { data, error, refetch } = useQuery(calls_query)
  return (
    <>
      <header className="page-head split">
        <div><h1>{t('calls.title')}</h1><p className="soft">{t('calls.text')}</p></div>
        {has_role(me, 'opdc') && <Link to="/calls/new" className="button main"><Icon name="plus" />{t('calls.new')}</Link>}
      </header>
      {error && <Failure error={error} again={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && data.length === 0 && <Empty>{t('calls.none')}</Empty>}
      {data && data.length > 0 && (
        <div className="scroll" tabIndex={0} role="group" aria-label={t('calls.title')}>
          <table className="stacking">
            <thead><tr><th scope="col">{t('call.title')}</th><th scope="col">{t('call.fiscal_year')}</th><th scope="col">{t('call.state')}</th><th scope="col">{t('call.deadline')}</th><th scope="col" className="number">{t('call.invited')}</th></tr></thead>
            <tbody>
              {data.toSorted((a, b) => b.deadline_at.localeCompare(a.deadline_at)).map(call => (
                <tr key={call.call_id}>
                  <th scope="row"><Link to="/calls/$call_id" params={{ call_id: call.call_id }}>{pick(call.title_th, call.title_en)}</Link></th>
                  <td data-label={t('call.fiscal_year')}>{year_label(call.fiscal_year, lang)}</td>
                  <td data-label={t('call.state')}><StateMark state={call.state} of="call" /></td>
                  <td data-label={t('call.deadline')}><Deadline at={call.deadline_at} closed={call.state !== 'open'} /></td>
                  <td data-label={t('call.invited')} className="number">{call.invited.length}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
