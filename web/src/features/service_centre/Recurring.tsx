import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { RecurringCases } from '../../api/shapes.ts'
import { Link, navigate } from '../../app/router.tsx'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import { AreaName } from './AreaName.tsx'
import { needs_query, recurring_query } from './queries.ts'

const NeedDialog = lazy(async () => ({ default: (await import('./NeedDialog.tsx')).NeedDialog }))

/** What keeps coming from one place is a need of the place: it is proposed for the village's plan, with its cases. */
export function Recurring({ area }: { area: string }) {
  const { t, pick } = useWords()
  const queries = useQueryClient()
  const { data } = useQuery(recurring_query(area))
  const [proposed, set_proposed] = useState<RecurringCases | null>(null)
  if (!data || data.items.length === 0) return <ProposedNeeds area={area} />
  const done = (need_id: string) => {
    set_proposed(null)
    void queries.invalidateQueries({ queryKey: ['cases'] })
    navigate({ to: '/cases/needs/$need_id', params: { need_id } })
  }
  return (
    <section className="notice" aria-labelledby="recurring-title">
      <Icon name="need" />
      <div className="stack">
        <h3 id="recurring-title">{t('board.recurring', { n: data.cases_min, days: data.days_max })}</h3>
        <ul className="plain-list recurring">
          {data.items.map(one => (
            <li key={one.category + one.area}>
              <span>
                <Link to="/cases" search={{ category: one.category, district: one.area.slice(0, 4) }}>{pick(one.name_th, one.name_en)}</Link> · <AreaName code={one.area} /> · {t('board.cases', { n: one.cases })}
                {one.in_needs > 0 && <span className="small soft"> · {t('need.in_needs', { n: one.in_needs })}</span>}
              </span>
              {one.may_propose && <button type="button" className="button" onClick={() => set_proposed(one)}>{t('need.propose')}<span className="hidden-visually"> {pick(one.name_th, one.name_en)}</span></button>}
            </li>
          ))}
        </ul>
        <ProposedNeeds area={area} />
      </div>
      <Suspense>{proposed && <NeedDialog of={proposed} least={data.cases_min} on_close={() => set_proposed(null)} on_done={done} />}</Suspense>
    </section>
  )
}

function ProposedNeeds({ area }: { area: string }) {
  const { t } = useWords()
  const { data } = useQuery(needs_query({ area, state: 'proposed' }))
  if (!data || data.items.length === 0) return null
  return (
    <details className="more-fields">
      <summary>{t('need.proposed', { n: data.items.length })}</summary>
      <ul className="plain-list">{data.items.map(one => <li key={one.need_id}><Link to="/cases/needs/$need_id" params={{ need_id: one.need_id }} lang="th">{one.title}</Link> · <AreaName code={one.area} /> · {t('board.cases', { n: one.cases })}</li>)}</ul>
    </details>
  )
}
