// What is shown beside a receipt: the code as a picture, and what happens by when.
import { correction, generate } from 'lean-qr/nano'
import { format_moment } from '../../lib/dates.ts'
import { html, type Html } from '../html.ts'
import { lang } from '../plain.ts'
import { pick } from '../views/shared.ts'
import type { Lists, TrackedCase } from './shapes.ts'
import { say } from './words_next.ts'

/** A QR code as a picture of squares, with the quiet zone that readers need. */
export function qr(text: string): Html {
  const code = generate(text, { minCorrectionLevel: correction.M })
  const squares = Array.from({ length: code.size ** 2 }, (_, i) => [i % code.size, Math.floor(i / code.size)] as const)
  const path = squares.filter(([x, y]) => code.get(x, y)).map(([x, y]) => `M${x} ${y}h1v1h-1z`).join('')
  return html`<svg class="qr" viewBox="-4 -4 ${code.size + 8} ${code.size + 8}" role="img" aria-label="${say('next.qr')}"><path d="${path}"/></svg>`
}

const told_starts = ['received', 'screening_started', 'assigned'] as const
type ToldStart = (typeof told_starts)[number]

/** The clocks of the centre that run for a case of this category, by the events that a citizen understands. */
export function next_steps(followed: TrackedCase, { clocks, clock_sets }: Lists): Html {
  const in_force = new Set(clock_sets.filter(set => set.in_force).map(set => set.set))
  const told = clocks.filter(clock => clock.days && !clock.valid_to && in_force.has(clock.set) && told_starts.includes(clock.start as ToldStart)
    && (!clock.category || clock.category === followed.category))
  return html`<h3>${say('next.title')}</h3>${followed.due_at && html`<p><b>${say('next.due', { at: format_moment(followed.due_at, lang) })}</b></p>`}
    <ul class="resolutions">${told.map(clock => html`<li>${pick({ lang }, clock.name_th, clock.name_en)}: ${say(`next.${clock.unit}`, { days: clock.days! })} ${say(`next.from.${clock.start as ToldStart}`)}
      ${!clock.verified && html` <span class="mark grey">${say('unverified')}</span>`}</li>`)}</ul>`
}
