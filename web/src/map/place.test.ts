import { describe, expect, it } from 'vitest'
import { box_around, rings_of, spot_of, type Spot } from './place.ts'
import drawn from './provinces.json'

function lies_in({ x, y }: Spot, ring: Spot[]): boolean {
  let inside = false
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]!
    if (a.y > y !== b.y > y && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x) inside = !inside
  })
  return inside
}
const province_at = (latitude: number, longitude: number) => drawn.provinces.filter(({ d }) => rings_of(d).some(ring => lies_in(spot_of(latitude, longitude), ring))).map(({ code }) => code)

describe('a place in the drawing of provinces', () => {
  it('lies in its province, at every end of the country', () => {
    expect(province_at(13.5368, 99.817)).toEqual(['70']) // Ratchaburi
    expect(province_at(19.9105, 99.8406)).toEqual(['57']) // Chiang Rai
    expect(province_at(15.2287, 104.8564)).toEqual(['34']) // Ubon Ratchathani
    expect(province_at(6.5411, 101.2804)).toEqual(['95']) // Yala
    expect(province_at(16.4419, 102.836)).toEqual(['40']) // Khon Kaen
  })

  it('an outline begins each ring where the one before it began', () => {
    expect(rings_of('m5 5 2 0 0 2zm10 0 1 1 0-1z')).toEqual([[{ x: 5, y: 5 }, { x: 7, y: 5 }, { x: 7, y: 7 }], [{ x: 15, y: 5 }, { x: 16, y: 6 }, { x: 16, y: 5 }]])
  })

  it('a box holds all with a margin of its longer side', () => {
    expect(box_around([{ x: 0, y: 10 }, { x: 20, y: 20 }], 0.1)).toEqual({ x: -2, y: 8, width: 24, height: 14 })
  })
})
