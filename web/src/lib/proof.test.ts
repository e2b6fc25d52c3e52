import { describe, expect, it } from 'vitest'
import type { Entry } from '../api/shapes.ts'
import { canonical_bytes, leaf_hash, node_hash, root_of_proof, to_hex } from './proof.ts'

type Bytes = Uint8Array<ArrayBuffer>
const entry = (sequence: number): Entry => ({
  sequence, entry_id: `E${sequence}`, recorded_at: '2021-03-12T09:59:59.000Z', act: 'application.submit', subject_kind: 'application',
  subject_id: 'A1', province: sequence % 2 ? '70' : null, actor_id: 'P', actor_office_id: '', authority: '{}', change: '{"ก":1}',
})

/** The definition itself: the root of n leaves is that of the first k, the largest power of two below n, and of the rest. */
async function root(leaves: Bytes[]): Promise<Bytes> {
  if (leaves.length === 1) return leaves[0]!
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1))
  return node_hash(await root(leaves.slice(0, k)), await root(leaves.slice(k)))
}
async function proof(leaves: Bytes[], at: number): Promise<string[]> {
  if (leaves.length === 1) return []
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1))
  const [inside, beside, position] = at < k ? [leaves.slice(0, k), leaves.slice(k), at] : [leaves.slice(k), leaves.slice(0, k), at - k]
  return [...(await proof(inside, position)), to_hex(await root(beside))]
}

describe('an entry of the ledger', () => {
  it('begins with the version of its form and the sequence, and counts lengths in bytes of UTF-8', () => {
    const bytes = canonical_bytes(entry(1))
    expect([...bytes.slice(0, 15)]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0x45, 0x31])
    expect([...bytes.slice(-13, -9)]).toEqual([0, 0, 0, 9])
  })

  it('leads to the root of its tree, whatever its place and the size of the tree', async () => {
    for (const size of [1, 2, 3, 5, 8, 13]) {
      const leaves = await Promise.all(Array.from({ length: size }, (_, at) => leaf_hash(entry(at))))
      const wanted = to_hex(await root(leaves))
      for (let at = 0; at < size; at++)
        expect(await root_of_proof(leaves[at]!, at, size, await proof(leaves, at)), `${at} of ${size}`).toBe(wanted)
    }
  })

  it('leads elsewhere when one letter of it was changed, and nowhere with a proof of another length', async () => {
    const leaves = await Promise.all(Array.from({ length: 7 }, (_, at) => leaf_hash(entry(at))))
    const steps = await proof(leaves, 3)
    const changed = await leaf_hash({ ...entry(3), change: '{"ก":2}' })
    expect(await root_of_proof(changed, 3, 7, steps)).not.toBe(to_hex(await root(leaves)))
    expect(await root_of_proof(leaves[3]!, 3, 7, steps.slice(1))).toBeNull()
  })
})
