import { Fragment, type ReactNode } from 'react'
import type { ProjectContent } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { format_baht, total_of, value_text } from './diff.ts'
import { useDistricts } from './queries.ts'

/** A project brief, read. */
export function ContentView({ content, province }: { content: ProjectContent; province: string }) {
  const { t, lang } = useWords()
  const districts = useDistricts(province)
  const text = (pointer: string) => value_text(content, pointer, t, lang, districts.name)
  const list = (name: 'plan_links' | 'kpis' | 'activities') => content[name].length === 0 ? t('change.absent') : <ul>{content[name].map((_, at) => <li key={at}>{text(`/${name}/${at}`)}</li>)}</ul>
  const rows: [label: string, value: ReactNode][] = [
    [t('project.objective'), text('/objective_th')],
    [t('project.output'), text('/output_th')],
    [t('project.target'), text('/target_th')],
    [t('project.kpis'), list('kpis')],
    [t('project.plan_links'), list('plan_links')],
    [t('project.activities'), list('activities')],
    [t('project.place'), [...content.place.areas.map(code => districts.name(code)), content.place.detail_th].filter(Boolean).join(', ') || t('change.absent')],
    [t('project.office'), text('/office_th')],
    [t('project.budget_unit'), text('/budget_unit_th')],
  ]
  return (
    <>
      <dl className="facts" lang="th">{rows.map(([label, value]) => <Fragment key={label}><dt lang={lang}>{label}</dt><dd>{value}</dd></Fragment>)}</dl>
      <h2>{t('project.budget')}</h2>
      {content.budget.length > 0 && (
        <div className="scroll" tabIndex={0} role="group" aria-label={t('project.budget')}>
          <table className="stacking">
            <thead><tr><th scope="col">{t('project.item')}</th><th scope="col">{t('project.category')}</th><th scope="col" className="number">{t('project.quantity')}</th><th scope="col" className="number">{t('project.unit_price')}</th><th scope="col" className="number">{t('project.amount')}</th></tr></thead>
            <tbody>
              {content.budget.map((line, at) => (
                <tr key={at}>
                  <th scope="row" lang="th">{line.item_th}</th>
                  <td data-label={t('project.category')}>{t(`project.category.${line.category}`)}</td>
                  <td data-label={t('project.quantity')} className="number">{line.quantity === null ? '–' : `${line.quantity} ${line.unit_th}`}</td>
                  <td data-label={t('project.unit_price')} className="number">{line.unit_price_satang === null ? '–' : format_baht(line.unit_price_satang)}</td>
                  <td data-label={t('project.amount')} className="number">{format_baht(line.amount_satang)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p><b>{t('project.total')}: <span className="number">{format_baht(total_of(content))}</span></b></p>
    </>
  )
}
