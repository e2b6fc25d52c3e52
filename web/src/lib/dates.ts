// Dates travel as ISO 8601 in the Gregorian calendar and in UTC. Here they become what a Thai reader expects: Buddhist
// era and Bangkok time. Thailand has had one offset since 1920, so no time-zone data is needed.
import { from_thai_digits, type Lang } from './numbers.ts'

const bangkok_offset_ms = 7 * 3600_000
const era_difference = 543

const months_th = ['มกราคม', 'กุมภาพันธ์', 'มีนาคม', 'เมษายน', 'พฤษภาคม', 'มิถุนายน', 'กรกฎาคม', 'สิงหาคม', 'กันยายน', 'ตุลาคม', 'พฤศจิกายน', 'ธันวาคม']
const months_short_th = ['ม.ค.', 'ก.พ.', 'มี.ค.', 'เม.ย.', 'พ.ค.', 'มิ.ย.', 'ก.ค.', 'ส.ค.', 'ก.ย.', 'ต.ค.', 'พ.ย.', 'ธ.ค.']
const months_en = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const months_short_en = months_en.map(name => name.slice(0, 3))

/** Moves a moment so that the UTC getters of Date read Bangkok's wall clock. */
function in_bangkok(iso: string | number): Date | null {
  const date_only = typeof iso === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(iso)
  const moment = new Date(date_only ? `${iso}T00:00:00Z` : iso)
  if (Number.isNaN(moment.getTime())) return null
  return date_only ? moment : new Date(moment.getTime() + bangkok_offset_ms)
}

export function year_label(gregorian: number, lang: Lang): string {
  return lang === 'th' ? String(gregorian + era_difference) : String(gregorian)
}

/** Fiscal year 2021 → "ปีงบประมาณ พ.ศ. 2564" / "Fiscal year 2021 (B.E. 2564)". */
export function fiscal_year_label(year: number, lang: Lang): string {
  const era = year + era_difference
  return lang === 'th' ? `ปีงบประมาณ พ.ศ. ${era}` : `Fiscal year ${year} (B.E. ${era})`
}

export function format_date(iso: string, lang: Lang, style: 'long' | 'short' = 'long'): string {
  const date = in_bangkok(iso)
  if (!date) return iso
  const names = lang === 'th' ? (style === 'long' ? months_th : months_short_th) : style === 'long' ? months_en : months_short_en
  return `${date.getUTCDate()} ${names[date.getUTCMonth()]} ${year_label(date.getUTCFullYear(), lang)}`
}

export function format_time(iso: string | number, lang: Lang, seconds = false): string {
  const date = in_bangkok(iso)
  if (!date) return ''
  const two = (n: number) => String(n).padStart(2, '0')
  const parts = [two(date.getUTCHours()), two(date.getUTCMinutes())]
  if (seconds) parts.push(two(date.getUTCSeconds()))
  return lang === 'th' ? `${parts.join('.')} น.` : parts.join(':')
}

export function format_moment(iso: string, lang: Lang, style: 'long' | 'short' = 'long'): string {
  if (!in_bangkok(iso)) return iso
  return lang === 'th'
    ? `${format_date(iso, lang, style)} เวลา ${format_time(iso, lang)}`
    : `${format_date(iso, lang, style)}, ${format_time(iso, lang)} Bangkok time`
}

/** "2021-03" → "มี.ค. 2564"; "2021-Q2" → "ไตรมาส 2/2564"; "2021" → "ปีงบประมาณ พ.ศ. 2564". */
export function format_period(period: string, lang: Lang): string {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period)
  if (quarter) return lang === 'th' ? `ไตรมาส ${quarter[2]}/${year_label(Number(quarter[1]), lang)}` : `Quarter ${quarter[2]} of fiscal year ${quarter[1]}`
  if (/^\d{4}$/.test(period)) return fiscal_year_label(Number(period), lang)
  const match = /^(\d{4})-(\d{2})$/.exec(period)
  if (!match) return period
  const names = lang === 'th' ? months_short_th : months_short_en
  return `${names[Number(match[2]) - 1] ?? match[2]} ${year_label(Number(match[1]), lang)}`
}

/** A year as somebody typed it: 2400 and above is Buddhist era. */
function gregorian_year(year: number): number {
  return year >= 2400 ? year - era_difference : year
}

/** "2564" or "๒๕๖๔" → 2021; null when it is no year of this or the last century. */
export function parse_year(text: string): number | null {
  const plain = from_thai_digits(text).trim()
  const year = /^\d{4}$/.test(plain) ? gregorian_year(Number(plain)) : 0
  return year >= 1900 && year < 2100 ? year : null
}

export function month_names(lang: Lang): string[] {
  return lang === 'th' ? months_th : months_en
}

function iso_if_real(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return real ? date.toISOString().slice(0, 10) : null
}

function month_number(word: string): number {
  for (const names of [months_th, months_short_th]) {
    const at = names.indexOf(word)
    if (at >= 0) return at + 1
  }
  const dotless = months_short_th.findIndex(name => name.replace(/\./g, '') === word.replace(/\./g, ''))
  if (dotless >= 0) return dotless + 1
  return months_en.findIndex(name => name.toLowerCase().startsWith(word.toLowerCase()) && word.length >= 3) + 1
}

/** "23/11/2569", "๒๓/๑๑/๒๕๖๙", "23 พ.ย. 2569", "2026-11-23" → "2026-11-23"; null when it is no real day. */
export function parse_date(text: string): string | null {
  const plain = from_thai_digits(text).trim().replace(/\s+/g, ' ').replace(/พ\.ศ\. ?/, '')
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain)
  if (iso) return iso_if_real(gregorian_year(Number(iso[1])), Number(iso[2]), Number(iso[3]))
  const slashed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(plain)
  if (slashed) return iso_if_real(gregorian_year(Number(slashed[3])), Number(slashed[2]), Number(slashed[1]))
  const worded = /^(\d{1,2}) ?([^\d\s]+) ?(\d{4})$/.exec(plain)
  if (worded) return iso_if_real(gregorian_year(Number(worded[3])), month_number(worded[2]!), Number(worded[1]))
  return null
}

/** A day and a Bangkok wall-clock time ("16:30" or "16.30") → the UTC moment; null when either is wrong. */
export function bangkok_moment(date: string, time: string): string | null {
  const match = /^([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.]([0-5]\d))?$/.exec(from_thai_digits(time).trim())
  const day = parse_date(date)
  if (!match || !day) return null
  const wall_clock = Date.parse(`${day}T${match[1]!.padStart(2, '0')}:${match[2]}:${match[3] ?? '00'}Z`)
  return new Date(wall_clock - bangkok_offset_ms).toISOString()
}

/** The Bangkok day ("2021-03-12") of a UTC moment. */
export function bangkok_day(iso: string): string {
  return in_bangkok(iso)?.toISOString().slice(0, 10) ?? ''
}

export interface TimeLeft { past: boolean; days: number; hours: number; minutes: number; seconds: number }

export function time_left(until: string, now_ms: number): TimeLeft {
  const ms = Date.parse(until) - now_ms
  const left = Math.floor(Math.abs(ms) / 1000)
  return {
    past: ms <= 0,
    days: Math.floor(left / 86400),
    hours: Math.floor((left % 86400) / 3600),
    minutes: Math.floor((left % 3600) / 60),
    seconds: left % 60,
  }
}
