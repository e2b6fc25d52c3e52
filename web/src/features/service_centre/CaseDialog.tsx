import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useDeferredValue, useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { Case, CaseAssignment, ClosingGround } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { load_sentences, useWords, type Key } from '../../app/words.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Said, useDoing } from '../../components/doing.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { format_moment, parse_date } from '../../lib/dates.ts'
import { AreaField } from './AreaField.tsx'
import { parse_position } from './draft.ts'
import { areas_within_query, cases_query, useLists, who_may_query } from './queries.ts'

const ChainView = lazy(async () => {
  const [{ ChainView: View }] = await Promise.all([import('../authority/ChainView.tsx'), load_sentences('authority')])
  return { default: View }
})

export type AskedAct =
  | 'screen' | 'take_charge' | 'assign' | 'handle' | 'record_result' | 'mediate' | 'end_mediation' | 'send_up' | 'take_up' | 'send_back' | 'propose_closing' | 'close' | 'refuse_closing'
  | 'tell' | 'merge' | 'reject' | 'withdraw' | 'reopen' | 'add_task' | 'accept' | 'progress' | 'report_result' | 'return' | 'end_assignment'
export interface Asked { act: AskedAct; assignment?: CaseAssignment | undefined }
interface Props extends Asked { it: Case; etag: string; on_close: () => void; on_done: () => void }

/** The words that an act asks for: the member they go to, and whether they may be left out. */
const words_of: Partial<Record<AskedAct, { pointer: string; label: Key; optional?: true; shown?: true }>> = {
  screen: { pointer: '/note_th', label: 'ask_case.note', optional: true },
  assign: { pointer: '/instruction_th', label: 'ask_case.instruction', optional: true },
  handle: { pointer: '/note_th', label: 'ask_case.note', optional: true },
  record_result: { pointer: '/result_th', label: 'ask_case.result' },
  mediate: { pointer: '/note_th', label: 'ask_case.note', optional: true },
  end_mediation: { pointer: '/outcome_th', label: 'ask_case.outcome' },
  send_up: { pointer: '/reason_th', label: 'ask_case.reason', shown: true },
  send_back: { pointer: '/reason_th', label: 'ask_case.reason' },
  propose_closing: { pointer: '/summary_th', label: 'ask_case.summary', shown: true },
  refuse_closing: { pointer: '/reason_th', label: 'ask_case.reason' },
  tell: { pointer: '/text_th', label: 'ask_case.tell', shown: true },
  merge: { pointer: '/reason_th', label: 'ask_case.reason', shown: true },
  reject: { pointer: '/reason_th', label: 'ask_case.reason', shown: true },
  withdraw: { pointer: '/reason_th', label: 'ask_case.reason', shown: true },
  reopen: { pointer: '/reason_th', label: 'ask_case.reason', shown: true },
  add_task: { pointer: '/text', label: 'ask_case.task' },
  accept: { pointer: '/note_th', label: 'ask_case.note', optional: true },
  progress: { pointer: '/result_th', label: 'ask_case.progress' },
  report_result: { pointer: '/result_th', label: 'ask_case.result' },
  return: { pointer: '/reason_th', label: 'ask_case.reason' },
  end_assignment: { pointer: '/reason_th', label: 'ask_case.reason' },
}

/** One act of a case, with what it needs. The version it was opened from goes along: who comes second is told. */
export function CaseDialog({ act, assignment, it, etag, on_close, on_done }: Props) {
  const { t, pick } = useWords()
  const { lists } = useLists()
  const [words, set_words] = useState('')
  const [kind, set_kind] = useState<string>(it.kind)
  const [category, set_category] = useState<string>(it.category)
  const [importance, set_importance] = useState<string>(it.importance)
  const [area, set_area] = useState<string>(it.place.area)
  const [landmark, set_landmark] = useState(it.place.landmark ?? '')
  const [position, set_position] = useState(it.place.position ? `${it.place.position.latitude}, ${it.place.position.longitude}` : '')
  const [office_id, set_office] = useState('')
  const [letter, set_letter] = useState('')
  const [agreed, set_agreed] = useState<'yes' | 'no' | ''>('')
  const [into, set_into] = useState('')
  const [ground, set_ground] = useState<ClosingGround>(() => (it.files.some(file => file.purpose === 'after') ? 'evidence' : 'citizen_word'))
  const [before, set_before] = useState<string>(it.files.findLast(file => file.purpose === 'before')?.key ?? it.files[0]?.key ?? '')
  const [after, set_after] = useState<string>(it.files.findLast(file => file.purpose === 'after')?.key ?? '')
  const [due, set_due] = useState('')
  const areas = useQuery({ ...areas_within_query(it.district), enabled: act === 'screen' })
  const doing = useDoing()
  const asks = words_of[act]
  const due_on = due.trim() === '' ? null : parse_date(due)
  const place = position.trim() === '' ? null : parse_position(position)

  function send() {
    const one = { params: { path: { case_id: it.case_id } }, headers: { 'If-Match': etag } }
    const its = { params: { path: { case_id: it.case_id, assignment_id: assignment?.assignment_id ?? '' } }, headers: { 'If-Match': etag } }
    const text = words.trim()
    const note = { note_th: text || null }
    const reason = { reason_th: text }
    switch (act) {
      case 'screen': return api.POST('/api/v1/cases/{case_id}/screen', { ...one, body: {
        kind: kind === it.kind ? null : kind, category: category === it.category ? null : category, importance: importance === it.importance ? null : importance,
        place: place_changed() ? { area, landmark: landmark.trim() || null, position: place, given: place ? 'map' : 'typed' } : null, ...note,
      } })
      case 'take_charge': return api.POST('/api/v1/cases/{case_id}/take_charge', { ...one, body: {} })
      case 'take_up': return api.POST('/api/v1/cases/{case_id}/take_up', { ...one, body: {} })
      case 'close': return api.POST('/api/v1/cases/{case_id}/close', { ...one, body: {} })
      case 'assign': return api.POST('/api/v1/cases/{case_id}/assignments', { ...one, body: { office_id, instruction_th: text || null, letter_out: letter.trim() || null } })
      case 'handle': return api.POST('/api/v1/cases/{case_id}/handle', { ...one, body: note })
      case 'mediate': return api.POST('/api/v1/cases/{case_id}/mediate', { ...one, body: note })
      case 'record_result': return api.POST('/api/v1/cases/{case_id}/result', { ...one, body: { result_th: text } })
      case 'end_mediation': return api.POST('/api/v1/cases/{case_id}/mediation_end', { ...one, body: { agreed: agreed === 'yes', outcome_th: text } })
      case 'send_up': return api.POST('/api/v1/cases/{case_id}/send_up', { ...one, body: reason })
      case 'send_back': return api.POST('/api/v1/cases/{case_id}/send_back', { ...one, body: reason })
      case 'propose_closing': return api.POST('/api/v1/cases/{case_id}/closing', { ...one, body: { ground, before: ground === 'evidence' ? before : null, after: ground === 'evidence' ? after : null, summary_th: text } })
      case 'refuse_closing': return api.POST('/api/v1/cases/{case_id}/closing_refusal', { ...one, body: reason })
      case 'tell': return api.POST('/api/v1/cases/{case_id}/tell', { ...one, body: { text_th: text } })
      case 'merge': return api.POST('/api/v1/cases/{case_id}/merge', { ...one, body: { into, ...reason } })
      case 'reject': return api.POST('/api/v1/cases/{case_id}/reject', { ...one, body: reason })
      case 'withdraw': return api.POST('/api/v1/cases/{case_id}/withdraw', { ...one, body: reason })
      case 'reopen': return api.POST('/api/v1/cases/{case_id}/reopen', { ...one, body: reason })
      case 'add_task': return api.POST('/api/v1/cases/{case_id}/tasks', { ...one, body: { text, due_on } })
      case 'accept': return api.POST('/api/v1/cases/{case_id}/assignments/{assignment_id}/accept', { ...its, body: note })
      case 'progress': return api.POST('/api/v1/cases/{case_id}/assignments/{assignment_id}/progress', { ...its, body: { result_th: text } })
      case 'report_result': return api.POST('/api/v1/cases/{case_id}/assignments/{assignment_id}/report', { ...its, body: { result_th: text } })
      case 'return': return api.POST('/api/v1/cases/{case_id}/assignments/{assignment_id}/return', { ...its, body: reason })
      case 'end_assignment': return api.POST('/api/v1/cases/{case_id}/assignments/{assignment_id}/end', { ...its, body: reason })
    }
  }
  function place_changed(): boolean {
    return area !== it.place.area || landmark.trim() !== (it.place.landmark ?? '') || JSON.stringify(place) !== JSON.stringify(it.place.position)
  }
  const confirm = () => doing.run(async () => {
    await take<unknown>(send() as Promise<{ data?: unknown; error?: unknown; response: Response }>)
    on_done()
  })
  const ready = (!asks || asks.optional || words.trim() !== '') && (act !== 'assign' || office_id !== '') && (act !== 'merge' || into !== '')
    && (act !== 'end_mediation' || agreed !== '') && (act !== 'screen' || position.trim() === '' || place !== null) && (due.trim() === '' || due_on !== null)
  const rows = <Row extends { name_th: string; name_en: string }>(list: Row[] | undefined, code: (row: Row) => string) => (list ?? []).map(row => ({ value: code(row), label: pick(row.name_th, row.name_en) }))
  return (
    <Dialog title={t(`ask_case.${act}.title`)} on_close={on_close}>
      <form className="stack" onSubmit={event => { event.preventDefault(); if (ready) void confirm() }}>
        {assignment && <p><b>{pick(assignment.office_th, assignment.office_en)}</b></p>}
        <p>{t(`ask_case.${act}.text`)}</p>
        <Said doing={doing}>
          {act === 'screen' && (
            <>
              <div className="pair">
                <ChoiceField pointer="/kind" label={t('case.kind')} value={kind} on_change={set_kind} options={rows(lists?.kinds, row => row.kind)} />
                <ChoiceField pointer="/category" label={t('case.category')} value={category} on_change={set_category} options={rows(lists?.categories, row => row.category)} />
                <ChoiceField pointer="/importance" label={t('case.importance')} value={importance} on_change={set_importance} options={rows(lists?.importances, row => row.kind)} />
              </div>
              <AreaField pointer="/place/area" label={t('counter.area')} areas={areas.data ?? []} value={area} on_change={set_area} />
              <div className="pair">
                <TextField pointer="/place/landmark" label={t('counter.landmark')} max={500} lang="th" optional value={landmark} on_change={set_landmark} />
                <TextField pointer="/place/position" label={t('counter.position')} max={60} optional value={position} on_change={set_position} error={position.trim() !== '' && place === null ? t('counter.position_wrong') : undefined} />
              </div>
            </>
          )}
          {act === 'assign' && (
            <>
              <AgencyField it={it} value={office_id} on_change={set_office} />
              <TextField pointer="/letter_out" label={t('case.letter_out')} hint={t('ask_case.letter_hint')} max={200} lang="th" optional value={letter} on_change={set_letter} />
            </>
          )}
          {act === 'send_up' && <Above it={it} />}
          {act === 'end_mediation' && <ChoiceField pointer="/agreed" label={t('ask_case.agreed')} value={agreed} on_change={set_agreed} options={[{ value: 'yes' as const, label: t('ask_case.agreed.yes') }, { value: 'no' as const, label: t('ask_case.agreed.no') }]} />}
          {act === 'merge' && <MergeField it={it} value={into} on_change={set_into} />}
          {act === 'propose_closing' && <GroundFields it={it} ground={ground} set_ground={set_ground} before={before} set_before={set_before} after={after} set_after={set_after} />}
          {asks && <TextField pointer={asks.pointer} label={t(asks.label)} hint={asks.shown && t('ask_case.shown')} rows={act === 'add_task' ? undefined : 3} max={act === 'add_task' ? 500 : 4000} lang="th" optional={asks.optional} value={words} on_change={set_words} />}
          {act === 'add_task' && <TextField pointer="/due_on" label={t('ask_case.due_on')} max={30} optional value={due} on_change={set_due} />}
          <div className="buttons">
            <button type="submit" className="button main" disabled={doing.busy || !ready}>{doing.busy ? t('waiting') : t('ask_case.go')}</button>
            <button type="button" className="button" onClick={on_close}>{t('cancel')}</button>
          </div>
        </Said>
      </form>
    </Dialog>
  )
}

/** Offices that the law lets work on what they are assigned; those of the province first. */
function AgencyField({ it, value, on_change }: { it: Case; value: string; on_change: (office_id: string) => void }) {
  const { t, pick } = useWords()
  const { data, error } = useQuery(who_may_query('case.accept', 'case_assigned', it.district))
  const [typed, set_typed] = useState('')
  const taken = it.assignments.filter(one => ['assigned', 'accepted', 'in_progress'].includes(one.state)).map(one => one.office_id)
  const near = (area: string | null) => (area?.startsWith(it.district) ? 0 : area?.startsWith(it.province) ? 1 : area === null ? 2 : 3)
  const offices = (data?.signers ?? []).filter(one => !taken.includes(one.office_id) && `${one.title_th} ${one.title_en}`.toLowerCase().includes(typed.trim().toLowerCase())).toSorted((a, b) => near(a.area) - near(b.area))
  return (
    <>
      <TextField pointer="/agency_search" label={t('ask_case.agency_search')} max={100} type="search" optional value={typed} on_change={set_typed} />
      <ChoiceField pointer="/office_id" label={t('ask_case.agency')} value={offices.some(one => one.office_id === value) ? value : ''} on_change={on_change} options={offices.map(one => ({ value: one.office_id, label: pick(one.title_th, one.title_en) }))} />
      {data && offices.length === 0 && <p className="soft small">{t('ask_case.no_agency')}</p>}
      {data?.more && <p className="soft small">{t('ask_case.more_agencies')}</p>}
      {error && <p className="error">{t('error.unreachable')}</p>}
    </>
  )
}

/** Whose the case will be, and by what law: the answer of the register of powers, with what nobody has verified. */
function Above({ it }: { it: Case }) {
  const { t, pick } = useWords()
  const level = it.level === 'district' ? 'province' : 'ministry'
  const { data } = useQuery(who_may_query('case.take_up', `case_at_${level}`, it.district))
  const first = data?.signers[0]
  return (
    <div className="notice plain">
      <Icon name="up" />
      <div>
        <p>{t('ask_case.above', { level: t(`case.level.${level}`), who: data?.signers.map(one => pick(one.title_th, one.title_en)).join(', ') || '–' })}</p>
        {first && <details className="small"><summary>{t('ask_case.by_what')}</summary><Suspense><ChainView power={first} /></Suspense></details>}
        <p className="small"><Link to="/who-may-sign">{t('ask_case.who_may')}</Link></p>
      </div>
    </div>
  )
}

/** Another open case of the district, by its number or a part of its title. */
function MergeField({ it, value, on_change }: { it: Case; value: string; on_change: (case_id: string) => void }) {
  const { t } = useWords()
  const [typed, set_typed] = useState('')
  const q = useDeferredValue(typed.trim())
  const found = useInfiniteQuery(cases_query({ district: it.district, open: 1, limit: 20, ...(q ? { q } : { category: it.category }) }))
  const others = (found.data?.pages[0]?.items ?? []).filter(one => one.case_id !== it.case_id)
  return (
    <>
      <TextField pointer="/merge_search" label={t('cases.search')} max={100} type="search" optional value={typed} on_change={set_typed} />
      <ChoiceField pointer="/into" label={t('ask_case.into')} value={others.some(one => one.case_id === value) ? value : ''} on_change={on_change} options={others.map(one => ({ value: one.case_id as string, label: `${one.number} ${one.title}` }))} />
      {found.data && others.length === 0 && <p className="soft small">{t('ask_case.no_other')}</p>}
    </>
  )
}

interface GroundProps { it: Case; ground: ClosingGround; set_ground: (ground: ClosingGround) => void; before: string; set_before: (key: string) => void; after: string; set_after: (key: string) => void }

/** What the closing rests on. The server holds it against the record and says what does not fit. */
function GroundFields({ it, ground, set_ground, before, set_before, after, set_after }: GroundProps) {
  const { t, lang, pick } = useWords()
  const { lists } = useLists()
  const rows = lists?.intake.closing_grounds ?? []
  const grounds = (rows.find(row => row.kinds.includes(it.kind)) ?? rows.find(row => row.kinds.length === 0))?.grounds ?? [ground]
  const files = it.files.map(file => ({ value: file.key as string, label: `${t(`file.purpose.${file.purpose}`)}: ${file.name}${file.taken_at ? ` · ${format_moment(file.taken_at, lang, 'short')}` : ''}` }))
  const limits = (lists?.parameters ?? []).filter(row => row.parameter.startsWith('evidence_'))
  return (
    <>
      <ChoiceField pointer="/ground" label={t('case.ground')} value={grounds.includes(ground) ? ground : ''} on_change={set_ground} options={grounds.map(value => ({ value, label: t(`ground.${value}`) }))} />
      {ground === 'evidence' && (
        <>
          <ChoiceField pointer="/before" label={t('file.purpose.before')} value={before} on_change={set_before} options={files} />
          <ChoiceField pointer="/after" label={t('file.purpose.after')} value={after} on_change={set_after} options={files} />
          <ul className="small soft plain-list">{limits.map(row => <li key={row.parameter}>{pick(row.name_th, row.name_en)}: {row.value} {t(`unit_of.${row.unit}` as Key)}{!row.verified && <> <span className="mark grey">{t('case.unverified')}</span></>}</li>)}</ul>
        </>
      )}
    </>
  )
}
