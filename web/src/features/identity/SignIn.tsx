import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api, keep_csrf_token, ProblemError, take } from '../../api/client.ts'
import type { Problem, Provider } from '../../api/shapes.ts'
import { navigate_back_from_sign_in, return_path } from '../../app/router.tsx'
import { session_query } from '../../app/session.ts'
import { Failure } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { TextField } from '../../components/fields.tsx'
import { Icon, Wordmark } from '../../components/Icon.tsx'
import { ProblemSummary, RemarksProvider } from '../../components/problems.tsx'
import { from_thai_digits } from '../../lib/numbers.ts'

export function SignIn() {
  const { t, lang } = useWords()
  return (
    <main id="main" tabIndex={-1} className="entrance">
      <div className="entrance-card">
        <p className="brand"><Wordmark /><span><b>{t('brand')}</b><small>{t('brand.long')}</small></span></p>
        <h1>{t('sign_in.title')}</h1>
        <Form />
        <p className="entrance-links small">
          <a href="/">{t('nav.public')}</a>
          <a href={lang === 'th' ? '?lang=en' : '?lang=th'} lang={lang === 'th' ? 'en' : 'th'} hrefLang={lang === 'th' ? 'en' : 'th'}>{lang === 'th' ? 'English' : 'ไทย'}</a>
        </p>
      </div>
    </main>
  )
}

function Form() {
  const { t } = useWords()
  const queries = useQueryClient()
  const [username, set_username] = useState('')
  const [password, set_password] = useState('')
  const [code, set_code] = useState('')
  const [asks_code, set_asks_code] = useState(false)
  const [busy, set_busy] = useState(false)
  const [problem, set_problem] = useState<Problem | null>(null)
  const [failure, set_failure] = useState<unknown>(null)

  async function sign_in(event: FormEvent) {
    event.preventDefault()
    set_busy(true)
    set_problem(null)
    set_failure(null)
    try {
      const given = asks_code ? { username, password, code: from_thai_digits(code).replace(/\s/g, '') } : { username, password }
      const me = await take(api.POST('/api/v1/session', { body: given }))
      keep_csrf_token(me.csrf_token)
      queries.clear()
      queries.setQueryData(session_query.queryKey, me)
      navigate_back_from_sign_in()
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'second_factor_required' && !asks_code) set_asks_code(true)
      else if (error instanceof ProblemError) set_problem(error.problem)
      else set_failure(error)
    } finally {
      set_busy(false)
    }
  }

  return (
    <RemarksProvider fields={problem?.fields}>
      <form onSubmit={event => void sign_in(event)} className="stack">
        <ProblemSummary problem={problem} />
        {failure !== null && <Failure error={failure} />}
        {asks_code
          ? (
            <>
              <p>{t('sign_in.code_text')}</p>
              <TextField key="code" pointer="/code" label={t('sign_in.code')} value={code} on_change={set_code} input_mode="numeric" auto_complete="one-time-code" max={14} />
            </>
          )
          : (
            <>
              <TextField pointer="/username" label={t('sign_in.username')} value={username} on_change={set_username} auto_complete="username" max={100} />
              <TextField pointer="/password" label={t('sign_in.password')} type="password" value={password} on_change={set_password} auto_complete="current-password" max={200} />
            </>
          )}
        <button type="submit" className="button main wide" disabled={busy}>{busy ? t('waiting') : t('sign_in.go')}</button>
        {asks_code && <button type="button" className="button wide" onClick={() => { set_asks_code(false); set_code(''); set_problem(null) }}>{t('back')}</button>}
      </form>
      {!asks_code && <Providers return_to={return_path()} />}
    </RemarksProvider>
  )
}

function Providers({ return_to }: { return_to: string }) {
  const { t, pick } = useWords()
  const { data } = useQuery({ queryKey: ['providers'], queryFn: () => take(api.GET('/api/v1/session/providers')), staleTime: Infinity, retry: false })
  if (!data || data.items.length === 0) return null
  const start = (provider: Provider) => `/auth/oidc/${encodeURIComponent(provider.code)}/start?return=${encodeURIComponent(return_to)}`
  return (
    <div className="providers">
      <p className="soft small">{t('sign_in.or')}</p>
      {data.items.map(provider => <a key={provider.code} className="button wide" href={start(provider)}><Icon name="seal" />{t('sign_in.with', { name: pick(provider.name_th, provider.name_en) })}</a>)}
    </div>
  )
}
