import { useQuery } from '@tanstack/react-query'
import type { Case, CaseApplication } from '../../api/shapes.ts'
import { Link, useParams } from '../../app/router.tsx'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Icon, Wordmark } from '../../components/Icon.tsx'
import '../../styles/plans.css'
import '../../styles/print.css'
import '../../styles/service_centre.css'
import { format_date, format_moment } from '../../lib/dates.ts'
import { application_query, case_query, useLists } from './queries.ts'

/** What the applicant takes home: all that is missing, and until when. It names nobody. */
export function MissingPage() {
  const { t } = useWords()
  const { case_id } = useParams('/cases/$case_id/missing')
  const found = useQuery(case_query(case_id))
  const application = useQuery(application_query(case_id))
  const error = found.error ?? application.error
  if (error) return <Failure error={error} again={() => { void found.refetch(); void application.refetch() }} />
  if (!found.data || !application.data) return <Waiting />
  return (
    <>
      <p className="crumbs no-print"><Link to="/cases/$case_id" params={{ case_id }} hash="application">{found.data.body.number}</Link></p>
      <header className="page-head no-print"><h1>{t('case_application.slip')}</h1></header>
      <p className="buttons no-print"><button type="button" className="button main" onClick={() => print()}><Icon name="file" />{t('print')}</button></p>
      <Slip it={found.data.body} of={application.data} />
    </>
  )
}

function Slip({ it, of }: { it: Case; of: CaseApplication }) {
  const { t, lang, pick } = useWords()
  const { lists } = useLists()
  const told = of.checks.at(-1)
  if (!told || told.missing.length === 0) return <p className="empty">{t('case_application.slip_none')}</p>
  const law = lists?.clock_sets.find(set => set.set === told.rule_set)
  const state = (position: number) => of.papers.find(paper => paper.position === position)?.state ?? 'asked'
  return (
    <article className="paper slip missing-slip" aria-label={t('case_application.slip')}>
      <header className="paper-head"><Wordmark /><h2>{t('case_application.slip')}</h2><p>{pick(told.office_th, told.office_en)}</p></header>
      {it.demonstration && <p className="paper-warning">{t('case.demonstration')}</p>}
      <dl className="facts">
        <dt>{t('case.number')}</dt><dd><b className="slip-number">{it.number}</b></dd>
        <dt>{t('case_application.services')}</dt><dd><ul className="plain-list tight">{of.services.filter(one => one.state !== 'withdrawn').map(one => <li key={one.service}>{pick(one.name_th, one.name_en)}</li>)}</ul></dd>
        <dt>{t('case_application.slip_told')}</dt><dd>{format_moment(told.at, lang)}</dd>
        <dt>{t('case_application.check.due_on')}</dt><dd><b>{told.due_on ? format_date(told.due_on, lang) : '–'}</b></dd>
      </dl>
      <section>
        <h3>{t('case_application.slip_list', { n: told.missing.length })}</h3>
        <ol className="slip-papers">
          {told.missing.map(paper => <li key={paper.position}>{pick(paper.name_th, paper.name_en)}{state(paper.position) !== 'asked' && <> <span className="mark">{t(`case_application.paper.${state(paper.position) as 'handed_in'}`)}</span></>}</li>)}
        </ol>
      </section>
      <p className="small">{t('case_application.slip_text')}</p>
      {law && <p className="small soft">{pick(law.name_th, law.name_en)}{!law.verified && ` (${t('case.unverified')})`}</p>}
    </article>
  )
}
