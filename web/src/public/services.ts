// The services of the district. All that is looked at and chosen stands in the address, so that it can be sent to somebody:
//   q, group: what is looked for; service: the one that is shown; chosen: keys with spaces between; show=papers: their papers.
import { bangkok_day } from '../lib/dates.ts'
import { html, type Html } from './html.ts'
import { get, lang, put } from './plain.ts'
import { to_bring, unread, type Brought } from './services/bring.ts'
import type { CatalogueService, ServiceList, ServiceSummary } from './services/shapes.ts'
import { fee_text, time_text } from './services/told.ts'
import { say } from './services/words_services.ts'
import { icon, pick } from './views/shared.ts'

const api = '/api/v1/service_centre/services'
const chosen_max = 20 // as many as one application takes
const shown_first = 40
const typing_ms = 300

const element = (id: string) => document.getElementById(id)!
const words = document.querySelector<HTMLInputElement>('#q')!
const group = document.querySelector<HTMLSelectElement>('#group')!
const title = document.title
const checked = html`checked`
const name_of = (row: { name_th: string; name_en: string }) => pick({ lang }, row.name_th, row.name_en)

// ---- the address

const asked = (name: string) => new URLSearchParams(location.search).get(name) ?? ''
const chosen = () => [...new Set(asked('chosen').split(' ').filter(Boolean))].slice(0, chosen_max)

/** The address after a change, written as a query; an empty value takes its name out. */
function address(change: string): string {
  const to = new URLSearchParams(location.search)
  for (const [name, value] of [['lang', ''], ...new URLSearchParams(change)] as [string, string][])
    if (value) to.set(name, value)
    else to.delete(name)
  return `${location.pathname}?${to}`
}
/** Links carry a change of the address, so that what is chosen meanwhile goes with them. */
function link(change: string, text: Html | string, look = ''): Html {
  return html`<a data-change="${change}" class="${look}">${text}</a>`
}
function refresh(): void {
  for (const each of document.querySelectorAll<HTMLAnchorElement>('a[data-change]')) each.href = address(each.dataset.change!)
}
const stay = (change: string) => history.replaceState(null, '', address(change))

// ---- the catalogue

const few = (service: ServiceSummary) => [time_text(service.duration), fee_text(service.fee.kind, service.fee.satang),
  service.paper_count === null ? say('papers.count_unknown') : say('papers.count', { count: service.paper_count })].join(' · ')

function row(service: ServiceSummary, picked: string[]): Html {
  return html`<li><div>${link(`service=${service.service}`, name_of(service))}<p class="soft small">${few(service)}</p></div>
    <label class="tick"><input type="checkbox" name="chosen" value="${service.service}" ${picked.includes(service.service) && checked}><span>${say('choose')}<span class="hidden-visually"> ${name_of(service)}</span></span></label></li>`
}

function groups_of({ groups, items }: ServiceList): Html {
  const count = (key: string) => items.filter(each => each.group === key).length
  return html`<h2 tabindex="-1">${say('groups.title')}</h2><ul class="groups">${groups.filter(each => count(each.group) > 0).map(each => html`<li>
    ${link(`group=${each.group}`, html`<span>${name_of(each)}</span> <span class="soft small">${say('groups.count', { count: count(each.group) })}</span>`)}</li>`)}</ul>`
}

function offer_groups({ groups }: ServiceList): void {
  const options = html`<option value="">${say('group.all')}</option>${groups.map(each => html`<option value="${each.group}">${name_of(each)}</option>`)}`
  if (group.options.length === 1) group.innerHTML = options.text
  group.value = asked('group')
}

function list_of({ items }: ServiceList, all: boolean): Html {
  const picked = chosen()
  const shown = all ? items : items.slice(0, shown_first)
  const more = items.length - shown.length
  return html`${items.length > 0 && html`<ul class="services">${shown.map(each => row(each, picked))}</ul>`}
    ${more > 0 && html`<button class="button" data-act="all">${say('found.all', { count: items.length })}</button>`}`
}

async function catalogue(all: boolean): Promise<Html> {
  const [q, key] = [asked('q'), asked('group')]
  const found = await get<ServiceList>(`${api}?${new URLSearchParams({ ...(q && { q }), ...(key && { group: key }) })}`)
  offer_groups(found)
  if (document.activeElement !== words) words.value = q
  element('found').textContent = q || key ? say(found.items.length > 0 ? 'found.some' : 'found.none', { count: found.items.length }) : ''
  return q || key ? list_of(found, all) : groups_of(found)
}

// ---- what to bring

const ticked = 'services.ticked' // for this visit
const ticks = () => JSON.parse(sessionStorage.getItem(ticked) ?? '[]') as string[]

function for_services({ asked_by }: Brought): Html {
  return html`<span class="soft small">${say('bring.for')}: ${asked_by.map(({ service, required }, i) => `${i > 0 ? ' · ' : ''}${name_of(service)}${required ? '' : ` (${say('bring.some_of')})`}`)}</span>`
}
function checklist(papers: Brought[], several: boolean): Html {
  const done = ticks()
  return html`<ul class="bring">${papers.map(paper => html`<li><label class="tick"><input type="checkbox" name="ticked" value="${paper.paper}" ${done.includes(paper.paper) && checked}>
    <span><b>${name_of(paper)}</b>${paper.kind !== 'paper' && html` <span class="mark teal">${say(`kind.${paper.kind}`)}</span> `}${several && for_services(paper)}</span></label></li>`)}</ul>`
}
function bring(services: CatalogueService[]): Html {
  const papers = to_bring(services)
  const [needed, some] = [papers.filter(each => each.required), papers.filter(each => !each.required)]
  const several = services.length > 1
  return html`${needed.length > 0 && html`<h3>${say('bring.needed')}</h3>${checklist(needed, several)}`}
    ${some.length > 0 && html`<h3>${say('bring.some')}</h3><p class="soft small">${say('bring.some_hint')}</p>${checklist(some, several)}`}
    ${papers.length === 0 && unread(services).length === 0 && html`<p>${say('bring.none')}</p>`}`
}

// ---- pages of one service and of several

const seen = new Map<string, CatalogueService>()

/** null: the catalogue has none of this key. */
async function service_of(key: string): Promise<CatalogueService | null> {
  try {
    const found = seen.get(key) ?? await get<CatalogueService>(`${api}/${encodeURIComponent(key)}`)
    seen.set(key, found)
    return found
  } catch (error) {
    if ([404, 422].includes((error as { status?: number }).status ?? 0)) return null
    throw error
  }
}

const back = () => html`<p class="no-print">${link('service=&show=', say('back'), 'plain-link')}</p>`
const doubt = (services: CatalogueService[]) =>
  services.some(each => !each.verified || each.papers?.some(paper => !paper.verified)) && html`<p class="notice">${icon('info')}<span>${say('unverified.text')}</span></p>`
const warned = (words: string) => html`<p class="notice bad">${icon('warning')}<span>${words}</span></p>`
const acts = () => html`<p class="actions no-print"><button class="button" data-act="print">${say('print')}</button><button class="button" data-act="share">${say('share')}</button> <span id="told" role="status"></span></p>`

function facts(service: CatalogueService): Html {
  const { law, note } = service
  return html`<dl class="facts"><dt>${say('one.group')}</dt><dd>${name_of(service.group)}</dd><dt>${say('one.time')}</dt><dd>${time_text(service.duration)}</dd>
    <dt>${say('one.fee')}</dt><dd>${fee_text(service.fee.kind, service.fee.satang)}</dd>${note && html`<dt>${say('one.note')}</dt><dd lang="en">${note}</dd>`}
    <dt>${say('one.certificate')}</dt><dd>${pick({ lang }, service.certificate_th, service.certificate_en) || say('one.not_read')}</dd>
    <dt>${say('one.law')}</dt><dd>${law ? name_of(law) : say('one.law_unknown')} ${law && !law.verified && html`<span class="mark grey">${say('unverified')}</span>`}</dd></dl>`
}

async function one(key: string): Promise<Html> {
  const service = await service_of(key)
  if (!service) return html`${back()}${warned(say('one.missing'))}`
  const steps = pick({ lang }, service.steps_th, service.steps_en)
  const ended = service.valid_to !== null && service.valid_to < bangkok_day(new Date().toISOString())
  document.title = `${name_of(service)} – ${say('title.end')}`
  return html`${back()}<article class="stack"><h2 tabindex="-1">${name_of(service)}</h2>${ended && warned(say('one.ended'))}${doubt([service])}${facts(service)}
    ${!ended && html`<label class="tick no-print"><input type="checkbox" name="chosen" value="${key}" ${chosen().includes(key) && checked}><span>${say('choose.this')}</span></label>`}
    <h2>${say('bring.title')}</h2>${service.papers === null && warned(say('bring.unknown'))}${bring([service])}
    <h2>${say('one.steps')}</h2><p class="quote">${steps || say('one.not_read')}</p>
    <p class="soft small">${say('one.source')}: <span lang="en">${service.source}</span></p>${acts()}</article>`
}

async function together(keys: string[]): Promise<Html> {
  const found = await Promise.all(keys.map(service_of))
  const services = found.filter(each => each !== null)
  const silent = unread(services)
  if (services.length === 0) return html`${back()}<h2 tabindex="-1">${say('bring.together')}</h2><p class="notice plain">${say('bring.empty')}</p>`
  document.title = `${say('bring.together')} – ${say('title.end')}`
  return html`${back()}<article class="stack"><h2 tabindex="-1">${say('bring.together')}</h2>${doubt(services)}${services.length < found.length && warned(say('one.missing'))}
    <ul class="services" aria-label="${say('bring.services')}">${services.map(each => html`<li><div>${link(`service=${each.service}&show=`, name_of(each))}<p class="soft small">${time_text(each.duration)} · ${fee_text(each.fee.kind, each.fee.satang)}</p></div></li>`)}</ul>
    ${silent.length > 0 && html`<div class="notice bad">${icon('warning')}<div><p>${say('bring.unknown_of')}</p><ul>${silent.map(each => html`<li>${name_of(each)}</li>`)}</ul></div></div>`}
    ${services.length > 1 && html`<p class="soft small">${say('bring.once')}</p>`}${bring(services)}${acts()}</article><div id="application"></div>`
}

// ---- drawing

function draw_tray(): void {
  const count = chosen().length
  element('tray').hidden = count === 0 || asked('show') === 'papers'
  put('tray', html`<b>${say('tray.count', { count })}</b> <button data-act="clear">${say('tray.clear')}</button> ${link('show=papers&service=', say('tray.show'), 'button')}`)
}

let turn = 0

async function draw(all = false): Promise<void> {
  const mine = ++turn
  const [service, papers] = [asked('service'), asked('show') === 'papers']
  for (const id of ['intro', 'search']) element(id).hidden = papers || service !== ''
  document.title = title
  element('shown').setAttribute('aria-busy', 'true')
  const drawn = await (papers ? together(chosen()) : service ? one(service) : catalogue(all)).catch(() =>
    html`<p class="notice bad" role="status">${icon('warning')}<span>${say('failed')} <a href="${location.href}">${say('again')}</a></span></p>`)
  if (mine !== turn) return
  put('shown', drawn)
  draw_tray()
  refresh()
  if (papers) await offer_to_apply()
}

/** The form comes with the list of papers, and only there. */
async function offer_to_apply(): Promise<void> {
  const place = document.getElementById('application')
  const services = chosen().map(key => seen.get(key)).filter(each => each !== undefined)
  if (!place || services.length === 0) return
  const { offer_application } = await import('./services/apply.ts')
  await offer_application(place, services).catch(() => undefined) // without a line the list is still of use
}

async function go(to: string): Promise<void> {
  history.pushState(null, '', to)
  await draw()
  scrollTo(0, 0)
  document.querySelector<HTMLElement>('#shown h2')?.focus({ preventScroll: true })
}

// ---- what is done

function choose(box: HTMLInputElement): void {
  const before = chosen()
  if (box.checked && before.length >= chosen_max) {
    box.checked = false
    element('tray').querySelector('b')!.textContent = say('choose.too_many', { most: chosen_max })
    return
  }
  const now = box.checked ? [...before, box.value] : before.filter(each => each !== box.value)
  stay(`${new URLSearchParams({ chosen: now.join(' ') })}`)
  draw_tray()
  refresh()
}
function tick(box: HTMLInputElement): void {
  const others = ticks().filter(each => each !== box.value)
  sessionStorage.setItem(ticked, JSON.stringify(box.checked ? [...others, box.value] : others))
}
async function share(): Promise<void> {
  if ('share' in navigator) return navigator.share({ title: document.title, url: location.href })
  await (navigator as Navigator).clipboard.writeText(location.href)
  element('told').textContent = say('shared')
}
const acts_by_name: Record<string, () => unknown> = {
  all: () => draw(true),
  print: () => print(),
  share: () => share().catch(() => undefined), // the reader thought better of it
  clear: () => { stay('chosen='); return draw() },
}

document.addEventListener('click', event => {
  const at = event.target as Element
  const act = at.closest<HTMLElement>('[data-act]')?.dataset.act
  if (act) return void acts_by_name[act]?.()
  const to = at.closest<HTMLAnchorElement>('a[data-change]')
  if (!to || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  void go(to.href)
})
element('shown').addEventListener('change', event => {
  const box = event.target as HTMLInputElement
  if (box.name === 'chosen') choose(box)
  else tick(box)
})

function look(): void {
  stay(`${new URLSearchParams({ q: words.value.trim(), group: group.value })}`)
  void draw()
}
let typing: ReturnType<typeof setTimeout> | undefined
words.addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(look, typing_ms) })
group.addEventListener('change', look)
element('search').addEventListener('submit', event => { event.preventDefault(); look() })
addEventListener('popstate', () => void draw())
void draw()
