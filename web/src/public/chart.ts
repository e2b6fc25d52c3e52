// One KPI as a small picture: baseline, the path to the target, the values, the forecast interval, the target.
import { year_label } from '../lib/dates.ts'
import { format_decimal } from '../lib/numbers.ts'
import type { KpiValue, KpiWithSeries } from '../api/shapes.ts'
import { html, type Html } from './html.ts'
import type { View } from './views/shared.ts'

const width = 320
const height = 150
const left = 18
const right = 58
const top = 12
const bottom = 22

interface Point { at: number; value: number }

/** Fiscal year 2021 ends on 30 September 2021: its yearly value stands at 2021.75. */
const end_of_fiscal_year = (year: number) => year + 0.75

/** The end of what a value is measured for: "2021-03", "2021-Q2" (of the fiscal year) or "2021". */
function period_position(period: string): number {
  const [year = '', part] = period.split('-')
  if (part === undefined) return end_of_fiscal_year(Number(year))
  if (part.startsWith('Q')) return end_of_fiscal_year(Number(year)) - (4 - Number(part.slice(1))) / 4
  return Number(year) + Number(part) / 12
}

function as_number(value: unknown): number | null {
  if (value === null || value === undefined || value === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

function points(entries: { at: number; value: unknown }[]): Point[] {
  return entries
    .flatMap(({ at, value }) => { const number = as_number(value); return number === null ? [] : [{ at, value: number }] })
    .toSorted((a, b) => a.at - b.at)
}

/** One value a period: a correction has the higher revision and stands in the place of what it corrects; a withdrawal leaves none. */
export function standing_values(series: KpiValue[]): KpiValue[] {
  const by_revision = series.toSorted((a, b) => a.revision - b.revision)
  return [...new Map(by_revision.map(entry => [entry.period, entry])).values()].filter(entry => !entry.withdrawn).toSorted((a, b) => period_position(a.period) - period_position(b.period))
}

export interface KpiSeries { baseline: Point[]; targets: Point[]; values: Point[] }

export function series_of(kpi: KpiWithSeries): KpiSeries {
  return {
    baseline: points(kpi.baseline.map(entry => ({ at: end_of_fiscal_year(entry.fiscal_year), value: entry.value }))),
    targets: points(kpi.targets.map(entry => ({ at: end_of_fiscal_year(entry.fiscal_year), value: entry.value }))),
    values: points(standing_values(kpi.series ?? []).map((entry: KpiValue) => ({ at: period_position(entry.period), value: entry.value }))),
  }
}

export function kpi_chart(view: View, kpi: KpiWithSeries, label: string): Html | null {
  const { baseline, targets, values } = series_of(kpi)
  const { forecast, forecast_low, forecast_high, judged_in } = kpi.judgement
  // A range is judged in points, which have no place on an axis of values.
  const [mid, low, high] = judged_in === 'points' ? [null, null, null] : [forecast, forecast_low, forecast_high].map(as_number)
  const all = [...baseline, ...targets, ...values]
  if (all.length < 2) return null

  const end = end_of_fiscal_year(kpi.judgement.target_fiscal_year ?? kpi.fiscal_year)
  const times = [...all.map(point => point.at), end]
  const heights = [...all.map(point => point.value), ...[mid, low, high].filter(value => value !== null && value !== undefined)] as number[]
  const [t0, t1] = [Math.min(...times), Math.max(...times)]
  const spare = (Math.max(...heights) - Math.min(...heights) || 1) * 0.1
  const [v0, v1] = [Math.min(...heights) - spare, Math.max(...heights) + spare]
  const x = (at: number) => (left + ((at - t0) / (t1 - t0 || 1)) * (width - left - right)).toFixed(1)
  const y = (value: number) => (top + ((v1 - value) / (v1 - v0)) * (height - top - bottom)).toFixed(1)
  const line = (path: Point[]) => path.map((point, i) => `${i ? 'L' : 'M'}${x(point.at)} ${y(point.value)}`).join('')

  const last_baseline = baseline.at(-1)
  const last_target = targets.at(-1)
  const last_value = values.at(-1)
  const years = [...new Set([...baseline, ...targets].map(point => Math.floor(point.at)))]
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
    <line class="grid" x1="${left}" x2="${width - right}" y1="${height - bottom}" y2="${height - bottom}"/>
    ${years.map(year => html`<text x="${x(end_of_fiscal_year(year))}" y="${height - 6}" text-anchor="middle">${year_label(year, view.lang)}</text>`)}
    ${last_target && html`<line class="target" x1="${left}" x2="${width - right + 6}" y1="${y(last_target.value)}" y2="${y(last_target.value)}"/>
      <text class="target-text" x="${width - right + 10}" y="${Number(y(last_target.value)) + 4}">${format_decimal(last_target.value, 1)}</text>`}
    ${last_baseline && targets.length > 0 && html`<path class="path" d="${line([last_baseline, ...targets])}"/>`}
    ${low != null && high != null && html`<line class="forecast" x1="${x(end)}" x2="${x(end)}" y1="${y(low)}" y2="${y(high)}" stroke="#125a6c" stroke-width="9" stroke-linecap="round"/>`}
    ${mid != null && html`<line class="forecast-mid" x1="${Number(x(end)) - 6}" x2="${Number(x(end)) + 6}" y1="${y(mid)}" y2="${y(mid)}"/>`}
    ${values.length > 1 && html`<path class="values" d="${line(values)}"/>`}
    ${last_value && html`<circle class="value" cx="${x(last_value.at)}" cy="${y(last_value.value)}" r="4"/>`}
    ${baseline.map(point => html`<circle class="baseline" cx="${x(point.at)}" cy="${y(point.value)}" r="3.5"/>`)}
  </svg>`
}
