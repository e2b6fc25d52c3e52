import type { ObligationFigures } from '../api/shapes.ts'
import { html, type Html } from './html.ts'
import { connect_map, demonstration_notice, get, put, put_failure, view } from './page.ts'
import { icon, pick, province_link, province_name } from './views/shared.ts'

connect_map()

type Figure = ObligationFigures['items'][number]

function row(figure: Figure): Html {
  const { province, kind, text_th, text_en, owed, overdue, served, proved, median_days } = figure
  return html`<tr data-province="${province}"><th scope="row">${province_link(view, province)}<br><span class="small soft">${pick(view, text_th, text_en) || kind}</span></th>
    <td class="number">${owed}</td>
    <td class="number">${overdue > 0 ? html`<span class="mark red">${icon('warning')}${overdue}</span>` : overdue}</td>
    <td class="number">${served}</td><td class="number">${proved}</td><td class="number">${median_days ?? '–'}</td></tr>`
}

function table(figures: Figure[]): Html {
  const { t, lang } = view
  const by_name = figures.toSorted((a, b) => province_name(view, a.province).localeCompare(province_name(view, b.province), lang))
  const head = (['owed', 'overdue', 'served', 'proved', 'days'] as const).map(name => html`<th scope="col" class="number">${t(`obligations.${name}`)}</th>`)
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="counts"><table>
    <thead><tr><th scope="col">${t('obligations.province')}</th>${head}</tr></thead><tbody>${by_name.map(row)}</tbody></table></div>`
}

try {
  const { items } = await get<ObligationFigures>('/api/v1/obligation_figures')
  put('figures', items.length > 0 ? table(items) : html`<p class="soft">${view.t('obligations.none')}</p>`)
  if (items.some(figure => figure.demonstration)) put('demonstration', demonstration_notice())
} catch {
  put_failure('figures')
}
