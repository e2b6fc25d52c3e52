import { describe, expect, it } from 'vitest'
import { bangkok_day, bangkok_moment, fiscal_year_label, format_date, format_moment, format_period, parse_date, parse_year, time_left } from './dates.ts'

describe('dates as people type them', () => {
  const cases: [typed: string, iso: string | null][] = [
    ['23/11/2569', '2026-11-23'],
    ['๒๓/๑๑/๒๕๖๙', '2026-11-23'],
    ['23/11/2026', '2026-11-23'],
    ['23-11-2569', '2026-11-23'],
    ['2569-11-23', '2026-11-23'],
    ['2026-11-23', '2026-11-23'],
    ['12 มีนาคม 2564', '2021-03-12'],
    ['12 มี.ค. 2564', '2021-03-12'],
    ['12 มีค 2564', '2021-03-12'],
    ['๑๒ มีนาคม พ.ศ. ๒๕๖๔', '2021-03-12'],
    ['12 March 2021', '2021-03-12'],
    ['29/2/2567', '2024-02-29'],
    ['29/2/2566', null],
    ['31/4/2564', null],
    ['12 มกรา 25', null],
    ['', null],
  ]
  it.each(cases)('reads %s as %s', (typed, iso) => expect(parse_date(typed)).toBe(iso))
})

describe('years as people type them', () => {
  const cases: [typed: string, year: number | null][] = [['2564', 2021], ['๒๕๖๔', 2021], ['2021', 2021], ['64', null], ['2999', null], ['', null]]
  it.each(cases)('reads %s as %s', (typed, year) => expect(parse_year(typed)).toBe(year))
})

describe('dates as they are shown', () => {
  it('shows a day in Buddhist era without naming the era', () => expect(format_date('2021-03-12', 'th')).toBe('12 มีนาคม 2564'))
  it('shows a day in English in the Gregorian calendar', () => expect(format_date('2021-03-12', 'en')).toBe('12 March 2021'))
  it('shows a UTC evening as the next day in Bangkok', () => expect(format_date('2021-03-12T17:30:00.000Z', 'th', 'short')).toBe('13 มี.ค. 2564'))
  it('shows the last second of the deadline in Bangkok time', () =>
    expect(format_moment('2021-03-12T16:59:59.000Z', 'th')).toBe('12 มีนาคม 2564 เวลา 23.59 น.'))
  it('shows a month of a series', () => expect(format_period('2021-03', 'th')).toBe('มี.ค. 2564'))
  it('shows a quarter of a fiscal year', () => expect(format_period('2021-Q2', 'th')).toBe('ไตรมาส 2/2564'))
  it('shows a whole fiscal year', () => expect(format_period('2021', 'en')).toBe('Fiscal year 2021 (B.E. 2564)'))
  it('names a fiscal year by the year in which it ends', () => expect(fiscal_year_label(2021, 'th')).toBe('ปีงบประมาณ พ.ศ. 2564'))
  it('gives back what it cannot read', () => expect(format_date('not a day', 'th')).toBe('not a day'))
})

describe('moments in Bangkok', () => {
  it('turns a wall-clock time into UTC', () => expect(bangkok_moment('12/3/2564', '16.30')).toBe('2021-03-12T09:30:00.000Z'))
  it('keeps the seconds of a deadline', () => expect(bangkok_moment('2021-03-12', '23:59:59')).toBe('2021-03-12T16:59:59.000Z'))
  it('refuses an hour that does not exist', () => expect(bangkok_moment('2021-03-12', '24:00')).toBeNull())
  it('knows the Bangkok day of a moment', () => expect(bangkok_day('2021-03-12T18:00:00.000Z')).toBe('2021-03-13'))
})

describe('time left', () => {
  const deadline = '2021-03-12T16:59:59.000Z'
  it('counts down to the second', () =>
    expect(time_left(deadline, Date.parse('2021-03-10T15:58:58.000Z'))).toEqual({ past: false, days: 2, hours: 1, minutes: 1, seconds: 1 }))
  it('is past at the deadline itself', () => expect(time_left(deadline, Date.parse(deadline)).past).toBe(true))
})
