import { describe, expect, it } from 'vitest'
import { filter_of, search_of } from './filter.ts'

const now = Date.parse('2026-11-25T10:20:30.000Z')
const asked = (address: string) => filter_of(search_of(name => new URLSearchParams(address).get(name)), now, 3)

describe('a list of cases by its address', () => {
  it.each([
    ['', {}],
    ['?view=mine', { whose: 'mine', open: 1 }],
    ['?view=told', { whose: 'told', open: 1 }],
    ['?view=due&category=drugs', { due_before: '2026-11-28T11:00:00.000Z', open: 1, category: 'drugs' }],
    ['?late=1&district=7001', { due_before: '2026-11-25T10:20:00.000Z', open: 1, district: '7001' }],
    ['?count=settled&from=2026-11-01&to=2026-11-30&district=7001&fiscal_year=2027', { count: 'settled', from: '2026-11-01', to: '2026-11-30', district: '7001', fiscal_year: 2027 }],
    ['?place=700106&late=1', { place: '700106', due_before: '2026-11-25T10:20:00.000Z', open: 1 }],
    ['?open=0&q=', { open: 0 }],
    ['?whose=mine&limit=200', {}], // not words of the page
  ])('%s', (address, filter) => { expect(asked(address)).toEqual(filter) })
})
