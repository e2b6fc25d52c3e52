// The queue of a district on the wall of its waiting room, and on the phones of those who wait: numbers that name nobody.
// It takes no more of what pages share than all do: each piece that is cut off for it costs the others.
import { html } from './html.ts'
import { get, lang, put } from './plain.ts'

interface Screen { called: { number: number; desk: string }[]; waiting: number; last_number: number }
type District = [code: string, th: string, en: string]

const every_ms = 4_000
const by_id = <Kind extends HTMLElement>(id: string) => document.getElementById(id) as Kind
const asked = new URLSearchParams(location.search).get('district') ?? ''
const name_of = ([, th, en]: District) => (lang === 'en' ? en : th)
let shown = ''

function draw(screen: Screen): void {
  by_id('waiting').textContent = String(screen.waiting)
  by_id('last').textContent = screen.last_number > 0 ? String(screen.last_number) : '–'
  by_id('nobody').hidden = screen.called.length > 0
  const now = JSON.stringify(screen.called)
  if (now === shown) return // what did not change is not read out again
  shown = now
  put('called', html`${screen.called.map(each => html`<li><b class="number">${each.number}</b><span>${document.querySelector(`#desk-word .${lang}`)!.textContent} <b>${each.desk}</b></span></li>`)}`)
}

async function show(): Promise<void> {
  try {
    draw(await get<Screen>(`/api/v1/service_centre/queue?district=${asked}`))
    by_id('at').textContent = new Date().toLocaleTimeString(lang === 'en' ? 'en-GB' : 'th-TH', { timeZone: 'Asia/Bangkok' })
    by_id('stale').hidden = true
  } catch {
    by_id('stale').hidden = false
  }
  setTimeout(() => void show(), every_ms)
}

function offer(select: HTMLSelectElement, districts: District[]): void {
  select.length = 1
  const collator = new Intl.Collator(lang)
  for (const each of districts.toSorted((a, b) => collator.compare(name_of(a), name_of(b)))) select.add(new Option(name_of(each), each[0]))
}

function choose(districts: District[]): void {
  const province = by_id<HTMLSelectElement>('province')
  const district = by_id<HTMLSelectElement>('district')
  by_id('choose').hidden = false
  if (lang === 'en') for (const option of province.options) option.text = option.dataset.en ?? option.text
  province.addEventListener('change', () => offer(district, districts.filter(([code]) => province.value !== '' && code.startsWith(province.value))))
  district.addEventListener('change', () => { if (district.value) location.search = `?district=${district.value}` })
}

const districts = await get<District[]>('/districts.json').catch(() => [])
const here = districts.find(([code]) => code === asked)
if (/^\d{4}$/.test(asked)) {
  by_id('queue').hidden = false
  if (here) by_id('where').textContent = name_of(here)
  await show()
} else {
  choose(districts)
}
