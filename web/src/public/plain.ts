// What every public page needs, and no more: the language, a place to write to, data.
import type { Lang } from '../lib/numbers.ts'
import type { Html } from './html.ts'

export const lang: Lang = document.documentElement.lang === 'en' ? 'en' : 'th'

export function put(where: string, what: Html): void {
  const place = document.getElementById(where)
  if (!place) return
  place.innerHTML = what.text
  place.removeAttribute('aria-busy')
}

export async function get<Body>(url: string): Promise<Body> {
  const answer = await fetch(url, { headers: { accept: 'application/json' } })
  if (!answer.ok) {
    void answer.body?.cancel() // what nobody reads would hold its connection
    throw Object.assign(new Error(`${answer.status}`), { status: answer.status })
  }
  return (await answer.json()) as Body
}

export function is_not_found(error: unknown): boolean {
  return (error as { status?: number }).status === 404
}

const title = document.querySelector<HTMLElement>('[data-title-en]')?.dataset.titleEn
if (lang === 'en' && title) document.title = title

// The other language shows the same: what the address asks for and, of a case, its code.
for (const other of document.querySelectorAll<HTMLAnchorElement>('.language'))
  other.addEventListener('click', () => {
    const to = new URL(location.href)
    to.searchParams.set('lang', other.lang)
    other.href = to.href
  })
