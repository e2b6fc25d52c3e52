import { useQuery } from '@tanstack/react-query'
import { Component, Suspense, type ReactNode } from 'react'
import { ChangePasswordFirst, match, SignInFirst, usePath } from './router.tsx'
import { session_query } from './session.ts'
import { Shell } from './Shell.tsx'
import { Failure, NotFound, Waiting } from './states.tsx'
import { useWords } from './words.tsx'

export function App() {
  const path = usePath()
  const found = match(path)
  const session = useQuery(session_query)
  if (!found) return <NotFound />
  const page = <Guard key={path}><Suspense fallback={<Waiting />}><found.Page /></Suspense></Guard>
  if (found.pattern === '/sign-in') return page
  if (session.error) return <Unavailable error={session.error} again={() => void session.refetch()} />
  if (session.data === undefined) return <Waiting />
  if (session.data === null) return <SignInFirst />
  if (session.data.one_time_password && found.pattern !== '/me') return <ChangePasswordFirst />
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
