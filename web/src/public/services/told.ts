// How time and fee of a service are told. What is not known is said; no unit is turned into another.
import { format_decimal } from '../../lib/numbers.ts'
import type { CatalogueService } from './shapes.ts'
import { say } from './words_told.ts'

export function baht(satang: number): string {
  return say('fee.fixed', { baht: format_decimal(satang / 100) })
}
export function fee_text(kind: CatalogueService['fee']['kind'], satang: number | null): string {
  return kind === 'fixed' && satang !== null ? baht(satang) : say(`fee.${kind}`)
}
export function time_text(time: CatalogueService['duration']): string {
  return time ? say(`time.${time.unit}${time.amount === 1 ? '.one' : ''}`, { amount: format_decimal(time.amount) }) : say('time.unknown')
}
