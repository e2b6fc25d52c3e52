// Following a case by its code. The code stands in the fragment of the address, which no server sees, and travels in bodies.
import { format_date, format_moment } from '../lib/dates.ts'
import { all_districts } from './cases/areas.ts'
import { new_id } from './cases/ids.ts'
import { photo_query, shrink } from './cases/photo.ts'
import { call, is_too_many, post, Refused } from './cases/server.ts'
import type { TrackedCase, TrackedStep } from './cases/shapes.ts'
import { say } from './cases/words_follow.ts'
import { html, type Html } from './html.ts'
import { lang, put } from './plain.ts'
import { icon, pick } from './views/shared.ts'

const form = document.querySelector<HTMLFormElement>('#ask')!
const input = document.querySelector<HTMLInputElement>('#code')!
const shown = document.getElementById('case')!
let code = ''
let district = ''
let applications: typeof import('./services/application.ts') | null = null // loaded with the first case that has one

// ---- the code

function refuse(words: string): void {
  const fault = document.getElementById('code-fault')!
  fault.textContent = words
  fault.hidden = words === ''
  input.setAttribute('aria-invalid', String(words !== ''))
}

/** A code that is written wrongly and one that nobody has are told in the same words. */
function why(error: unknown): string {
  if (is_too_many(error)) return say('code.too_many', { seconds: error.retry_after_s || 30 })
  return say(error instanceof Refused ? 'code.wrong' : 'code.no_line')
}

async function name_of(followed: TrackedCase): Promise<string> {
  const found = (await all_districts().catch(() => [])).find(([known]) => known === followed.district)
  return found ? pick({ lang }, found[1], found[2]) : followed.district
}

async function show(wanted: string): Promise<void> {
  code = wanted
  refuse('')
  try {
    const followed = await post<TrackedCase>('track', JSON.stringify({ code }))
    district = await name_of(followed)
    if (followed.application) applications ??= await import('./services/application.ts')
    draw(followed)
    history.replaceState(null, '', `#${code}`)
  } catch (error) {
    shown.hidden = true
    refuse(why(error))
    input.focus()
  }
}

// ---- the case

const look_of_state: Partial<Record<TrackedCase['state'], string>> = { closed: 'green', rejected: 'red', withdrawn: 'grey', merged: 'grey' }

type StepWord = Parameters<typeof say>[0]
const acts_with_words = ['case.report', 'case.add_word', 'case.attach_own', 'case.confirm', 'case.reopen_own', 'case.withdraw_own', 'case.tell', 'case.reopen', 'case.return', 'case.refuse_closing',
  'case.apply', 'case.check_papers', 'case.decide_service', 'case.give_certificate', 'case.give_late_reason', 'case.withdraw_service', 'case.take_fee', 'case.correct_fee', 'case.book_appointment', 'case.cancel_appointment', 'case.book_own_appointment', 'case.cancel_own_appointment']

/** An act that changes nothing but the state is told by the state. */
function step_title(step: TrackedStep): string {
  return say((acts_with_words.includes(step.act) ? `step.${step.act}` : `state.${step.state}`) as StepWord)
}

/** Who did it; and to which agency it was given. */
function offices(step: TrackedStep): string {
  const [office, agency] = [pick({ lang }, step.office_th, step.office_en), pick({ lang }, step.agency_th, step.agency_en)]
  return agency && agency !== office ? `${office} → ${agency}` : office
}

function course(steps: TrackedStep[]): Html {
  return html`<ol class="milestones">${steps.map(step => html`<li><time datetime="${step.at}">${format_moment(step.at, lang)}</time><b>${step_title(step)}</b>
    ${step.by === 'office' && step.office_th && html`<br><span class="soft">${offices(step)}</span>`}
    ${step.note && html`<p class="quote">${step.note}</p>`}</li>`)}</ol>`
}

/** The agencies that have it; none: the centre. */
function holder(followed: TrackedCase): string {
  return followed.agencies.map(agency => pick({ lang }, agency.office_th, agency.office_en)).join(' · ') || say(`level.${followed.level}`)
}

function facts(followed: TrackedCase): Html {
  const late = followed.due_at !== null && Date.parse(followed.due_at) < Date.now()
  return html`<dl class="facts"><dt>${say('case.number')}</dt><dd>${followed.number}</dd><dt>${say('case.where')}</dt><dd>${district}</dd>
    <dt>${say('case.received')}</dt><dd>${format_moment(followed.received_at, lang)}</dd>
    ${followed.settled_at ? html`<dt>${say('case.settled')}</dt><dd>${format_moment(followed.settled_at, lang)}</dd>` : html`<dt>${say('case.with')}</dt><dd>${holder(followed)}</dd>`}
    ${followed.due_at && html`<dt>${say('case.due')}</dt><dd>${format_moment(followed.due_at, lang)} ${late && html`<span class="mark red">${icon('clock')}${say('case.late')}</span>`}</dd>`}
    ${followed.files_sent > 0 && html`<dt>${say('case.files')}</dt><dd>${followed.files_sent}</dd>`}</dl>`
}

function words_form(act: string, title: string, hint: string, text = ''): Html {
  return html`<details><summary>${title}</summary><form data-act="${act}" novalidate><div class="field"><label for="${act}-text">${say('act.text')}</label>
    <p class="fault" role="alert" hidden></p><textarea id="${act}-text" name="text" rows="3" maxlength="4000" aria-describedby="${act}-hint">${text}</textarea><p class="hint" id="${act}-hint">${hint}</p></div>
    <p><button class="button main">${say('act.send')}</button></p></form></details>`
}
function photo_form(): Html {
  return html`<details><summary>${say('act.photo')}</summary><form data-act="photo" novalidate><div class="field"><label for="photo-file">${say('act.photo')}</label>
    <p class="fault" role="alert" hidden></p><input id="photo-file" name="file" type="file" accept="image/*"></div>
    <label class="tick"><input type="checkbox" name="place"> <span>${say('act.place')}</span></label><p><button class="button main">${say('act.send')}</button></p></form></details>`
}

/** What the centre says was done, above the question whether it was. */
function told(followed: TrackedCase): Html | false {
  const last = followed.steps.findLast(step => step.act === 'case.tell' && step.note)
  return last !== undefined && html`<div class="notice">${icon('info')}<div><b>${say('case.told')}</b><p class="quote">${last.note}</p></div></div>`
}

/** The photos that the centre let out with the result, by the ticket of this answer. */
function photos(followed: TrackedCase): Html | false {
  return followed.photos.length > 0 && html`<div class="stack"><h3>${say('case.photos')}</h3><div class="told-photos">${followed.photos.map(photo => html`<figure>
    <a href="/api/v1/service_centre/tickets/${followed.ticket}/files/${photo.key}" target="_blank"><img src="/api/v1/service_centre/tickets/${followed.ticket}/files/${photo.key}" alt="${say(`photo.${photo.purpose as 'after'}`)}" loading="lazy"></a>
    <figcaption>${say(`photo.${photo.purpose as 'after'}`)}${photo.taken_at && ` · ${format_moment(photo.taken_at, lang)}`}</figcaption></figure>`)}</div></div>`
}

function acts(followed: TrackedCase): Html {
  const open = followed.settled_at === null
  return html`<div class="acts no-print">${followed.may_confirm && told(followed)}${followed.may_confirm && words_form('confirm', say('act.confirm'), say('act.confirm.hint'), say('act.confirm.text'))}
    ${followed.may_reopen_until && words_form('reopen', say('act.reopen'), say('act.reopen.hint', { at: format_date(followed.may_reopen_until, lang) }))}
    ${open && words_form('words', say('act.word'), say('act.text.hint'))}${open && photo_form()}
    ${followed.may_withdraw && words_form('withdraw', say('act.withdraw'), say('act.withdraw.hint'))}</div>`
}

function draw(followed: TrackedCase): void {
  put('case', html`<div class="stack"><p><span class="mark ${look_of_state[followed.state] ?? 'teal'}">${say(`state.${followed.state}`)}</span></p><h2 id="case-title" tabindex="-1">${followed.title}</h2>
    ${followed.demonstration && html`<p class="notice">${icon('info')}<span>${say('demonstration')}</span></p>`}${followed.merged && html`<p class="notice plain">${say('case.merged')}</p>`}${followed.application && applications?.missing_papers(followed.application)}${facts(followed)}</div>
    ${followed.application && applications?.application(followed.application)}
    ${photos(followed)}<div id="booking" class="acts no-print"></div>${acts(followed)}<div class="stack"><h3>${say('case.course')}</h3>${course(followed.steps)}</div>`)
  shown.hidden = false
  if (followed.application?.services.length && followed.settled_at === null) void offer_appointments(followed)
}

async function offer_appointments(followed: TrackedCase): Promise<void> {
  const { offer_booking } = await import('./services/booking.ts')
  offer_booking(document.getElementById('booking')!, followed, code, post<TrackedCase>, now => { draw(now); document.getElementById('case-title')!.focus() })
}

// ---- what is done with it

async function send_photo(act: HTMLFormElement): Promise<TrackedCase> {
  const file = (act.elements.namedItem('file') as HTMLInputElement).files![0]!
  const { blob, taken } = await shrink(file)
  const { ticket } = await post<TrackedCase>('track', JSON.stringify({ code })) // the one of this page may be over
  const with_place = (act.elements.namedItem('place') as HTMLInputElement).checked
  act.dataset.key ??= `photo_${new_id(Date.now()).toLowerCase()}` // the same when it is tried again
  return call<TrackedCase>('PUT', `/service_centre/tickets/${ticket}/files/${act.dataset.key}?${with_place ? photo_query(taken) : ''}`, blob, { 'content-type': blob.type })
}

/** Why nothing can be sent yet; '': something can. */
function missing(act: HTMLFormElement): string {
  const text = act.elements.namedItem('text') as HTMLTextAreaElement | null
  if (text) return text.value.trim() ? '' : say('act.empty')
  return (act.elements.namedItem('file') as HTMLInputElement).files?.length ? '' : say('act.no_photo')
}

async function send(act: HTMLFormElement): Promise<TrackedCase> {
  if (act.dataset.act === 'photo') return send_photo(act)
  const text_th = (act.elements.namedItem('text') as HTMLTextAreaElement).value.trim()
  act.dataset.key ??= new_id(Date.now())
  return post<TrackedCase>(act.dataset.act!, JSON.stringify({ code, text_th }), { 'idempotency-key': act.dataset.key })
}

/** A photo that was taken though its answer was lost is there: what counts is how the case stands. */
async function sent_before(error: unknown, act: HTMLFormElement): Promise<TrackedCase> {
  if (act.dataset.act === 'photo' && error instanceof Refused && error.problem.code === 'conflict') return post<TrackedCase>('track', JSON.stringify({ code }))
  throw error
}

function why_not(error: unknown): string {
  if (is_too_many(error)) return why(error)
  if (!(error instanceof Refused)) return say('act.no_line')
  return [error.problem.fields.length === 0 && error.problem.message[lang], ...error.problem.fields.map(fault => fault[lang])].filter(Boolean).join(' · ')
}

async function on_send(act: HTMLFormElement): Promise<void> {
  const fault = act.querySelector<HTMLElement>('.fault')!
  const button = act.querySelector('button')!
  const tell = (words: string) => { fault.textContent = words; fault.hidden = words === '' }
  tell(missing(act))
  if (!fault.hidden) return
  button.disabled = true
  try {
    draw(await send(act).catch((error: unknown) => sent_before(error, act)))
    document.getElementById('case-title')!.focus()
  } catch (error) {
    tell(why_not(error))
    button.disabled = false
  }
}

shown.addEventListener('submit', event => {
  event.preventDefault()
  void on_send(event.target as HTMLFormElement)
})
form.addEventListener('submit', event => {
  event.preventDefault()
  if (input.value.trim()) void show(input.value.trim())
  else refuse(say('code.wrong'))
})

function from_address(): void {
  const given = decodeURIComponent(location.hash.slice(1))
  if (!given || given === code || given === 'main') return
  input.value = given
  void show(given)
}
addEventListener('hashchange', from_address)
from_address()
