// To do one thing at a time: busy while it runs, and afterwards what was refused or went wrong.
import { useState, type ReactNode } from 'react'
import { ProblemError } from '../api/client.ts'
import type { Problem } from '../api/shapes.ts'
import { Failure } from '../app/states.tsx'
import { ProblemSummary, RemarksProvider } from './problems.tsx'

export interface Outcome { busy: boolean; problem: Problem | null; failure: unknown }
export interface Doing extends Outcome {
  /** True if `work` ended well; `refused` hears the server's problem, which is kept as `problem` too. */
  run: (work: () => Promise<unknown>, refused?: (problem: Problem) => void) => Promise<boolean>
}

export function useDoing(): Doing {
  const [busy, set_busy] = useState(false)
  const [problem, set_problem] = useState<Problem | null>(null)
  const [failure, set_failure] = useState<unknown>(null)
  async function run(work: () => Promise<unknown>, refused?: (problem: Problem) => void) {
    set_busy(true)
    set_problem(null)
    set_failure(null)
    try {
      await work()
      return true
    } catch (error) {
      if (error instanceof ProblemError) { set_problem(error.problem); refused?.(error.problem) }
      else set_failure(error)
      return false
    } finally {
      set_busy(false)
    }
  }
  return { busy, problem, failure, run }
}

/** What an act answered, beside the fields it speaks of. */
export function Said({ doing, children }: { doing: Outcome; children: ReactNode }) {
  return (
    <RemarksProvider fields={doing.problem?.fields}>
      <ProblemSummary problem={doing.problem} />
      {doing.failure !== null && <Failure error={doing.failure} />}
      {children}
    </RemarksProvider>
  )
}
