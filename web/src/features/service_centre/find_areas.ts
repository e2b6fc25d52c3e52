interface NamedArea { code: string; name_th: string; name_en: string }

const plain = (text: string) => text.trim().toLowerCase().replace(/^(ตำบล|ต\.|อำเภอ|อ\.|บ้าน|หมู่บ้าน)\s*/, '').replaceAll(/[\s.-]/g, '')

/** Areas whose name in either script holds what was typed; names that begin with it come first, then in the order of codes. */
export function find_areas<Found extends NamedArea>(areas: Found[], typed: string): Found[] {
  const wanted = plain(typed)
  const rank = ({ code, name_th, name_en }: Found) => {
    const names = [plain(name_th), plain(name_en)]
    if (names.includes(wanted)) return 0
    if (code === typed.trim() || names.some(name => name.startsWith(wanted))) return 1
    return names.some(name => name.includes(wanted)) ? 2 : 3
  }
  return areas.map(area => ({ area, rank: rank(area) })).filter(each => each.rank < 3)
    .toSorted((a, b) => a.rank - b.rank || a.area.code.localeCompare(b.area.code)).map(each => each.area)
}
