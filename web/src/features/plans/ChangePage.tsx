import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { api, ProblemError, take, take_with_etag } from '../../api/client.ts'
import type { Act, Change, ChangeContent, Judged, Problem } from '../../api/shapes.ts'
import { Link, useLeaveQuestion, useParams } from '../../app/router.tsx'
import { has_role, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords, type Key } from '../../app/words.tsx'
import { Acts, short_name } from '../../components/Acts.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { field_id, focus_field, ProblemSummary, RemarksProvider } from '../../components/problems.tsx'
import { useProvinces } from '../../components/provinces.ts'
import '../../styles/editor.css'
import '../../styles/plans.css'
import { format_date, format_moment, year_label } from '../../lib/dates.ts'
import { SubjectObligations } from '../obligations/embed.tsx'
import { ChangeFiles } from './ChangeFiles.tsx'
import { ChangeMark } from './ChangeMark.tsx'
import { BahtField, ContentEditor } from './ContentEditor.tsx'
import type { AskedAct } from './AskDialog.tsx'
import { Differences } from './Differences.tsx'
import { change_acts_query, change_history_query, change_query, projects_query, useRules } from './queries.ts'
import { WhoDecides } from './WhoDecides.tsx'

const AskDialog = lazy(async () => ({ default: (await import('./AskDialog.tsx')).AskDialog }))
const asked_acts: AskedAct[] = ['submit', 'return', 'settle', 'resolve', 'send_up', 'record_outcome', 'report', 'apply', 'close', 'withdraw', 'object']
/** A field may stand in a part that is folded. */
function unfold_and_focus(pointer: string): void {
  const part = document.getElementById(field_id(pointer))?.closest('details')
  if (part) part.open = true
  focus_field(pointer)
}
/** What is offered first in each state. */
const main_acts: Partial<Record<Change['state'], AskedAct>> = {
  draft: 'submit', checking: 'settle', classified: 'resolve', endorsed: 'send_up', sent_up: 'record_outcome', decided_here: 'apply', decided_above: 'apply', plan_changed: 'close',
}
const typing_pause_ms = 400

export function ChangePage() {
  const { change_id } = useParams('/changes/$change_id')
  const change = useQuery(change_query(change_id))
  const acts = useQuery(change_acts_query(change_id))
  const error = change.error ?? acts.error
  if (error && !change.data) return <Failure error={error} again={() => { void change.refetch(); void acts.refetch() }} />
  if (!change.data || !acts.data) return <Waiting />
  const { body, etag } = change.data
  return <Editor key={`${change_id} ${body.state}`} change={body} etag={etag} acts={acts.data.items} />
}

function may_write(acts: Act[]): boolean {
  return acts.some(act => act.allowed && short_name(act.act) === 'edit')
}

/** What the decision table says of what stands on the screen, a moment after the last key. */
function useLiveAnswer(change: Change, content: ChangeContent, dirty: boolean): { judged: Judged; live: boolean } {
  const [answer, set_answer] = useState<{ content: ChangeContent; judged: Judged } | null>(null)
  useEffect(() => {
    if (!dirty) return
    const timer = setTimeout(() => {
      take(api.POST('/api/v1/changes/{change_id}/preview', { params: { path: { change_id: change.change_id } }, body: { content } }))
        .then(judged => set_answer({ content, judged }), () => { /* the saved answer stays, and says that it is the saved one */ })
    }, typing_pause_ms)
    return () => clearTimeout(timer)
  }, [change.change_id, content, dirty])
  return dirty && answer ? { judged: answer.judged, live: answer.content === content } : { judged: change.judged, live: false }
}

/**
 * What is written here, with the version that it was written from. A newer version of the server is taken over while nothing
 * unsaved stands here; otherwise the old version is named when saving, and the server says that somebody else was faster.
 */
function useWriting(change: Change, etag: string) {
  const [mine, set_mine] = useState({ content: change.content, saved: change.content, etag })
  useEffect(() => {
    set_mine(now => {
      if (JSON.stringify(change.content) === JSON.stringify(now.saved)) return { ...now, etag }
      return now.content === now.saved ? { content: change.content, saved: change.content, etag } : now
    })
  }, [change.content, etag])
  return { ...mine, set_content: (content: ChangeContent) => set_mine(now => ({ ...now, content })), keep: (saved: ChangeContent, its_etag: string) => set_mine(now => ({ ...now, saved, etag: its_etag })) }
}

function Editor({ change, etag: latest_etag, acts }: { change: Change; etag: string; acts: Act[] }) {
  const { t, lang } = useWords()
  const me = useMe()
  const queries = useQueryClient()
  const provinces = useProvinces()
  const writes = may_write(acts)
  const edits = writes && change.state === 'draft'
  const { content, saved, etag, set_content, keep } = useWriting(change, latest_etag)
  const [asked, set_asked] = useState<AskedAct | null>(null)
  const [problem, set_problem] = useState<Problem | null>(null)
  const [failure, set_failure] = useState<unknown>(null)
  const [busy, set_busy] = useState(false)
  const dirty = content !== saved
  const { judged, live } = useLiveAnswer(change, content, dirty)
  useLeaveQuestion(dirty ? t('change.leave') : null)
  const { decider } = useRules()
  const reload = () => Promise.all(['changes', 'obligations'].map(key => queries.invalidateQueries({ queryKey: [key] })))

  async function save(): Promise<boolean> {
    if (!dirty) return true
    set_busy(true)
    set_problem(null)
    set_failure(null)
    try {
      const done = await take_with_etag(api.PATCH('/api/v1/changes/{change_id}', { params: { path: { change_id: change.change_id } }, headers: { 'If-Match': etag }, body: { content } }))
      keep(content, done.etag)
      queries.setQueryData(change_query(change.change_id).queryKey, { ...done, body: { ...done.body, content } })
      await queries.invalidateQueries({ queryKey: change_acts_query(change.change_id).queryKey })
      return true
    } catch (error) {
      if (error instanceof ProblemError) set_problem(error.problem)
      else set_failure(error)
      return false
    } finally {
      set_busy(false)
    }
  }
  async function ask(act: AskedAct) {
    if (await save()) set_asked(act)
  }
  // Handing in is offered also while something is missing: the refusal lists the gaps beside their fields.
  const offered = acts.filter(act => short_name(act.act) !== 'edit').map(act => (edits && short_name(act.act) === 'submit' && (dirty || judged.classification) ? { ...act, allowed: true } : act))
  const name = content.after.name_th || change.before.name_th || t('change.unnamed')
  return (
    <RemarksProvider fields={problem?.fields}>
      <p className="crumbs"><Link to="/projects">{t('plans.title')}</Link> / {change.project ? <Link to="/projects/$project_id" params={{ project_id: change.project.project_id }}>{change.project.code}</Link> : <Link to="/changes">{t('changes.title')}</Link>}</p>
      <header className="page-head">
        <h1>{t('change.head', { kind: t(`change.kind.${change.kind}`), name })}</h1>
        <p className="page-facts">
          <ChangeMark state={change.state} /> <span>{provinces.name(change.province)} · {year_label(change.fiscal_year, lang)}</span>
          {change.demonstration && <span className="mark gold">{t('plans.demonstration')}</span>}
        </p>
        <p className="page-facts small no-print">
          <Link to="/changes/$change_id/dossier" params={{ change_id: change.change_id }}>{t('change.dossier')}</Link>
          {has_role(me, 'auditor', 'opdc', 'moi', 'administrator') && <Link to="/ledger" search={{ subject_kind: 'change', subject_id: change.change_id }}>{t('change.ledger')}</Link>}
        </p>
      </header>
      <div className="editor-bar no-print">
        {writes
          ? <><p className="save-state" role="status">{dirty ? t('change.unsaved') : t('change.saved')}</p><button type="button" className="button" disabled={busy || !dirty} onClick={() => void save()}>{t('change.save')}</button></>
          : <p className="save-state"><Icon name="lock" />{t('change.read_only')}</p>}
        {edits && judged.classification && <p className="small">{t('who.decides')} <b>{decider(judged.classification.decided_by)}</b></p>}
        <Acts acts={offered} main={main_acts[change.state]} run={Object.fromEntries(asked_acts.map(act => [act === 'object' ? 'record' : act, () => void ask(act)]))} />
      </div>
      <ProblemSummary problem={problem} go_to={unfold_and_focus} />
      {failure !== null && <Failure error={failure} />}
      <Progress change={change} />
      <div className="change-columns">
        <div className="stack">
          <section className="panel stack" aria-labelledby="sides-title">
            <h2 id="sides-title">{t('change.side_by_side')}</h2>
            {edits && change.kind !== 'cancel'
              ? <ContentEditor before={change.before} after={content.after} fiscal_year={change.fiscal_year} province={change.province} set={after => set_content({ ...content, after })} />
              : <Differences before={change.before} after={content.after} differences={judged.differences} province={change.province} whole={change.kind === 'cancel'} />}
          </section>
          <Reasons change={change} content={content} set={set_content} edits={edits} effects={writes} />
        </div>
        <div className={`stack ${edits ? 'following' : ''}`}>
          <WhoDecides judged={judged} settled={change.settled} live={live} />
          <Lacking change={change} />
          <SubjectObligations kind="change" id={change.change_id} />
          <ChangeFiles change={change} etag={etag} read_only={!writes} on_changed={() => void reload()} />
          <Objections change={change} />
        </div>
      </div>
      <Course change_id={change.change_id} />
      {asked && (
        <Suspense>
          <AskDialog act={asked} change={change} etag={etag} on_close={() => set_asked(null)} on_problem={set_problem} on_done={() => { set_asked(null); void reload(); void queries.invalidateQueries({ queryKey: ['projects'] }) }} />
        </Suspense>
      )}
    </RemarksProvider>
  )
}

function Reasons({ change, content, set, edits, effects }: { change: Change; content: ChangeContent; set: (content: ChangeContent) => void; edits: boolean; effects: boolean }) {
  const { t } = useWords()
  const projects = useQuery({ ...projects_query({ province: change.province, fiscal_year: change.fiscal_year }), enabled: edits })
  const words = (name: 'reason_th' | 'effect_kpi_th' | 'effect_beneficiaries_th' | 'effect_money_th', label: Key, open: boolean) =>
    <TextField pointer={`/content/${name}`} label={t(label)} rows={3} max={4000} lang="th" read_only={!open} value={content[name]} on_change={text => set({ ...content, [name]: text })} />
  const lenders = (projects.data ?? []).filter(project => project.project_id !== change.project?.project_id && project.budget_class !== 'over_ceiling' && project.total_satang > project.released_satang)
  return (
    <section className="panel stack" aria-labelledby="reasons-title">
      <h2 id="reasons-title">{t('change.reasons')}</h2>
      {words('reason_th', 'change.reason', edits)}
      {words('effect_kpi_th', 'change.effect_kpi', effects)}
      {words('effect_beneficiaries_th', 'change.effect_beneficiaries', effects)}
      {words('effect_money_th', 'change.effect_money', effects)}
      {(change.kind === 'replace' || change.kind === 'add') &&
        <TextField pointer="/content/new_code" label={t('change.new_code')} max={60} read_only={!edits} value={content.new_code ?? ''} on_change={code => set({ ...content, new_code: code.trim() === '' ? null : code })} />}
      {change.kind !== 'cancel' && edits && (
        <fieldset className="item stack">
          <legend>{t('change.money')}</legend>
          <ChoiceField pointer="/content/leftover/from_project" label={t('change.leftover_from')} value={content.leftover?.from_project ?? 'none'}
            options={[{ value: 'none', label: t('change.no_leftover') }, ...lenders.map(project => ({ value: project.project_id as string, label: `${project.code} ${project.name_th}` }))]}
            on_change={id => set({ ...content, leftover: id === 'none' ? null : { from_project: id, amount_satang: content.leftover?.amount_satang ?? 0 } })} />
          {content.leftover && <BahtField pointer="/content/leftover/amount_satang" label={t('change.leftover_amount')} value={content.leftover.amount_satang} on_change={satang => set({ ...content, leftover: { ...content.leftover!, amount_satang: satang ?? 0 } })} />}
          <label className="check"><input type="checkbox" checked={content.overseas_travel} onChange={event => set({ ...content, overseas_travel: event.target.checked })} />{t('change.overseas')}</label>
        </fieldset>
      )}
    </section>
  )
}

/** What has happened to it, in lines that a reader of the dossier needs too. */
export function Progress({ change }: { change: Change }) {
  const { t, lang, pick } = useWords()
  const { resolution, outcome, report_due } = change
  if (!resolution && !outcome && change.sent_up_at === null) return null
  const day = report_due ? format_date(report_due, lang) : ''
  const late = report_due !== null && change.reported_on === null && report_due < new Date().toISOString().slice(0, 10)
  return (
    <section className="notice plain" aria-labelledby="course-title">
      <Icon name="seal" />
      <div className="stack">
        <h2 id="course-title">{t('course.title')}</h2>
        {resolution && <p><b>{t('course.resolution')}: {resolution.kind_th}</b> ({resolution.number} · {format_date(resolution.on_date, lang)}) <span className="pre" lang="th">{pick(resolution.text_th, resolution.text_en)}</span></p>}
        {change.sent_up_at !== null && <p>{t('course.sent', { letter: change.letter_out ?? '' })} ({format_moment(change.sent_up_at, lang, 'short')})</p>}
        {outcome && <p><b>{t(`course.outcome.${outcome}`)}</b> <span lang="th">{change.outcome_source}</span></p>}
        {change.days !== null && <p>{t('course.days', { n: change.days })}</p>}
        {change.reported_on !== null
          ? <p>{t('course.reported', { day: format_date(change.reported_on, lang), proof: change.report_proof ?? '' })}</p>
          : report_due !== null && <p className={late ? 'error' : ''}><Icon name={late ? 'warning' : 'clock'} />{t(late ? 'course.report_late' : 'course.report_due', { day })} <span className="mark grey">{t('plans.unverified')}</span></p>}
      </div>
    </section>
  )
}

function Lacking({ change }: { change: Change }) {
  const { t, pick } = useWords()
  if (['closed', 'withdrawn', 'rejected', 'plan_changed', 'decided_here', 'decided_above', 'sent_up'].includes(change.state)) return null
  return (
    <section className="panel stack" aria-labelledby="lacking-title">
      <h2 id="lacking-title">{change.lacking.length === 0 ? t('lacking.none') : t('lacking.title', { n: change.lacking.length })}</h2>
      {change.lacking.length > 0 && <ul>{change.lacking.map(gap => <li key={gap.item}>{pick(gap.label_th, gap.label_en)}</li>)}</ul>}
    </section>
  )
}

export function Objections({ change }: { change: Change }) {
  const { t, lang, pick } = useWords()
  return (
    <section className="panel stack objections" aria-labelledby="objections-title">
      <h2 id="objections-title">{t('objection.title')}</h2>
      <p className="small soft">{t('objection.law')} · {t('objection.for_ever')}</p>
      {change.objections.length === 0 && <p className="soft">{t('objection.none')}</p>}
      {change.objections.map(objection => (
        <blockquote key={objection.objection_id} className="quote">
          <p className="pre" lang="th">{objection.text_th}</p>
          <p className="small soft">{pick(objection.office_th, objection.office_en)} · {format_moment(objection.at, lang, 'short')} · {t('objection.digest')} <code>{objection.sha256.slice(0, 12)}</code></p>
        </blockquote>
      ))}
    </section>
  )
}

function Course({ change_id }: { change_id: string }) {
  const { t, lang, pick } = useWords()
  const { data } = useQuery(change_history_query(change_id))
  if (!data) return null
  return (
    <details className="history">
      <summary><Icon name="people" />{t('course.history', { n: data.items.length })}</summary>
      <ul className="milestones">
        {data.items.toReversed().map(step => (
          <li key={step.step_id}>
            <time dateTime={step.at}>{format_moment(step.at, lang)}</time>
            <b>{pick(step.office_th, step.office_en)}</b> {t(`course.step.${step.act}` as Key)}{step.note && <span className="soft" lang="th"> – {step.note}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}
