import { year_label } from '../lib/dates.ts'
import type { Programme } from '../api/shapes.ts'
import { html } from './html.ts'
import { colour_map, connect_choice, connect_map, get, put, put_failure, view } from './page.ts'
import { extent, kind_by_province, members_table, years_view } from './views/programme.ts'

connect_map()

function show(programme: Programme): void {
  const years = document.getElementById('years')
  if (years?.dataset.extent === extent(programme)) return
  put('members', members_table(view, programme))
  put('years', years_view(view, programme))
}

function colour_year(programme: Programme, year: number | null): void {
  const kinds = kind_by_province(programme, year)
  colour_map(code => (kinds[code] ? `k-${kinds[code]}` : null))
}

function offer_years(programme: Programme): void {
  const years = programme.years.map(year => year.fiscal_year).toSorted((a, b) => a - b)
  put('choose-year', html`<button value="" aria-pressed="true">${view.t('years.all')}</button>${years.map(year =>
    html`<button value="${year}" aria-pressed="false">${year_label(year, view.lang)}</button>`)}`)
  document.getElementById('choose-year')!.hidden = false
  connect_choice('choose-year', value => colour_year(programme, value ? Number(value) : null))
}

try {
  const programme = await get<Programme>('/api/v1/programme')
  show(programme)
  colour_year(programme, null)
  offer_years(programme)
} catch {
  put_failure('live')
}
