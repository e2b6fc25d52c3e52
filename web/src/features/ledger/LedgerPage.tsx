import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api, take } from '../../api/client.ts'
import type { Entry, TreeHead } from '../../api/shapes.ts'
import { Link, navigate, useAddressPart } from '../../app/router.tsx'
import { has_role, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords, type Key, type Translate } from '../../app/words.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useProvinces } from '../../components/provinces.ts'
import { format_moment } from '../../lib/dates.ts'
import { format_decimal } from '../../lib/numbers.ts'
import { leaf_hash, root_of_proof } from '../../lib/proof.ts'

const window_size = 50
const entries_of_record_max = 200
const kinds = ['application', 'call', 'project', 'change', 'kpi', 'meeting', 'resolution', 'power_grant', 'person', 'office'] as const

/** What was recorded: of one record, or all of it, latest first. */
export function LedgerPage() {
  const { t } = useWords()
  const me = useMe()
  const subject_kind = useAddressPart('subject_kind')
  const subject_id = useAddressPart('subject_id')
  const head = useQuery({ queryKey: ['ledger', 'head'], queryFn: () => take(api.GET('/api/v1/ledger/head')) })
  const of_record = subject_kind !== '' && subject_id !== ''
  return (
    <>
      <header className="page-head">
        <h1>{t('ledger.title')}</h1>
        <p className="soft">{t('ledger.text')}</p>
      </header>
      {!has_role(me, 'auditor', 'opdc', 'moi', 'administrator')
        ? <p className="empty"><Icon name="lock" /><span>{t('ledger.who')} <a href="/ledger.html">{t('ledger.public')}</a></span></p>
        : (
          <>
            {head.error && <Failure error={head.error} again={() => void head.refetch()} />}
            {!head.data && !head.error && <Waiting />}
            {head.data && <Summary entries={head.data.entries} head={head.data.head} />}
            <Search key={`${subject_kind} ${subject_id}`} kind={subject_kind} id={subject_id} />
            {of_record ? <OfRecord kind={subject_kind} id={subject_id} head={head.data?.head ?? null} />
              : head.data && <All count={head.data.entries} head={head.data.head} />}
            <HowToVerify head={head.data?.head ?? null} />
          </>
        )}
    </>
  )
}

function Summary({ entries, head }: { entries: number; head: TreeHead | null }) {
  const { t, lang } = useWords()
  return (
    <section className="panel" aria-label={t('ledger.head')}>
      <dl className="facts">
        <dt>{t('ledger.entries')}</dt><dd><b className="number">{format_decimal(entries)}</b></dd>
        <dt>{t('ledger.head')}</dt>
        <dd>{head ? t('ledger.signed', { n: format_decimal(head.tree_size), at: format_moment(head.signed_at, lang) }) : t('ledger.no_head')}</dd>
        {head && <><dt>{t('ledger.root')}</dt><dd><code>{head.root}</code></dd></>}
      </dl>
    </section>
  )
}

function Search({ kind, id }: { kind: string; id: string }) {
  const { t } = useWords()
  const [chosen, set_chosen] = useState(kind)
  const [typed, set_typed] = useState(id)
  const seek = (event: FormEvent) => {
    event.preventDefault()
    navigate({ to: '/ledger', search: { subject_kind: chosen, subject_id: typed.trim() } })
  }
  return (
    <form className="panel stack" onSubmit={seek} aria-label={t('ledger.search')}>
      <div className="pair">
        <ChoiceField pointer="/subject_kind" label={t('ledger.kind')} value={chosen} on_change={set_chosen} options={kinds.map(value => ({ value: value as string, label: t(`ledger.kind.${value}`) }))} />
        <TextField pointer="/subject_id" label={t('ledger.record')} hint={t('ledger.record_hint')} max={100} value={typed} on_change={set_typed} />
      </div>
      <p className="buttons">
        <button type="submit" className="button" disabled={chosen === '' || typed.trim() === ''}>{t('ledger.show_record')}</button>
        {id !== '' && <Link to="/ledger" className="button">{t('ledger.show_all')}</Link>}
      </p>
    </form>
  )
}

function OfRecord({ kind, id, head }: { kind: string; id: string; head: TreeHead | null }) {
  const { t } = useWords()
  const { data, error, refetch } = useQuery({
    queryKey: ['ledger', 'entries', kind, id],
    queryFn: () => take(api.GET('/api/v1/ledger/entries', { params: { query: { subject_kind: kind, subject_id: id, limit: entries_of_record_max } } })),
  })
  if (error) return <Failure error={error} again={() => void refetch()} />
  if (!data) return <Waiting />
  return (
    <section className="stack" aria-labelledby="entries-title">
      <h2 id="entries-title">{t('ledger.of_record', { n: data.items.length })}</h2>
      {data.items.length === 0 ? <p className="empty">{t('ledger.none')}</p> : <Entries list={data.items.toReversed()} head={head} />}
      {data.next !== null && <p className="soft small">{t('ledger.first_only', { n: entries_of_record_max })}</p>}
    </section>
  )
}

function All({ count, head }: { count: number; head: TreeHead | null }) {
  const { t } = useWords()
  const [back_by, set_back] = useState(0)
  const until = count - back_by * window_size
  const from = Math.max(0, until - window_size)
  const { data, error, refetch } = useQuery({
    queryKey: ['ledger', 'entries', 'all', from, until],
    enabled: until > from,
    // The cursor is the last sequence that is not wanted.
    queryFn: () => take(api.GET('/api/v1/ledger/entries', { params: { query: { limit: until - from, ...(from > 0 && { cursor: from - 1 }) } } })),
    placeholderData: previous => previous,
  })
  return (
    <section className="stack" aria-labelledby="entries-title">
      <h2 id="entries-title">{t('ledger.all')}</h2>
      {error && <Failure error={error} again={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && <Entries list={data.items.toReversed()} head={head} />}
      <p className="buttons no-print">
        <button type="button" className="button" disabled={back_by === 0} onClick={() => set_back(back_by - 1)}>{t('ledger.newer')}</button>
        <button type="button" className="button" disabled={from === 0} onClick={() => set_back(back_by + 1)}>{t('ledger.older')}</button>
      </p>
    </section>
  )
}

/** The sentence for an act, or the act's own name where this page was built before it. */
function act_name(t: Translate, act: string): string {
  const key = `ledger.act.${act}` as Key
  const sentence = t(key)
  return sentence === key ? act : sentence
}

function Entries({ list, head }: { list: Entry[]; head: TreeHead | null }) {
  const { t, lang } = useWords()
  const provinces = useProvinces()
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={t('ledger.title')}>
      <table className="stacking">
        <thead><tr><th scope="col" className="number">{t('ledger.sequence')}</th><th scope="col">{t('ledger.when')}</th><th scope="col">{t('ledger.what')}</th><th scope="col">{t('ledger.by')}</th><th scope="col">{t('ledger.check')}</th></tr></thead>
        <tbody>
          {list.map(entry => (
            <tr key={entry.sequence}>
              <td className="number" data-label={t('ledger.sequence')}>{entry.sequence}</td>
              <td data-label={t('ledger.when')}>{format_moment(entry.recorded_at, lang, 'short')}</td>
              <td data-label={t('ledger.what')}>
                <div>
                  <b>{act_name(t, entry.act)}</b>{entry.province !== null && ` · ${provinces.name(entry.province)}`}<br />
                  <Subject entry={entry} />
                  <Contents entry={entry} />
                </div>
              </td>
              <td data-label={t('ledger.by')}><Power entry={entry} /></td>
              <td data-label={t('ledger.check')}><Check entry={entry} head={head} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Subject({ entry: { subject_kind, subject_id } }: { entry: Entry }) {
  const { t } = useWords()
  return (
    <span className="small">
      <Link to="/ledger" search={{ subject_kind, subject_id }}>{t('ledger.same_record')}</Link>
      {subject_kind === 'application' && <> · <Link to="/applications/$application_id" params={{ application_id: subject_id }}>{t('ledger.open')}</Link></>}
      {subject_kind === 'call' && <> · <Link to="/calls/$call_id" params={{ call_id: subject_id }}>{t('ledger.open')}</Link></>}
      {subject_kind === 'project' && <> · <Link to="/projects/$project_id" params={{ project_id: subject_id }}>{t('ledger.open')}</Link></>}
      {subject_kind === 'change' && <> · <Link to="/changes/$change_id" params={{ change_id: subject_id }}>{t('ledger.open')}</Link></>}
      {subject_kind === 'kpi' && <> · <Link to="/kpis/$kpi_id" params={{ kpi_id: subject_id }}>{t('ledger.open')}</Link></>}
    </span>
  )
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** By what right: the office's role, the source of its power, and whether somebody held that source against the law. */
function Power({ entry: { authority, actor_id } }: { entry: Entry }) {
  const { t, pick } = useWords()
  const { role, source, verified, acting, instruments, grants } = parsed(authority)
  // A person is named by an id of 26 characters, a job of the program by its name.
  if (typeof role !== 'string') return <span className="soft">{t(actor_id.length === 26 ? 'ledger.by_self' : 'ledger.by_system')}</span>
  return (
    <div>
      {t(`role.${role}` as Key)}{acting === true && ` (${t('office.acting')})`}
      {Array.isArray(instruments) && (instruments as { instrument: string; citation_th: string; citation_en: string }[]).slice(0, 1).map(step => <span key={step.instrument} className="small"><br />{pick(step.citation_th, step.citation_en)}</span>)}
      {Array.isArray(grants) && grants.length > 0 && <><br /><span className="small">{t('ledger.by_grant', { n: grants.length })}</span></>}
      {typeof source === 'string' && <><br /><span className="small soft" lang="en">{source}</span></>}
      {verified !== true && <><br /><span className="mark grey">{t('ledger.unverified')}</span></>}
    </div>
  )
}

function Contents({ entry }: { entry: Entry }) {
  const { t } = useWords()
  const members: [string, unknown][] = [...Object.entries(parsed(entry.change)), ['subject', `${entry.subject_kind} ${entry.subject_id}`], ['actor', entry.actor_id], ['office', entry.actor_office_id], ['entry_id', entry.entry_id]]
  return (
    <details className="small">
      <summary>{t('ledger.contents')}</summary>
      <dl className="contents">{members.map(([name, value]) => <div key={name}><dt><code>{name}</code></dt><dd><code>{typeof value === 'string' ? value : JSON.stringify(value)}</code></dd></div>)}</dl>
    </details>
  )
}

type Checked = 'untried' | 'busy' | 'stands' | 'differs' | 'failed'

/** Computes the entry's place in the tree here, in the browser, and holds it against the signed head. */
function Check({ entry, head }: { entry: Entry; head: TreeHead | null }) {
  const { t } = useWords()
  const [checked, set_checked] = useState<Checked>('untried')
  if (!head || entry.sequence >= head.tree_size) return <span className="soft small">{t('ledger.not_sealed')}</span>
  async function check(sealed: TreeHead) {
    set_checked('busy')
    try {
      const { proof } = await take(api.GET('/api/v1/ledger/proof/inclusion', { params: { query: { sequence: entry.sequence, tree_size: sealed.tree_size } } }))
      const root = await root_of_proof(await leaf_hash(entry), entry.sequence, sealed.tree_size, proof)
      set_checked(root === sealed.root ? 'stands' : 'differs')
    } catch {
      set_checked('failed')
    }
  }
  return (
    <span role="status">
      {checked === 'stands' && <span className="mark green"><Icon name="check" />{t('ledger.stands')}</span>}
      {checked === 'differs' && <span className="mark red"><Icon name="cross" />{t('ledger.differs')}</span>}
      {checked !== 'stands' && checked !== 'differs' && (
        <button type="button" className="button small-button" disabled={checked === 'busy'} onClick={() => void check(head)}>
          {t(checked === 'failed' ? 'again' : 'ledger.check_here')}<span className="hidden-visually"> {entry.sequence}</span>
        </button>
      )}
    </span>
  )
}

function HowToVerify({ head }: { head: TreeHead | null }) {
  const { t } = useWords()
  return (
    <section className="panel stack" aria-labelledby="verify-title">
      <h2 id="verify-title">{t('ledger.how')}</h2>
      <ol className="plain-list">
        <li>{t('ledger.how.here')}</li>
        <li>{t('ledger.how.keep')} <a href="/api/v1/ledger/head" download="head.json">head.json</a></li>
        <li>{t('ledger.how.export')}<br /><code>changwat export ledger --out ledger.jsonl</code></li>
        <li>{t('ledger.how.run')}<br /><code>changwat ledger verify ledger.jsonl --key {t('ledger.how.key')} --known-head head.json</code><br /><code>tools/verify-ledger ledger.jsonl --key {t('ledger.how.key')} --known-head head.json</code></li>
        <li>{t('ledger.how.later')}<br /><code>/api/v1/ledger/proof/consistency?from={t('ledger.how.old')}&amp;to={head?.tree_size ?? '…'}</code></li>
      </ol>
      <p className="soft">{t('ledger.how.not')}</p>
    </section>
  )
}
