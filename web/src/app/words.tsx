import { createContext, use, type ReactNode } from 'react'
import { translator } from '../lib/messages.ts'
import type { Lang } from '../lib/numbers.ts'
import type th from '../locales/th.json'

export type Key = keyof typeof th
export type Sentences = Record<Key, string>
export type Translate = (key: Key, gaps?: Record<string, string | number>) => string

export interface Words {
  lang: Lang
  t: Translate
  /** The text in the reader's language, or the other one rather than nothing. */
  pick(th: string | null | undefined, en: string | null | undefined): string
}

const context = createContext<Words | null>(null)

/** Only the catalogue of the chosen language is loaded. */
export async function load_sentences(lang: Lang): Promise<Sentences> {
  return lang === 'en' ? (await import('../locales/en.json')).default : (await import('../locales/th.json')).default
}

export function WordsProvider({ lang, sentences, children }: { lang: Lang; sentences: Sentences; children: ReactNode }) {
  const words: Words = { lang, t: translator<Key>(sentences), pick: (th, en) => (lang === 'th' ? th || en : en || th) ?? '' }
  return <context.Provider value={words}>{children}</context.Provider>
}

export function useWords(): Words {
  const words = use(context)
  if (!words) throw new Error('useWords outside WordsProvider')
  return words
}
