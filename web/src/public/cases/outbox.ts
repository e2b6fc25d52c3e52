// Reports on this phone: those that wait for the line, and the receipts of those that were sent.
//
// Nothing is lost: a report is in the browser's database before it is sent, and leaves it when the server's receipt is
// there. Nothing is doubled: what is sent again is the same text with the same id, by which the server knows it.
import { call, NoLine, post, Refused } from './server.ts'
import type { Problem, Receipt, TrackedCase } from './shapes.ts'

export interface Photo { key: string; blob: Blob; query: string; refused?: Problem }
export interface Report {
  id: string
  title: string
  written_at: string
  body: string // as it is sent; empty once the receipt is there: name and telephone do not stay on the phone
  photos: Photo[] // still to be sent, or refused
  receipt?: Receipt
  refused?: Problem
}

// ---- the browser's database, or memory where it refuses one

const memory = new Map<string, Report>()
let opened: Promise<IDBDatabase | null> | null = null

function open(): Promise<IDBDatabase | null> {
  opened ??= new Promise(done => {
    try {
      const request = indexedDB.open('reports', 1)
      request.onupgradeneeded = () => request.result.createObjectStore('reports', { keyPath: 'id' })
      request.onsuccess = () => done(request.result)
      request.onerror = () => done(null)
    } catch {
      done(null)
    }
  })
  return opened
}

async function with_store<Out>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<Out>): Promise<Out | null> {
  const database = await open()
  if (!database) return null
  return new Promise((done, fail) => {
    const change = database.transaction('reports', mode)
    const request = work(change.objectStore('reports'))
    change.oncomplete = () => done(request.result)
    change.onabort = () => fail(change.error ?? new Error('the database of the browser is full'))
  })
}

/** Whether reports outlive the page. */
export async function lasts(): Promise<boolean> { return (await open()) !== null }

/** All of them, the newest first. */
export async function reports(): Promise<Report[]> {
  const kept = (await with_store('readonly', store => store.getAll() as IDBRequest<Report[]>)) ?? [...memory.values()]
  return kept.toSorted((a, b) => (a.id < b.id ? 1 : -1))
}
export async function keep(report: Report): Promise<void> {
  if (!(await with_store('readwrite', store => store.put(report)))) memory.set(report.id, report)
}
export async function forget(id: string): Promise<void> {
  memory.delete(id)
  await with_store('readwrite', store => store.delete(id))
}

// ---- sending

export type Progress = (report: Report, step: { photo: number; of: number } | null) => void

/** A clock of the phone that runs ahead must not keep a report away: it goes without the time of writing. */
function without_time(body: string): string {
  return JSON.stringify({ ...(JSON.parse(body) as object), taken_at: null })
}

async function send_words(report: Report): Promise<Receipt> {
  const send = () => post<Receipt>('reports', report.body, { 'idempotency-key': report.id })
  try {
    return await send()
  } catch (error) {
    if (!(error instanceof Refused) || !error.problem.fields.some(field => field.pointer === '/taken_at')) throw error
    report.body = without_time(report.body)
    await keep(report)
    return send()
  }
}

/** Whether a photo is there: one whose answer was lost is refused as known. */
async function send_photo(ticket: string, photo: Photo): Promise<void> {
  try {
    await call('PUT', `/service_centre/tickets/${ticket}/files/${photo.key}?${photo.query}`, photo.blob, { 'content-type': photo.blob.type })
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.status === 429) throw error
    if (error.problem.code !== 'conflict') photo.refused = error.problem
  }
}

async function send_photos(report: Report, tell: Progress): Promise<void> {
  const waiting = report.photos.filter(photo => !photo.refused)
  if (waiting.length === 0) return
  const { ticket } = await post<TrackedCase>('track', JSON.stringify({ code: report.receipt!.tracking_code }))
  for (const [i, photo] of waiting.entries()) {
    tell(report, { photo: i + 1, of: waiting.length })
    await send_photo(ticket, photo)
    report.photos = report.photos.filter(each => each !== photo || each.refused)
    await keep(report)
  }
}

async function send_one(report: Report, tell: Progress): Promise<void> {
  tell(report, null)
  if (!report.receipt) {
    report.receipt = await send_words(report)
    report.body = ''
    await keep(report)
  }
  await send_photos(report, tell)
}

export const is_waiting = (report: Report) => !report.refused && (!report.receipt || report.photos.some(photo => !photo.refused))

/**
 * Sends what waits, the oldest first. Ends at the first that finds no line or is one too many for now, which is thrown; what
 * the server refuses for what it says is kept with the reason.
 */
async function send_waiting(tell: Progress): Promise<void> {
  for (const report of (await reports()).filter(is_waiting).reverse()) {
    try {
      await send_one(report, tell)
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.status === 429) throw error
      if (report.receipt) throw new NoLine() // its photos are tried again
      report.refused = error.problem
      await keep(report)
    }
  }
}

/** One window of the browser sends at a time. */
export async function send_all(tell: Progress): Promise<void> {
  if (!navigator.locks) return send_waiting(tell)
  await navigator.locks.request('reports', () => send_waiting(tell))
}
