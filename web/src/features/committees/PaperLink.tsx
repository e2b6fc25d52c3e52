import type { ReactNode } from 'react'
import type { Meeting } from '../../api/shapes.ts'
import { Icon } from '../../components/Icon.tsx'

/** An official paper as PDF, printed by the program from the record. */
export function PaperLink({ of, children }: { of: string; children: ReactNode }) {
  return <a href={`/api/v1${of}`} download className="button"><Icon name="file" />{children}</a>
}

/** Minutes are there once a meeting is open; a circulation has none. */
export const has_minutes = ({ form, state }: Meeting) => form === 'sitting' && !['planned', 'called', 'cancelled'].includes(state)
export const has_call = ({ state }: Meeting) => state !== 'recorded' && state !== 'cancelled'
