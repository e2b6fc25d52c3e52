import { describe, expect, it } from 'vitest'
import { make_id } from './queue.ts'

describe('ids made at the counter', () => {
  it('are those that the server makes of the same moment and the same random bytes', () => {
    expect(make_id(0, new Uint8Array(10))).toBe('0'.repeat(26))
    expect(make_id(2 ** 48 - 1, new Uint8Array(10).fill(255))).toBe('7ZZZZZZZZZZZZZZZZZZZZZZZZZ')
    expect(make_id(1_469_918_176_385, new Uint8Array(10))).toBe('01ARYZ6S410000000000000000')
  })
  it('sort by the moment in which they were made', () => {
    const [first, second] = [make_id(1_800_000_000_000), make_id(1_800_000_000_001)]
    expect(first < second).toBe(true)
    expect(first).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
  })
})
