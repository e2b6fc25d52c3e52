import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { api, ProblemError, take_with_etag, Unreachable } from '../../api/client.ts'
import type { Act, Application, Call, HistoryEntry, Problem, Proposal, ServerCompleteness } from '../../api/shapes.ts'
import { Link, useParams } from '../../app/router.tsx'
import { useLive } from '../../app/live.ts'
import { has_role, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords, type Key, type Translate } from '../../app/words.tsx'
import { Acts, short_name } from '../../components/Acts.tsx'
import { Deadline } from '../../components/Deadline.tsx'
import { Icon } from '../../components/Icon.tsx'
import { StateMark } from '../../components/Marks.tsx'
import { focus_field, ProblemSummary, RemarksProvider } from '../../components/problems.tsx'
import '../../styles/editor.css'
import { completeness, sections, type Section } from '../../lib/completeness.ts'
import { format_date, format_moment } from '../../lib/dates.ts'
import { with_value, type Json } from '../../lib/merge.ts'
import { Conflicts } from './Conflicts.tsx'
import type { DialogAct } from './ActDialog.tsx'
import { Draft, version_of, type Answer, type Backup, type BackupPlace, type DraftServer } from './draft.ts'
import { place_name, section_of, type Editing } from './editing.ts'
import { FilesSection } from './FilesSection.tsx'
import { missing_lines, share_done, type MissingLine } from './missing.ts'
import { useProvinces } from '../../components/provinces.ts'
import { application_acts_query, application_query, call_query, completeness_query, history_query, stretch_query } from './queries.ts'
import { SaveState } from './SaveState.tsx'
import { AgendasSection, BenefitsSection, KpisSection, RisksSection, SummarySection, UnlocksSection } from './sections.tsx'

const ActDialog = lazy(async () => ({ default: (await import('./ActDialog.tsx')).ActDialog }))
const SubmitDialog = lazy(async () => ({ default: (await import('./SubmitDialog.tsx')).SubmitDialog }))
const look_for_others_ms = 20_000

export function ApplicationPage() {
  const { application_id } = useParams('/applications/$application_id')
  const live = useLive()
  const application = useQuery({ ...application_query(application_id), refetchInterval: live ? false : look_for_others_ms })
  const acts = useQuery(application_acts_query(application_id))
  const call_id = application.data?.body.call_id
  const call = useQuery({ ...call_query(call_id ?? ''), enabled: call_id !== undefined })
  const error = application.data ? null : (application.error ?? acts.error ?? call.error)
  if (error) return <Failure error={error} again={() => { void application.refetch(); void acts.refetch(); void call.refetch() }} />
  if (!application.data || !acts.data || !call.data) return <Waiting />
  const { body, etag } = application.data
  return <Editor key={`${application_id} ${body.state}`} application={body} etag={etag} acts={acts.data.items} call={call.data.body} />
}

function may_write(acts: Act[]): boolean {
  return acts.some(act => act.allowed && short_name(act.act) === 'edit')
}

/**
 * Submitting is offered also while something is missing: its dialog lists the gaps and leads to them, which helps more than
 * a button that is not there.
 */
function with_submit_offered(acts: Act[], incomplete: boolean): Act[] {
  return acts.map(act => (incomplete && short_name(act.act) === 'submit' ? { ...act, allowed: true } : act))
}

function draft_server(id: string, queries: QueryClient): DraftServer {
  return {
    async load() {
      const { body, etag } = await take_with_etag(api.GET('/api/v1/applications/{application_id}', { params: { path: { application_id: id } } }))
      return version_of(body, etag)
    },
    async save(proposal: Proposal, etag: string): Promise<Answer> {
      try {
        const saved = await take_with_etag(api.PATCH('/api/v1/applications/{application_id}', { params: { path: { application_id: id } }, headers: { 'If-Match': etag }, body: { proposal } }))
        queries.setQueryData(application_query(id).queryKey, saved)
        // What may be done next depends on what is written: the last gap that is filled lets it be submitted.
        void queries.invalidateQueries({ queryKey: application_acts_query(id).queryKey })
        return { kind: 'saved', version: version_of(saved.body, saved.etag) }
      } catch (error) {
        if (error instanceof Unreachable) return { kind: 'offline' }
        if (!(error instanceof ProblemError)) throw error
        const { status } = error.problem
        if (status === 412 || status === 409) return { kind: 'stale' }
        return status >= 500 || status === 429 ? { kind: 'offline' } : { kind: 'refused', problem: error.problem }
      }
    },
  }
}

/** What is not yet on the server is kept in this browser, under the name of who wrote it. */
function backup_place(id: string, person: string): BackupPlace {
  const key = `draft ${person} ${id}`
  return {
    read() {
      try {
        return JSON.parse(localStorage.getItem(key) ?? 'null') as Backup | null
      } catch {
        return null
      }
    },
    write(backup) {
      try {
        localStorage.setItem(key, JSON.stringify(backup))
      } catch { /* full or forbidden: the text is still in memory and on its way to the server */ }
    },
    clear() {
      try {
        localStorage.removeItem(key)
      } catch { /* nothing was kept */ }
    },
  }
}

function useDraft(application: Application, etag: string, on: boolean) {
  const me = useMe()
  const queries = useQueryClient()
  const [draft] = useState(() => new Draft(
    version_of(application, etag),
    draft_server(application.application_id, queries),
    on ? backup_place(application.application_id, me?.person_id ?? '') : { read: () => null, write() {}, clear() {} },
  ))
  const view = useSyncExternalStore(draft.subscribe, draft.view)
  useEffect(() => draft.take_in(version_of(application, etag)), [draft, application, etag])
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => { if (draft.unsaved) event.preventDefault() }
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [draft])
  // Leaving for another page of the application: the last words are sent without waiting for the pause in typing.
  useEffect(() => () => { if (draft.unsaved) void draft.save() }, [draft])
  return { draft, view }
}

interface EditorProps { application: Application; etag: string; acts: Act[]; call: Call }

function Editor({ application, etag, acts, call }: EditorProps) {
  const { t, lang, pick } = useWords()
  const me = useMe()
  const queries = useQueryClient()
  const provinces = useProvinces()
  const read_only = !may_write(acts)
  const { draft, view } = useDraft(application, etag, !read_only)
  const [section, set_section] = useState<Section>('summary')
  const [open_kpi, set_open_kpi] = useState(-1)
  const [asked, set_asked] = useState<DialogAct | 'submit' | null>(null)
  const [refused, set_refused] = useState<Problem | null>(null)
  const sought = useRef<string | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const province = provinces.name(application.province)
  const found = completeness(view.proposal, call.requirements, application.files)
  // The server's check is of what it has: it counts only while nothing newer stands on the screen.
  const checked = useQuery({ ...completeness_query(application.application_id, draft.etag), enabled: !read_only })
  const server = view.saving.kind === 'saved' ? checked.data : undefined
  const missing = missing_lines(found, server, lang, t)
  const name_of_file = (key: string) => { const wanted = call.requirements.find(entry => entry.key === key); return wanted ? pick(wanted.label_th, wanted.label_en) : key }
  const [removed, set_removed] = useState<Removed | null>(null)
  const stretch = useQuery({ ...stretch_query(application.application_id, draft.etag), enabled: section === 'kpis' && view.proposal.kpis.length > 0 })
  const problem = view.saving.kind === 'refused' ? view.saving.problem : refused

  function go_to(pointer: string) {
    sought.current = pointer
    set_section(section_of(pointer))
    const [, list, at] = pointer.split('/')
    if (list === 'kpis' && at !== undefined) set_open_kpi(Number(at))
    // Already drawn: no change of state will follow that could carry the focus there.
    requestAnimationFrame(() => { if (sought.current && focus_field(sought.current)) sought.current = null })
  }
  useEffect(() => {
    if (sought.current && focus_field(sought.current)) sought.current = null
  })
  function choose(next: Section) {
    set_section(next)
    requestAnimationFrame(() => heading.current?.focus())
  }
  async function reload() {
    await queries.invalidateQueries({ queryKey: ['applications'] })
  }

  const editing: Editing = {
    proposal: view.proposal,
    read_only,
    fiscal_year: application.fiscal_year,
    stretch: stretch.data?.items ?? [],
    set(pointer, value) {
      set_removed(null)
      draft.edit(proposal => (pointer === '' ? value : with_value(proposal as unknown as Json, pointer, value)) as unknown as Proposal)
    },
    remove(what, pointer, value) {
      const before = view.proposal
      editing.set(pointer, value)
      set_removed({ what, before })
    },
  }
  return (
    <RemarksProvider fields={problem?.fields} findings={application.findings} prefix="/proposal">
      <p className="crumbs"><Link to="/applications">{t('applications.title')}</Link></p>
      <header className="page-head">
        <h1>{t('application.title', { province, year: application.fiscal_year + 543 })}</h1>
        <p className="page-facts">
          <StateMark state={application.state} of="application" /> <Deadline at={application.deadline_at} closed={!['draft', 'returned', 'revising'].includes(application.state)} />
          {application.demonstration && <span className="mark gold">{t('application.demonstration')}</span>}
        </p>
        <p className="page-facts small no-print">
          <Link to="/applications/$application_id/print" params={{ application_id: application.application_id }}>{t('application.print')}</Link>
          {has_role(me, 'auditor', 'opdc', 'moi', 'administrator') &&
            <Link to="/ledger" search={{ subject_kind: 'application', subject_id: application.application_id }}>{t('application.ledger')}</Link>}
        </p>
      </header>
      <div className="editor-bar no-print">
        {read_only ? <p className="save-state"><Icon name="lock" />{t('application.read_only')}</p> : <SaveState view={view} />}
        {!read_only && <Meter share={share_done(found, server)} checked={server} />}
        <Acts acts={with_submit_offered(acts, !read_only && missing.length > 0)} main={read_only ? 'accept' : 'submit'} run={Object.fromEntries((['submit', 'return', 'accept', 'withdraw', 'advise', 'resolve'] as const).map(act => [act, () => set_asked(act)]))} />
      </div>
      <ProblemSummary problem={problem} prefix="/proposal" go_to={go_to} />
      <Conflicts conflicts={view.conflicts} decide={(pointer, value) => draft.decide(pointer, value)} />
      {view.recovered && <p className="notice plain"><Icon name="info" /><span>{t('saving.recovered')}</span></p>}
      {view.merged && view.conflicts.length === 0 && <p className="notice plain" role="status"><Icon name="people" /><span>{t('saving.merged')}</span></p>}
      <Outcome application={application} />
      <Findings application={application} go_to={go_to} />
      <div className="editor">
        <nav className="sections" aria-label={t('sections.label')}>
          <ol>
            {sections.map(name => {
              const { done, total } = found.by_section[name]
              return (
                <li key={name}>
                  <button type="button" aria-current={name === section ? 'step' : undefined} onClick={() => choose(name)}>
                    <span>{t(`section.${name}`)}</span>
                    {total > 0 && (done === total
                      ? <span className="section-done"><Icon name="check" /><span className="hidden-visually">{t('section.complete')}</span></span>
                      : <span className="section-count number">{done}/{total}</span>)}
                  </button>
                </li>
              )
            })}
          </ol>
        </nav>
        <section className="panel stack" aria-labelledby="section-title">
          <h2 id="section-title" tabIndex={-1} ref={heading}>{t(`section.${section}`)}</h2>
          {section === 'summary' && <SummarySection {...editing} />}
          {section === 'agendas' && <AgendasSection {...editing} />}
          {section === 'kpis' && <KpisSection {...editing} open_kpi={open_kpi} set_open_kpi={set_open_kpi} />}
          {section === 'benefits' && <BenefitsSection {...editing} />}
          {section === 'unlocks' && <UnlocksSection {...editing} />}
          {section === 'risks' && <RisksSection {...editing} />}
          {section === 'files' && <FilesSection application_id={application.application_id} requirements={call.requirements} files={application.files} read_only={read_only} on_changed={() => { void draft.refresh(); void reload() }} />}
          {removed && <Undo removed={removed} undo={() => { draft.edit(() => removed.before); set_removed(null) }} />}
          {!read_only && <StillMissing missing={missing} name_of_file={name_of_file} checked={server !== undefined} section={section} go_to={go_to} />}
          <NextSection section={section} choose={choose} />
        </section>
      </div>
      <Contributors application_id={application.application_id} name_of_file={name_of_file} />
      {application.submitted_at && <p className="soft small">{t('application.submitted_at', { at: format_moment(application.submitted_at, lang) })}</p>}
      {asked === 'submit' && (
        <Suspense>
          <SubmitDialog application={application} draft={draft} missing={missing} name_of_file={name_of_file} province={province} go_to={go_to} on_problem={set_refused}
            on_close={() => set_asked(null)} on_submitted={() => { set_asked(null); void reload() }} />
        </Suspense>
      )}
      {asked !== null && asked !== 'submit' && (
        <Suspense>
          <ActDialog act={asked} application={application} etag={draft.etag} on_close={() => set_asked(null)} on_done={() => { set_asked(null); void reload() }} />
        </Suspense>
      )}
    </RemarksProvider>
  )
}

function Meter({ share, checked }: { share: number; checked: ServerCompleteness | undefined }) {
  const { t } = useWords()
  return (
    <div className="meter-box">
      <label>{t('meter.label')} <b className="number">{share}%</b><meter min={0} max={100} value={share} /></label>
      <span className="small soft">{t(checked ? 'meter.checked' : 'meter.estimate')}</span>
    </div>
  )
}

interface Removed { what: string; before: Proposal }

/** Until the next change, what was taken out of the proposal can be put back as it was. */
function Undo({ removed, undo }: { removed: Removed; undo: () => void }) {
  const { t } = useWords()
  return (
    <p className="notice plain undo" role="status">
      <Icon name="bin" /><span>{t('undo.text', { what: removed.what })}</span> <button type="button" className="button" onClick={undo}>{t('undo.go')}</button>
    </p>
  )
}

function StillMissing({ missing, name_of_file, checked, section, go_to }: { missing: MissingLine[]; name_of_file: (key: string) => string; checked: boolean; section: Section; go_to: (pointer: string) => void }) {
  const { t } = useWords()
  const here = missing.filter(entry => entry.section === section)
  if (here.length === 0) return null
  return (
    <details className="still-missing">
      <summary>{t(checked ? 'missing.server' : 'missing.title', { n: here.length })}</summary>
      <ul>{here.map(entry => <li key={entry.pointer + entry.text}><a href="#section-title" onClick={event => { event.preventDefault(); go_to(entry.pointer) }}>{place_name(entry.pointer, t, name_of_file)}</a>: {entry.text}</li>)}</ul>
    </details>
  )
}

function NextSection({ section, choose }: { section: Section; choose: (section: Section) => void }) {
  const { t } = useWords()
  const at = sections.indexOf(section)
  const [before, after] = [sections[at - 1], sections[at + 1]]
  return (
    <p className="next-section no-print">
      {before && <button type="button" className="button" onClick={() => choose(before)}><Icon name="right" className="back" />{t(`section.${before}`)}</button>}
      {after && <button type="button" className="button" onClick={() => choose(after)}>{t(`section.${after}`)}<Icon name="right" /></button>}
    </p>
  )
}

function Findings({ application, go_to }: { application: Application; go_to: (pointer: string) => void }) {
  const { t, lang } = useWords()
  if (application.findings.length === 0) return null
  const place = (pointer: string) => pointer.replace(/^\/proposal/, '')
  return (
    <section className="notice" aria-labelledby="findings-title">
      <Icon name="edit" />
      <div>
        <h2 id="findings-title">{t('findings.title', { n: application.findings.length })}</h2>
        <p>{t('findings.text', { at: format_moment(application.deadline_at, lang) })}</p>
        <ul>{application.findings.map(finding => <li key={finding.pointer + finding.text}>
            {place(finding.pointer) === '' ? <b>{t('place.whole')}</b> : <a href="#section-title" onClick={event => { event.preventDefault(); go_to(place(finding.pointer)) }}>{place_name(place(finding.pointer), t)}</a>}: {finding.text}
          </li>)}</ul>
      </div>
    </section>
  )
}

/** What the working groups advised and what was resolved stands above the proposal that it is about. */
function Outcome({ application: { advice, resolution } }: { application: Application }) {
  const { t, lang, pick } = useWords()
  if (advice.length === 0 && !resolution) return null
  return (
    <section className="notice plain" aria-labelledby="outcome-title">
      <Icon name="seal" />
      <div className="stack">
        {resolution && (
          <div>
            <h2 id="outcome-title">{t('resolution.title')}: {t(`resolution.${resolution.kind}`)}</h2>
            <p className="pre">{pick(resolution.text_th, resolution.text_en)} <span className="soft">({resolution.number}{resolution.on_date && ` · ${format_date(resolution.on_date, lang)}`})</span></p>
          </div>
        )}
        {advice.length > 0 && (
          <div>
            <h2 id={resolution ? undefined : 'outcome-title'}>{t('advice.title')}</h2>
            <ul>{advice.map((entry, i) => <li key={i}><b>{t(`group.${entry.working_group}`)}</b>: <span className="pre">{entry.text}</span></li>)}</ul>
          </div>
        )}
      </div>
    </section>
  )
}

const places_named_max = 4

/** "changed Summary, KPI 2 and 3 more places": every step of the history as a sentence. */
function history_sentence(entry: HistoryEntry, t: Translate, name_of_file: (key: string) => string): string {
  const places = [...new Set(entry.changed.map(pointer => place_name(pointer.replace(/^\/proposal/, ''), t, name_of_file)))]
  const more = places.length - places_named_max
  const named = [...places.slice(0, places_named_max), ...(more > 0 ? [t('history.more', { n: more })] : [])].join(', ')
  const key = `history.${entry.act}` as Key
  const sentence = t(key, { places: named })
  return sentence === key ? t('history.other', { act: entry.act, places: named }) : sentence
}

/** Who did what and when: several people work on one proposal. */
function Contributors({ application_id, name_of_file }: { application_id: string; name_of_file: (key: string) => string }) {
  const { t, lang, pick } = useWords()
  const { data } = useQuery(history_query(application_id))
  if (!data || data.items.length === 0) return null
  return (
    <details className="history">
      <summary><Icon name="people" />{t('history.title', { n: data.items.length })}</summary>
      <ul className="milestones">
        {data.items.toReversed().map((entry, i) => (
          <li key={i}>
            <time dateTime={entry.at}>{format_moment(entry.at, lang)}</time>
            <b>{pick(entry.office_th, entry.office_en)}</b> {history_sentence(entry, t, name_of_file)}{entry.note && <span className="soft"> – {entry.note}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}
