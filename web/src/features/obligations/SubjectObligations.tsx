import { useQuery } from '@tanstack/react-query'
import { Link } from '../../app/router.tsx'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import '../../styles/obligations.css'
import { my_obligations_query, obligations_query } from './queries.ts'
import { ObligationRows } from './Rows.tsx'

/** What a record obliges to, with its state; nothing while nothing was ever raised, or for who may not read it. */
export function SubjectObligations({ kind, id }: { kind: string; id: string }) {
  const { t } = useWords()
  const { data } = useQuery(obligations_query({ subject_kind: kind, subject_id: id }))
  if (!data || data.length === 0) return null
  return (
    <section className="panel stack" aria-labelledby="obligations-title">
      <h2 id="obligations-title">{t('obligations.title')}</h2>
      <ObligationRows obligations={data} />
    </section>
  )
}

/** On the desk: how many letters one's offices owe, and how many are late. */
export function DeskObligations() {
  const { t } = useWords()
  const { data } = useQuery(my_obligations_query)
  if (!data || data.owed + data.served === 0) return null
  const { owed, overdue, due_soon, served } = data
  return (
    <p className={`notice ${overdue > 0 ? 'bad' : 'plain'}`}>
      <Icon name={overdue > 0 ? 'warning' : 'clock'} />
      <span>
        <Link to="/obligations"><b>{t('obligations.desk', { n: owed })}</b></Link>
        {overdue > 0 && <> · <b>{t('obligations.desk_overdue', { n: overdue })}</b></>}
        {due_soon > 0 && <> · {t('obligations.desk_soon', { n: due_soon })}</>}
        {served > 0 && <> · {t('obligations.desk_served', { n: served })}</>}
      </span>
    </p>
  )
}
