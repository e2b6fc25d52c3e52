// For pages of other features: these parts come with their own words, once the page around them stands.
import { lazy, Suspense, type ComponentProps } from 'react'
import { load_sentences } from '../../app/words.tsx'

const parts = async () => (await Promise.all([import('./SubjectObligations.tsx'), load_sentences('obligations')]))[0]
const LazySubject = lazy(async () => ({ default: (await parts()).SubjectObligations }))
const LazyDesk = lazy(async () => ({ default: (await parts()).DeskObligations }))

export function SubjectObligations(props: ComponentProps<typeof LazySubject>) {
  return <Suspense><LazySubject {...props} /></Suspense>
}
export function DeskObligations() {
  return <Suspense><LazyDesk /></Suspense>
}
