import { format_moment, year_label } from '../lib/dates.ts'
import { format_decimal } from '../lib/numbers.ts'
import type { Programme, LatestHead } from '../api/shapes.ts'
import { html, type Html } from './html.ts'
import { connect_map, get, latest_scoreboard, put, view } from './page.ts'
import { provinces_in_programme } from './views/programme.ts'

connect_map()

function figure(label: string, value: string | number, note = ''): Html {
  return html`<div><dt>${label}</dt><dd>${value}</dd>${note && html`<dd class="note">${note}</dd>`}</div>`
}

/** The figures that came; what did not come is left out, and when nothing came the page keeps its printed ones. */
async function show_figures(): Promise<void> {
  const { t, lang } = view
  const programme_asked = get<Programme>('/api/v1/programme')
  const [programme, board, head] = await Promise.allSettled([
    programme_asked,
    latest_scoreboard(programme_asked),
    get<LatestHead>('/api/v1/ledger/head'),
  ])
  const figures: Html[] = []
  if (programme.status === 'fulfilled') {
    const { target } = programme.value
    const aim = target ? t('home.target', { n: target.provinces, year: year_label(target.fiscal_year, lang) }) : ''
    figures.push(figure(t('home.members'), provinces_in_programme(programme.value).length, aim))
  }
  if (board.status === 'fulfilled') {
    const { provinces } = board.value
    const demonstration = board.value.demonstration ? t('demonstration') : ''
    figures.push(figure(t('home.kpis'), provinces.reduce((sum, row) => sum + row.kpis, 0), demonstration))
    figures.push(figure(t('home.ranked'), provinces.filter(row => row.level_rank !== null).length, demonstration))
  }
  if (head.status === 'fulfilled' && head.value.head) {
    const { tree_size, signed_at } = head.value.head
    figures.push(figure(t('home.ledger'), format_decimal(tree_size), t('home.at', { at: format_moment(signed_at, lang, 'short') })))
  }
  if (figures.length > 0) put('figures', html`<dl class="figures">${figures}</dl>`)
}

void show_figures()
