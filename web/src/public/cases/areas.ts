// Districts come with the pages, so that they can be chosen without a line; sub-districts are asked for.
import type { Area, Page } from '../../api/shapes.ts'
import { html } from '../html.ts'
import { get, lang } from '../plain.ts'
import { pick } from '../views/shared.ts'

export type District = [code: string, th: string, en: string]
let districts: Promise<District[]> | null = null

export function all_districts(): Promise<District[]> {
  districts ??= get<District[]>('/districts.json').catch((error: unknown) => {
    districts = null
    throw error
  })
  return districts
}

export async function districts_of(province: string): Promise<District[]> {
  return (await all_districts()).filter(([code]) => code.startsWith(province))
}

export async function subdistricts_of(district: string): Promise<District[]> {
  const { items } = await get<Page<Area>>(`/api/v1/areas?parent=${district}&limit=200`)
  return items.filter(area => !area.valid_to).map(area => [area.code, area.name_th, area.name_en])
}

/** Puts areas into a list of choices, in the order of the alphabet, below its first line, which chooses none. */
export function offer(select: HTMLSelectElement, areas: District[], chosen = ''): void {
  const collator = new Intl.Collator(lang)
  const options = areas.map(([code, th, en]) => ({ code, name: pick({ lang }, th, en) })).toSorted((a, b) => collator.compare(a.name, b.name))
  select.length = 1
  select.insertAdjacentHTML('beforeend', html`${options.map(({ code, name }) => html`<option value="${code}">${name}</option>`)}`.text)
  select.value = chosen
  select.disabled = areas.length === 0
}
