import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Proposal } from '../../api/shapes.ts'
import { Draft, save_delay_ms, type Backup, type BackupPlace, type DraftServer, type Version } from './draft.ts'

const empty: Proposal = { summary_th: '', agendas: [], kpis: [], benefits: [], unlocks: [], risks_th: '' }

/** A server with versions, as the real one: it refuses a save that does not start from the newest. */
class OneRecord implements DraftServer {
  version = 1
  stored: Proposal = empty
  reachable = true
  saves = 0
  current(): Version { return { proposal: this.stored, etag: `"${this.version}"`, saved_at: `2021-03-01T00:00:0${this.version}.000Z` } }
  write(proposal: Proposal): void { this.stored = proposal; this.version += 1 }
  async save(proposal: Proposal, etag: string) {
    if (!this.reachable) return { kind: 'offline' as const }
    if (etag !== this.current().etag) return { kind: 'stale' as const }
    this.saves += 1
    this.write(proposal)
    return { kind: 'saved' as const, version: this.current() }
  }
  async load() {
    if (!this.reachable) throw new TypeError('network')
    return this.current()
  }
}
class Drawer implements BackupPlace {
  kept: Backup | null = null
  read() { return this.kept }
  write(backup: Backup) { this.kept = backup }
  clear() { this.kept = null }
}

describe('a draft that several people write', () => {
  let server: OneRecord
  let drawer: Drawer
  let draft: Draft
  beforeEach(() => {
    vi.useFakeTimers()
    server = new OneRecord()
    drawer = new Drawer()
    draft = new Draft(server.current(), server, drawer)
  })
  afterEach(() => { draft.stop(); vi.useRealTimers() })
  const type_summary = (text: string) => draft.edit(proposal => ({ ...proposal, summary_th: text }))
  const later = (ms = save_delay_ms) => vi.advanceTimersByTimeAsync(ms)

  it('saves once after a burst of typing', async () => {
    for (const text of ['ก', 'กา', 'การ']) type_summary(text)
    expect(draft.view().saving.kind).toBe('waiting')
    await later()
    expect([server.stored.summary_th, server.saves, draft.view().saving.kind]).toEqual(['การ', 1, 'saved'])
  })

  it('keeps the text in this browser until the server has it', async () => {
    server.reachable = false
    type_summary('ยังไม่ถึงเครื่องแม่ข่าย')
    await later()
    expect([draft.view().saving.kind, drawer.kept?.proposal.summary_th]).toEqual(['offline', 'ยังไม่ถึงเครื่องแม่ข่าย'])
    server.reachable = true
    await later(3_000)
    expect([server.stored.summary_th, drawer.kept]).toEqual(['ยังไม่ถึงเครื่องแม่ข่าย', null])
  })

  it('joins two people’s work in different fields without asking', async () => {
    type_summary('ของฉัน')
    server.write({ ...empty, risks_th: 'ของเขา' })
    await later()
    expect(server.stored).toMatchObject({ summary_th: 'ของฉัน', risks_th: 'ของเขา' })
    expect([draft.view().saving.kind, draft.view().merged]).toEqual(['saved', true])
  })

  it('asks when both changed one field, and loses neither text', async () => {
    type_summary('ของฉัน')
    server.write({ ...empty, summary_th: 'ของเขา' })
    await later()
    expect(draft.view().saving.kind).toBe('conflict')
    expect(draft.view().conflicts).toEqual([{ pointer: '/summary_th', base: '', mine: 'ของฉัน', theirs: 'ของเขา' }])
    expect(server.stored.summary_th).toBe('ของเขา')
    draft.decide('/summary_th', 'ของฉัน\nของเขา')
    await later()
    expect([server.stored.summary_th, draft.view().saving.kind]).toEqual(['ของฉัน\nของเขา', 'saved'])
  })

  it('does not send anything while a conflict waits for its decision', async () => {
    type_summary('ของฉัน')
    server.write({ ...empty, summary_th: 'ของเขา' })
    await later()
    draft.edit(proposal => ({ ...proposal, risks_th: 'พิมพ์ต่อ' }))
    await later(5_000)
    expect(server.stored).toMatchObject({ summary_th: 'ของเขา', risks_th: '' })
    expect(drawer.kept?.proposal).toMatchObject({ summary_th: 'ของฉัน', risks_th: 'พิมพ์ต่อ' })
  })

  it('brings back what a closed tab had not yet saved', async () => {
    drawer.kept = { base: empty, proposal: { ...empty, summary_th: 'ก่อนปิด' }, at: '2021-03-01T00:00:00.000Z' }
    server.write({ ...empty, risks_th: 'ระหว่างนั้น' })
    const reopened = new Draft(server.current(), server, drawer)
    expect(reopened.view()).toMatchObject({ recovered: true, proposal: { summary_th: 'ก่อนปิด', risks_th: 'ระหว่างนั้น' } })
    await later()
    expect(server.stored.summary_th).toBe('ก่อนปิด')
    reopened.stop()
  })

  it('saves what was typed while the last save was on its way', async () => {
    type_summary('หนึ่ง')
    const first = draft.save()
    type_summary('หนึ่งสอง')
    await first
    await later()
    expect([server.stored.summary_th, server.saves]).toEqual(['หนึ่งสอง', 2])
  })

  it('moves my new agenda behind theirs and my KPI with it', async () => {
    const agenda = (title_th: string) => ({ title_th, working_group: 'economy' as const, why_th: '' })
    const kpi = { code: 'A', agenda: 0 } as Proposal['kpis'][number]
    draft.edit(proposal => ({ ...proposal, agendas: [agenda('ของฉัน')], kpis: [kpi] }))
    server.write({ ...empty, agendas: [agenda('ของเขา')] })
    await later()
    expect(server.stored.agendas.map(entry => entry.title_th)).toEqual(['ของเขา', 'ของฉัน'])
    expect(server.stored.kpis[0]!.agenda).toBe(1)
  })
})
