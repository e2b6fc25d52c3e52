import { fiscal_year_label, format_date, format_moment, format_period, year_label } from '../lib/dates.ts'
import { format_decimal } from '../lib/numbers.ts'
import type { Kpi, KpiValue, KpiWithSeries, LocalCounts, LocalGovernment, LocalKind, Page, ProvincePage } from '../api/shapes.ts'
import { kpi_chart, standing_values } from './chart.ts'
import { html, type Html } from './html.ts'
import type { Key } from './messages.ts'
import { colour_map, connect_map, demonstration_notice, get, is_not_found, put, put_failure, view } from './page.ts'
import { demonstration_mark, icon, judgement_mark, pick, province_name, resolution_mark } from './views/shared.ts'

const { t, lang } = view

connect_map()

function facts(page: ProvincePage): Html {
  const { cluster, memberships, application } = page
  return html`<dl class="facts card">
    ${cluster && html`<dt>${t('province.cluster')}</dt><dd>${pick(view, cluster.name_th, cluster.name_en)}
      <span class="soft small">(${cluster.provinces.map(code => province_name(view, code)).join(', ')})</span></dd>`}
    <dt>${t('province.joined')}</dt><dd>${memberships.length === 0 ? t('province.joined.none') : memberships.map(membership =>
      html`<div><span class="key k-${membership.kind}"></span>${year_label(membership.fiscal_year, lang)} · ${pick(view, membership.title_th, membership.title_en) || t(`kind.${membership.kind}`)}
        ${membership.reason_th && html`<span class="soft small">– ${pick(view, membership.reason_th, membership.reason_en)}</span>`}</div>`)}</dd>
    ${application?.state && html`<dt>${t('province.application')}</dt><dd>${t(`state.${application.state}`)}${application.submitted_at && html` · ${format_moment(application.submitted_at, lang, 'short')}`}</dd>`}
  </dl>`
}

/** What the approved proposal promises, in its own words and in numbers. */
function promises(page: ProvincePage): Html | null {
  const { summary_th, benefits = [] } = page.application ?? {}
  if (!summary_th && benefits.length === 0) return null
  return section(t('province.promises'), html`${summary_th && html`<p class="prose" lang="th">${summary_th}</p>`}
    <ul class="resolutions">${benefits.map(benefit => html`<li><b class="number">${format_decimal(benefit.number)}</b> <span lang="th">${benefit.unit_th}</span>
      ${pick(view, benefit.sentence_th, benefit.sentence_en)}</li>`)}</ul>`)
}

function section(title: string, body: Html): Html {
  return html`<section class="year stack"><h2>${title}</h2>${body}</section>`
}

function agendas(page: ProvincePage): Html {
  if (page.agendas.length === 0) return html`<p class="soft">${t('province.agendas.none')}</p>`
  return html`<ol class="resolutions">${page.agendas.map(agenda => html`<li><b lang="th">${agenda.title_th}</b>
    ${agenda.working_group && html`<span class="mark teal">${t(`group.${agenda.working_group}`)}</span>`}<br><span class="soft" lang="th">${agenda.why_th}</span></li>`)}</ol>`
}

/** Where a value comes from, and, of a corrected or withdrawn one, why: nothing that was ever reported is taken away. */
function value_row(value: KpiValue, stands: boolean): Html {
  const number = format_decimal(value.value)
  return html`<tr><th scope="row">${format_period(value.period, lang)}</th><td class="number">${stands ? number : html`<s>${number}</s>`}</td>
    <td>${t(`source.${value.source_class}`)}${!stands && html` <span class="mark grey">${t(value.withdrawn ? 'value.withdrawn' : 'value.superseded')}</span>`}
      ${value.reason && html`<br><span class="small">${t('value.reason')}: <span lang="th">${value.reason}</span></span>`}
      ${value.evidence && html`<br><span class="small" lang="th">${value.evidence}</span>`}
      ${value.evidence_url && html`<br><a class="small" href="${value.evidence_url}" rel="noopener nofollow">${t('value.evidence')}</a>`}</td></tr>`
}

function numbers_table(kpi: KpiWithSeries): Html {
  const yearly = (label: string, entries: Kpi['baseline']) => entries.map(entry =>
    html`<tr><th scope="row">${label} ${year_label(entry.fiscal_year, lang)}</th><td class="number">${format_decimal(entry.value)}</td><td></td></tr>`)
  const series = kpi.series ?? []
  const standing = new Set(standing_values(series))
  const newest_last = series.toSorted((a, b) => a.period.localeCompare(b.period) || a.revision - b.revision)
  return html`<details><summary>${t('kpi.numbers')}</summary><div class="scroll" tabindex="0" role="group" aria-label="${pick(view, kpi.name_th, kpi.name_en)}"><table>
    <thead><tr><th scope="col">${t('kpi.period')}</th><th scope="col" class="number">${pick(view, kpi.unit_th, kpi.unit_en)}</th><th scope="col">${t('kpi.source')}</th></tr></thead>
    <tbody>${yearly(t('kpi.baseline'), kpi.baseline)}${yearly(t('kpi.target'), kpi.targets)}${newest_last.map(value => value_row(value, standing.has(value)))}</tbody></table></div>
    <p class="small soft"><span lang="th">${kpi.definition_th}</span><br>${t('kpi.owner')}: <span lang="th">${kpi.owner_th} · ${kpi.source_th}</span></p></details>`
}

function kpi_card(kpi: KpiWithSeries): Html {
  const name = pick(view, kpi.name_th, kpi.name_en)
  const unit = pick(view, kpi.unit_th, kpi.unit_en)
  const { forecast, forecast_low, forecast_high, colour, latest, latest_period, target, judged_in, rule_th, rule_en } = kpi.judgement
  const aim = (judged_in === 'value' ? target : null) ?? kpi.targets.at(-1)?.value
  const gaps = { name, unit, baseline: format_decimal(kpi.baseline.at(-1)?.value), value: format_decimal(latest), target: format_decimal(aim) }
  return html`<article class="kpi"><header><h4>${name}</h4>${judgement_mark(view, colour)}</header>
    ${kpi_chart(view, kpi, t('kpi.chart', gaps))}
    <p><b class="number">${format_decimal(latest)}</b> ${unit}${latest_period && html` <span class="soft">(${format_period(latest_period, lang)})</span>`}
      <span class="soft">· ${t('kpi.target')} ${format_decimal(aim)} (${t(`kpi.${kpi.direction}`)})</span></p>
    ${forecast !== null && html`<p class="small soft">${t(`kpi.forecast.${judged_in}`, { mid: format_decimal(forecast, 1), low: format_decimal(forecast_low, 1), high: format_decimal(forecast_high, 1) })}</p>`}
    <p class="small"><b>${t('kpi.rule')}:</b> ${pick(view, rule_th, rule_en)}</p>
    ${numbers_table(kpi)}</article>`
}

function kpi_cards(kpis: KpiWithSeries[]): Html {
  if (kpis.length === 0) return html`<p class="soft">${t('province.kpis.none')}</p>`
  const years = [...new Set(kpis.map(kpi => kpi.fiscal_year))].toSorted((a, b) => b - a)
  return html`<p class="small soft">${t('kpi.key')}</p>${years.map(year => html`<h3>${fiscal_year_label(year, lang)}</h3>
    <div class="kpis">${kpis.filter(kpi => kpi.fiscal_year === year).map(kpi_card)}</div>`)}`
}

function downloads(code: string): Html {
  const links: [string, string][] = [
    ['Excel', `/api/v1/exports/kpis?province=${code}&format=xlsx`],
    ['CSV', `/api/v1/exports/kpis?province=${code}&format=csv`],
    [`JSON · ${t('kpis.short')}`, `/api/v1/kpis?province=${code}&limit=200`],
    [`JSON · ${t('board.province')}`, `/api/v1/provinces/${code}`],
  ]
  return html`<p class="downloads no-print">${links.map(([name, href]) => html`<a class="button" href="${href}">${icon('download')}${name}</a>`)}</p>`
}

function resolutions(page: ProvincePage): Html {
  if (page.resolutions.length === 0) return html`<p class="soft">${t('province.resolutions.none')}</p>`
  return html`<ul class="milestones">${page.resolutions.map(resolution => html`<li>
    ${resolution.on_date && html`<time datetime="${resolution.on_date}">${format_date(resolution.on_date, lang)}</time>`}
    ${resolution_mark(view, resolution.kind)} ${resolution.demonstration && demonstration_mark(view)} ${pick(view, resolution.text_th, resolution.text_en)}</li>`)}</ul>`
}

function history(page: ProvincePage): Html {
  if (page.history.length === 0) return html`<p class="soft">${t('province.history.none')}</p>`
  return html`<ul class="milestones">${page.history.map(entry => html`<li><time datetime="${entry.at}">${format_moment(entry.at, lang)}</time>
    ${t(`act.${entry.act}` as Key)}
    <span class="soft small">${pick(view, entry.office_th, entry.office_en)}</span></li>`)}</ul>`
}

/** How many there are of each kind; the names of a kind are asked for when somebody opens it. */
function local_governments(counts: LocalCounts | null): Html {
  if (!counts) return html`<p class="soft">${t('error.load')}</p>`
  const { items } = counts
  const sum = items.reduce((n, { count }) => n + count, 0)
  if (sum === 0) return html`<p class="soft">${t('local.none')}</p>`
  return html`<p class="soft">${t('local.all', { n: format_decimal(sum) })}</p>${items.map(({ kind, count }) =>
    html`<details data-local="${kind}"><summary>${t(`local.${kind}`)} <span class="soft number">${format_decimal(count)}</span></summary>
      <div aria-live="polite">${t('loading')}</div></details>`)}`
}

async function all_of_kind(province: string, kind: LocalKind): Promise<LocalGovernment[]> {
  const found: LocalGovernment[] = []
  for (let cursor = ''; ;) {
    const page = await get<Page<LocalGovernment>>(`/api/v1/local-governments?province=${province}&kind=${kind}&limit=200${cursor}`)
    found.push(...page.items)
    if (!page.next) return found
    cursor = `&cursor=${page.next}`
  }
}

function connect_local_governments(province: string): void {
  for (const details of document.querySelectorAll<HTMLDetailsElement>('[data-local]')) {
    const list = details.querySelector('div')!
    const fill = async () => {
      const bodies = await all_of_kind(province, details.dataset.local as LocalKind)
      list.innerHTML = html`<ul class="members">${bodies.map(body => html`<li>${pick(view, body.name_th, body.name_en)}</li>`)}</ul>`.text
    }
    details.addEventListener('toggle', () => fill().catch(() => { list.textContent = t('error.load') }), { once: true })
  }
}

function show(page: ProvincePage, kpis: KpiWithSeries[], local: LocalCounts | null): void {
  const name = pick(view, page.area.name_th, page.area.name_en)
  const title = t('province.title', { name })
  document.title = `${title} – ${document.title}`
  put('title', html`${title}`)
  put('summary', html`${(page.demonstration || kpis.some(kpi => kpi.demonstration)) && demonstration_notice()}${facts(page)}${downloads(page.area.code)}`)
  put('details', html`${promises(page)}${section(t('province.agendas'), agendas(page))}${section(t('province.kpis'), kpi_cards(kpis))}
    ${section(t('province.resolutions'), resolutions(page))}${section(t('local'), local_governments(local))}${section(t('province.history'), history(page))}`)
  connect_local_governments(page.area.code)
  if (kpis.length > 0) document.getElementById('limits')!.hidden = false
  colour_map(code => (code === page.area.code ? 'here' : null))
}

const series_asked_max = 40

/** A chart needs the values, and a reader the corrected ones too. What cannot be had is left out. */
async function with_series(kpis: Kpi[]): Promise<KpiWithSeries[]> {
  return Promise.all(kpis.map(async (kpi, i) => {
    if (i >= series_asked_max) return kpi
    const values = await get<Page<KpiValue>>(`/api/v1/kpis/${kpi.kpi_id}/values?history=all&limit=200`).catch(() => null)
    return values ? { ...kpi, series: values.items } : kpi
  }))
}

const code = /^\/provinces\/([^/]+)\/?$/.exec(location.pathname)?.[1]
if (code) {
  put('summary', html`<p class="soft">${t('loading')}</p>`)
  try {
    const [page, kpis, local] = await Promise.all([
      get<ProvincePage>(`/api/v1/provinces/${encodeURIComponent(code)}`),
      get<Page<Kpi>>(`/api/v1/kpis?province=${encodeURIComponent(code)}&limit=200`).then(({ items }) => items, () => []),
      get<LocalCounts>(`/api/v1/local-governments/counts?province=${encodeURIComponent(code)}`).catch(() => null),
    ])
    show(page, await with_series(kpis), local)
  } catch (error) {
    if (is_not_found(error)) put('summary', html`<div class="notice bad"><p>${t('province.unknown', { code })}<br>${t('province.choose')}</p></div>`)
    else put_failure('summary')
  }
}
