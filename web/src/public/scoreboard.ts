import { fiscal_year_label, format_moment, format_period } from '../lib/dates.ts'
import { format_decimal } from '../lib/numbers.ts'
import type { Programme, Scoreboard, ScoreRow } from '../api/shapes.ts'
import { html, type Html } from './html.ts'
import { colour_map, connect_choice, connect_map, demonstration_notice, get, is_not_found, latest_scoreboard, put, put_failure, view } from './page.ts'
import type { Key } from './messages.ts'
import { pick, province_link } from './views/shared.ts'

type Measure = 'level' | 'improvement'
const classes = 5
const { t, lang } = view

connect_map()

interface Ranked { row: ScoreRow; score: ScoreRow['level']; rank: number; low: number; high: number }

/** The provinces that have a rank under this measure, best first. */
function ranked_by(measure: Measure, board: Scoreboard): Ranked[] {
  return board.provinces
    .filter(row => row[`${measure}_rank`] !== null)
    .map(row => {
      const rank = row[`${measure}_rank`]!
      return { row, score: row[measure], rank, low: row[`${measure}_rank_low`] ?? rank, high: row[`${measure}_rank_high`] ?? rank }
    })
    .toSorted((a, b) => a.rank - b.rank)
}

/** The interval of ranks as a bar on a line from first to last, with a dot at the rank itself. */
function interval({ rank, low, high }: Ranked, last: number): Html {
  const x = (place: number) => (6 + ((place - 1) / Math.max(1, last - 1)) * 132).toFixed(1)
  return html`<svg class="interval" viewBox="0 0 144 24" role="img" aria-label="${t('board.range.text', { rank, low, high })}">
    <line class="axis" x1="6" x2="138" y1="12" y2="12"/><line class="band" x1="${x(low)}" x2="${x(high)}" y1="12" y2="12"/>
    <circle class="dot" cx="${x(rank)}" cy="12" r="5"/></svg>`
}

function table(measure: Measure, ranked: Ranked[]): Html {
  if (ranked.length === 0) return html`<p class="notice plain">${t('board.none')}</p>`
  const last = Math.max(...ranked.map(entry => entry.high))
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${t(`board.caption.${measure}`)}"><table>
    <caption>${t(`board.caption.${measure}`)}</caption>
    <thead><tr><th scope="col" class="number">${t('board.rank')}</th><th scope="col">${t('board.province')}</th>
      <th scope="col">${t('board.range')}</th><th scope="col" class="number">${t(`board.${measure}`)}</th>
      <th scope="col" class="number">${t('board.coverage')}</th><th scope="col" class="number">${t('board.kpis')}</th></tr></thead>
    <tbody>${ranked.map(entry => html`<tr data-province="${entry.row.province}"><td class="number"><b>${entry.rank}</b></td>
      <th scope="row">${province_link(view, entry.row.province)}</th>
      <td><span class="range">${interval(entry, last)}<span class="small soft number">${entry.low}–${entry.high}</span></span></td>
      <td class="number">${format_decimal(entry.score, 1)}</td>
      <td class="number">${format_decimal(measure === 'level' ? entry.row.coverage : entry.row.improvement_coverage, 0)}%</td>
      <td class="number">${entry.row.kpis}</td></tr>`)}</tbody></table></div>`
}

function class_of(rank: number, count: number): number {
  return Math.min(classes, Math.floor(((rank - 1) / count) * classes) + 1)
}

function legend(ranked: Ranked[]): Html {
  const count = ranked.length
  const entries = Array.from({ length: classes }, (_, i) => {
    const inside = ranked.filter(entry => class_of(entry.rank, count) === i + 1).map(entry => entry.rank)
    const [from, to] = [Math.min(...inside), Math.max(...inside)]
    return inside.length > 0 && html`<li><span class="key c-${i + 1}"></span>${from === to ? t('board.one', { rank: from }) : t('board.class', { from, to })}</li>`
  })
  return html`<ul class="legend">${entries}<li><span class="key"></span>${t('board.unranked')}</li></ul>`
}

function show(measure: Measure, board: Scoreboard): void {
  const ranked = ranked_by(measure, board)
  const class_by_code = new Map(ranked.map(({ row, rank }) => [row.province, class_of(rank, ranked.length)]))
  put('board', table(measure, ranked))
  put('legend', legend(ranked))
  colour_map(code => (class_by_code.has(code) ? `c-${class_by_code.get(code)}` : null))
}

/** Each province that is missing from a ranking, with the server's own words for why: the numbers differ from one to the next. */
function unranked(board: Scoreboard): Html {
  const rows = board.provinces.filter(row => row.reasons.length > 0)
  if (rows.length === 0) return html`<p class="soft">${t('board.unranked.none')}</p>`
  return html`${rows.map(row => html`<details><summary>${pick(view, row.name_th, row.name_en)} <span class="soft small">${t('board.has', { coverage: format_decimal(row.coverage, 0), kpis: row.kpis })}</span></summary>
    <ul class="resolutions">${row.reasons.map(reason => html`<li>${reason[lang]}</li>`)}</ul><p>${province_link(view, row.province)}</p></details>`)}`
}

function parameters_table({ parameters }: Scoreboard): Html {
  const rows: [Key, string][] = [
    ['board.p.coverage', `${format_decimal(parameters.coverage_min_percent)}%`],
    ['board.p.weights', `±${format_decimal(parameters.weight_spread_percent)}%`],
    ['board.p.draws', format_decimal(parameters.draws)],
    ['board.p.seed', String(parameters.seed)],
    ['board.p.interval', `${parameters.low_percentile}–${parameters.high_percentile}`],
  ]
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${t('board.parameter')}"><table><thead><tr><th scope="col">${t('board.parameter')}</th><th scope="col" class="number">${t('board.value')}</th></tr></thead>
    <tbody>${rows.map(([name, value]) => html`<tr><td>${t(name)}</td><td class="number">${value}</td></tr>`)}</tbody></table></div>`
}

/** The other years that may have a board, as links, so that each can be bookmarked. */
function offer_years(shown: number, { years }: Programme): void {
  put('choose-year', html`${years.map(year => year.fiscal_year).toSorted((a, b) => b - a).map(year =>
    html`<a href="?fiscal_year=${year}"${year === shown && html` aria-current="page"`}>${fiscal_year_label(year, lang)}</a>`)}`)
}

function point_dumps_at(year: number): void {
  document.getElementById('dump-xlsx')?.setAttribute('href', `/api/v1/exports/kpis?fiscal_year=${year}&format=xlsx`)
  for (const format of ['csv', 'json'])
    document.getElementById(`dump-${format}`)?.setAttribute('href', `/api/v1/scoreboard/dump?fiscal_year=${year}&format=${format}`)
}

try {
  const programme = get<Programme>('/api/v1/programme')
  const board = await latest_scoreboard(programme)
  void programme.then(course => offer_years(board.fiscal_year, course), () => undefined)
  show('level', board)
  if (board.demonstration) put('demonstration', demonstration_notice())
  put('unranked', unranked(board))
  put('parameters', parameters_table(board))
  put('computed', html`${t('board.computed', { at: format_moment(board.computed_at, lang), period: format_period(board.period, lang) })}`)
  point_dumps_at(board.fiscal_year)
  document.getElementById('choose-measure')!.hidden = false
  connect_choice('choose-measure', value => show(value as Measure, board))
} catch (error) {
  if (is_not_found(error)) put('board', html`<p class="notice plain">${t('board.none')} <a href="/scoreboard.html">${t('board.latest')}</a></p>`)
  else put_failure('board')
}
