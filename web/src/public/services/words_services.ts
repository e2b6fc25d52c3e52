import { translator } from '../../lib/messages.ts'
import { lang } from '../plain.ts'
import en from './locales/services.en.json' with { type: 'json' }
import th from './locales/services.th.json' with { type: 'json' }

export const say = translator<keyof typeof th>(lang === 'th' ? th : en)
