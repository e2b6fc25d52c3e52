// Where degrees lie in the drawing of provinces.json, which tools/build-map makes in Mercator.

/** What the drawing spans: the ends of its source, which the drawing does not tell. */
const west = 97.351401
const east = 105.650998
const north = 20.445006
const width = 900
const margin = 4

export interface Spot { x: number; y: number }
export interface Box { x: number; y: number; width: number; height: number }

const radians = Math.PI / 180
const scale = (width - 2 * margin) / ((east - west) * radians)
const down = (latitude: number) => -Math.log(Math.tan(Math.PI / 4 + latitude * radians / 2))

export function spot_of(latitude: number, longitude: number): Spot {
  return { x: (longitude - west) * radians * scale + margin, y: (down(latitude) - down(north)) * scale + margin }
}

/** The corners of an outline, ring by ring: "m x y dx dy … z" again and again, each from where the last ring began. */
export function rings_of(d: string): Spot[][] {
  let start = { x: 0, y: 0 }
  return d.split('z').filter(Boolean).map(ring => {
    const steps = (ring.match(/-?\d+/g) ?? []).map(Number)
    const corners: Spot[] = []
    let at = start
    for (let i = 0; i + 1 < steps.length; i += 2) {
      at = { x: at.x + steps[i]!, y: at.y + steps[i + 1]! }
      corners.push(at)
    }
    start = corners[0]!
    return corners
  })
}

/** The smallest box around all of them, and `margin_share` of its longer side more on each side. */
export function box_around(spots: Spot[], margin_share: number): Box {
  const ends = (values: number[]) => [Math.min(...values), Math.max(...values)] as const
  const [left, right] = ends(spots.map(spot => spot.x))
  const [top, bottom] = ends(spots.map(spot => spot.y))
  const more = margin_share * Math.max(right - left, bottom - top)
  return { x: left - more, y: top - more, width: right - left + 2 * more, height: bottom - top + 2 * more }
}
