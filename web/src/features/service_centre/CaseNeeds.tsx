import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { Link } from '../../app/router.tsx'
import { useWords } from '../../app/words.tsx'
import { needs_query } from './queries.ts'

/** The need of the place that a case is part of, as a fact of the case. */
export function CaseNeeds({ case_id }: { case_id: string }) {
  const { t } = useWords()
  const { data } = useQuery(needs_query({ case_id, state: 'proposed' }))
  return data?.items.map(one => <Fragment key={one.need_id}><dt>{t('need.of_case')}</dt><dd><Link to="/cases/needs/$need_id" params={{ need_id: one.need_id }} lang="th">{one.title}</Link></dd></Fragment>)
}
