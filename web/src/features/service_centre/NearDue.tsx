import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { server_now_ms } from '../../api/client.ts'
import type { CaseSummary } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { has_role, useMe } from '../../app/session.ts'
import { useWords } from '../../app/words.tsx'
import { CaseDue, CaseMark } from './CaseMark.tsx'
import { filter_of, type View } from './filter.ts'
import { cases_query, lists_query } from './queries.ts'

const shown_max = 6

/** On the desk of whoever works on cases: those of which the office was reminded, then the others that are late or nearly due, what is due first on top. When there are none: `otherwise`. */
export function NearDue({ otherwise }: { otherwise: ReactNode }) {
  const me = useMe()
  return has_role(me, 'district', 'provincial_office', 'local_government', 'provincial_agency', 'central_agency', 'state_enterprise') ? <Block otherwise={otherwise} /> : otherwise
}

function Block({ otherwise }: { otherwise: ReactNode }) {
  const { t } = useWords()
  const [now] = useState(server_now_ms)
  const lists = useQuery(lists_query)
  const filter = (view: View) => ({ ...filter_of({ view }, now, lists.data?.intake.near_due_days ?? 0), limit: 2 * shown_max })
  const told = useInfiniteQuery(cases_query(filter('told')))
  const due = useInfiniteQuery({ ...cases_query(filter('due')), enabled: lists.data !== undefined })
  const reminded = (told.data?.pages[0]?.items ?? []).slice(0, shown_max)
  const near = (due.data?.pages[0]?.items ?? []).filter(one => reminded.every(other => other.case_id !== one.case_id)).slice(0, shown_max)
  if (reminded.length + near.length === 0) return told.isPending || due.isPending ? null : otherwise
  return (
    <>
      <Some cases={reminded} view="told" title={t('cases.told_desk')} all={t('cases.told_all')} />
      <Some cases={near} view="due" title={t('cases.desk')} all={t('cases.desk_all')} />
    </>
  )
}

function Some({ cases, view, title, all }: { cases: CaseSummary[]; view: View; title: string; all: string }) {
  if (cases.length === 0) return null
  return (
    <section className="desk-block" aria-labelledby={`cases-${view}`}>
      <h2 id={`cases-${view}`}>{title}</h2>
      <ul className="tasks">
        {cases.map(one => (
          <li key={one.case_id} className="task">
            <Link to="/cases/$case_id" params={{ case_id: one.case_id }} className="task-title" lang="th">{one.title}</Link>
            <CaseMark state={one.state} />
            <p className="small">{one.number} · <CaseDue of={one} /></p>
          </li>
        ))}
      </ul>
      <p><Link to="/cases" search={{ view }}>{all}</Link></p>
    </section>
  )
}
