// What is recorded while a page is open shows on it: the server tells what changed (never the contents) by a stream of
// events, and what is shown of it is asked for again. Where the stream does not get through, pages ask by themselves.
import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'

/** Without the stream: how often what is shown is asked for again, and the stream tried anew. */
const polling_ms = 20_000
/** One act often records several entries; they are answered by one reading. */
const gather_ms = 400

interface LedgerEvent { subject_kind: string; subject_id: string }

const keys_of_kind: Record<string, QueryKey[]> = {
  application: [['applications'], ['meetings']],
  call: [['calls']],
  meeting: [['meetings'], ['matters'], ['assignments']],
  committee_member: [['meetings'], ['bodies']],
  agenda_item: [['meetings']],
  assignment: [['assignments'], ['meetings']],
  urgent_matter: [['matters'], ['meetings']],
  resolution: [['meetings'], ['matters'], ['assignments']],
  kpi: [['kpis']],
  project: [['projects']],
  change: [['changes'], ['projects'], ['meetings']],
  obligation: [['obligations'], ['changes'], ['delegations']],
  delegation_order: [['delegations'], ['obligations']],
  case: [['cases'], ['counter']],
  counter: [['counter']],
}

const listeners = new Set<() => void>()
let connected = false
function tell(now_connected: boolean): void {
  connected = now_connected
  for (const listener of listeners) listener()
}

/** True while the stream is up: pages then need not ask by themselves. */
export function useLive(): boolean {
  return useSyncExternalStore(listener => { listeners.add(listener); return () => listeners.delete(listener) }, () => connected)
}

export function keys_to_refresh(events: LedgerEvent[]): QueryKey[] {
  const kinds = new Set(events.map(event => event.subject_kind))
  return [...[...kinds].flatMap(kind => keys_of_kind[kind] ?? []), ...(events.length > 0 ? [['ledger']] : [])]
}

function follow(queries: QueryClient): () => void {
  let stream: EventSource | null = null
  let missed = false
  let waiting: LedgerEvent[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const refresh = (keys: QueryKey[]) => { for (const queryKey of keys) void queries.invalidateQueries({ queryKey }) }
  const everything = () => refresh([['applications'], ['calls'], ['kpis'], ['meetings'], ['matters'], ['assignments'], ['projects'], ['changes'], ['obligations'], ['delegations'], ['cases'], ['counter']])

  const open = () => {
    stream = new EventSource('/api/v1/events')
    stream.onopen = () => {
      tell(true)
      if (missed) everything()
      missed = false
    }
    // The browser tries again by itself, unless the server refused: then `open` is called by the polling below.
    stream.onerror = () => {
      missed = true
      tell(false)
    }
    stream.addEventListener('ledger', event => {
      waiting.push(JSON.parse((event as MessageEvent<string>).data) as LedgerEvent)
      timer ??= setTimeout(() => {
        timer = undefined
        const events = waiting
        waiting = []
        refresh(keys_to_refresh(events))
      }, gather_ms)
    })
  }
  open()
  const poll = setInterval(() => {
    if (connected) return
    if (!document.hidden) everything()
    if (stream?.readyState === EventSource.CLOSED) open()
  }, polling_ms)
  return () => {
    clearInterval(poll)
    clearTimeout(timer)
    stream?.close()
    tell(false)
  }
}

/** Follows the record as long as somebody is signed in. */
export function useFollowing(): void {
  const queries = useQueryClient()
  useEffect(() => follow(queries), [queries])
}
