import { useQuery } from '@tanstack/react-query'
import { Component, Suspense, useRef, type ReactNode } from 'react'
import { Unreachable } from '../api/client.ts'
import { ChangePasswordFirst, match, SignInFirst, usePath } from './router.tsx'
import { session_query } from './session.ts'
import { Shell } from './Shell.tsx'
import { Failure, NotFound, Waiting } from './states.tsx'
import { useWords } from './words.tsx'

export function App() {
  const path = usePath()
  const found = match(path)
  const session = useQuery(session_query)
  const alone_at = useRef('')
  if (!found) return <NotFound />
  const page = <Guard key={path}><Suspense fallback={<Waiting />}><found.Page /></Suspense></Guard>
  if (found.pattern === '/sign-in') return page
  // The counter takes cases also while the server cannot be asked who is signed in; what is typed there then outlives the
  // moment in which the server is back.
  if (found.pattern === '/cases/new' && !session.data && (session.isPaused || session.error instanceof Unreachable)) alone_at.current = path
  const alone = alone_at.current === path
  if (session.error && !(alone || (session.data && found.pattern === '/cases/new'))) return <Unavailable error={session.error} again={() => void session.refetch()} />
  if (session.data === undefined && !alone) return <Waiting />
  if (session.data === null && !alone) return <SignInFirst />
  if (session.data?.one_time_password && found.pattern !== '/me') return <ChangePasswordFirst />
  return <Shell path={path}>{page}</Shell>
}

function Unavailable({ error, again }: { error: unknown; again: () => void }) {
  const { t } = useWords()
  return <main id="main" tabIndex={-1} className="page"><h1>{t('brand.long')}</h1><Failure error={error} again={again} /></main>
}

/** A page that breaks says so and leaves the rest of the application standing. */
class Guard extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null }
  static getDerivedStateFromError(error: unknown) { return { error } }
  override render() {
    if (this.state.error === null) return this.props.children
    return <Failure error={this.state.error} again={() => location.reload()} />
  }
}
