import { fiscal_year_label, format_date } from '../../lib/dates.ts'
import type { Cohort, CohortKind, YearMeeting, Milestone, Programme, ProgrammeYear } from '../../api/shapes.ts'
import { html, type Html } from '../html.ts'
import { demonstration_mark, pick, province_link, province_name, resolution_mark, type View } from './shared.ts'

export const kinds: CohortKind[] = ['study', 'pilot', 'group', 'volunteer']

/** The kind under which each province is drawn: of that year, or, over all years, of the first time it entered. */
export function kind_by_province(programme: Programme, year: number | null): Record<string, CohortKind> {
  const kinds_found: Record<string, CohortKind> = {}
  const years = programme.years
    .filter(y => year === null || y.fiscal_year === year)
    .toSorted((a, b) => a.fiscal_year - b.fiscal_year)
  for (const { cohorts } of years)
    for (const cohort of cohorts)
      for (const member of cohort.members) kinds_found[member.province] ??= cohort.kind
  return kinds_found
}

export function provinces_in_programme(programme: Programme): string[] {
  return Object.keys(kind_by_province(programme, null))
}

export function map_legend(view: View): Html {
  return html`<ul class="legend">${kinds.map(kind => html`<li><span class="key k-${kind}"></span>${view.t(`kind.${kind}`)}</li>`)}
    <li><span class="key"></span>${view.t('kind.none')}</li></ul>`
}

/** Members who entered for the same reason are told it once. */
function reasons_of(view: View, cohort: Cohort): Html | null {
  const by_reason = new Map<string, string[]>()
  for (const member of cohort.members) {
    const reason = pick(view, member.reason_th, member.reason_en)
    if (reason) by_reason.set(reason, [...(by_reason.get(reason) ?? []), member.province])
  }
  if (by_reason.size === 0) return null
  const one = by_reason.size === 1 && [...by_reason.values()][0]!.length === cohort.members.length
  return html`<p class="soft small"><b>${view.t('years.why')}:</b> ${one
    ? [...by_reason.keys()][0]!
    : [...by_reason].map(([reason, codes], i) => html`${i > 0 && '; '}${codes.map(code => province_name(view, code)).join(', ')} – ${reason}`)}</p>`
}

/** What nobody has yet held against the original document is never shown without saying so. */
function unverified(view: View): Html {
  return html`<span class="mark grey">${view.t('years.unverified')}</span>`
}

function cohort_block(view: View, cohort: Cohort): Html {
  return html`<div class="stack card">
    <h4><span class="key k-${cohort.kind}"></span>${pick(view, cohort.title_th, cohort.title_en)}
      <span class="soft small">${view.t('years.members', { n: cohort.members.length })}</span> ${cohort.verified === false && unverified(view)}</h4>
    <ul class="chips">${cohort.members.map(member => html`<li>${province_link(view, member.province)}</li>`)}</ul>
    ${reasons_of(view, cohort)}
  </div>`
}

function milestone_item(view: View, milestone: Milestone): Html {
  const { on_date } = milestone
  return html`<li>${on_date ? html`<time datetime="${on_date}">${format_date(on_date, view.lang)}</time>` : html`<b>${view.t('years.no_day')}</b><br>`}
    ${pick(view, milestone.title_th, milestone.title_en)} ${!milestone.verified && unverified(view)}</li>`
}

function meeting_block(view: View, meeting: YearMeeting): Html {
  return html`<details open><summary>${pick(view, meeting.body_th, meeting.body_en)} ${view.t('years.meeting', { n: meeting.number })}
      · ${format_date(meeting.on_date, view.lang)} ${meeting.demonstration && demonstration_mark(view)}</summary>
    <div class="stack">${meeting.place_th && html`<p class="soft small">${meeting.place_th}</p>`}
    <ol class="resolutions">${meeting.resolutions.map(resolution => html`<li>${resolution_mark(view, resolution.kind)}
      ${pick(view, resolution.text_th, resolution.text_en)} ${resolution.superseded_by && html`<span class="mark grey">${view.t('resolution.superseded')}</span>`}
      ${resolution.parts && html`<ul>${resolution.parts.map(part => html`<li>${pick(view, part.text_th, part.text_en)}</li>`)}</ul>`}</li>`)}</ol></div></details>`
}

function year_block(view: View, year: ProgrammeYear): Html {
  const summary = pick(view, year.summary_th, year.summary_en)
  return html`<section class="year stack" data-year="${year.fiscal_year}">
    <h2>${fiscal_year_label(year.fiscal_year, view.lang)}</h2>
    ${summary && html`<p class="prose">${summary}</p>`}
    ${year.cohorts.length > 0 && html`<h3>${view.t('years.cohorts')}</h3>${year.cohorts.map(cohort => cohort_block(view, cohort))}`}
    ${year.milestones.length > 0 && html`<h3>${view.t('years.milestones')}</h3>
      <ul class="milestones">${year.milestones.map(milestone => milestone_item(view, milestone))}</ul>`}
    ${year.meetings.length > 0 && html`<h3>${view.t('years.meetings')}</h3>${year.meetings.map(meeting => meeting_block(view, meeting))}`}
  </section>`
}

export function years_view(view: View, programme: Programme): Html {
  return html`${programme.years.toSorted((a, b) => a.fiscal_year - b.fiscal_year).map(year => year_block(view, year))}`
}

/** How much is known: the page redraws its printed history only when the programme has more to tell. */
export function extent(programme: Programme): string {
  const count = (of: (year: ProgrammeYear) => number) => programme.years.reduce((sum, year) => sum + of(year), 0)
  return [
    count(year => year.cohorts.reduce((sum, cohort) => sum + cohort.members.length, 0)),
    count(year => year.milestones.length),
    count(year => year.meetings.reduce((sum, meeting) => sum + meeting.resolutions.length, 0)),
  ].join('/')
}

/** The table beside the map: every province of the programme, and in which years it took part. */
export function members_table(view: View, programme: Programme): Html {
  const years = programme.years.map(year => year.fiscal_year).toSorted((a, b) => a - b)
  const kind_in_year = new Map(years.map(year => [year, kind_by_province(programme, year)]))
  const collator = new Intl.Collator(view.lang)
  const codes = provinces_in_programme(programme)
    .toSorted((a, b) => collator.compare(province_name(view, a), province_name(view, b)))
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${view.t('years.cohorts')}"><table>
    <caption>${view.t('years.cohorts')} (${view.t('years.members', { n: codes.length })})</caption>
    <thead><tr><th scope="col">${view.t('board.province')}</th>${years.map(year => html`<th scope="col">${view.lang === 'th' ? year + 543 : year}</th>`)}</tr></thead>
    <tbody>${codes.map(code => html`<tr data-province="${code}"><th scope="row">${province_link(view, code)}</th>${years.map(year => {
      const kind = kind_in_year.get(year)![code]
      return html`<td>${kind ? html`<span class="key k-${kind}"></span>${view.t(`kind.${kind}`)}` : html`<span class="soft">–</span>`}</td>`
    })}</tr>`)}</tbody></table></div>`
}
