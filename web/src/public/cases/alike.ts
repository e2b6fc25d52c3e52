// Cases like the one being written, which may be followed instead: told by place, category, state and listed words, never
// by what their reporters wrote.
import { format_date } from '../../lib/dates.ts'
import { html, type Html } from '../html.ts'
import { lang } from '../plain.ts'
import { pick } from '../views/shared.ts'
import { all_districts, subdistricts_of } from './areas.ts'
import type { AlikeReports, Lists } from './shapes.ts'
import { say } from './words_alike.ts'
import { say as say_of } from './words_follow.ts'

async function names_of(codes: string[]): Promise<Map<string, string>> {
  const districts = [...new Set(codes.map(code => code.slice(0, 4)))]
  const areas = [await all_districts(), ...await Promise.all(districts.map(subdistricts_of))].flat()
  return new Map(areas.map(([code, th, en]) => [code, pick({ lang }, th, en)]))
}

/** `into`: the one that was chosen, if any. */
export async function alike_list({ items }: AlikeReports, { categories }: Lists, into: string): Promise<Html> {
  const names = await names_of(items.map(one => one.area))
  const category = (code: string) => { const row = categories.find(each => each.category === code); return row ? pick({ lang }, row.name_th, row.name_en) : code }
  return html`<h2>${say('alike.title')}</h2><p>${say('alike.text')}</p>
    ${items.map(one => html`<article class="card stack"><h3>${category(one.category)} · ${names.get(one.area.slice(0, 6)) ?? names.get(one.area.slice(0, 4)) ?? ''}</h3>
      <p class="small"><span class="mark teal">${say_of(`state.${one.state}`)}</span> ${say('alike.received', { at: format_date(one.received_on, lang) })}<br><span lang="th">${say('alike.words', { words: one.words.join(' ') })}</span></p>
      ${one.case_id === into
        ? html`<div class="notice good"><p>${say('alike.chosen')}</p></div><p class="actions"><button type="button" class="button" value="">${say('alike.undo')}</button></p>`
        : html`<p class="actions"><button type="button" class="button" value="${one.case_id}">${say('alike.follow')}</button></p>`}</article>`)}`
}
