import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { api, take_with_etag } from '../../api/client.ts'
import type { Act, DelegationOrder, OrderContent, Problem } from '../../api/shapes.ts'
import { Link, useLeaveQuestion, useParams } from '../../app/router.tsx'
import { has_role, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords, type Key } from '../../app/words.tsx'
import { Acts, short_name } from '../../components/Acts.tsx'
import { useDoing } from '../../components/doing.tsx'
import { Icon } from '../../components/Icon.tsx'
import { focus_field, ProblemSummary, RemarksProvider } from '../../components/problems.tsx'
import { useProvinces } from '../../components/provinces.ts'
import { format_date, format_moment } from '../../lib/dates.ts'
import '../../styles/plans.css'
import '../../styles/editor.css'
import '../../styles/delegations.css'
import type { AskedAct } from './ActDialog.tsx'
import { SubjectObligations } from '../obligations/embed.tsx'
import { baht } from './chains.ts'
import { OrderForm } from './OrderForm.tsx'
import { OrderMark, Unverified } from './OrderMark.tsx'
import { order_acts_query, order_history_query, order_query } from './queries.ts'

const ActDialog = lazy(async () => ({ default: (await import('./ActDialog.tsx')).ActDialog }))
const UseDialog = lazy(async () => ({ default: (await import('./ActDialog.tsx')).UseDialog }))
const asked_acts: AskedAct[] = ['sign', 'close', 'revoke', 'withdraw']

export function OrderPage() {
  const { order_id } = useParams('/delegation-orders/$order_id')
  const order = useQuery(order_query(order_id))
  const acts = useQuery(order_acts_query(order_id))
  if (order.error) return <Failure error={order.error} again={() => void order.refetch()} />
  if (!order.data) return <Waiting />
  return <Page key={order_id} order={order.data.body} etag={order.data.etag} acts={acts.data?.items ?? []} />
}

function Page({ order, etag, acts }: { order: DelegationOrder; etag: string; acts: Act[] }) {
  const { t, pick } = useWords()
  const me = useMe()
  const provinces = useProvinces()
  const queries = useQueryClient()
  const doing = useDoing()
  const [base, set_base] = useState({ content: order.content as OrderContent, etag })
  const [content, set_content] = useState<OrderContent>(order.content)
  const [refused, set_refused] = useState<Problem | null>(null)
  const [asked, set_asked] = useState<AskedAct | null>(null)
  const [using, set_using] = useState<Act | null>(null)
  const writes = acts.some(act => act.act === 'delegation.edit' && act.allowed)
  const dirty = writes && JSON.stringify(content) !== JSON.stringify(base.content)
  // What others saved is taken over, but never under what is being written here: then saving says that it changed.
  useEffect(() => {
    if (dirty || base.etag === etag) return
    set_base({ content: order.content, etag })
    set_content(order.content)
  }, [dirty, base.etag, etag, order.content])
  useLeaveQuestion(dirty ? t('deleg.leave') : null)
  const problem = doing.problem ?? refused

  async function reload() {
    const fresh = await queries.fetchQuery({ ...order_query(order.order_id), staleTime: 0 })
    set_base({ content: fresh.body.content, etag: fresh.etag })
    set_content(fresh.body.content)
    await queries.invalidateQueries({ queryKey: ['delegations'] })
    await queries.invalidateQueries({ queryKey: ['obligations'] })
  }
  const save = () => doing.run(async () => {
    set_refused(null)
    const done = await take_with_etag(api.PATCH('/api/v1/delegation-orders/{order_id}', { params: { path: { order_id: order.order_id } }, headers: { 'If-Match': base.etag }, body: { content } }))
    set_base({ content: done.body.content, etag: done.etag })
    queries.setQueryData(order_query(order.order_id).queryKey, done)
    set_content(done.body.content)
    await queries.invalidateQueries({ queryKey: order_acts_query(order.order_id).queryKey })
  })
  async function ask(act: AskedAct) {
    if (!dirty || await save()) set_asked(act)
  }
  const ended = () => { set_asked(null); set_using(null); void reload() }
  // Signing is offered also while a check fails: the refusal lists what is wrong beside its field.
  const offered = acts.filter(act => act.act !== 'delegation.edit').map(act => (act.act === 'delegation.sign' && dirty ? { ...act, allowed: true } : act))
  const uses = Object.fromEntries(acts.filter(act => !act.act.startsWith('delegation.')).map(act => [short_name(act.act), () => set_using(act)]))
  return (
    <RemarksProvider fields={problem?.fields}>
      <p className="crumbs"><Link to="/delegations">{t('deleg.title')}</Link> / <Link to="/delegation-orders">{t('deleg.orders')}</Link></p>
      <header className="page-head">
        <h1>{t('deleg.head', { number: order.content.number || t('deleg.no_number') })}</h1>
        <p className="page-facts">
          <OrderMark state={order.state} /> <span>{provinces.name(order.province)} · {pick(order.kind_th, order.kind_en)}</span>
          {order.demonstration && <span className="mark gold">{t('deleg.demonstration')}</span>}
        </p>
        {has_role(me, 'auditor', 'opdc', 'moi', 'administrator') && <p className="page-facts small no-print"><Link to="/ledger" search={{ subject_kind: 'delegation_order', subject_id: order.order_id }}>{t('deleg.ledger')}</Link></p>}
      </header>
      {order.state === 'notice_pending' && <p className="notice"><Icon name="info" /><span>{t('deleg.pending_text')}</span></p>}
      {order.end_reason_th !== null && <p className="notice plain"><Icon name="lock" /><span>{t(`deleg.state.${order.state}`)}: <span lang="th">{order.end_reason_th}</span></span></p>}
      <div className="editor-bar no-print">
        {writes && <><p className="save-state" role="status">{dirty ? t('deleg.unsaved') : t('deleg.saved')}</p><button type="button" className="button" disabled={doing.busy || !dirty} onClick={() => void save()}>{t('deleg.save')}</button></>}
        <Acts acts={offered} main={order.state === 'draft' ? 'sign' : Object.keys(uses)[0]} run={{ ...Object.fromEntries(asked_acts.map(act => [act, () => void ask(act)])), ...uses }} />
      </div>
      <ProblemSummary problem={problem} />
      {doing.failure !== null && <Failure error={doing.failure} />}
      <div className="change-columns">
        <div className="stack">
          {writes ? <OrderForm order={order} content={content} set={set_content} /> : <Facts order={order} />}
          {order.signed_at !== null && <Uses order={order} />}
        </div>
        <div className="stack">
          {order.state === 'draft' && <Checklist order={order} stale={dirty} />}
          {order.state === 'draft' ? <Duties order={order} /> : order.signed_at !== null && <SubjectObligations kind="delegation_order" id={order.order_id} />}
          <Law order={order} />
          <Papers order={order} />
        </div>
      </div>
      <History order_id={order.order_id} />
      <Suspense>
        {asked && <ActDialog act={asked} order={order} etag={etag} on_close={() => set_asked(null)} on_done={ended} on_problem={set_refused} />}
        {using && <UseDialog act={using.act} label={pick(using.label_th, using.label_en)} order={order} etag={etag} on_close={() => set_using(null)} on_done={ended} />}
      </Suspense>
    </RemarksProvider>
  )
}

/** Every rule once, passed or not; a line that is not leads to its field. */
function Checklist({ order, stale }: { order: DelegationOrder; stale: boolean }) {
  const { t, pick } = useWords()
  const wrong = order.checks.filter(check => !check.passed).length
  return (
    <section className="panel stack" aria-labelledby="checks-title">
      <h2 id="checks-title">{t('deleg.checks')}</h2>
      <p role="status">{wrong === 0 ? t('deleg.checks_passed') : t('deleg.checks_failed', { n: wrong })} {stale && <span className="soft">{t('deleg.checks_stale')}</span>}</p>
      <ul className="order-checks">
        {order.checks.map(check => (
          <li key={check.check} className={check.passed ? 'passed' : 'failed'}>
            <Icon name={check.passed ? 'check' : 'warning'} />
            <span>
              <span className="hidden-visually">{t(check.passed ? 'deleg.check_passed' : 'deleg.check_failed')}: </span>{pick(check.label_th, check.label_en)}
              {!check.passed && <><br /><a href={`#field${check.pointer.replaceAll('/', '-')}`} onClick={event => { event.preventDefault(); focus_field(check.pointer) }}>{pick(check.why_th, check.why_en)}</a></>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Facts({ order }: { order: DelegationOrder }) {
  const { t, lang, pick } = useWords()
  const reads_projects = has_role(useMe(), 'moi', 'opdc', 'auditor', 'governor', 'provincial_office')
  const { content } = order
  const holders = (list: DelegationOrder['grantor_holders']) => list.map(holder => pick(holder.name_th, holder.name_en) + (holder.acting ? ` (${t('office.acting')})` : '')).join(', ')
  return (
    <section className="panel stack" aria-labelledby="facts-title">
      <h2 id="facts-title">{t('deleg.facts')}</h2>
      <dl className="facts order-facts">
        <dt>{t('deleg.powers')}</dt><dd>{order.powers.flatMap(power => power.acts).map(act => pick(act.label_th, act.label_en)).join(', ') || '–'}</dd>
        <dt>{t('deleg.grantor')}</dt><dd>{order.grantor ? pick(order.grantor.title_th, order.grantor.title_en) : '–'} <span className="soft small">{holders(order.grantor_holders)}</span></dd>
        <dt>{t('deleg.delegate')}</dt><dd>{order.delegate ? pick(order.delegate.title_th, order.delegate.title_en) : '–'} <span className="soft small">{holders(order.delegate_holders)}</span></dd>
        {order.project && <><dt>{t('deleg.project')}</dt><dd lang="th">{reads_projects ? <Link to="/projects/$project_id" params={{ project_id: order.project.project_id }}>{order.project.code}</Link> : order.project.code} {order.project.name_th}</dd></>}
        {content.ceiling_satang !== null && <><dt>{t('deleg.ceiling_baht')}</dt><dd className="number">{baht(content.ceiling_satang)}</dd></>}
        <dt>{t('deleg.period')}</dt><dd>{content.from_date ? format_date(content.from_date, lang) : '–'} – {content.to_date ? format_date(content.to_date, lang) : '–'}</dd>
        {order.signed_at !== null && <><dt>{t('deleg.signed_at')}</dt><dd>{format_moment(order.signed_at, lang)}</dd></>}
        {content.conditions_th.length > 0 && <><dt>{t('deleg.conditions')}</dt><dd lang="th">{content.conditions_th.map(text => <div key={text}>{text}</div>)}</dd></>}
        {content.parent_agency_head_th !== '' && <><dt>{t('deleg.parent_agency')}</dt><dd lang="th">{content.parent_agency_head_th}</dd></>}
      </dl>
    </section>
  )
}

function Law({ order }: { order: DelegationOrder }) {
  const { t, pick } = useWords()
  return (
    <section className="panel stack" aria-labelledby="law-title">
      <h2 id="law-title">{t('deleg.law')}</h2>
      {order.powers.length === 0 && <p className="soft">{t('deleg.no_power')}</p>}
      {order.powers.map(power => (
        <div key={power.power}>
          <b>{power.acts.map(act => pick(act.label_th, act.label_en)).join(', ')}</b> {!power.verified && <Unverified />}
          <ol className="plain-list small">{power.instruments.map(step => <li key={step.instrument}>{pick(step.citation_th, step.citation_en)}</li>)}</ol>
          {power.note !== null && <p className="small soft" lang="en">{power.note}</p>}
        </div>
      ))}
    </section>
  )
}

function Duties({ order }: { order: DelegationOrder }) {
  const { t, pick } = useWords()
  return (
    <section className="panel stack" aria-labelledby="duties-title">
      <h2 id="duties-title">{t('deleg.will_be_due')}</h2>
      {order.duties.length === 0 ? <p className="soft">{t('deleg.no_duties')}</p> : <ul>{order.duties.map(duty => <li key={duty.code}>{pick(duty.text_th, duty.text_en)}</li>)}</ul>}
      {order.duties.length > 0 && <p className="small soft">{t('deleg.pending_text')}</p>}
    </section>
  )
}

function Papers({ order }: { order: DelegationOrder }) {
  const { t, pick } = useWords()
  return (
    <section className="panel stack" aria-labelledby="papers-title">
      <h2 id="papers-title">{t('deleg.papers')}</h2>
      <ul className="plain-list">
        {order.papers.map(paper => (
          <li key={paper.file}><a href={`/api/v1/delegation-orders/${order.order_id}/papers/${paper.file}`} target="_blank" rel="noreferrer">{pick(paper.title_th, paper.title_en)} (PDF)</a></li>
        ))}
      </ul>
      {order.state === 'draft' && <p className="small soft">{t('deleg.papers_draft')}</p>}
      {order.wording_th !== '' && <p className="small"><Unverified /> {pick(order.wording_th, order.wording_en)}</p>}
    </section>
  )
}

function Uses({ order }: { order: DelegationOrder }) {
  const { t, lang, pick } = useWords()
  const { ceiling_satang } = order.content
  return (
    <section className="panel stack" aria-labelledby="uses-title">
      <h2 id="uses-title">{t('deleg.uses')}</h2>
      {ceiling_satang !== null && (
        <p>
          {t('deleg.used_of', { used: baht(order.used_satang), ceiling: baht(ceiling_satang), left: baht(ceiling_satang - order.used_satang) })}{' '}
          <meter min={0} max={ceiling_satang} value={order.used_satang} aria-label={t('deleg.uses')} />
        </p>
      )}
      {order.uses.length === 0 && <p className="soft">{t('deleg.no_uses')}</p>}
      {order.uses.length > 0 && (
        <div className="scroll" tabIndex={0} role="group" aria-label={t('deleg.uses')}>
          <table className="stacking">
            <thead><tr><th scope="col">{t('deleg.use.what')}</th><th scope="col">{t('deleg.use.day')}</th><th scope="col" className="number">{t('deleg.use.amount')}</th><th scope="col">{t('deleg.use.reference')}</th><th scope="col">{t('deleg.use.by')}</th></tr></thead>
            <tbody>
              {order.uses.map(use => (
                <tr key={use.use_id}>
                  <th scope="row" lang="th">{use.what_th}</th>
                  <td data-label={t('deleg.use.day')}>{format_date(use.on_date, lang, 'short')}</td>
                  <td data-label={t('deleg.use.amount')} className="number">{use.amount_satang === null ? '–' : baht(use.amount_satang)}</td>
                  <td data-label={t('deleg.use.reference')}>{use.reference}</td>
                  <td data-label={t('deleg.use.by')}>{pick(use.office_th, use.office_en)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function History({ order_id }: { order_id: string }) {
  const { t, lang, pick } = useWords()
  const { data } = useQuery(order_history_query(order_id))
  if (!data) return null
  const said = (act: string) => (act.startsWith('delegation.') ? t(`deleg.step.${short_name(act)}` as Key) : t('deleg.step.use'))
  return (
    <details className="history">
      <summary><Icon name="people" />{t('deleg.history', { n: data.items.length })}</summary>
      <ul className="milestones">
        {data.items.toReversed().map(step => (
          <li key={step.step_id}>
            <time dateTime={step.at}>{format_moment(step.at, lang)}</time>
            <b>{pick(step.office_th, step.office_en)}</b> {said(step.act)}{step.note && <span className="soft" lang="th"> – {step.note}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}
