// Applying for the chosen services before coming: who, where, and the papers checked at the counter. What is typed stays in
// the page alone and is lost with it; what could not be sent can be sent again, and counts once.
import { html, type Html } from '../html.ts'
import { get, lang } from '../plain.ts'
import { pick } from '../views/shared.ts'
import type { CatalogueService } from './shapes.ts'
import { say } from './words_apply.ts'

type District = [code: string, th: string, en: string]
interface Problem { code: string; message: Record<'th' | 'en', string>; fields: { pointer: string; th: string; en: string }[] }
interface Receipt { number: string; tracking_code: string }

const kind = 'one_stop_service'
const title_max = 200
const wait_ms = 60_000
const name_of = (service: CatalogueService) => pick({ lang }, service.name_th, service.name_en)

function field(name: string, input: Html, hint = ''): Html {
  return html`<div class="field"><label for="apply-${name}">${say(`field.${name}` as Parameters<typeof say>[0])}</label><p class="fault" id="apply-${name}-fault" role="alert" hidden></p>${input}${hint && html`<p class="hint">${hint}</p>`}</div>`
}
function form_of(): Html {
  return html`<details class="no-print" id="apply"><summary>${say('title')}</summary><form class="fill" novalidate><p>${say('text')}</p><p class="fault" id="apply-fault" role="alert" hidden></p>
    <div class="pair">${field('province', html`<select id="apply-province" required><option value="">–</option></select>`)}${field('district', html`<select id="apply-district" required disabled><option value="">–</option></select>`)}</div>
    <div class="pair">${field('name', html`<input id="apply-name" required maxlength="200" autocomplete="name">`)}${field('phone', html`<input id="apply-phone" required maxlength="20" inputmode="tel" autocomplete="tel">`, say('phone.hint'))}</div>
    ${field('detail', html`<textarea id="apply-detail" rows="3" maxlength="4000"></textarea>`, say('detail.hint'))}
    <p class="actions"><button class="button main">${say('send')}</button></p></form></details>`
}

/** The receipt, and what comes next. The code stands here once: it is kept nowhere on this phone. */
function receipt_of({ number, tracking_code }: Receipt): Html {
  const follow = `/follow#${tracking_code}`
  return html`<section class="card stack" aria-labelledby="applied"><h2 id="applied" tabindex="-1">${say('done')}</h2><dl class="facts"><dt>${say('done.number')}</dt><dd>${number}</dd><dt>${say('done.code')}</dt><dd class="mono"><b>${tracking_code}</b></dd></dl>
    <div data-qr></div><p>${say('done.text')}</p><p class="actions no-print"><a class="button main" href="${follow}">${say('done.follow')}</a><button class="button" data-act="print">${say('done.print')}</button></p></section>`
}

async function send(key: string, body: object): Promise<{ receipt?: Receipt; problem?: Problem }> {
  const answer = await fetch('/api/v1/service_centre/reports', {
    method: 'POST', body: JSON.stringify(body), credentials: 'omit', signal: AbortSignal.timeout(wait_ms),
    headers: { accept: 'application/json', 'content-type': 'application/json', 'idempotency-key': key },
  })
  const said = (await answer.json()) as unknown
  return answer.ok ? { receipt: said as Receipt } : { problem: said as Problem }
}

/** Puts the form behind the list of papers. */
export async function offer_application(place: HTMLElement, services: CatalogueService[]): Promise<void> {
  const districts = await get<District[]>('/districts.json')
  const provinces = await get<{ items: { code: string; name_th: string; name_en: string }[] }>('/api/v1/areas?level=province&limit=200')
  place.innerHTML = form_of().text
  const form = place.querySelector('form')!
  const input = (name: string) => form.querySelector<HTMLInputElement>(`#apply-${name}`)!
  const collator = new Intl.Collator(lang)
  const options = (select: HTMLSelectElement, rows: District[]) => {
    select.length = 1
    for (const [code, th, en] of rows.toSorted((a, b) => collator.compare(pick({ lang }, a[1], a[2]), pick({ lang }, b[1], b[2])))) select.add(new Option(pick({ lang }, th, en), code))
    select.disabled = rows.length === 0
  }
  const province = form.querySelector<HTMLSelectElement>('#apply-province')!
  const district = form.querySelector<HTMLSelectElement>('#apply-district')!
  options(province, provinces.items.map(each => [each.code, each.name_th, each.name_en]))
  province.addEventListener('change', () => options(district, province.value ? districts.filter(([code]) => code.startsWith(province.value)) : []))

  const key = crypto.randomUUID() // the same when it is sent again
  const tell = (name: string, words: string) => {
    const fault = form.querySelector<HTMLElement>(`#apply-${name}fault`)!
    fault.textContent = words
    fault.hidden = words === ''
    form.querySelector(`#apply-${name.slice(0, -1)}`)?.setAttribute('aria-invalid', String(words !== ''))
  }
  const wanted = ['province', 'district', 'name', 'phone']
  function lacking(): boolean {
    const missing = wanted.filter(name => input(name).value.trim() === '')
    for (const name of wanted) tell(`${name}-`, missing.includes(name) ? say('missing') : '')
    if (missing.length > 0) input(missing[0]!).focus()
    return missing.length > 0
  }
  function refuse(problem: Problem): void {
    const of_field = (pointer: string) => (pointer.endsWith('/phone') ? 'phone-' : pointer.endsWith('/name') ? 'name-' : pointer.startsWith('/detail') ? 'detail-' : '')
    tell('', problem.fields.length === 0 ? problem.message[lang] : '')
    for (const each of problem.fields) tell(of_field(each.pointer), each[lang])
  }
  form.addEventListener('submit', event => {
    event.preventDefault()
    tell('', '')
    if (lacking()) return
    const button = form.querySelector('button')!
    button.disabled = true
    const body = {
      kind, title: services.map(name_of).join(' · ').slice(0, title_max), detail: input('detail').value.trim(), place: { area: district.value, given: 'typed' },
      reporters: [{ type: 'person', name: input('name').value.trim(), phone: input('phone').value.trim() }], services: services.map(each => each.service),
    }
    void send(key, body).then(({ receipt, problem }) => {
      if (problem) return refuse(problem)
      place.innerHTML = receipt_of(receipt!).text
      place.querySelector<HTMLElement>('h2')!.focus()
      void import('../cases/next.ts').then(({ qr }) => { place.querySelector('[data-qr]')!.innerHTML = qr(`${location.origin}/follow#${receipt!.tracking_code}`).text })
    }).catch(() => tell('', say('failed'))).finally(() => { button.disabled = false })
  })
}
