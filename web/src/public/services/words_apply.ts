import { translator } from '../../lib/messages.ts'
import { lang } from '../plain.ts'
import en from './locales/apply.en.json' with { type: 'json' }
import th from './locales/apply.th.json' with { type: 'json' }

export const say = translator<keyof typeof th>(lang === 'th' ? th : en)
