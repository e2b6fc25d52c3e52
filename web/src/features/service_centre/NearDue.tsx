import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { server_now_ms } from '../../api/client.ts'
import { Link } from '../../app/router.tsx'
import { has_role, useMe } from '../../app/session.ts'
import { useWords } from '../../app/words.tsx'
import { CaseDue, CaseMark } from './CaseMark.tsx'
import { filter_of } from './filter.ts'
import { cases_query, lists_query } from './queries.ts'

const shown_max = 6

/** On the desk of whoever works on cases: those that are late or nearly due, what is due first on top. When there are none: `otherwise`. */
export function NearDue({ otherwise }: { otherwise: ReactNode }) {
  const me = useMe()
  return has_role(me, 'district', 'provincial_office', 'local_government', 'provincial_agency', 'central_agency', 'state_enterprise') ? <Block otherwise={otherwise} /> : otherwise
}

function Block({ otherwise }: { otherwise: ReactNode }) {
  const { t } = useWords()
  const [now] = useState(server_now_ms)
  const lists = useQuery(lists_query)
  const found = useInfiniteQuery({ ...cases_query({ ...filter_of({ view: 'due' }, now, lists.data?.intake.near_due_days ?? 0), limit: shown_max }), enabled: lists.data !== undefined })
  const items = found.data?.pages[0]?.items ?? []
  if (items.length === 0) return found.isPending ? null : otherwise
  return (
    <section className="desk-block" aria-labelledby="near-due">
      <h2 id="near-due">{t('cases.desk')}</h2>
      <ul className="tasks">
        {items.map(one => (
          <li key={one.case_id} className="task">
            <Link to="/cases/$case_id" params={{ case_id: one.case_id }} className="task-title" lang="th">{one.title}</Link>
            <CaseMark state={one.state} />
            <p className="small">{one.number} · <CaseDue of={one} /></p>
          </li>
        ))}
      </ul>
      <p><Link to="/cases" search={{ view: 'due' }}>{t('cases.desk_all')}</Link></p>
    </section>
  )
}
