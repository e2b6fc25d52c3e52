import { icon_paths, type IconName } from '../../lib/icons.ts'
import type { Lang } from '../../lib/numbers.ts'
import type { Colour, ResolutionKind } from '../../api/shapes.ts'
import { html, type Html } from '../html.ts'
import type { Translate } from '../messages.ts'

export interface Name { th: string; en: string }
export type Names = Record<string, Name>

export interface View { lang: Lang; t: Translate; names: Names }

export function icon(name: IconName): Html {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${icon_paths[name]}"/></svg>`
}

export function province_name(view: View, code: string): string {
  return view.names[code]?.[view.lang] ?? code
}

/** The text in the reader's language, or the other one rather than nothing. */
export function pick(view: Pick<View, 'lang'>, th: string | null | undefined, en: string | null | undefined): string {
  return (view.lang === 'th' ? th || en : en || th) ?? ''
}

export function province_link(view: View, code: string): Html {
  return html`<a href="/provinces/${code}" data-province="${code}">${province_name(view, code)}</a>`
}

const shape_of_colour: Record<Colour, IconName> = { green: 'check', amber: 'tilde', red: 'down', grey: 'dash' }

export function judgement_mark(view: View, colour: Colour): Html {
  return html`<span class="mark ${colour}">${icon(shape_of_colour[colour])}${view.t(`colour.${colour}`)}</span>`
}

/** Beside what was invented for the demonstration. */
export function demonstration_mark(view: View): Html {
  return html`<span class="mark gold">${view.t('demonstration')}</span>`
}

const look_of_resolution: Record<ResolutionKind, string> = {
  approve: 'green', approve_in_principle: 'green', approve_with_changes: 'green', acknowledge: 'teal', assign: 'teal', revise: 'amber', defer: 'amber', reject: 'red', withdraw: 'grey',
}

export function resolution_mark(view: View, kind: ResolutionKind): Html {
  return html`<span class="mark ${look_of_resolution[kind] ?? 'grey'}">${view.t(`resolution.${kind}`)}</span>`
}
