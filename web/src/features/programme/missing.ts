// What still has to be there before an application can be submitted, for the meter, the sections and the dialog.
import type { ServerCompleteness } from '../../api/shapes.ts'
import type { Translate } from '../../app/words.tsx'
import type { Lang } from '../../lib/numbers.ts'
import type { Completeness, Section } from '../../lib/completeness.ts'
import { section_of } from './editing.ts'

export interface MissingLine { section: Section; pointer: string; text: string }

/** The server's list where it is of the text on the screen; until then the page's own, which follows every letter. */
export function missing_lines(found: Completeness, server: ServerCompleteness | undefined, lang: Lang, t: Translate): MissingLine[] {
  if (server) return server.items.map(({ pointer, th, en }) => ({ section: section_of(pointer), pointer, text: lang === 'th' ? th : en }))
  return found.missing.map(({ section, pointer, need }) => ({ section, pointer, text: t(`need.${need}`) }))
}

/** Whole per cent; never a hundred while the server still misses something, nor less than that once it misses nothing. */
export function share_done(found: Completeness, server: ServerCompleteness | undefined): number {
  if (server?.complete) return 100
  const share = found.total === 0 ? 0 : Math.floor((found.done / found.total) * 100)
  return server ? Math.min(share, 99) : share
}
