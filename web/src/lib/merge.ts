// Three-way merge of JSON values: what two people wrote from one starting point becomes one text, and only where both
// changed the same leaf does a person have to choose. Nothing that either of them wrote is ever dropped silently.

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

export interface Conflict { pointer: string; base: Json | undefined; mine: Json | undefined; theirs: Json | undefined }
export interface Merged { value: Json | undefined; conflicts: Conflict[] }

export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]))
  if (is_object(a) && is_object(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)])
    return [...names].every(name => same(a[name], b[name]))
  }
  return false
}

function is_object(value: Json | undefined): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The member that tells the items of a list apart, if every item of every version has its own. */
function key_of(lists: Json[][]): string | null {
  for (const name of ['code', 'fiscal_year']) {
    const unique = lists.every(list => {
      const keys = list.map(item => (is_object(item) ? item[name] : undefined))
      return keys.every(key => key !== undefined && key !== '' && key !== null) && new Set(keys).size === keys.length
    })
    if (unique && lists.some(list => list.length > 0)) return name
  }
  return null
}

function merge_keyed(key: string, base: Json[], mine: Json[], theirs: Json[], pointer: string): Merged {
  const find = (list: Json[], id: Json | undefined) => list.find(item => is_object(item) && item[key] === id)
  const ids = (list: Json[]) => list.map(item => (item as { [name: string]: Json })[key])
  const value: Json[] = []
  const conflicts: Conflict[] = []
  for (const id of new Set([...ids(theirs), ...ids(mine)])) {
    const [b, m, t] = [find(base, id), find(mine, id), find(theirs, id)]
    // Removed by one and left alone by the other: removed. Removed by one and changed by the other: the change stays.
    if ((m === undefined && same(b, t)) || (t === undefined && same(b, m))) continue
    const merged = m === undefined || t === undefined ? { value: m ?? t, conflicts: [] } : merge(b, m, t, `${pointer}/${value.length}`)
    value.push(merged.value!)
    conflicts.push(...merged.conflicts)
  }
  return { value, conflicts }
}

function merge_lists(base: Json[], mine: Json[], theirs: Json[], pointer: string): Merged {
  const key = key_of([base, mine, theirs])
  if (key) return merge_keyed(key, base, mine, theirs, pointer)
  const kept = base.length
  if (mine.length < kept || theirs.length < kept)
    return { value: mine, conflicts: [{ pointer, base, mine, theirs }] }
  const value: Json[] = []
  const conflicts: Conflict[] = []
  for (let i = 0; i < kept; i++) {
    const merged = merge(base[i], mine[i], theirs[i], `${pointer}/${i}`)
    value.push(merged.value!)
    conflicts.push(...merged.conflicts)
  }
  const their_new = theirs.slice(kept)
  const my_new = mine.slice(kept).filter(item => !their_new.some(other => same(item, other)))
  return { value: [...value, ...their_new, ...my_new], conflicts }
}

export function merge(base: Json | undefined, mine: Json | undefined, theirs: Json | undefined, pointer = ''): Merged {
  if (same(mine, theirs) || same(base, theirs)) return { value: mine, conflicts: [] }
  if (same(base, mine)) return { value: theirs, conflicts: [] }
  if (Array.isArray(mine) && Array.isArray(theirs)) return merge_lists(Array.isArray(base) ? base : [], mine, theirs, pointer)
  if (is_object(mine) && is_object(theirs)) {
    const value: { [name: string]: Json } = {}
    const conflicts: Conflict[] = []
    for (const name of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
      const merged = merge(is_object(base) ? base[name] : undefined, mine[name], theirs[name], `${pointer}/${name}`)
      if (merged.value !== undefined) value[name] = merged.value
      conflicts.push(...merged.conflicts)
    }
    return { value, conflicts }
  }
  // `mine` stays in the text until its author decides; `theirs` is kept in the conflict.
  return { value: mine, conflicts: [{ pointer, base, mine, theirs }] }
}

/** A copy of `root` in which the place that the JSON pointer names holds `value`. */
export function with_value(root: Json, pointer: string, value: Json): Json {
  const [, ...path] = pointer.split('/')
  const put = (node: Json, [name, ...rest]: string[]): Json => {
    if (name === undefined) return value
    if (Array.isArray(node)) return node.map((item, i) => (String(i) === name ? put(item, rest) : item))
    const object = is_object(node) ? node : {}
    return { ...object, [name]: put(object[name] ?? null, rest) }
  }
  return put(root, path)
}
