// Cases that were taken here and are not with the server yet. Every case goes through this queue, also on line: what was
// typed stands in the browser before it is sent, so that a connection that breaks at the wrong moment loses nothing. Each
// carries an id that was made here, by which the server knows it again: sending twice makes one case.
//
// What waits holds names and telephone numbers. It is sealed with a key of the officer who took it, which cannot be read
// out by scripts and is thrown away with the last case that waited. docs/safety.md says against whom this helps.
import { api, ProblemError, take, Unreachable } from '../../api/client.ts'
import type { NewCase, Problem, Receipt } from '../../api/shapes.ts'

export interface WaitingCase { client_id: string; taken_at: string; body: NewCase; problem: Problem | null }

/** As it lies in the browser: what can be read without the key says nothing about anybody. */
interface Sealed { client_id: string; person_id: string; taken_at: string; nonce: Uint8Array<ArrayBuffer>; sealed: ArrayBuffer; problem: Problem | null }
interface SealingKey { person_id: string; key: CryptoKey }

const database_name = 'changwat-counter'
const stores = { waiting: 'client_id', keys: 'person_id', kept: 'name' } as const
type Store = keyof typeof stores

let opened: Promise<IDBDatabase> | undefined
function database(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(database_name, 1)
    opening.onupgradeneeded = () => { for (const [name, keyPath] of Object.entries(stores)) opening.result.createObjectStore(name, { keyPath }) }
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error ?? new Error('no storage'))
  }).catch((error: unknown) => { opened = undefined; throw error })
  return opened
}

/** One request in a transaction of its own. Writing ends when it is on the disk, not before. */
async function within<Result>(store: Store, mode: IDBTransactionMode, work: (at: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
  const db = await database()
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(store, mode, { durability: 'strict' })
    const request = work(transaction.objectStore(store))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('not stored'))
  })
}

// ---- what is public and needed off line: lists, names of areas, whose counter this is

export async function keep(name: string, value: unknown): Promise<void> {
  await within('kept', 'readwrite', at => at.put({ name, value }))
}
export async function kept<Value>(name: string): Promise<Value | undefined> {
  const found = await within<{ value: Value } | undefined>('kept', 'readonly', at => at.get(name) as IDBRequest<{ value: Value } | undefined>)
  return found?.value
}

// ---- ids

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** As the server makes them: 48 bits of milliseconds and 80 random bits, five bits a letter. */
export function make_id(now_ms: number, random = crypto.getRandomValues(new Uint8Array(10))): string {
  let bits = BigInt(Math.trunc(now_ms))
  for (const byte of random) bits = (bits << 8n) | BigInt(byte)
  return Array.from({ length: 26 }, (_, i) => crockford[Number((bits >> BigInt(5 * (25 - i))) & 31n)]).join('')
}

// ---- what waits

async function key_of(person_id: string): Promise<CryptoKey> {
  const known = await within<SealingKey | undefined>('keys', 'readonly', at => at.get(person_id) as IDBRequest<SealingKey | undefined>)
  if (known) return known.key
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  await within('keys', 'readwrite', at => at.put({ person_id, key } satisfies SealingKey))
  return key
}

const stored = (client_id: string) => within<Sealed | undefined>('waiting', 'readonly', at => at.get(client_id) as IDBRequest<Sealed | undefined>)
const sealed_ones = () => within<Sealed[]>('waiting', 'readonly', at => at.getAll() as IDBRequest<Sealed[]>)

/** Only one window at a time changes the queue: two would make two keys, or send at once what one had sent. */
async function alone<Result>(work: () => Promise<Result>): Promise<Result> {
  return await navigator.locks.request(database_name, work)
}

async function add(person_id: string, body: NewCase, problem: Problem | null = null): Promise<void> {
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, await key_of(person_id), new TextEncoder().encode(JSON.stringify(body)))
  const { client_id, taken_at } = body
  await within('waiting', 'readwrite', at => at.put({ client_id: client_id!, person_id, taken_at: taken_at!, nonce, sealed, problem } satisfies Sealed))
}

async function remove(person_id: string, client_id: string): Promise<void> {
  await within('waiting', 'readwrite', at => at.delete(client_id))
  const left = (await sealed_ones()).some(one => one.person_id === person_id)
  if (!left) await within('keys', 'readwrite', at => at.delete(person_id))
}

/** What an officer took, in the order of taking. */
export async function waiting_of(person_id: string): Promise<WaitingCase[]> {
  const mine = (await sealed_ones()).filter(one => one.person_id === person_id).toSorted((a, b) => a.client_id.localeCompare(b.client_id))
  if (mine.length === 0) return []
  const key = await key_of(person_id)
  return Promise.all(mine.map(async ({ client_id, taken_at, nonce, sealed, problem }) => {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, key, sealed)
    return { client_id, taken_at, problem, body: JSON.parse(new TextDecoder().decode(plain)) as NewCase }
  }))
}
/** How many cases of other officers wait in this browser: they are sent when these sign in. */
export async function waiting_of_others(person_id: string): Promise<number> {
  return (await sealed_ones()).filter(one => one.person_id !== person_id).length
}
export function take_out(person_id: string, client_id: string): Promise<void> {
  return alone(() => remove(person_id, client_id))
}

// ---- sending

/** An answer that a second try may change: the server is busy, the session ended. Any other refusal waits for the officer. */
function is_passing(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof ProblemError && (error.problem.status === 401 || error.problem.status === 429 || error.problem.status >= 500))
}
function send(body: NewCase): Promise<Receipt> {
  return take(api.POST('/api/v1/cases', { headers: { 'Idempotency-Key': body.client_id! }, body }))
}

/** Stores it, then sends it. Nothing: it waits. A final refusal is thrown; what waited before, to be corrected, still waits. */
export function save(person_id: string, body: NewCase): Promise<Receipt | null> {
  return alone(async () => {
    const waited = await stored(body.client_id!)
    await add(person_id, body)
    try {
      const receipt = await send(body)
      await remove(person_id, body.client_id!)
      return receipt
    } catch (error) {
      if (is_passing(error)) return null
      if (waited && error instanceof ProblemError) await add(person_id, body, error.problem)
      else await remove(person_id, body.client_id!)
      throw error
    }
  })
}

/** Sends what waits, the oldest first, until the server is out of reach. */
export function send_waiting(person_id: string, sent: (waiting: WaitingCase, receipt: Receipt) => void): Promise<void> {
  return alone(async () => {
    for (const waiting of await waiting_of(person_id)) {
      if (waiting.problem) continue
      try {
        const receipt = await send(waiting.body)
        await remove(person_id, waiting.client_id)
        sent(waiting, receipt)
      } catch (error) {
        if (is_passing(error)) return
        if (!(error instanceof ProblemError)) throw error
        const { problem } = error
        const one = await stored(waiting.client_id)
        if (one) await within('waiting', 'readwrite', at => at.put({ ...one, problem } satisfies Sealed))
      }
    }
  })
}
