// When and where a photo was taken, as the camera wrote it into the file: Exif 2.3 in the APP1 segment of a JPEG
// (CIPA DC-008). Only the four entries that evidence needs are read; what is not there is not guessed.

export interface PhotoFacts { taken_at: string | null; position: { latitude: string; longitude: string } | null }

const nothing: PhotoFacts = { taken_at: null, position: null }
const head_bytes = 256 * 1024 // the segment is at most 64 KB and stands near the beginning
const bangkok_offset = '+07:00'

export async function read_photo(file: Blob): Promise<PhotoFacts> {
  try {
    return photo_facts(new DataView(await file.slice(0, head_bytes).arrayBuffer()))
  } catch {
    return nothing // a broken head is no reason not to take the photo
  }
}

/** The beginning of the TIFF structure, behind "Exif\0\0". */
function tiff_start(file: DataView): number | null {
  if (file.byteLength < 4 || file.getUint16(0) !== 0xffd8) return null
  for (let at = 2; at + 10 < file.byteLength && file.getUint8(at) === 0xff;) {
    if (file.getUint16(at) === 0xffe1 && file.getUint32(at + 4) === 0x45786966) return at + 10
    at += 2 + file.getUint16(at + 2)
  }
  return null
}

export function photo_facts(file: DataView): PhotoFacts {
  const start = tiff_start(file)
  if (start === null) return nothing
  const little = file.getUint16(start) === 0x4949
  const u16 = (at: number) => file.getUint16(start + at, little)
  const u32 = (at: number) => file.getUint32(start + at, little)
  /** Entries of a directory by tag: where their value, or the pointer to it, stands. */
  const directory = (at: number) => new Map(Array.from({ length: u16(at) }, (_, i) => [u16(at + 2 + 12 * i), at + 2 + 12 * i + 8]))
  const text = (at: number, length: number) => String.fromCharCode(...Array.from({ length }, (_, i) => file.getUint8(start + at + i)))
  const degrees = (at: number) => [0, 1, 2].reduce((sum, i) => sum + u32(at + 8 * i) / (u32(at + 8 * i + 4) || 1) / 60 ** i, 0)

  const first = directory(u32(4))
  const [exif_at, gps_at] = [first.get(0x8769), first.get(0x8825)]
  const exif = exif_at === undefined ? undefined : directory(u32(exif_at))
  const gps = gps_at === undefined ? undefined : directory(u32(gps_at))
  return { taken_at: exif ? moment(exif) : null, position: gps ? position(gps) : null }

  function moment(entries: Map<number, number>): string | null {
    const [at, zone_at] = [entries.get(0x9003), entries.get(0x9011)]
    if (at === undefined) return null
    const match = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(text(u32(at), 19))
    const zone = zone_at === undefined ? bangkok_offset : text(u32(zone_at), 6)
    const date = match ? new Date(`${match[1]}-${match[2]}-${match[3]}T${match[4]}${/^[+-]\d\d:\d\d$/.test(zone) ? zone : bangkok_offset}`) : null
    return date && !Number.isNaN(date.getTime()) ? date.toISOString() : null
  }
  function position(entries: Map<number, number>): PhotoFacts['position'] {
    const [north_at, latitude_at, east_at, longitude_at] = [1, 2, 3, 4].map(tag => entries.get(tag))
    if (latitude_at === undefined || longitude_at === undefined) return null
    const signed = (at: number, ref_at: number | undefined, minus: string) => degrees(u32(at)) * (ref_at !== undefined && text(ref_at, 1) === minus ? -1 : 1)
    const [latitude, longitude] = [signed(latitude_at, north_at, 'S'), signed(longitude_at, east_at, 'W')]
    if (!Number.isFinite(latitude) || !Number.isFinite(longitude) || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null
    return { latitude: String(Number(latitude.toFixed(6))), longitude: String(Number(longitude.toFixed(6))) }
  }
}
