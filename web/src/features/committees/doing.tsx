// What every desk of this feature needs: to do something, say what went wrong, and show what is true afterwards.
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { ProblemError } from '../../api/client.ts'
import type { Problem } from '../../api/shapes.ts'
import { Failure } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { ProblemSummary, RemarksProvider } from '../../components/problems.tsx'

export interface Doing { busy: boolean; problem: Problem | null; failure: unknown; run: (work: () => Promise<unknown>, done?: () => void) => void }

/** Runs one act at a time; afterwards everything that this feature shows is asked for again. */
export function useDoing(): Doing {
  const queries = useQueryClient()
  const [busy, set_busy] = useState(false)
  const [problem, set_problem] = useState<Problem | null>(null)
  const [failure, set_failure] = useState<unknown>(null)
  async function run(work: () => Promise<unknown>, done?: () => void) {
    set_busy(true)
    set_problem(null)
    set_failure(null)
    try {
      await work()
      done?.()
      await Promise.all(['meetings', 'bodies', 'assignments', 'matters'].map(key => queries.invalidateQueries({ queryKey: [key] })))
    } catch (error) {
      if (error instanceof ProblemError) set_problem(error.problem)
      else set_failure(error)
    } finally {
      set_busy(false)
    }
  }
  return { busy, problem, failure, run: (work, done) => void run(work, done) }
}

/** What an act answered, beside the fields it speaks of. */
export function Said({ doing, children }: { doing: Doing; children: ReactNode }) {
  return (
    <RemarksProvider fields={doing.problem?.fields}>
      <ProblemSummary problem={doing.problem} />
      {doing.failure !== null && <Failure error={doing.failure} />}
      {children}
    </RemarksProvider>
  )
}

/** A form that does one thing. */
export function ActForm({ doing, label, ready = true, on_cancel, send, children }: { doing: Doing; label: string; ready?: boolean; on_cancel?: () => void; send: () => void; children: ReactNode }) {
  const { t } = useWords()
  return (
    <form className="stack" onSubmit={event => { event.preventDefault(); send() }}>
      <Said doing={doing}>
        {children}
        <div className="buttons">
          <button type="submit" className="button main" disabled={doing.busy || !ready}>{doing.busy ? t('waiting') : label}</button>
          {on_cancel && <button type="button" className="button" onClick={on_cancel}>{t('cancel')}</button>}
        </div>
      </Said>
    </form>
  )
}

export function Unverified({ of }: { of: { verified: boolean } }) {
  const { t } = useWords()
  return of.verified ? null : <span className="mark grey">{t('law.unverified')}</span>
}

/** `"7"`: the version that a change was made from. */
export const if_match = (version: number) => ({ 'If-Match': `"${version}"` })
export const text_or_none = (text: string) => text.trim() || null
