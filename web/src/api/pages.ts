import type { Page } from './shapes.ts'

const pages_max = 20

/** All pages of a list, up to a limit that no list of this programme comes near. */
export async function all_pages<Item>(page: (cursor: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  for (let i = 0; i < pages_max; i++) {
    const { items: more, next } = await page(cursor)
    items.push(...more)
    if (!next) break
    cursor = next
  }
  return items
}
