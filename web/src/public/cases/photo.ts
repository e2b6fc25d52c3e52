// A photo made small on the phone. Drawing it anew leaves out everything that the camera wrote into the file; when and,
// if the person allows it, where it was taken are read first and travel beside it.

const side_max = 1600
const quality = 0.8
const head_bytes = 128 * 1024

export interface Taken { taken_at?: string; latitude?: string; longitude?: string }
export interface SmallPhoto { blob: Blob; taken: Taken }

export async function shrink(file: File): Promise<SmallPhoto> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, side_max / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const blob = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/jpeg', quality))
  if (!blob) throw new Error('the picture could not be drawn')
  return { blob, taken: taken_of(new DataView(await file.slice(0, head_bytes).arrayBuffer())) }
}

/** When and where a JPEG says it was taken (EXIF 2.3: DateTimeOriginal, OffsetTimeOriginal, GPS); what it does not say is absent. */
export function taken_of(file: DataView): Taken {
  try {
    const start = exif_start(file)
    return start === null ? {} : read_exif(new DataView(file.buffer, file.byteOffset + start))
  } catch {
    return {} // cut short or not as it should be
  }
}

function exif_start(file: DataView): number | null {
  if (file.getUint16(0) !== 0xffd8) return null
  for (let at = 2; at + 10 < file.byteLength; at += 2 + file.getUint16(at + 2)) {
    if (file.getUint16(at) === 0xffe1 && file.getUint32(at + 4) === 0x45786966) return at + 10
    if (file.getUint8(at) !== 0xff) return null
  }
  return null
}

type Entries = Map<number, { type: number; count: number; at: number }>

function read_exif(tiff: DataView): Taken {
  const little = tiff.getUint16(0) === 0x4949
  const u16 = (at: number) => tiff.getUint16(at, little)
  const u32 = (at: number) => tiff.getUint32(at, little)
  const entries = (at: number): Entries => {
    const found: Entries = new Map()
    for (let i = 0; i < u16(at); i++) {
      const entry = at + 2 + i * 12
      const [type, count] = [u16(entry + 2), u32(entry + 4)]
      const bytes = count * ({ 1: 1, 2: 1, 3: 2, 4: 4, 5: 8 }[type] ?? 1)
      found.set(u16(entry), { type, count, at: bytes > 4 ? u32(entry + 8) : entry + 8 })
    }
    return found
  }
  const text = (of: Entries, tag: number) => {
    const entry = of.get(tag)
    if (!entry) return ''
    return Array.from({ length: entry.count }, (_, i) => String.fromCharCode(tiff.getUint8(entry.at + i))).join('').replace(/\0.*$/, '')
  }
  const degrees = (of: Entries, tag: number) => {
    const entry = of.get(tag)
    if (entry?.type !== 5 || entry.count !== 3) return null
    const part = (i: number) => u32(entry.at + i * 8) / u32(entry.at + i * 8 + 4)
    const value = part(0) + part(1) / 60 + part(2) / 3600
    return Number.isFinite(value) ? value : null
  }

  const first = entries(u32(4))
  const [exif_at, gps_at] = [first.get(0x8769), first.get(0x8825)]
  const exif: Entries = exif_at ? entries(u32(exif_at.at)) : new Map()
  const gps: Entries = gps_at ? entries(u32(gps_at.at)) : new Map()
  const taken: Taken = {}
  const moment = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(text(exif, 0x9003))
  if (moment) {
    // Cameras of this country write its wall clock where they name no offset.
    const offset = /^[+-]\d\d:\d\d$/.test(text(exif, 0x9011)) ? text(exif, 0x9011) : '+07:00'
    const at = new Date(`${moment[1]}-${moment[2]}-${moment[3]}T${moment[4]}${offset}`)
    if (!Number.isNaN(at.getTime())) taken.taken_at = at.toISOString()
  }
  const [latitude, longitude] = [degrees(gps, 2), degrees(gps, 4)]
  if (latitude !== null && longitude !== null) {
    taken.latitude = (text(gps, 1) === 'S' ? -latitude : latitude).toFixed(6)
    taken.longitude = (text(gps, 3) === 'W' ? -longitude : longitude).toFixed(6)
  }
  return taken
}

/** What is said beside a photo that is sent. */
export function photo_query(taken: Taken): string {
  const { taken_at, ...place } = taken
  return new URLSearchParams({ ...place, ...(taken_at && Date.parse(taken_at) < Date.now() && { taken_at }) }).toString()
}
