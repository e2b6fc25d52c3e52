// What pages about the programme need: words, data, and the map's pointer.
import type { Programme, ProvinceMap, Scoreboard } from '../api/shapes.ts'
import { html, type Html } from './html.ts'
import { messages } from './messages.ts'
import { get, is_not_found, lang, put } from './plain.ts'
import { icon, type Names, type View } from './views/shared.ts'

export { get, is_not_found, put }

function names_on_the_map(): Names {
  const names: Names = {}
  for (const path of document.querySelectorAll<SVGPathElement>('[data-map] [data-province]'))
    names[path.dataset.province!] = { th: path.dataset.th!, en: path.dataset.en! }
  return names
}

export const view: View = { lang, t: messages(lang), names: names_on_the_map() }

const board_years_tried_max = 6

/** The scoreboard of the year that the address names, or of the latest year of the programme that has one. */
export async function latest_scoreboard(programme: Promise<Programme>): Promise<Scoreboard> {
  const asked = Number(new URLSearchParams(location.search).get('fiscal_year'))
  const years = asked ? [asked] : (await programme).years.map(year => year.fiscal_year).toSorted((a, b) => b - a).slice(0, board_years_tried_max)
  for (const year of years) {
    try {
      return await get<Scoreboard>(`/api/v1/scoreboard?fiscal_year=${year}`)
    } catch (error) {
      if (!is_not_found(error)) throw error
    }
  }
  throw Object.assign(new Error('no scoreboard yet'), { status: 404 })
}

/** Says that live data did not come, leaving what the page already says untouched elsewhere. */
export function put_failure(where: string): void {
  put(where, html`<div class="notice bad" role="status">${icon('warning')}<p>${view.t('error.load')}
    <a href="${location.href}">${view.t('error.again')}</a></p></div>`)
}

export function demonstration_notice(): Html {
  return html`<div class="notice">${icon('info')}<p><b>${view.t('demonstration')}</b><br>${view.t('demonstration.text')}</p></div>`
}

/**
 * Where an official boundary file was imported, its outlines take the place of the printed ones, shape by shape, once the
 * page stands. The frame is the same, so nothing moves. Without it, or without an answer, the printed map and its source stay.
 */
async function draw_official_map(map: Element): Promise<void> {
  const { attribution, provinces } = await get<ProvinceMap>('/api/v1/map')
  const source = document.querySelector('[data-map-source]')
  if (!attribution || !source) return
  for (const { code, d } of provinces) map.querySelector(`[data-province="${code}"]`)?.setAttribute('d', d)
  source.textContent = view.t('map.official', { attribution })
}

/** Pointing at a province names it and marks its row; pointing at a row marks its province; a click opens its page. */
export function connect_map(): void {
  const map = document.querySelector('[data-map]')
  const label = document.querySelector('[data-pointed]')
  if (!map || !label) return
  addEventListener('load', () => draw_official_map(map).catch(() => {}))
  let pointed: string | null = null
  const mark = (code: string | null, on: boolean) => {
    if (!code) return
    for (const part of document.querySelectorAll(`.province[data-province="${code}"], tr[data-province="${code}"]`))
      part.classList.toggle('pointed', on)
  }
  const code_at = (event: Event) =>
    (event.target as Element).closest?.('.province, tr[data-province]')?.getAttribute('data-province') ?? null
  const point = (event: Event) => {
    const code = code_at(event)
    if (code === pointed) return
    mark(pointed, false)
    mark(code, true)
    pointed = code
    label.textContent = code ? (view.names[code]?.[lang] ?? code) : ''
  }
  document.addEventListener('pointerover', point)
  document.addEventListener('focusin', point)
  map.addEventListener('click', event => {
    const code = code_at(event)
    if (code) location.assign(`/provinces/${code}`)
  })
}

/** Gives each province its map class and takes away the one it had. */
export function colour_map(class_of: (code: string) => string | null): void {
  for (const path of document.querySelectorAll<SVGPathElement>('[data-map] .province')) {
    const wanted = class_of(path.dataset.province!)
    path.setAttribute('class', wanted ? `province ${wanted}` : 'province')
  }
}

/** One choice out of several buttons: `aria-pressed` tells which. */
export function connect_choice(where: string, choose: (value: string) => void): void {
  const place = document.getElementById(where)
  place?.addEventListener('click', event => {
    const button = (event.target as Element).closest('button')
    if (!button) return
    for (const other of place.querySelectorAll('button')) other.setAttribute('aria-pressed', String(other === button))
    choose(button.value)
  })
}
