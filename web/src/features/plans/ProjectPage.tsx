import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '../../app/router.tsx'
import type { Project } from '../../api/shapes.ts'
import { has_role, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords, type Key } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useProvinces } from '../../components/provinces.ts'
import '../../styles/plans.css'
import '../../styles/editor.css'
import { format_moment, year_label } from '../../lib/dates.ts'
import { BeginChange } from './BeginChange.tsx'
import { ChangeTable } from './ChangeTable.tsx'
import { ContentView } from './ContentView.tsx'
import { format_baht } from './diff.ts'
import { changes_query, project_history_query, project_query } from './queries.ts'

/** One project of the plan: what it is, what is asked about it, and how it stood after each act. */
export function ProjectPage() {
  const { project_id } = useParams('/projects/$project_id')
  const project = useQuery(project_query(project_id))
  if (project.error) return <Failure error={project.error} again={() => void project.refetch()} />
  if (!project.data) return <Waiting />
  return <Page project={project.data} />
}

function Page({ project }: { project: Project }) {
  const { t, lang, pick } = useWords()
  const me = useMe()
  const provinces = useProvinces()
  const changes = useQuery(changes_query({ project_id: project.project_id }))
  const history = useQuery(project_history_query(project.project_id))
  const may_ask = has_role(me, 'governor', 'provincial_office') && project.state === 'in_plan' && project.budget_class !== 'agency_project'
  return (
    <>
      <p className="crumbs"><Link to="/projects">{t('plans.title')}</Link></p>
      <header className="page-head">
        <h1 lang="th">{project.name_th}</h1>
        <p className="page-facts">
          <span>{provinces.name(project.province)} · {year_label(project.fiscal_year, lang)} · {project.code}</span>
          <span className="mark teal">{t(`project.class.${project.budget_class}`)}</span>
          {project.state === 'cancelled' && <span className="mark red"><Icon name="cross" />{t('project.state.cancelled')}</span>}
          {project.demonstration && <span className="mark gold">{t('plans.demonstration')}</span>}
        </p>
        <p className="page-facts small">
          <span>{t('project.total')}: <b className="number">{format_baht(project.total_satang)}</b></span>
          {project.released_satang > 0 && <span>{t('project.released')}: <b className="number">{format_baht(project.released_satang)}</b></span>}
          <span className="soft">{t('project.funding')}: {t(`project.funding.${project.funding}`)} · {t('project.source')}: <span lang="th">{project.source}</span></span>
        </p>
      </header>
      {may_ask && (
        <div className="buttons">
          {(['amend', 'cancel', 'replace'] as const).map(kind => <BeginChange key={kind} kind={kind} project_id={project.project_id} />)}
        </div>
      )}
      <section className="stack" aria-labelledby="requests-title">
        <h2 id="requests-title">{t('project.requests')}</h2>
        {changes.data?.length === 0 && <p className="soft">{t('project.no_requests')}</p>}
        {changes.data && changes.data.length > 0 && <ChangeTable changes={changes.data} label={t('project.requests')} />}
      </section>
      <section className="panel stack"><ContentView content={project.content} province={project.province} /></section>
      {history.data && (
        <details className="history">
          <summary><Icon name="clock" />{t('project.history', { n: history.data.items.length })}</summary>
          <ul className="milestones">
            {history.data.items.map(version => (
              <li key={version.version}>
                <time dateTime={version.at}>{format_moment(version.at, lang)}</time>
                <b>{t('project.version', { n: version.version })}</b> {t(`project.act.${version.act}` as Key)}
                {version.office_th && <span className="soft"> · {pick(version.office_th, version.office_en)}</span>} · {format_baht(version.total_satang)}
                {version.change_id !== null && <> · <Link to="/changes/$change_id" params={{ change_id: version.change_id }}>{t('project.see_request')}</Link></>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
