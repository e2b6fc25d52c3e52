import { fiscal_year_label, format_moment, format_period } from '../lib/dates.ts'
import { format_decimal } from '../lib/numbers.ts'
import type { Programme, RuleRow, Scoreboard, ScoreRow } from '../api/shapes.ts'
import { html, type Html } from './html.ts'
import { colour_map, connect_choice, connect_map, demonstration_notice, get, is_not_found, latest_scoreboard, put, put_failure, view } from './page.ts'
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

/** The name of the band that a level is in. */
function band_of(row: ScoreRow, rules: RuleRow[]): string {
  const band = rules.find(({ rule }) => rule === `${row.level_band}_at_least_points`)
  return pick(view, band?.name_th, band?.name_en)
}

function table(measure: Measure, ranked: Ranked[], rules: RuleRow[]): Html {
  if (ranked.length === 0) return html`<p class="notice plain">${t('board.none')}</p>`
  const last = Math.max(...ranked.map(entry => entry.high))
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${t(`board.caption.${measure}`)}"><table>
    <caption>${t(`board.caption.${measure}`)}</caption>
    <thead><tr><th scope="col" class="number">${t('board.rank')}</th><th scope="col">${t('board.province')}</th>
      <th scope="col">${t('board.range')}</th><th scope="col" class="number">${t(`board.${measure}`)}</th>
      <th scope="col" class="number">${t('board.coverage')}</th><th scope="col" class="number">${t('board.kpis')}</th></tr></thead>
    <tbody>${ranked.map(entry => html`<tr data-province="${entry.row.province}"><td class="number"><b>${entry.rank}</b></td>
      <th scope="row">${province_link(view, entry.row.province)}${measure === 'level' && html`<br><span class="small soft">${band_of(entry.row, rules)}</span>`}</th>
      <td><span class="range">${interval(entry, last)}<span class="small soft number">${entry.low}–${entry.high}</span></span></td>
      <td class="number">${format_decimal(entry.score, 1)}</td>
      <td class="number">${format_decimal(measure === 'level' ? entry.row.coverage : entry.row.improvement_coverage, 0)}%</td>
      <td class="number">${entry.row.kpis}</td></tr>`)}</tbody></table></div>
    ${measure === 'level' && rules.some(({ rule, verified }) => !verified && rule.endsWith('_at_least_points')) && html`<p class="small soft">${t('board.bands')}</p>`}`
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
  put('board', table(measure, ranked, board.rules))
  put('legend', legend(ranked))
  colour_map(code => (class_by_code.has(code) ? `c-${class_by_code.get(code)}` : null))
}

const measures: Measure[] = ['level', 'improvement']

/** The provinces that are missing from one ranking, with the server's own words for why, and their rank in the other one. */
function unranked_by(measure: Measure, board: Scoreboard): Html {
  const other = measure === 'level' ? 'improvement' : 'level'
  const rows = board.provinces.filter(row => row.reasons.some(reason => reason.ranking === measure))
  return html`<h3>${t(`board.unranked.${measure}`)}</h3>${rows.length === 0 && html`<p class="soft">${t('board.unranked.none')}</p>`}
    ${rows.map(row => html`<details data-province="${row.province}"><summary>${pick(view, row.name_th, row.name_en)}
      <span class="soft small">${t('board.has', { coverage: format_decimal(measure === 'level' ? row.coverage : row.improvement_coverage, 1), kpis: row.kpis })}</span>
      ${row[`${other}_rank`] !== null && html`<span class="mark teal">${t(`board.but.${other}`, { rank: row[`${other}_rank`]! })}</span>`}</summary>
    <ul class="resolutions">${row.reasons.filter(reason => reason.ranking === measure).map(reason => html`<li>${reason[lang]}</li>`)}</ul><p>${province_link(view, row.province)}</p></details>`)}`
}

function with_unit({ rule, value, unit }: RuleRow): string {
  if (rule === 'seed') return value
  return unit === 'count' ? format_decimal(value) : t(`board.unit.${unit}`, { value: format_decimal(value) })
}

/** The numbers in force, by where they are from: what no document says is marked so. */
function rules_tables({ rules }: Scoreboard): Html {
  const by_source = new Map<string, RuleRow[]>()
  for (const rule of rules) {
    const source = pick(view, rule.source_th, rule.source_en)
    by_source.set(source, [...(by_source.get(source) ?? []), rule])
  }
  return html`${[...by_source].map(([source, rows]) => html`<div class="scroll" tabindex="0" role="group" aria-label="${source}"><table>
    <caption>${source}${rows.some(row => !row.verified) && html` <span class="mark grey">${t('years.unverified')}</span>`}</caption>
    <thead><tr><th scope="col">${t('board.parameter')}</th><th scope="col" class="number">${t('board.value')}</th></tr></thead>
    <tbody>${rows.map(row => html`<tr><td>${pick(view, row.name_th, row.name_en)}</td><td class="number">${with_unit(row)}</td></tr>`)}</tbody></table></div>`)}`
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
  put('unranked', html`${measures.map(measure => unranked_by(measure, board))}`)
  put('limits', html`${board.limits.map(limit => html`<li>${limit[lang]}</li>`)}`)
  put('parameters', rules_tables(board))
  put('computed', html`${t('board.computed', { at: format_moment(board.computed_at, lang), period: format_period(board.period, lang) })}`)
  point_dumps_at(board.fiscal_year)
  document.getElementById('choose-measure')!.hidden = false
  connect_choice('choose-measure', value => show(value as Measure, board))
} catch (error) {
  if (is_not_found(error)) put('board', html`<p class="notice plain">${t('board.none')} <a href="/scoreboard.html">${t('board.latest')}</a></p>`)
  else put_failure('board')
}
