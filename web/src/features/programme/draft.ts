// The text that somebody is writing, and how it gets to the server. Several people may write at the same time, the network
// may go, the tab may close: what was typed is in memory, then in this browser, then on the server, and is let go of in
// one place only when the next one has it.
import type { Application, Problem, Proposal } from '../../api/shapes.ts'
import { merge, same, with_value, type Conflict, type Json } from '../../lib/merge.ts'

export type Saving =
  | { kind: 'saved' }
  | { kind: 'waiting' }
  | { kind: 'saving' }
  | { kind: 'offline' }
  | { kind: 'conflict' }
  | { kind: 'refused'; problem: Problem }

export interface Version { proposal: Proposal; etag: string; saved_at: string }
export type Answer =
  | { kind: 'saved'; version: Version }
  | { kind: 'stale' }
  | { kind: 'offline' }
  | { kind: 'refused'; problem: Problem }

export interface DraftServer {
  save(proposal: Proposal, etag: string): Promise<Answer>
  load(): Promise<Version>
}
export interface Backup { proposal: Proposal; base: Proposal; at: string }
export interface BackupPlace {
  read(): Backup | null
  write(backup: Backup): void
  clear(): void
}
export interface DraftView { proposal: Proposal; saving: Saving; conflicts: Conflict[]; saved_at: string; merged: boolean; recovered: boolean }

export const save_delay_ms = 900
const retry_delays_ms = [3_000, 8_000, 20_000, 60_000]

/** Positions of agendas are what KPIs refer to: when both sides added agendas, ours move behind theirs. */
export function merge_proposals(base: Proposal, mine: Proposal, theirs: Proposal): { proposal: Proposal; conflicts: Conflict[] } {
  const kept = base.agendas.length
  const added_by_them = Math.max(0, theirs.agendas.length - kept)
  const shifted = added_by_them > 0 && mine.agendas.length > kept
    ? { ...mine, kpis: mine.kpis.map(kpi => (kpi.agenda !== null && kpi.agenda >= kept ? { ...kpi, agenda: kpi.agenda + added_by_them } : kpi)) }
    : mine
  const { value, conflicts } = merge(base as unknown as Json, shifted as unknown as Json, theirs as unknown as Json)
  return { proposal: value as unknown as Proposal, conflicts }
}

export class Draft {
  private view_: DraftView
  private base_: Version
  private timer_: ReturnType<typeof setTimeout> | undefined
  private busy_ = false
  private failures_ = 0
  private listeners_ = new Set<() => void>()

  constructor(start: Version, private readonly server_: DraftServer, private readonly backup_: BackupPlace) {
    this.base_ = start
    this.view_ = { proposal: start.proposal, saving: { kind: 'saved' }, conflicts: [], saved_at: start.saved_at, merged: false, recovered: false }
    this.recover()
  }

  view = (): DraftView => this.view_
  subscribe = (listener: () => void): (() => void) => {
    this.listeners_.add(listener)
    return () => this.listeners_.delete(listener)
  }
  get unsaved(): boolean { return this.view_.saving.kind !== 'saved' }

  edit(change: (proposal: Proposal) => Proposal): void {
    const proposal = change(this.view_.proposal)
    const keep_conflict = this.view_.conflicts.length > 0
    this.show({ proposal, saving: keep_conflict ? { kind: 'conflict' } : { kind: 'waiting' } })
    this.keep_here()
    if (!keep_conflict) this.save_after(save_delay_ms)
  }

  /** Decides one conflict; when the last is decided, the text is saved. */
  decide(pointer: string, value: Json): void {
    const proposal = with_value(this.view_.proposal as unknown as Json, pointer, value) as unknown as Proposal
    const conflicts = this.view_.conflicts.filter(conflict => conflict.pointer !== pointer)
    this.show({ proposal, conflicts, saving: conflicts.length > 0 ? { kind: 'conflict' } : { kind: 'waiting' } })
    this.keep_here()
    if (conflicts.length === 0) void this.save()
  }

  /** Something newer was seen on the server: take it in without waiting for our next save to be refused. */
  take_in(theirs: Version): void {
    if (theirs.etag === this.base_.etag || this.busy_ || this.view_.conflicts.length > 0) return
    this.merge_with(theirs)
    if (this.view_.saving.kind === 'waiting') this.save_after(save_delay_ms)
  }

  /** The server stored something else of this record (a file): the text is unchanged, its version is newer. */
  async refresh(): Promise<void> {
    this.take_in(await this.server_.load())
  }

  get etag(): string { return this.base_.etag }

  /** Saves now; resolves when the text is on the server or it is clear that it cannot be. */
  async save(): Promise<void> {
    clearTimeout(this.timer_)
    if (this.busy_ || this.view_.conflicts.length > 0) return
    if (same(this.view_.proposal as unknown as Json, this.base_.proposal as unknown as Json)) return this.done(this.base_)
    this.busy_ = true
    const sent = this.view_.proposal
    this.show({ saving: { kind: 'saving' } })
    const answer = await this.server_.save(sent, this.base_.etag)
    this.busy_ = false
    await this.after(answer, sent)
  }

  stop(): void {
    clearTimeout(this.timer_)
    this.listeners_.clear()
  }

  private async after(answer: Answer, sent: Proposal): Promise<void> {
    switch (answer.kind) {
      case 'saved': {
        this.failures_ = 0
        const typed_meanwhile = this.view_.proposal !== sent
        this.base_ = { ...answer.version, proposal: sent }
        if (!typed_meanwhile) return this.done(answer.version)
        this.show({ saving: { kind: 'waiting' }, saved_at: answer.version.saved_at })
        this.keep_here()
        return this.save_after(save_delay_ms)
      }
      case 'stale':
        return this.catch_up()
      case 'offline':
        return this.try_later()
      case 'refused':
        return this.show({ saving: { kind: 'refused', problem: answer.problem } })
    }
  }

  private async catch_up(): Promise<void> {
    try {
      this.merge_with(await this.server_.load())
    } catch {
      return this.try_later()
    }
    if (this.view_.conflicts.length === 0) await this.save()
  }

  private try_later(): void {
    const delay = retry_delays_ms[Math.min(this.failures_, retry_delays_ms.length - 1)]!
    this.failures_ += 1
    this.show({ saving: { kind: 'offline' } })
    this.save_after(delay)
  }

  private merge_with(theirs: Version): void {
    const mine = this.view_.proposal
    const changed_here = !same(mine as unknown as Json, this.base_.proposal as unknown as Json)
    const changed_there = !same(theirs.proposal as unknown as Json, this.base_.proposal as unknown as Json)
    const { proposal, conflicts } = merge_proposals(this.base_.proposal, mine, theirs.proposal)
    this.base_ = theirs
    const saving: Saving = conflicts.length > 0 ? { kind: 'conflict' } : changed_here ? { kind: 'waiting' } : { kind: 'saved' }
    this.show({ proposal, conflicts, saving, merged: this.view_.merged || changed_there, saved_at: theirs.saved_at })
    if (changed_here) this.keep_here()
  }

  private recover(): void {
    const kept = this.backup_.read()
    if (!kept) return
    const { proposal, conflicts } = merge_proposals(kept.base, kept.proposal, this.base_.proposal)
    if (same(proposal as unknown as Json, this.base_.proposal as unknown as Json)) return this.backup_.clear()
    this.view_ = { ...this.view_, proposal, conflicts, recovered: true, saving: conflicts.length > 0 ? { kind: 'conflict' } : { kind: 'waiting' } }
    if (conflicts.length === 0) this.save_after(save_delay_ms)
  }

  private done(version: Version): void {
    this.backup_.clear()
    this.show({ saving: { kind: 'saved' }, saved_at: version.saved_at })
  }
  private keep_here(): void {
    this.backup_.write({ proposal: this.view_.proposal, base: this.base_.proposal, at: new Date().toISOString() })
  }
  private save_after(ms: number): void {
    clearTimeout(this.timer_)
    this.timer_ = setTimeout(() => void this.save(), ms)
  }
  private show(change: Partial<DraftView>): void {
    this.view_ = { ...this.view_, ...change }
    for (const listener of this.listeners_) listener()
  }
}

export function version_of(application: Application, etag: string): Version {
  return { proposal: application.proposal, etag, saved_at: application.updated_at }
}
