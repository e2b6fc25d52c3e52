import { describe, expect, it } from 'vitest'
import { photo_facts } from './photo.ts'

/** A JPEG of a camera: only the head, with a moment and a place. */
function camera_photo({ little = true, zone = '+07:00', south = false } = {}): DataView {
  const tiff = new DataView(new ArrayBuffer(400))
  const u16 = (at: number, value: number) => tiff.setUint16(at, value, little)
  const u32 = (at: number, value: number) => tiff.setUint32(at, value, little)
  const put = (at: number, text: string) => [...text].forEach((letter, i) => tiff.setUint8(at + i, letter.charCodeAt(0)))
  const entry = (at: number, tag: number, type: number, count: number, value: number) => { u16(at, tag); u16(at + 2, type); u32(at + 4, count); u32(at + 8, value) }
  const rationals = (at: number, values: [number, number][]) => values.forEach(([up, down], i) => { u32(at + 8 * i, up); u32(at + 8 * i + 4, down) })
  put(0, little ? 'II' : 'MM')
  u16(2, 42)
  u32(4, 8)
  u16(8, 2)
  entry(10, 0x8769, 4, 1, 60)
  entry(22, 0x8825, 4, 1, 120)
  u16(60, 2)
  entry(62, 0x9003, 2, 20, 200)
  entry(74, 0x9011, 2, 7, 230)
  put(200, '2026:11:25 14:30:05')
  put(230, zone)
  u16(120, 4)
  entry(122, 1, 2, 2, 0)
  put(130, south ? 'S' : 'N')
  entry(134, 2, 5, 3, 250)
  entry(146, 3, 2, 2, 0)
  put(154, 'E')
  entry(158, 4, 5, 3, 280)
  rationals(250, [[13, 1], [32, 1], [1212, 100]])
  rationals(280, [[99, 1], [49, 1], [156, 100]])
  const bytes = new Uint8Array(12 + 400)
  bytes.set([0xff, 0xd8, 0xff, 0xe1, 0x01, 0x98, 0x45, 0x78, 0x69, 0x66, 0, 0])
  bytes.set(new Uint8Array(tiff.buffer), 12)
  return new DataView(bytes.buffer)
}

describe('what a camera wrote into a photo', () => {
  it.each([true, false])('is read in either order of bytes (%s)', little => {
    expect(photo_facts(camera_photo({ little }))).toEqual({ taken_at: '2026-11-25T07:30:05.000Z', position: { latitude: '13.5367', longitude: '99.8171' } })
  })
  it('is in the zone of the camera, and south of the equator below zero', () => {
    expect(photo_facts(camera_photo({ zone: '+00:00', south: true }))).toMatchObject({ taken_at: '2026-11-25T14:30:05.000Z', position: { latitude: '-13.5367' } })
  })
  it('is nothing where there is nothing', () => {
    expect(photo_facts(new DataView(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]).buffer))).toEqual({ taken_at: null, position: null })
  })
})
