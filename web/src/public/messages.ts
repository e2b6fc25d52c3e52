import { translator } from '../lib/messages.ts'
import type { Lang } from '../lib/numbers.ts'
import en from './locales/en.json' with { type: 'json' }
import th from './locales/th.json' with { type: 'json' }

export type Key = keyof typeof th
const catalogues: Record<Lang, Record<Key, string>> = { th, en }

export function messages(lang: Lang) {
  return translator<Key>(catalogues[lang])
}
export type Translate = ReturnType<typeof messages>
