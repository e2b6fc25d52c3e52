import { useQuery } from '@tanstack/react-query'
import { Link } from '../../app/router.tsx'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import '../../styles/plans.css'
import { ChangeTable } from './ChangeTable.tsx'
import { changes_query } from './queries.ts'

export function Changes() {
  const { t } = useWords()
  const { data, error, refetch } = useQuery(changes_query({}))
  return (
    <>
      <p className="crumbs"><Link to="/projects">{t('plans.title')}</Link></p>
      <header className="page-head"><h1>{t('changes.title')}</h1></header>
      {error && <Failure error={error} again={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && data.length === 0 && <p className="empty">{t('changes.none')}</p>}
      {data && data.length > 0 && <ChangeTable changes={data} label={t('changes.title')} with_province />}
    </>
  )
}
