import { createContext, use, type ReactNode } from 'react'
import type authority from '../features/authority/locales/th.json'
import type committees from '../features/committees/locales/th.json'
import type delegations from '../features/delegations/locales/th.json'
import type identity from '../features/identity/locales/th.json'
import type indicators from '../features/indicators/locales/th.json'
import type ledger from '../features/ledger/locales/th.json'
import type obligations from '../features/obligations/locales/th.json'
import type plans from '../features/plans/locales/th.json'
import type programme from '../features/programme/locales/th.json'
import type service_centre from '../features/service_centre/locales/th.json'
import { translator } from '../lib/messages.ts'
import type { Lang } from '../lib/numbers.ts'
import type shell from '../locales/th.json'

export type Key = keyof typeof shell | keyof typeof authority | keyof typeof committees | keyof typeof delegations | keyof typeof identity | keyof typeof indicators | keyof typeof ledger | keyof typeof obligations | keyof typeof plans | keyof typeof programme | keyof typeof service_centre
export type Sentences = Partial<Record<Key, string>>
export type Translate = (key: Key, gaps?: Record<string, string | number>) => string

export interface Words {
  lang: Lang
  t: Translate
  /** The text in the reader's language, or the other one rather than nothing. */
  pick(th: string | null | undefined, en: string | null | undefined): string
}

const context = createContext<Words | null>(null)

// Each feature has its own catalogue, which comes with the first of its pages; of each only the chosen language.
const catalogues = {
  shell: { th: () => import('../locales/th.json'), en: () => import('../locales/en.json') },
  authority: { th: () => import('../features/authority/locales/th.json'), en: () => import('../features/authority/locales/en.json') },
  committees: { th: () => import('../features/committees/locales/th.json'), en: () => import('../features/committees/locales/en.json') },
  delegations: { th: () => import('../features/delegations/locales/th.json'), en: () => import('../features/delegations/locales/en.json') },
  identity: { th: () => import('../features/identity/locales/th.json'), en: () => import('../features/identity/locales/en.json') },
  indicators: { th: () => import('../features/indicators/locales/th.json'), en: () => import('../features/indicators/locales/en.json') },
  ledger: { th: () => import('../features/ledger/locales/th.json'), en: () => import('../features/ledger/locales/en.json') },
  obligations: { th: () => import('../features/obligations/locales/th.json'), en: () => import('../features/obligations/locales/en.json') },
  plans: { th: () => import('../features/plans/locales/th.json'), en: () => import('../features/plans/locales/en.json') },
  programme: { th: () => import('../features/programme/locales/th.json'), en: () => import('../features/programme/locales/en.json') },
  service_centre: { th: () => import('../features/service_centre/locales/th.json'), en: () => import('../features/service_centre/locales/en.json') },
} satisfies Record<string, Record<Lang, () => Promise<{ default: Sentences }>>>
export type Feature = keyof typeof catalogues

const known: Sentences = {}

/** The language of this visit: set before the first paint by public/lang.js; another language is another visit. */
export function lang_of_visit(): Lang {
  return document.documentElement.lang === 'en' ? 'en' : 'th'
}

export async function load_sentences(feature: Feature): Promise<void> {
  Object.assign(known, (await catalogues[feature][lang_of_visit()]()).default)
}

export function WordsProvider({ children }: { children: ReactNode }) {
  const lang = lang_of_visit()
  const words: Words = { lang, t: translator<Key>(known as Record<Key, string>), pick: (th, en) => (lang === 'th' ? th || en : en || th) ?? '' }
  return <context.Provider value={words}>{children}</context.Provider>
}

export function useWords(): Words {
  const words = use(context)
  if (!words) throw new Error('useWords outside WordsProvider')
  return words
}
