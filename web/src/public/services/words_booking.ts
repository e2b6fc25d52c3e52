import { translator } from '../../lib/messages.ts'
import { lang } from '../plain.ts'
import en from './locales/booking.en.json' with { type: 'json' }
import th from './locales/booking.th.json' with { type: 'json' }

export const say = translator<keyof typeof th>(lang === 'th' ? th : en)
