import { lang } from '../plain.ts'

/** The provinces stand in the page in Thai; a reader of English finds them in English, by that alphabet. */
export function provinces_in_english(select: HTMLSelectElement): void {
  if (lang !== 'en') return
  const [none, ...options] = [...select.options]
  for (const option of options) option.text = option.dataset.en!
  select.replaceChildren(none!, ...options.toSorted((a, b) => a.text.localeCompare(b.text)))
}
