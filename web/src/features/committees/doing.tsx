// What every desk of this feature needs: to do something, say what went wrong, and show what is true afterwards.
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useWords } from '../../app/words.tsx'
import { Said, useDoing as useOneDoing, type Outcome } from '../../components/doing.tsx'

export interface Doing extends Outcome { run: (work: () => Promise<unknown>, done?: () => void) => void }

/** Afterwards everything that this feature shows is asked for again. */
export function useDoing(): Doing {
  const queries = useQueryClient()
  const { run, ...outcome } = useOneDoing()
  return {
    ...outcome,
    run: (work, done) => void run(async () => {
      await work()
      done?.()
      await Promise.all(['meetings', 'bodies', 'assignments', 'matters'].map(key => queries.invalidateQueries({ queryKey: [key] })))
    }),
  }
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
