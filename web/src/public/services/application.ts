// An application as its applicant follows it: what is missing first, then each service, then the papers.
import { bangkok_day, format_date } from '../../lib/dates.ts'
import { html, type Html } from '../html.ts'
import { lang } from '../plain.ts'
import { icon, pick } from '../views/shared.ts'
import type { TrackedApplication } from './shapes.ts'
import { baht, fee_text } from './told.ts'
import { say } from './words_application.ts'

type Service = TrackedApplication['services'][number]
type Paper = TrackedApplication['papers'][number]

const name_of = (row: { name_th: string; name_en: string }) => pick({ lang }, row.name_th, row.name_en)
const is_over = (day: string) => day < bangkok_day(new Date().toISOString())
const names = (papers: Paper[]) => html`<ul>${papers.map(each => html`<li>${name_of(each)}</li>`)}</ul>`
const is_missing = (paper: Paper) => paper.state === 'asked' && paper.told

/** What the centre told to bring, while a service waits for it. */
export function missing_papers({ services, papers, papers_due_on }: TrackedApplication): Html | false {
  const missing = services.some(each => each.state === 'applied') ? papers.filter(is_missing) : []
  return missing.length > 0 && html`<div class="notice bad missing">${icon('warning')}<div><p><b>${say('missing.title', { count: missing.length })}</b></p>${names(missing)}
    ${papers_due_on && html`<p><b>${say('missing.by', { date: format_date(papers_due_on, lang) })}</b> ${is_over(papers_due_on) && html`<span class="mark red">${icon('clock')}${say('missing.over')}</span>`}</p>`}
    <p>${say('missing.at')}</p></div></div>`
}

const look_of_state: Partial<Record<Service['state'], string>> = { applied: 'amber', granted: 'green', given: 'green', refused: 'red', returned: 'red', withdrawn: 'grey' }

function due({ state, due_on }: Service): Html | string | false {
  if (state === 'applied') return say('service.due_later')
  return state === 'complete' && due_on !== null && html`${format_date(due_on, lang)} ${is_over(due_on) && html`<span class="mark red">${icon('clock')}${say('service.due_late')}</span>`}`
}
function card(service: Service): Html {
  const until = due(service)
  const paid = service.paid_satang > 0 && ` · ${say('service.paid', { baht: baht(service.paid_satang) })}`
  return html`<li class="card stack"><p><b>${name_of(service)}</b></p><p><span class="mark ${look_of_state[service.state] ?? 'teal'}">${say(`state.${service.state}`)}</span></p>
    <dl class="facts">${until && html`<dt>${say('service.due')}</dt><dd>${until}</dd>`}<dt>${say('service.fee')}</dt><dd>${fee_text(service.fee_kind, service.fee_satang)}${paid}</dd>
    ${service.certificate && html`<dt>${say('service.certificate')}</dt><dd>${service.certificate}</dd>`}${service.reason && html`<dt>${say('service.reason')}</dt><dd>${service.reason}</dd>`}</dl></li>`
}

export function application({ services, papers, appointment }: TrackedApplication): Html | false {
  if (services.length === 0 && !appointment) return false
  const open = papers.filter(each => each.state === 'asked' && !each.told)
  const parts = [['papers.waiting', open.filter(each => each.required)], ['papers.some', open.filter(each => !each.required)], ['papers.handed_in', papers.filter(each => each.state === 'handed_in')]] as const
  return html`<div class="stack">${appointment && html`<p class="notice plain">${icon('clock')}<span>${say('appointment', { date: format_date(appointment.on, lang), time: appointment.starts })}</span></p>`}<h3>${say('services')}</h3><ul class="cards">${services.map(card)}</ul>
    ${parts.map(([title, some]) => some.length > 0 && html`<h4>${say(title)}</h4>${names(some)}`)}</div>`
}
