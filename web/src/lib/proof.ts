// Checks in the browser that an entry stands in the ledger: the bytes of an entry and the tree are those of
// docs/ledger-format.md (RFC 6962), the inclusion proof that of RFC 9162, section 2.1.3.2.
import type { Entry } from '../api/shapes.ts'

type Bytes = Uint8Array<ArrayBuffer>

function joined(parts: Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

async function sha256(...parts: Bytes[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined(parts)))
}

function from_hex(hex: string): Bytes {
  return new Uint8Array((hex.match(/../g) ?? []).map(pair => Number.parseInt(pair, 16)))
}
export function to_hex(bytes: Uint8Array): string {
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
}

function uint64(n: number): Bytes {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(n))
  return bytes
}
function text(written: string): Bytes {
  const bytes = new TextEncoder().encode(written)
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.length)
  return joined([length, bytes])
}

const leaf_mark: Bytes = new Uint8Array([0])
const node_mark: Bytes = new Uint8Array([1])
const format_version: Bytes = new Uint8Array([1])

export function canonical_bytes(entry: Entry): Bytes {
  return joined([
    format_version, uint64(entry.sequence), text(entry.entry_id), text(entry.recorded_at), text(entry.act), text(entry.subject_kind), text(entry.subject_id),
    entry.province === null ? new Uint8Array([0]) : joined([new Uint8Array([1]), text(entry.province)]),
    text(entry.actor_id), text(entry.actor_office_id), text(entry.authority), text(entry.change),
  ])
}

export function leaf_hash(entry: Entry): Promise<Bytes> {
  return sha256(leaf_mark, canonical_bytes(entry))
}
export function node_hash(left: Bytes, right: Bytes): Promise<Bytes> {
  return sha256(node_mark, left, right)
}

/** The root that this entry and its proof lead to; null when the proof has the wrong length. */
export async function root_of_proof(leaf: Bytes, sequence: number, tree_size: number, proof: string[]): Promise<string | null> {
  if (sequence >= tree_size) return null
  let [position, last, hash] = [sequence, tree_size - 1, leaf]
  for (const step of proof) {
    if (last === 0) return null
    const beside = from_hex(step)
    if (position % 2 === 1 || position === last) {
      hash = await node_hash(beside, hash)
      while (position % 2 === 0 && position !== 0) [position, last] = [position / 2, Math.floor(last / 2)]
    } else hash = await node_hash(hash, beside)
    ;[position, last] = [Math.floor(position / 2), Math.floor(last / 2)]
  }
  return last === 0 ? to_hex(hash) : null
}
