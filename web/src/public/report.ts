// Reporting a case without an account: what is written stays on the phone until the server's receipt is there (outbox.ts).
import { format_moment } from '../lib/dates.ts'
import { districts_of, offer, subdistricts_of } from './cases/areas.ts'
import { new_id } from './cases/ids.ts'
import { forget, is_waiting, keep, lasts, reports, send_all, type Photo, type Progress, type Report } from './cases/outbox.ts'
import { photo_query, shrink, type SmallPhoto } from './cases/photo.ts'
import { provinces_in_english } from './cases/provinces.ts'
import { is_too_many, NoLine, post } from './cases/server.ts'
import type { AlikeReports, Lists, Problem, TrackedCase } from './cases/shapes.ts'
import { say } from './cases/words_report.ts'
import { html, type Html } from './html.ts'
import { get, lang, put } from './plain.ts'
import { icon } from './views/shared.ts'

const draft_name = 'report.draft'
const photos_max = 4

const form = document.querySelector<HTMLFormElement>('#report')!
const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement
const select = (name: string) => form.elements.namedItem(name) as HTMLSelectElement
const text_of = (name: string) => field(name).value.trim()
const button = (id: string) => document.getElementById(id) as HTMLButtonElement

interface Place { latitude: string; longitude: string; metres: number }
let place: Place | null = null
let photos: SmallPhoto[] = []
let lists: Lists | null = null
let fresh = '' // the report that was sent from the form just now

// ---- the draft

const kept_fields = ['title', 'detail', 'wanted', 'category', 'province', 'district', 'subdistrict', 'landmark', 'reporter', 'name', 'phone']

function keep_draft(): void {
  const draft = { ...Object.fromEntries(kept_fields.map(name => [name, field(name).value])), place }
  try { localStorage.setItem(draft_name, JSON.stringify(draft)) } catch { /* storage refused or full: the page still holds it */ }
}

async function restore_draft(): Promise<void> {
  const draft = JSON.parse(localStorage.getItem(draft_name) ?? '{}') as Record<string, string> & { place?: Place }
  for (const name of kept_fields) if (draft[name] && !['district', 'subdistrict'].includes(name)) field(name).value = draft[name]
  place = draft.place ?? null
  show_place()
  show_who()
  await offer_districts(draft.district)
  await offer_subdistricts(draft.subdistrict)
}

function clear_form(): void {
  localStorage.removeItem(draft_name)
  form.reset()
  place = null
  photos = []
  choose_alike('')
  show_place()
  show_photos()
  show_who()
  void offer_districts()
}

// ---- where

async function offer_districts(chosen = ''): Promise<void> {
  const province = select('province').value
  offer(select('district'), province ? await districts_of(province).catch(() => []) : [], chosen)
  offer(select('subdistrict'), [])
}
async function offer_subdistricts(chosen = ''): Promise<void> {
  const district = select('district').value
  const found = district ? await subdistricts_of(district).catch(() => []) : []
  if (district === select('district').value) offer(select('subdistrict'), found, chosen)
}

function show_place(said?: string): void {
  put('position', place
    ? html`${say('place.have', { metres: place.metres })} <a href="https://www.openstreetmap.org/?mlat=${place.latitude}&amp;mlon=${place.longitude}#map=17/${place.latitude}/${place.longitude}" rel="noreferrer" target="_blank">${place.latitude}, ${place.longitude}</a>
      <button type="button" class="button" id="no-place">${say('place.remove')}</button>`
    : html`${said ?? ''}`)
}

function locate(): void {
  if (!('geolocation' in navigator)) return show_place(say('place.none'))
  show_place(say('place.waiting'))
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      place = { latitude: coords.latitude.toFixed(6), longitude: coords.longitude.toFixed(6), metres: Math.round(coords.accuracy) }
      show_place()
      keep_draft()
    },
    error => show_place(say(error.code === error.PERMISSION_DENIED ? 'place.denied' : 'place.none')),
    { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 })
}

// ---- cases alike

const alike_ms = 600
const alike_letters_min = 6
const alike_letters_max = 2000
let into = '' // another's case, which this report is put with
let alike: AlikeReports = { items: [] }
let asking: ReturnType<typeof setTimeout> | undefined

async function draw_alike(): Promise<void> {
  const shown = document.getElementById('alike')!
  shown.hidden = alike.items.length === 0
  if (shown.hidden) return
  const { alike_list } = await import('./cases/alike.ts')
  put('alike', await alike_list(alike, await load_lists(), into))
}
function choose_alike(case_id: string): void {
  into = case_id
  if (!case_id && text_of('title') === '') alike = { items: [] }
  draw_alike().catch(() => undefined)
}
async function ask_for_alike(): Promise<void> {
  const text = `${text_of('title')} ${text_of('detail')}`.trim().slice(0, alike_letters_max)
  const area = select('subdistrict').value || select('district').value
  const wanted = text.length >= alike_letters_min && area !== '' && navigator.onLine
  alike = wanted ? await post<AlikeReports>('alike', JSON.stringify({ text, area, category: select('category').value || null })) : { items: [] }
  if (!alike.items.some(one => one.case_id === into)) into = ''
  await draw_alike()
}
/** When writing rests; without a line there are none. */
function look_for_alike(): void {
  clearTimeout(asking)
  asking = setTimeout(() => void ask_for_alike().catch(() => undefined), alike_ms)
}

// ---- photos

function show_photos(): void {
  for (const picture of document.querySelectorAll<HTMLImageElement>('#chosen img')) URL.revokeObjectURL(picture.src)
  put('chosen', html`${photos.map((_, i) => html`<li><img alt="${say('photo.number', { number: i + 1 })}"><button type="button" class="button" value="${i}">${say('photo.remove')}</button></li>`)}`)
  for (const [i, picture] of document.querySelectorAll<HTMLImageElement>('#chosen img').entries()) void show_picture(picture, photos[i]!.blob)
}
/** The content security policy knows data: pictures, not blob: ones. */
function show_picture(picture: HTMLImageElement, blob: Blob): void {
  const reader = new FileReader()
  reader.onload = () => { picture.src = reader.result as string }
  reader.readAsDataURL(blob)
}

async function add_photos(input: HTMLInputElement): Promise<void> {
  show_fault('photos', '')
  for (const file of input.files ?? []) {
    if (photos.length >= photos_max) { show_fault('photos', say('photo.too_many', { most: photos_max })); break }
    try {
      photos.push(await shrink(file))
    } catch {
      show_fault('photos', say('photo.unreadable', { name: file.name }))
    }
  }
  input.value = ''
  show_photos()
}

// ---- who

function show_who(): void {
  const anonymous = field('reporter').value === 'anonymous'
  form.querySelector<HTMLElement>('[data-named]')!.hidden = anonymous
  field('name').required = !anonymous
}

// ---- what is wrong

/** With words: says them at the field; with '' takes them away; without: says what the page says by itself. */
function show_fault(name: string, words?: string): void {
  const fault = document.getElementById(`${name}-fault`)
  if (!fault) return
  if (words) fault.textContent = words
  fault.hidden = words === ''
  document.getElementById(name)!.setAttribute('aria-invalid', String(words !== ''))
}

function fields_in_order(): HTMLInputElement[] {
  return ([...form.elements] as HTMLInputElement[]).filter(each => each.name && each.type !== 'radio')
}

/** Marks what is missing or wrong; true: nothing is. A list that cannot be chosen from yet is missing too. */
function checked(): boolean {
  const wrong = fields_in_order().filter(each => !each.checkValidity() || (each.required && each.value === ''))
  for (const each of fields_in_order()) if (!wrong.includes(each)) show_fault(each.id, '')
  for (const each of wrong) show_fault(each.id)
  document.getElementById('wrong')!.hidden = wrong.length === 0
  form.querySelector('[data-wrong-more]')!.textContent = ''
  wrong[0]?.focus()
  return wrong.length === 0
}

const field_of_pointer: [RegExp, string][] = [
  [/^\/place\/landmark/, 'landmark'], [/^\/place/, 'district'], [/^\/reporters\/\d+\/(name|phone)/, '$1'], [/^\/reporters/, 'name'], [/^\/(\w+)/, '$1'],
]
function field_name(pointer: string): string {
  const found = field_of_pointer.find(([pattern]) => pattern.test(pointer))
  return found ? (found[0].exec(pointer)![1] ?? found[1]) : ''
}

/** What the server found wrong, at the fields it is about. */
function show_refusal(problem: Problem): void {
  if (problem.fields.some(each => each.pointer === '/into')) choose_alike('')
  const elsewhere: string[] = problem.fields.length === 0 ? [problem.message[lang]] : []
  let first: HTMLElement | null = null
  for (const { pointer, [lang]: message } of problem.fields) {
    const name = field_name(pointer)
    const at = document.getElementById(name)
    if (!at || !document.getElementById(`${name}-fault`)) { elsewhere.push(message); continue }
    show_fault(name, message)
    first ??= at
  }
  form.querySelector('[data-wrong-more]')!.textContent = elsewhere.join(' · ')
  const wrong = document.getElementById('wrong')!
  wrong.hidden = false
  ;(first ?? wrong).focus()
}

// ---- what is sent

function body_of(id: string): string {
  const type = field('reporter').value
  return JSON.stringify({
    title: text_of('title'),
    detail: text_of('detail'),
    wanted: text_of('wanted') || null,
    category: select('category').value || null,
    place: {
      area: select('subdistrict').value || select('district').value,
      landmark: text_of('landmark') || null,
      position: place && { latitude: place.latitude, longitude: place.longitude },
      given: place ? 'device' : 'typed',
    },
    reporters: [{ type, name: type === 'anonymous' ? null : text_of('name'), phone: text_of('phone') || null }],
    client_id: id,
    into: into || null,
    taken_at: navigator.onLine ? null : new Date().toISOString(),
  })
}

function photos_to_send(): Photo[] {
  const with_all = (document.getElementById('photo-place') as HTMLInputElement).checked
  return photos.map(({ blob, taken }, i) => ({ key: `photo_${i + 1}`, blob, query: with_all ? photo_query(taken) : '' }))
}

async function send(event: Event): Promise<void> {
  event.preventDefault()
  if (!checked()) return
  const id = new_id(Date.now())
  fresh = id
  await keep({ id, title: text_of('title'), written_at: new Date().toISOString(), body: body_of(id), photos: photos_to_send() })
  form.hidden = true
  await send_what_waits()
  const sent = (await reports()).find(report => report.id === id)
  if (sent?.refused) {
    await forget(id) // it is in the form still
    form.hidden = false
    await draw()
    show_refusal(sent.refused)
    return
  }
  clear_form()
  document.getElementById('outbox')!.scrollIntoView()
}

// ---- what is on this phone

let said = ''
let step: { report: Report; photo: number; of: number } | null = null
let sending = false
let again: ReturnType<typeof setTimeout> | undefined

const tell: Progress = (report, photo) => {
  step = { report, photo: photo?.photo ?? 0, of: photo?.of ?? report.photos.length }
  void draw()
}

async function send_what_waits(): Promise<void> {
  if (sending) return
  clearTimeout(again)
  sending = true
  said = ''
  try {
    await send_all(tell)
  } catch (error) {
    if (is_too_many(error)) {
      said = say('wait.too_many', { minutes: Math.ceil(error.retry_after_s / 60) || 1 })
      again = setTimeout(() => void send_what_waits(), Math.max(30, error.retry_after_s) * 1000)
    } else if (error instanceof NoLine) {
      said = say('wait.no_line')
      if (navigator.onLine) again = setTimeout(() => void send_what_waits(), 30_000)
    } else throw error
  } finally {
    sending = false
    step = null
    await draw()
  }
}

function waiting_card(report: Report, lasting: boolean): Html {
  const now = step?.report.id === report.id ? step : null
  return html`<article class="card stack" data-report="${report.id}"><h2>${report.title}</h2>
    ${now
      ? html`<p role="status">${now.photo ? say('send.photo', { number: now.photo, of: now.of }) : say('send.words')}</p>
        <progress max="${now.of + 1}" value="${now.photo}" aria-label="${say('send.words')}"></progress>`
      : html`<div class="notice">${icon('cloud')}<p><b>${say(report.receipt ? 'wait.photos' : 'wait.kept')}</b> ${said}<br>${say(lasting ? 'wait.safe' : 'wait.unsafe')}
        <br><span class="small">${say('wait.written', { at: format_moment(report.written_at, lang) })}</span></p></div>
        <p class="actions"><button class="button main" data-act="send">${say('wait.send')}</button><button class="button" data-act="drop">${say('wait.drop')}</button></p>`}
    ${report.receipt && receipt_facts(report)}</article>`
}

function refused_card(report: Report): Html {
  const { message, fields } = report.refused!
  return html`<article class="card stack" data-report="${report.id}"><h2>${report.title}</h2>
    <div class="notice bad">${icon('warning')}<div><p><b>${say('refused')}</b> ${fields.length === 0 && message[lang]}</p><ul>${fields.map(fault => html`<li>${fault[lang]}</li>`)}</ul></div></div>
    <p class="actions"><button class="button main" data-act="edit">${say('refused.edit')}</button><button class="button" data-act="drop">${say('wait.drop')}</button></p></article>`
}

function receipt_facts({ receipt, photos: left }: Report): Html {
  const refused = left.filter(photo => photo.refused)
  return html`<dl class="facts"><dt>${say('receipt.number')}</dt><dd>${receipt!.number}</dd>
    <dt>${say('receipt.code')}</dt><dd class="code">${receipt!.tracking_code}</dd></dl>
    ${refused.length > 0 && html`<p class="notice bad">${say('receipt.photos_refused', { reasons: refused.map(photo => photo.refused!.message[lang]).join(' · ') })}</p>`}`
}

function follow_link(code: string): string {
  return `${location.origin}/follow#${code}`
}

function fresh_receipt(report: Report): Html {
  return html`<article class="card receipt" data-report="${report.id}"><h2>${icon('check')} ${say('receipt.done')}</h2>
    ${receipt_facts(report)}<div data-qr></div>
    <p class="notice plain">${icon('lock')}<span>${say('receipt.keep')}</span></p>
    <p class="actions no-print"><a class="button main" href="${follow_link(report.receipt!.tracking_code)}">${say('receipt.follow')}</a>
      <button class="button" data-act="copy">${say('receipt.copy')}</button>${'share' in navigator && html`<button class="button" data-act="share">${say('receipt.share')}</button>`}
      <button class="button" data-act="print">${say('receipt.print')}</button><button class="button" data-act="another">${say('receipt.another')}</button></p>
    <div data-next></div></article>`
}

function old_receipt(report: Report): Html {
  return html`<details data-report="${report.id}"><summary>${report.title} <span class="soft small">${report.receipt!.number}</span></summary>${receipt_facts(report)}
    <p class="actions"><a class="button" href="${follow_link(report.receipt!.tracking_code)}">${say('receipt.follow')}</a><button class="button" data-act="copy">${say('receipt.copy')}</button>
      <button class="button" data-act="drop">${say('receipt.drop')}</button></p></details>`
}

async function draw(): Promise<void> {
  const [all, lasting] = [await reports(), await lasts()]
  const is_fresh = (report: Report) => report.id === fresh && report.receipt && !is_waiting(report)
  const sent = all.filter(report => report.receipt && !is_waiting(report) && report.id !== fresh)
  const outbox = document.getElementById('outbox')!
  outbox.hidden = all.length === 0
  put('outbox', html`${all.filter(is_fresh).map(fresh_receipt)}${all.filter(report => report.refused && report.id !== fresh).map(refused_card)}
    ${all.filter(is_waiting).map(report => waiting_card(report, lasting))}
    ${sent.length > 0 && html`<h2>${say('sent.title')}</h2><p class="soft small">${say('sent.text')}</p>${sent.map(old_receipt)}`}`)
  const shown = all.find(is_fresh)
  if (shown) await complete(shown).catch(() => undefined) // the receipt says what matters
}

/** The picture of the code, and what happens by when: they are not waited for, and come with a script of their own. */
async function complete({ receipt }: Report): Promise<void> {
  const code = receipt!.tracking_code
  const { qr, next_steps } = await import('./cases/next.ts')
  document.querySelector('[data-qr]')?.insertAdjacentHTML('afterbegin', qr(follow_link(code)).text)
  const [followed, all] = await Promise.all([post<TrackedCase>('track', JSON.stringify({ code })), load_lists()])
  document.querySelector('[data-next]')?.insertAdjacentHTML('afterbegin', next_steps(followed, all).text)
}

// ---- acts on what is on this phone

async function back_into_form(report: Report): Promise<void> {
  const was = JSON.parse(report.body) as { title: string; detail: string; wanted: string | null; category: string | null; place: { area: string; landmark: string | null }; reporters: { type: string; name: string | null; phone: string | null }[] }
  const [who] = was.reporters
  const values = { title: was.title, detail: was.detail, wanted: was.wanted, category: was.category, landmark: was.place.landmark, reporter: who!.type, name: who!.name, phone: who!.phone, province: was.place.area.slice(0, 2) }
  for (const [name, value] of Object.entries(values)) field(name).value = value ?? ''
  form.hidden = false
  show_who()
  await offer_districts(was.place.area.slice(0, 4))
  await offer_subdistricts(was.place.area)
  photos = report.photos.map(photo => ({ blob: photo.blob, taken: Object.fromEntries(new URLSearchParams(photo.query)) }))
  show_photos()
  keep_draft()
  await forget(report.id)
  await draw()
  show_refusal(report.refused!)
}

async function act(name: string, report: Report, at: HTMLElement): Promise<void> {
  const code = report.receipt?.tracking_code ?? ''
  if (name === 'send') await send_what_waits()
  if (name === 'edit') await back_into_form(report)
  if (name === 'drop' && confirm(say(report.receipt && !is_waiting(report) ? 'receipt.drop.sure' : 'wait.drop.sure'))) {
    await forget(report.id)
    await draw()
    form.hidden = false
  }
  if (name === 'copy') {
    await navigator.clipboard.writeText(`${report.receipt!.number}\n${code}\n${follow_link(code)}`)
    at.textContent = say('receipt.copied')
  }
  if (name === 'share') await navigator.share({ title: report.receipt!.number, text: `${say('receipt.code')}: ${code}`, url: follow_link(code) }).catch(() => undefined)
  if (name === 'print') print()
  if (name === 'another') {
    fresh = ''
    form.hidden = false
    await draw()
    field('title').focus()
  }
}

document.getElementById('outbox')!.addEventListener('click', event => {
  const at = (event.target as Element).closest<HTMLElement>('[data-act]')
  const id = at?.closest<HTMLElement>('[data-report]')?.dataset.report
  if (at && id) void reports().then(all => act(at.dataset.act!, all.find(report => report.id === id)!, at))
})

async function load_lists(): Promise<Lists> {
  lists ??= await get<Lists>('/api/v1/service_centre/lists')
  return lists
}
async function offer_categories(): Promise<void> {
  const { categories } = await load_lists()
  const chosen = select('category').value || (JSON.parse(localStorage.getItem(draft_name) ?? '{}') as { category?: string }).category
  offer(select('category'), categories.filter(row => !row.valid_to).map(row => [row.category, row.name_th, row.name_en]), chosen)
}

// ---- the beginning

provinces_in_english(select('province'))
form.addEventListener('submit', event => void send(event))
form.addEventListener('input', () => { keep_draft(); look_for_alike() })
document.getElementById('alike')!.addEventListener('click', event => {
  const at = (event.target as Element).closest('button')
  if (at) choose_alike(at.value)
})
form.addEventListener('change', event => {
  const { name } = event.target as HTMLInputElement
  if (name === 'reporter') show_who()
  if (name === 'province') void offer_districts().then(keep_draft)
  if (name === 'district') void offer_subdistricts().then(keep_draft)
})
document.getElementById('photos')!.addEventListener('change', event => void add_photos(event.target as HTMLInputElement))
document.getElementById('chosen')!.addEventListener('click', event => {
  const at = (event.target as Element).closest('button')
  if (!at) return
  photos.splice(Number(at.value), 1)
  show_photos()
})
button('locate').addEventListener('click', locate)
document.getElementById('position')!.addEventListener('click', event => {
  if (!(event.target as Element).closest('#no-place')) return
  place = null
  show_place()
  keep_draft()
})
button('clear').addEventListener('click', () => { if (confirm(say('clear.sure'))) clear_form() })
addEventListener('online', () => void send_what_waits())

await restore_draft().catch(() => undefined)
await draw()
void offer_categories().catch(() => undefined)
if ((await reports()).some(is_waiting)) void send_what_waits()
// Later visits find the page without a line. (The page may have loaded by now: there is no event to wait for.)
void navigator.serviceWorker?.register('/report-worker.js', { scope: '/report' }).catch(() => undefined)
