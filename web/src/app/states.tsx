import { ProblemError, Unreachable } from '../api/client.ts'
import { Icon } from '../components/Icon.tsx'
import { Link } from './router.tsx'
import { useWords } from './words.tsx'

export function Waiting() {
  const { t } = useWords()
  return <p className="waiting" role="status">{t('waiting')}</p>
}

export function NotFound() {
  const { t } = useWords()
  return (
    <main id="main" tabIndex={-1} className="page">
      <h1>{t('not_found.title')}</h1>
      <p>{t('not_found.text')}</p>
      <p><Link to="/" className="button">{t('nav.desk')}</Link></p>
    </main>
  )
}

/** A refusal that would be the same a second time: trying again is not offered. */
function is_final(error: unknown): boolean {
  return error instanceof ProblemError && (error.problem.status === 403 || error.problem.status === 404)
}

/** What went wrong, in the server's words where it explained itself. */
export function Failure({ error, again }: { error: unknown; again?: () => void }) {
  const { t, lang } = useWords()
  const text = error instanceof ProblemError ? error.problem.message[lang] : error instanceof Unreachable ? t('error.unreachable') : t('error.unexpected')
  const request = error instanceof ProblemError ? error.problem.request_id : undefined
  return (
    <div className="notice bad" role="alert">
      <Icon name="warning" />
      <div>
        <p>{text}</p>
        {request && <p className="small soft">{t('error.request', { id: request })}</p>}
        {again && !is_final(error) && <p><button type="button" className="button" onClick={again}>{t('again')}</button></p>}
      </div>
    </div>
  )
}
