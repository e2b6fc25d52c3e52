// What was asked, what came of it and how long it took, by province and district.
import { format_moment } from '../lib/dates.ts'
import { districts_of, offer, type District } from './cases/areas.ts'
import { provinces_in_english } from './cases/provinces.ts'
import type { Figures } from './cases/shapes.ts'
import { say } from './cases/words_figures.ts'
import { html, type Html } from './html.ts'
import { get, lang, put } from './plain.ts'
import { icon, pick } from './views/shared.ts'

const province = document.querySelector<HTMLSelectElement>('#province')!
const district = document.querySelector<HTMLSelectElement>('#district')!
const figures_of = (code: string) => get<Figures>(`/api/v1/service_centre/figures/${code}`)
const per_hundred = (part: number, whole: number) => (whole === 0 ? '–' : ((part * 100) / whole).toFixed(1))

function bar(part: number, whole: number): Html {
  const width = whole === 0 ? 0 : (part / whole) * 100
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="ground" width="100" height="10"/><rect width="${width.toFixed(1)}" height="10"/></svg>`
}

const days = (count: number | null) => (count === null ? '–' : say('figures.days', { days: count }))

function sums(found: Figures): Html {
  const right = found.closed_without_evidence === 0
  return html`<dl class="figures"><div><dt>${say('figures.received')}</dt><dd>${found.received}</dd></div><div><dt>${say('figures.open')}</dt><dd>${found.open}</dd></div>
    <div><dt>${say('figures.late')}</dt><dd>${found.late}</dd></div><div><dt>${say('figures.closed')}</dt><dd>${found.closed}</dd></div>
    <div><dt>${say('figures.took')}</dt><dd>${days(found.days.half)}</dd>${found.days.nine_tenths !== null && html`<dd class="note">${say('figures.took.most', { days: found.days.nine_tenths })}</dd>`}</div>
    <div><dt>${say('figures.reopened')}</dt><dd>${found.reopened_cases}</dd><dd class="note">${say('figures.reopened.rate', { rate: per_hundred(found.reopened_cases, found.closed), times: found.reopened_times })}</dd></div>
    <div><dt>${say('figures.without')}</dt><dd>${found.closed_without_evidence}</dd><dd class="note"><span class="mark ${right ? 'green' : 'red'}">${icon(right ? 'check' : 'warning')}${say(right ? 'figures.without.good' : 'figures.without.bad')}</span></dd></div></dl>`
}

const outcomes = ['closed_by_evidence', 'closed_by_citizen_word', 'closed_by_answer', 'closed_without_evidence', 'rejected', 'merged', 'withdrawn', 'open'] as const

function outcome_table(found: Figures): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${say('figures.outcome')}"><table><caption>${say('figures.outcome')}</caption>
    <thead><tr><th scope="col">${say('figures.what')}</th><th scope="col" class="number">${say('figures.matters')}</th><th scope="col">${say('figures.share')}</th></tr></thead>
    <tbody>${outcomes.map(each => html`<tr><th scope="row">${say(`figures.${each}`)}</th><td class="number">${found[each]}</td><td>${bar(found[each], found.received)} <span class="number small">${per_hundred(found[each], found.received)}%</span></td></tr>`)}</tbody></table></div>`
}

/** What was asked for, and how long it took. */
function category_table(found: Figures): Html {
  const most = found.by_category[0]!.received
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${say('figures.by_category')}"><table><caption>${say('figures.by_category')}</caption>
    <thead><tr><th scope="col">${say('figures.category')}</th><th scope="col" class="number">${say('figures.received')}</th><th scope="col" class="number">${say('figures.open')}</th><th scope="col" class="number">${say('figures.closed')}</th><th scope="col" class="number">${say('figures.took')}</th></tr></thead>
    <tbody>${found.by_category.map(row => html`<tr><th scope="row">${pick({ lang }, row.name_th, row.name_en)}<br>${bar(row.received, most)}</th><td class="number">${row.received}</td><td class="number">${row.open}</td><td class="number">${row.closed}</td><td class="number">${days(row.days.half)}</td></tr>`)}</tbody></table></div>`
}

function district_table(rows: { area: District; found: Figures }[]): Html {
  const columns = ['received', 'open', 'late', 'closed', 'reopened_cases', 'closed_without_evidence'] as const
  const heads = ['received', 'open', 'late', 'closed', 'reopened', 'without'] as const
  const most = Math.max(...rows.map(row => row.found.received))
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${say('figures.by_district')}"><table><caption>${say('figures.by_district')}</caption>
    <thead><tr><th scope="col">${say('figures.district')}</th>${heads.map(head => html`<th scope="col" class="number">${say(`figures.${head}`)}</th>`)}</tr></thead>
    <tbody>${rows.map(({ area: [code, th, en], found }) => html`<tr><th scope="row"><a href="?area=${code}">${pick({ lang }, th, en)}</a><br>${bar(found.received, most)}</th>${columns.map(column => html`<td class="number">${found[column]}</td>`)}</tr>`)}</tbody></table></div>`
}

async function by_district(code: string): Promise<Html> {
  const areas = await districts_of(code)
  const collator = new Intl.Collator(lang)
  const rows = await Promise.all(areas.map(async area => ({ area, found: await figures_of(area[0]) })))
  return district_table(rows.toSorted((a, b) => b.found.received - a.found.received || collator.compare(pick({ lang }, a.area[1], a.area[2]), pick({ lang }, b.area[1], b.area[2]))))
}

let asked = ''

async function show(code: string, name: string): Promise<void> {
  asked = code
  document.getElementById('figures')!.setAttribute('aria-busy', 'true')
  try {
    const found = await figures_of(code)
    const districts = found.received > 0 && code.length === 2 ? await by_district(code) : null
    if (asked !== code) return
    put('figures', html`<h2>${say('figures.of', { name })}</h2>${found.demonstration && html`<p class="notice">${icon('info')}<span>${say('demonstration')}</span></p>`}
      ${found.received === 0 ? html`<p class="notice plain">${say('figures.none')}</p>` : html`${sums(found)}${category_table(found)}${outcome_table(found)}${districts}`}
      <p class="soft small">${say('figures.at', { at: format_moment(found.counted_at, lang) })} · <a href="/api/v1/service_centre/figures/${code}">${say('figures.json')}</a></p>`)
  } catch {
    put('figures', html`<p class="notice bad" role="status">${icon('warning')}<span>${say('figures.failed')} <a href="${location.href}">${say('figures.again')}</a></span></p>`)
  }
}

const name_in = (select: HTMLSelectElement) => select.selectedOptions[0]?.text ?? ''

async function choose(): Promise<void> {
  const code = district.value || province.value
  if (!code) return
  history.replaceState(null, '', `?area=${code}`)
  await show(code, name_in(district.value ? district : province))
}
async function offer_districts(chosen = ''): Promise<void> {
  offer(district, province.value ? await districts_of(province.value).catch(() => []) : [], chosen)
}

provinces_in_english(province)
province.addEventListener('change', () => void offer_districts().then(choose))
district.addEventListener('change', () => void choose())
const wanted = new URLSearchParams(location.search).get('area') ?? ''
province.value = wanted.slice(0, 2)
await offer_districts(wanted.length === 4 ? wanted : '')
await choose()
