import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type KeyboardEvent, type SetStateAction } from 'react'
import { server_now_ms } from '../../api/client.ts'
import type { AlikeCase, Area, CaseLists, Receipt, ReporterType, ToldAlready } from '../../api/shapes.ts'
import { Link, useLeaveQuestion } from '../../app/router.tsx'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Said, useDoing } from '../../components/doing.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { field_id, focus_field } from '../../components/problems.tsx'
import '../../styles/service_centre.css'
import { AlikeCases } from './AlikeCases.tsx'
import { AreaField } from './AreaField.tsx'
import { case_of, draft_of, new_draft, only_asks, parse_position, type Draft } from './draft.ts'
import { areas_within_query, lists_query, useOfficer, type CounterOfficer } from './queries.ts'
import { make_id, save } from './queue.ts'
import { ReceiptPage } from './ReceiptPage.tsx'
import { useWaiting, WaitingCases } from './WaitingCases.tsx'

const reporter_types: Exclude<ReporterType, 'secret'>[] = ['person', 'group', 'agency', 'juristic', 'anonymous']
const told: ToldAlready[] = ['not_told', 'told', 'advised']

/** Keeps the program of this page in the browser, so that it opens without the network. */
function useWorker(): void {
  useEffect(() => {
    if ('serviceWorker' in navigator) navigator.serviceWorker.register('/app/counter-worker.js', { scope: '/app/cases/new' }).catch(() => undefined) // the page works on line without it
  }, [])
}

export function CounterPage() {
  const { t } = useWords()
  const officer = useOfficer()
  const lists = useQuery(lists_query)
  const areas = useQuery({ ...areas_within_query(officer?.area ?? ''), enabled: !!officer })
  useWorker()
  const head = <header className="page-head no-print"><h1>{t('counter.title')}</h1></header>
  if (officer === null) return <>{head}<p className="empty"><Icon name="lock" />{t('counter.not_yours')}</p></>
  const error = lists.error ?? areas.error
  if (error) return <>{head}<Failure error={error} again={() => { void lists.refetch(); void areas.refetch() }} /></>
  if (!officer || !lists.data || !areas.data) return <Waiting />
  return <Counter officer={officer} lists={lists.data} areas={areas.data} />
}

interface Taken { receipt: Receipt | null; title: string; takes_services: boolean; into: AlikeCase['summary'] | null }

function Counter({ officer, lists, areas }: { officer: CounterOfficer; lists: CaseLists; areas: Area[] }) {
  const { t } = useWords()
  const home = officer.area.length === 4 ? officer.area : ''
  const [draft, set_draft] = useState(() => new_draft(lists, home))
  const [taken, set_taken] = useState<Taken | null>(null)
  const [correcting, set_correcting] = useState<{ client_id: string; taken_at: string } | null>(null)
  const waiting = useWaiting(officer.person_id)
  const doing = useDoing()
  const dirty = draft.title !== '' || draft.detail !== '' || draft.name !== '' || draft.phone !== ''
  useLeaveQuestion(dirty && !taken ? t('leave.question') : null)
  const unreadable = draft.position.trim() !== '' && parse_position(draft.position) === null

  /** `into`: another case, which the person at the counter reports too. */
  async function finish(into: Taken['into'] = null) {
    if (doing.busy) return
    const now = server_now_ms()
    const body = case_of(draft, lists, correcting?.client_id ?? make_id(now), correcting?.taken_at ?? new Date(now).toISOString())
    if (!body) { focus_field('/place/position'); return }
    await doing.run(async () => {
      const receipt = await save(officer.person_id, { ...body, into: into?.case_id ?? null })
      set_taken({ receipt, title: body.title, takes_services: lists.kinds.some(row => row.kind === body.kind && row.handled_as === 'service'), into })
      set_correcting(null)
      await waiting.refresh()
    })
  }
  function next() {
    set_taken(null)
    set_draft(now => new_draft(lists, home, now.channel))
  }
  if (taken) return <ReceiptPage taken={taken} on_next={next} below={<WaitingCases waiting={waiting} />} />
  return (
    <>
      <header className="page-head split">
        <div><h1>{t('counter.title')}</h1><p className="soft small">{t('counter.keys')}</p></div>
        <Link to="/cases" search={{ view: 'mine' }} className="button">{t('cases.title')}</Link>
      </header>
      {correcting && <p className="notice" role="status"><Icon name="edit" /><span>{t('counter.correcting')}</span></p>}
      <Said doing={doing}>
        <IntakeForm draft={draft} set={set_draft} lists={lists} areas={areas} busy={doing.busy} unreadable={unreadable} on_save={() => void finish()} />
      </Said>
      <AlikeCases draft={draft} busy={doing.busy} on_join={one => void finish(one.summary)} />
      <WaitingCases waiting={waiting} on_correct={one => {
        set_draft(draft_of(one.body))
        set_correcting({ client_id: one.client_id, taken_at: one.taken_at })
        document.getElementById(field_id('/title'))?.focus()
      }} />
    </>
  )
}

interface FormProps { draft: Draft; set: (change: SetStateAction<Draft>) => void; lists: CaseLists; areas: Area[]; busy: boolean; unreadable: boolean; on_save: () => void }

/** In the order in which one asks a person: what happened, where, who are you; the rest has defaults. */
function IntakeForm({ draft, set, lists, areas, busy, unreadable, on_save }: FormProps) {
  const { t, pick } = useWords()
  const form = useRef<HTMLFormElement>(null)
  // After the frame of the application has put the focus on the page as a whole.
  useEffect(() => {
    const timer = setTimeout(() => document.getElementById(field_id('/title'))?.focus())
    return () => clearTimeout(timer)
  }, [])
  const put = <Name extends keyof Draft>(name: Name) => (value: Draft[Name]) => set(now => ({ ...now, [name]: value }))
  const on_key = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    form.current?.requestSubmit()
  }
  const options = <Row extends { name_th: string; name_en: string }>(rows: Row[], code: (row: Row) => string) => rows.map(row => ({ value: code(row), label: pick(row.name_th, row.name_en) }))
  const asks = only_asks(lists, draft.kind)
  const nameless = draft.reporter_type === 'anonymous' && !draft.secret
  return (
    <form ref={form} className="intake" onKeyDown={on_key} onSubmit={event => { event.preventDefault(); on_save() }} noValidate>
      <fieldset className="panel intake-what">
        <legend>{t('counter.what')}</legend>
        <div className="stack">
          <TextField pointer="/title" label={t('counter.case_title')} max={200} lang="th" value={draft.title} on_change={put('title')} />
          <TextField pointer="/detail" label={t('counter.detail')} rows={3} max={8000} lang="th" optional value={draft.detail} on_change={put('detail')} />
        </div>
      </fieldset>
      <fieldset className="panel intake-where">
        <legend>{t('counter.where')}</legend>
        <div className="stack">
          <AreaField pointer="/place/area" label={t('counter.area')} areas={areas} value={draft.area} on_change={put('area')} />
          <div className="pair">
            <TextField pointer="/place/landmark" label={t('counter.landmark')} max={500} lang="th" optional value={draft.landmark} on_change={put('landmark')} />
            <TextField pointer="/place/position" label={t('counter.position')} max={60} optional value={draft.position} on_change={put('position')} error={unreadable ? t('counter.position_wrong') : undefined} />
          </div>
        </div>
      </fieldset>
      <fieldset className="panel intake-who">
        <legend>{t('counter.who')}</legend>
        <div className="stack">
          <label className="check"><input type="checkbox" checked={draft.secret} onChange={event => put('secret')(event.target.checked)} aria-describedby="secret-hint" /><span>{t('counter.secret')}</span></label>
          {draft.secret && <p className="hint" id="secret-hint">{t('counter.secret_hint')}</p>}
          {!draft.secret && <ChoiceField pointer="/reporters/0/type" label={t('counter.reporter_type')} value={draft.reporter_type} on_change={put('reporter_type')} options={reporter_types.map(value => ({ value, label: t(`reporter.${value}`) }))} />}
          <div className="pair">
            {!nameless && <TextField pointer="/reporters/0/name" label={t('counter.name')} max={200} lang="th" value={draft.name} on_change={put('name')} />}
            <TextField pointer="/reporters/0/phone" label={t('counter.phone')} max={25} input_mode="numeric" optional value={draft.phone} on_change={put('phone')} />
          </div>
          <details className="more-fields">
            <summary>{t('counter.more_reporter')}</summary>
            <div className="stack">
              {!nameless && <TextField pointer="/reporters/0/citizen_id" label={t('counter.citizen_id')} max={21} input_mode="numeric" optional value={draft.citizen_id} on_change={put('citizen_id')} />}
              <TextField pointer="/reporters/0/email" label={t('counter.email')} max={254} optional value={draft.email} on_change={put('email')} />
              <TextField pointer="/reporters/0/address" label={t('counter.address')} max={500} rows={2} lang="th" optional value={draft.address} on_change={put('address')} />
            </div>
          </details>
        </div>
      </fieldset>
      <fieldset className="panel intake-kind">
        <legend>{t('counter.kinds')}</legend>
        <div className="stack">
          <div className="pair">
            <ChoiceField pointer="/category" label={t('case.category')} value={draft.category} on_change={put('category')} options={options(lists.categories, row => row.category)} />
            <ChoiceField pointer="/channel" label={t('case.channel')} value={draft.channel} on_change={put('channel')} options={options(lists.channels, row => row.channel)} />
            <ChoiceField pointer="/kind" label={t('case.kind')} value={draft.kind} on_change={put('kind')} options={options(lists.kinds, row => row.kind)} />
            <ChoiceField pointer="/importance" label={t('case.importance')} value={draft.importance} on_change={put('importance')} options={options(lists.importances, row => row.kind)} />
          </div>
          {!asks && (
            <details className="more-fields">
              <summary>{t('counter.more_case')}</summary>
              <div className="stack">
                <TextField pointer="/wanted" label={t('counter.wanted')} rows={2} max={4000} lang="th" optional value={draft.wanted} on_change={put('wanted')} />
                <ChoiceField pointer="/told_already" label={t('counter.told_already')} value={draft.told_already} on_change={put('told_already')} options={told.map(value => ({ value, label: t(`told.${value}`) }))} />
                <div className="pair">
                  <TextField pointer="/accused/0/name" label={t('counter.accused')} max={200} lang="th" optional value={draft.accused} on_change={put('accused')} />
                  <TextField pointer="/accused/0/detail" label={t('counter.accused_detail')} max={500} lang="th" optional value={draft.accused_detail} on_change={put('accused_detail')} />
                </div>
              </div>
            </details>
          )}
        </div>
      </fieldset>
      <div className="intake-save">
        <button type="submit" className="button main" disabled={busy}>{busy ? t('waiting') : t('counter.save')} <kbd>Ctrl+Enter</kbd></button>
      </div>
    </form>
  )
}
