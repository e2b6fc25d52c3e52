// Decimal numbers travel as strings ("12.5") so that no digit is lost; only drawing turns them into doubles.

export type Lang = 'th' | 'en'

const thai_zero = 0x0e50

export function to_thai_digits(text: string): string {
  return text.replace(/[0-9]/g, digit => String.fromCharCode(thai_zero + Number(digit)))
}

export function from_thai_digits(text: string): string {
  return text.replace(/[๐-๙]/g, digit => String(digit.charCodeAt(0) - thai_zero))
}

/** What a person typed, as a decimal string ("1,234.50" → "1234.5", "๑๒.๕" → "12.5"); null when it is no number. */
export function parse_decimal(text: string): string | null {
  const plain = from_thai_digits(text).trim().replace(/−/g, '-')
  const grouped = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)
  const candidate = grouped ? plain.replace(/,/g, '') : plain
  const match = /^(-?)0*(\d+)(?:\.(\d+))?$/.exec(candidate)
  if (!match) return null
  const [, sign, whole, fraction = ''] = match
  const kept = fraction.replace(/0+$/, '')
  const number = kept ? `${whole}.${kept}` : whole!
  return number === '0' ? '0' : `${sign}${number}`
}

/** "1234567.5" → "1,234,567.5"; digits beyond `places` are rounded. Text that is no number comes back as it is. */
export function format_decimal(value: string | number | null | undefined, places = 2): string {
  if (value === null || value === undefined || value === '') return '–'
  const number = Number(value)
  if (!Number.isFinite(number)) return String(value)
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: places }).format(number).replace(/^-/, '−')
}

export function format_bytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
