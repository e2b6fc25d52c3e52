// An appointment at the counter, by the tracking code: days, the times of one that are free, booking, moving, cancelling.
import { bangkok_day, format_date } from '../../lib/dates.ts'
import type { Problem, TrackedCase } from '../cases/shapes.ts'
import { html } from '../html.ts'
import { get, lang } from '../plain.ts'
import type { FreeTimes } from './shapes.ts'
import { say } from './words_booking.ts'

const looked_ahead = 14 // days, for the first that has a place
const day_ms = 86_400_000
const today = () => bangkok_day(new Date().toISOString())
const free_on = (district: string, on: string) => get<FreeTimes>(`/api/v1/service_centre/counter/free?${new URLSearchParams({ district, on }).toString()}`)
const has_place = (day: FreeTimes) => day.times.some(time => time.free > 0)

async function first_free(district: string): Promise<FreeTimes> {
  let day = await free_on(district, today())
  for (let ahead = 1; ahead <= looked_ahead && !has_place(day); ahead++) {
    const on = new Date(Date.parse(today()) + ahead * day_ms).toISOString().slice(0, 10)
    if (on > day.last_day) break
    day = await free_on(district, on)
  }
  return day
}

type Post = (path: string, body: string) => Promise<TrackedCase>

/** Puts the form into `place`; `post` is the page's way to the centre; `done` gets the case as it then stands. */
export function offer_booking(place: HTMLElement, followed: TrackedCase, code: string, post: Post, done: (now: TrackedCase) => void): void {
  const booked = followed.application?.appointment ?? null
  place.innerHTML = html`<details><summary>${say(booked ? 'title.again' : 'title')}</summary><form novalidate><p class="fault" role="alert" hidden></p>
    <div class="field"><label for="booking-day">${say('day')}</label><input id="booking-day" type="date" required aria-describedby="booking-until"><p class="hint" id="booking-until"></p></div>
    <fieldset class="times"><legend>${say('times')}</legend><div role="status"></div></fieldset>
    <p class="actions"><button class="button main">${say(booked ? 'move' : 'book')}</button>${booked && html` <button type="button" class="button" data-cancel>${say('cancel')}</button>`}</p></form></details>`.text
  const form = place.querySelector('form')!
  const fault = form.querySelector<HTMLElement>('.fault')!
  const day = form.querySelector<HTMLInputElement>('#booking-day')!
  const times = form.querySelector<HTMLElement>('[role=status]')!
  const tell = (words: string) => { fault.textContent = words; fault.hidden = words === '' }

  function draw(found: FreeTimes): void {
    day.min = today()
    day.max = found.last_day
    day.value = found.on
    form.querySelector('#booking-until')!.textContent = say('until', { date: format_date(found.last_day, lang) }) + (found.calendar_known ? '' : ` · ${say('unknown_calendar')}`)
    const free = found.times.filter(time => time.free > 0)
    times.innerHTML = free.length === 0
      ? html`<p class="notice plain">${say(found.open ? 'none' : 'closed')}</p>`.text
      : html`${free.map(time => html`<label class="tick"><input type="radio" name="starts" value="${time.starts}"> <span>${say('place', { time: time.starts, free: time.free })}</span></label>`)}`.text
  }
  async function look(found: Promise<FreeTimes>): Promise<void> {
    tell('')
    try { draw(await found) } catch { tell(say('failed')) }
  }
  async function send(what: Promise<TrackedCase>): Promise<void> {
    const buttons = [...form.querySelectorAll('button')]
    for (const button of buttons) button.disabled = true
    try {
      done(await what)
    } catch (error) {
      const problem = (error as { problem?: Problem }).problem
      const said = problem ? [problem.message[lang], ...problem.fields.map(each => each[lang])].filter(Boolean).join(' · ') : say('failed')
      await look(free_on(followed.district, day.value)) // somebody else may have taken it
      tell(said)
      for (const button of buttons) button.disabled = false
    }
  }

  place.querySelector('details')!.addEventListener('toggle', () => { if (times.innerHTML === '') void look(first_free(followed.district)) }, { once: true })
  day.addEventListener('change', () => { if (day.value) void look(free_on(followed.district, day.value)) })
  form.addEventListener('submit', event => {
    event.preventDefault()
    event.stopPropagation() // the page's own forms are sent elsewhere
    const starts = new FormData(form).get('starts')
    if (!starts) return tell(say('pick'))
    void send(post('appointments', JSON.stringify({ code, on: day.value, starts })))
  })
  form.querySelector('[data-cancel]')?.addEventListener('click', () => void send(post('appointments/cancellation', JSON.stringify({ code }))))
}
