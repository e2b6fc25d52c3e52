import { describe, expect, it } from 'vitest'
import { format_bytes, format_decimal, from_thai_digits, parse_decimal, to_thai_digits } from './numbers.ts'

describe('Thai digits', () => {
  it('writes every digit', () => expect(to_thai_digits('0123456789')).toBe('๐๑๒๓๔๕๖๗๘๙'))
  it('reads every digit and leaves the rest', () => expect(from_thai_digits('คำสั่งที่ ๔๗๘/๒๕๖๔')).toBe('คำสั่งที่ 478/2564'))
})

describe('numbers as people type them', () => {
  const cases: [typed: string, decimal: string | null][] = [
    ['12.5', '12.5'],
    ['๑๒.๕', '12.5'],
    ['1,234,567.50', '1234567.5'],
    ['12,34', null],
    ['007', '7'],
    ['0.0', '0'],
    ['-0', '0'],
    ['−3.5', '-3.5'],
    [' 40 ', '40'],
    ['1e5', null],
    ['12 บาท', null],
    ['', null],
  ]
  it.each(cases)('reads %s as %s', (typed, decimal) => expect(parse_decimal(typed)).toBe(decimal))
  it('keeps digits that a double would lose', () => expect(parse_decimal('12345678901234567.89')).toBe('12345678901234567.89'))
})

describe('numbers as they are shown', () => {
  it('groups thousands', () => expect(format_decimal('1234567.5')).toBe('1,234,567.5'))
  it('shows a dash for nothing', () => expect(format_decimal(null)).toBe('–'))
  it('shows a true minus', () => expect(format_decimal('-3')).toBe('−3'))
  it('shows sizes of files', () => expect([format_bytes(900), format_bytes(20_480), format_bytes(5_242_880)]).toEqual(['900 B', '20 KB', '5.0 MB']))
})
