import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ProblemError, take } from '../../api/client.ts'
import { session_query, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { TextField } from '../../components/fields.tsx'
import { Sure } from '../../components/Sure.tsx'
import { Icon } from '../../components/Icon.tsx'
import { ProblemSummary, RemarksProvider } from '../../components/problems.tsx'
import { format_date, format_moment, parse_date } from '../../lib/dates.ts'
import { device_name } from '../../lib/device.ts'
import { from_thai_digits } from '../../lib/numbers.ts'

export function MyAccount() {
  const { t, pick } = useWords()
  const me = useMe()
  if (me?.one_time_password)
    return (
      <>
        <header className="page-head"><h1>{t('me.one_time')}</h1><p className="soft">{pick(me.name_th, me.name_en)}</p></header>
        <p className="notice"><Icon name="info" /><span>{t('me.one_time_text')}</span></p>
        <Password />
      </>
    )
  return (
    <>
      <header className="page-head"><h1>{t('nav.me')}</h1><p className="soft">{me && pick(me.name_th, me.name_en)}</p></header>
      <Sessions />
      <Password />
      <SecondFactor />
      <Tokens />
    </>
  )
}

function problem_of(error: unknown) {
  return error instanceof ProblemError ? error.problem : null
}

function Sessions() {
  const { t, lang } = useWords()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery({ queryKey: ['me', 'sessions'], queryFn: () => take(api.GET('/api/v1/me/sessions')) })
  const end = useMutation({
    mutationFn: (session_id: string) => take(api.DELETE('/api/v1/me/sessions/{session_id}', { params: { path: { session_id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['me', 'sessions'] }),
  })
  return (
    <section className="panel stack" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t('me.sessions')}</h2>
      <p className="soft">{t('me.sessions_text')}</p>
      {(error ?? end.error) && <Failure error={error ?? end.error} again={() => void refetch()} />}
      {!data && !error && <Waiting />}
      <ul className="rows">
        {data?.items.map(session => (
          <li key={session.session_id}>
            <span><b title={session.user_agent}>{device_name(session.user_agent)}</b> {session.current && <span className="mark teal">{t('me.current')}</span>}<br />
              <span className="small soft">{session.address} · {t('me.last_seen', { at: format_moment(session.last_seen_at, lang, 'short') })}</span></span>
            {!session.current && <button type="button" className="button" disabled={end.isPending} onClick={() => end.mutate(session.session_id)}>{t('me.end_session')}<span className="hidden-visually"> {device_name(session.user_agent)}, {format_moment(session.last_seen_at, lang, 'short')}</span></button>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Password() {
  const { t } = useWords()
  const queries = useQueryClient()
  const [old_password, set_old] = useState('')
  const [new_password, set_new] = useState('')
  const [again, set_again] = useState('')
  const change = useMutation({
    mutationFn: () => take(api.POST('/api/v1/me/password', { body: { old_password, new_password } })),
    async onSuccess() {
      set_old('')
      set_new('')
      set_again('')
      await Promise.all([queries.invalidateQueries({ queryKey: ['me', 'sessions'] }), queries.invalidateQueries({ queryKey: session_query.queryKey })])
    },
  })
  const problem = problem_of(change.error)
  const differ = again !== '' && again !== new_password
  return (
    <section className="panel stack" aria-labelledby="password-title">
      <h2 id="password-title">{t('me.password')}</h2>
      <p className="soft">{t('me.password_text')}</p>
      {change.isSuccess && <p className="notice good" role="status"><Icon name="check" /><span>{t('me.password_done')}</span></p>}
      <RemarksProvider fields={problem?.fields}>
        <ProblemSummary problem={problem} />
        {change.error && !problem && <Failure error={change.error} />}
        <form className="stack" onSubmit={event => { event.preventDefault(); if (!differ) change.mutate() }}>
          <TextField pointer="/old_password" label={t('me.password_old')} type="password" auto_complete="current-password" max={200} value={old_password} on_change={set_old} />
          <div className="pair">
            <TextField pointer="/new_password" label={t('me.password_new')} hint={t('me.password_hint')} type="password" auto_complete="new-password" max={200} value={new_password} on_change={set_new} />
            <TextField pointer="/again" label={t('me.password_again')} type="password" auto_complete="new-password" max={200} value={again} on_change={set_again} error={differ ? t('me.password_differ') : undefined} />
          </div>
          <p><button type="submit" className="button" disabled={change.isPending || old_password === '' || new_password === '' || again !== new_password}>{t('me.password_go')}</button></p>
        </form>
      </RemarksProvider>
    </section>
  )
}

function SecondFactor() {
  const { t } = useWords()
  const me = useMe()
  const queries = useQueryClient()
  const [code, set_code] = useState('')
  const changed = () => queries.invalidateQueries({ queryKey: session_query.queryKey })
  const begin = useMutation({ mutationFn: () => take(api.POST('/api/v1/me/second_factor')) })
  const confirm = useMutation({
    mutationFn: () => take(api.POST('/api/v1/me/second_factor/confirm', { body: { code: from_thai_digits(code).replace(/\s/g, '') } })),
    async onSuccess() { begin.reset(); set_code(''); await changed() },
  })
  const remove = useMutation({ mutationFn: () => take(api.DELETE('/api/v1/me/second_factor')), onSuccess: changed })
  const problem = problem_of(confirm.error) ?? problem_of(begin.error) ?? problem_of(remove.error)
  const on = me?.second_factor ?? false
  return (
    <section className="panel stack" aria-labelledby="factor-title">
      <h2 id="factor-title">{t('me.factor')}</h2>
      <p className={`notice ${on ? 'good' : ''}`}><Icon name={on ? 'check' : 'warning'} /><span>{t(on ? 'me.factor_on' : 'me.factor_off')}</span></p>
      <RemarksProvider fields={problem?.fields}>
        <ProblemSummary problem={problem} />
        {begin.data
          ? (
            <form className="stack" onSubmit={event => { event.preventDefault(); confirm.mutate() }}>
              <p><b>{t('me.factor_step1')}</b></p>
              <p><code>{begin.data.secret}</code> · <a href={begin.data.otpauth_uri}>{t('me.factor_open')}</a></p>
              <p><b>{t('me.factor_step2')}</b></p>
              <ul className="codes">{begin.data.recovery_codes.map(recovery => <li key={recovery}><code>{recovery}</code></li>)}</ul>
              <TextField pointer="/code" label={t('me.factor_step3')} value={code} on_change={set_code} input_mode="numeric" auto_complete="one-time-code" max={10} />
              <p><button type="submit" className="button main" disabled={confirm.isPending || code.trim() === ''}>{t('me.factor_confirm')}</button></p>
            </form>
          )
          : on
            ? <Sure question={t('me.sure_factor')} act={t('me.factor_remove')} busy={remove.isPending} go={() => remove.mutate()} />
            : <p><button type="button" className="button main" disabled={begin.isPending} onClick={() => begin.mutate()}>{t('me.factor_begin')}</button></p>}
      </RemarksProvider>
    </section>
  )
}

function Tokens() {
  const { t, lang } = useWords()
  const queries = useQueryClient()
  const [name, set_name] = useState('')
  const [may_write, set_may_write] = useState(false)
  const [expires, set_expires] = useState('')
  const expires_on = parse_date(expires)
  const { data } = useQuery({ queryKey: ['me', 'tokens'], queryFn: () => take(api.GET('/api/v1/me/tokens')) })
  const changed = () => queries.invalidateQueries({ queryKey: ['me', 'tokens'] })
  const make = useMutation({
    mutationFn: (day: string) => take(api.POST('/api/v1/me/tokens', { body: { name, scopes: may_write ? ['read', 'write'] : ['read'], expires_on: day } })),
    async onSuccess() { set_name(''); set_may_write(false); set_expires(''); await changed() },
  })
  const revoke = useMutation({ mutationFn: (token_id: string) => take(api.DELETE('/api/v1/me/tokens/{token_id}', { params: { path: { token_id } } })), onSuccess: changed })
  const problem = problem_of(make.error) ?? problem_of(revoke.error)
  return (
    <section className="panel stack" aria-labelledby="tokens-title">
      <h2 id="tokens-title">{t('me.tokens')}</h2>
      <p className="soft">{t('me.tokens_text')}</p>
      {make.data && <div className="notice good" role="status"><Icon name="check" /><div><p>{t('me.token_made')}</p><p><code>{make.data.secret}</code></p></div></div>}
      {data?.items.length === 0 && <p className="soft">{t('me.tokens_none')}</p>}
      <ul className="rows">
        {data?.items.map(token => (
          <li key={token.token_id}>
            <span><b>{token.name}</b><br /><span className="small soft">{t(token.scopes.includes('write') ? 'me.token_write' : 'me.token_read')} · {t('me.token_until', { at: format_date(token.expires_on, lang) })}</span></span>
            <Sure question={t('me.sure_token')} act={t('me.revoke')} of={token.name} busy={revoke.isPending} go={() => revoke.mutate(token.token_id)} />
          </li>
        ))}
      </ul>
      <RemarksProvider fields={problem?.fields}>
        <ProblemSummary problem={problem} />
        <form className="stack" onSubmit={event => { event.preventDefault(); if (expires_on) make.mutate(expires_on) }}>
          <div className="pair">
            <TextField pointer="/name" label={t('me.token_name')} max={100} value={name} on_change={set_name} />
            <TextField pointer="/expires_on" label={t('me.token_expires')} hint={t('me.token_expires_hint')} max={30} value={expires} on_change={set_expires}
              error={expires.trim().length >= 8 && !expires_on ? t('me.token_bad_date') : undefined} />
          </div>
          <label className="check"><input type="checkbox" checked={may_write} onChange={event => set_may_write(event.target.checked)} />{t('me.token_write')}</label>
          <p><button type="submit" className="button" disabled={make.isPending || name.trim() === '' || !expires_on}><Icon name="plus" />{t('me.token_make')}</button></p>
        </form>
      </RemarksProvider>
    </section>
  )
}
