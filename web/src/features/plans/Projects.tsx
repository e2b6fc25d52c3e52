import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { BudgetClass } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { has_role, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useProvinces } from '../../components/provinces.ts'
import '../../styles/plans.css'
import { year_label } from '../../lib/dates.ts'
import { BeginChange } from './BeginChange.tsx'
import { ChangeTable } from './ChangeTable.tsx'
import { format_baht } from './diff.ts'
import { Figures } from './Figures.tsx'
import { changes_query, projects_query } from './queries.ts'

export const budget_classes: BudgetClass[] = ['within_ceiling', 'over_ceiling', 'management', 'agency_project']
const recent_max = 5
const shown_at_first = 100

/** The plan of the own province, or of one that was chosen: how long its changes take, what is asked, its projects. */
export function Projects() {
  const { t } = useWords()
  const me = useMe()
  const own = me?.offices.find(office => office.area?.length === 2 && ['governor', 'provincial_office'].includes(office.role))?.area ?? ''
  const everywhere = has_role(me, 'moi', 'opdc', 'auditor')
  if (!everywhere && own === '') return <><header className="page-head"><h1>{t('plans.title')}</h1></header><p className="empty"><Icon name="lock" />{t('plans.not_yours')}</p></>
  return <Plan own={own} everywhere={everywhere} />
}

function Plan({ own, everywhere }: { own: string; everywhere: boolean }) {
  const { t, lang } = useWords()
  const provinces = useProvinces()
  const [province, set_province] = useState(own)
  const [year, set_year] = useState('')
  const [budget_class, set_class] = useState<BudgetClass | ''>('')
  const [typed, set_typed] = useState('')
  const [all, set_all] = useState(false)
  const q = useDeferredValue(typed.trim())
  const { data, error, refetch } = useQuery(projects_query({
    ...(province && { province }), ...(year && { fiscal_year: Number(year) }), ...(budget_class && { budget_class }), ...(q && { q }),
  }))
  const whole = useQuery(projects_query(province ? { province } : {}))
  const changes = useQuery(changes_query(province ? { province } : {}))
  const years = [...new Set((whole.data ?? []).map(project => project.fiscal_year))].toSorted((a, b) => b - a)
  const shown = all ? data : data?.slice(0, shown_at_first)
  const query = new URLSearchParams({ ...(province && { province }), ...(year && { fiscal_year: year }) })
  return (
    <>
      <header className="page-head split">
        <div><h1>{t('plans.title')}</h1><p className="soft">{t('plans.text')}</p></div>
        {everywhere && <ChoiceField pointer="/province" className="compact" label={t('plans.province')} value={province || 'all'} on_change={value => set_province(value === 'all' ? '' : value)}
          options={[{ value: 'all', label: t('plans.all') }, ...provinces.list.map(area => ({ value: area.code as string, label: provinces.name(area.code) }))]} />}
      </header>
      {province && <Figures province={province} />}
      <section className="stack" aria-labelledby="requests-title">
        <h2 id="requests-title">{t('changes.title')}</h2>
        {changes.data?.length === 0 && <p className="soft">{t('changes.none')}</p>}
        {changes.data && changes.data.length > 0 && <ChangeTable changes={changes.data.slice(0, recent_max)} label={t('changes.title')} with_province={province === ''} />}
        <div className="buttons">
          <Link to="/changes" className="button">{t('changes.all')}</Link>
          {own && <BeginChange kind="add" province={own} fiscal_year={years[0]} />}
        </div>
      </section>
      <section className="stack" aria-label={t('plans.title')}>
        <div className="filters">
          <TextField pointer="/q" label={t('plans.search')} max={100} type="search" value={typed} on_change={set_typed} />
          <ChoiceField pointer="/fiscal_year" label={t('plans.year')} value={year || 'all'} on_change={value => set_year(value === 'all' ? '' : value)}
            options={[{ value: 'all', label: t('plans.all') }, ...years.map(value => ({ value: String(value), label: year_label(value, lang) }))]} />
          <ChoiceField pointer="/budget_class" label={t('project.class')} value={budget_class || 'all'} on_change={value => set_class(value === 'all' ? '' : value)}
            options={[{ value: 'all' as const, label: t('plans.all') }, ...budget_classes.map(value => ({ value, label: t(`project.class.${value}`) }))]} />
        </div>
        <p className="small">{t('plans.export')}:{' '}
          {['csv', 'xlsx', 'json'].map(format => <a key={format} className="export" download href={`/api/v1/projects/export?format=${format}&${query.toString()}`}>{format.toUpperCase()}</a>)}
        </p>
        {error && <Failure error={error} again={() => void refetch()} />}
        {!data && !error && <Waiting />}
        {data && data.length === 0 && <p className="empty">{t('plans.none')}</p>}
        {shown && shown.length > 0 && (
          <div className="scroll" tabIndex={0} role="group" aria-label={t('plans.title')}>
            <table className="stacking">
              <thead><tr><th scope="col">{t('project.name')}</th>{!province && <th scope="col">{t('plans.province')}</th>}<th scope="col">{t('project.code')}</th><th scope="col">{t('plans.year')}</th><th scope="col">{t('project.class')}</th><th scope="col" className="number">{t('project.total')}</th></tr></thead>
              <tbody>
                {shown.map(project => (
                  <tr key={project.project_id}>
                    <th scope="row">
                      <Link to="/projects/$project_id" params={{ project_id: project.project_id }}>{project.name_th}</Link>
                      {project.state === 'cancelled' && <> <span className="mark red"><Icon name="cross" />{t('project.state.cancelled')}</span></>}
                    </th>
                    {!province && <td data-label={t('plans.province')}>{provinces.name(project.province)}</td>}
                    <td data-label={t('project.code')} className="code">{project.code}</td>
                    <td data-label={t('plans.year')}>{year_label(project.fiscal_year, lang)}</td>
                    <td data-label={t('project.class')}>{t(`project.class.${project.budget_class}`)}</td>
                    <td data-label={t('project.total')} className="number">{format_baht(project.total_satang)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {data && shown && data.length > shown.length && <p><button type="button" className="button" onClick={() => set_all(true)}>{t('plans.more')} ({data.length - shown.length})</button></p>}
        {data?.some(project => project.demonstration) && <p><span className="mark gold">{t('plans.demonstration')}</span></p>}
      </section>
    </>
  )
}
