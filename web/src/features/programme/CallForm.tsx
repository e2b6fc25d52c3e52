import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, server_now_ms, take } from '../../api/client.ts'
import type { Call, NewCall, Requirement } from '../../api/shapes.ts'
import { Link, navigate_after_saving, useLeaveQuestion, useParams } from '../../app/router.tsx'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { useDoing } from '../../components/doing.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { MomentField } from '../../components/MomentField.tsx'
import { ProblemSummary, RemarksProvider } from '../../components/problems.tsx'
import { bangkok_day, bangkok_moment, fiscal_year_label } from '../../lib/dates.ts'
import { useProvinces } from '../../components/provinces.ts'
import { call_query } from './queries.ts'

const day_ms = 86_400_000

/** The fiscal year in which a Bangkok day lies: it begins on 1 October. */
function fiscal_year_of(day: string): number {
  const [year, month] = day.split('-').map(Number)
  return month! >= 10 ? year! + 1 : year!
}

function blank_call(): NewCall {
  const today = bangkok_day(new Date(server_now_ms()).toISOString())
  const in_30_days = bangkok_day(new Date(server_now_ms() + 30 * day_ms).toISOString())
  return {
    fiscal_year: fiscal_year_of(today), title_th: '', title_en: '', guidance_th: '', guidance_en: '',
    opens_at: bangkok_moment(today, '08:30')!, deadline_at: bangkok_moment(in_30_days, '16:30')!, invited: [], volunteers_allowed: true,
    requirements: [
      { key: 'application_form', label_th: 'ใบสมัคร', label_en: 'Application form', required: true, kind: 'file' },
      { key: 'proposal', label_th: 'ข้อเสนอการพัฒนา', label_en: 'Development proposal', required: true, kind: 'form' },
    ],
  }
}

const members = ['fiscal_year', 'title_th', 'title_en', 'guidance_th', 'guidance_en', 'opens_at', 'deadline_at', 'invited', 'volunteers_allowed', 'requirements'] as const

/** Only what somebody changed is sent: the server keeps the rest, and refuses what may no longer change. */
function changed_members(before: NewCall, after: NewCall): Partial<NewCall> {
  const entries = members.filter(name => JSON.stringify(before[name]) !== JSON.stringify(after[name])).map(name => [name, after[name]])
  return Object.fromEntries(entries) as Partial<NewCall>
}

export function NewCallPage() {
  const { t } = useWords()
  const save = (call: NewCall) => take(api.POST('/api/v1/calls', { body: call }))
  const [start] = useState(blank_call)
  return <CallForm title={t('calls.new')} start={start} save={save} />
}

export function EditCallPage() {
  const { t } = useWords()
  const { call_id } = useParams('/calls/$call_id/edit')
  const { data, error } = useQuery(call_query(call_id))
  if (error) return <Failure error={error} />
  if (!data) return <Waiting />
  const before = data.body
  const save = (call: NewCall, reason: string) => take(api.PATCH('/api/v1/calls/{call_id}', {
    params: { path: { call_id } }, headers: { 'If-Match': data.etag },
    body: { ...changed_members(before, call), ...(reason && { reason }) },
  }))
  return <CallForm title={t('call.edit')} start={before} opened={before.state === 'open'} save={save} />
}

function CallForm({ title, start, save, opened = false }: { title: string; start: NewCall; opened?: boolean; save: (call: NewCall, reason: string) => Promise<Call> }) {
  const { t, lang } = useWords()
  const queries = useQueryClient()
  const [call, set_call] = useState(start)
  const [first] = useState(start)
  const [reason, set_reason] = useState('')
  const { busy, problem, failure, run } = useDoing()
  useLeaveQuestion(call !== first || reason !== '' ? t('leave.question') : null)
  const change = (part: Partial<NewCall>) => set_call(before => ({ ...before, ...part }))
  const this_year = fiscal_year_of(bangkok_day(new Date(server_now_ms()).toISOString()))
  const years = [...new Set([2019, 2020, 2021, 2022, this_year, this_year + 1, call.fiscal_year])].toSorted((a, b) => b - a)

  const submit = () => run(async () => {
    const saved = await save(call, reason)
    await queries.invalidateQueries({ queryKey: ['calls'] })
    navigate_after_saving({ to: '/calls/$call_id', params: { call_id: saved.call_id } })
  })

  return (
    <RemarksProvider fields={problem?.fields}>
      <p className="crumbs"><Link to="/calls">{t('calls.title')}</Link></p>
      <header className="page-head"><h1>{title}</h1></header>
      <form className="form" onSubmit={event => { event.preventDefault(); void submit() }}>
        <ProblemSummary problem={problem} />
        {failure !== null && <Failure error={failure} />}
        {opened && (
          <section className="panel stack">
            <p className="notice"><Icon name="lock" /><span>{t('call.opened')}</span></p>
            <MomentField pointer="/deadline_at" label={t('call.deadline')} hint={t('call.deadline_hint')} value={call.deadline_at} on_change={deadline_at => change({ deadline_at })} />
            <TextField pointer="/reason" label={t('call.reason')} rows={2} max={1000} lang="th" value={reason} on_change={set_reason} />
          </section>
        )}
        {!opened && <><section className="panel stack">
          <TextField pointer="/title_th" label={t('call.title_th')} value={call.title_th} max={300} on_change={title_th => change({ title_th })} lang="th" />
          <TextField pointer="/title_en" label={t('call.title_en')} value={call.title_en} max={300} on_change={title_en => change({ title_en })} lang="en" />
          <ChoiceField pointer="/fiscal_year" label={t('call.fiscal_year')} value={String(call.fiscal_year)} on_change={year => change({ fiscal_year: Number(year) })}
            options={years.map(year => ({ value: String(year), label: fiscal_year_label(year, lang) }))} />
          <div className="pair">
            <MomentField pointer="/opens_at" label={t('call.opens')} value={call.opens_at} on_change={opens_at => change({ opens_at })} />
            <MomentField pointer="/deadline_at" label={t('call.deadline')} hint={t('call.deadline_hint')} value={call.deadline_at} on_change={deadline_at => change({ deadline_at })} />
          </div>
          <TextField pointer="/guidance_th" label={t('call.guidance_th')} rows={5} max={10000} value={call.guidance_th} on_change={guidance_th => change({ guidance_th })} lang="th" />
          <TextField pointer="/guidance_en" label={t('call.guidance_en')} rows={3} max={10000} value={call.guidance_en} on_change={guidance_en => change({ guidance_en })} lang="en" optional />
        </section>
        <InvitedProvinces chosen={call.invited} on_change={invited => change({ invited })} volunteers={call.volunteers_allowed} on_volunteers={volunteers_allowed => change({ volunteers_allowed })} />
        <Requirements list={call.requirements} on_change={requirements => change({ requirements })} /></>}
        <div className="buttons sticky-end">
          <button type="submit" className="button main" disabled={busy}>{busy ? t('waiting') : t('call.save')}</button>
          <Link to="/calls" className="button">{t('cancel')}</Link>
        </div>
      </form>
    </RemarksProvider>
  )
}

function InvitedProvinces({ chosen, on_change, volunteers, on_volunteers }: { chosen: string[]; on_change: (codes: string[]) => void; volunteers: boolean; on_volunteers: (allowed: boolean) => void }) {
  const { t } = useWords()
  const provinces = useProvinces()
  const [search, set_search] = useState('')
  const shown = provinces.list.filter(area => `${area.name_th} ${area.name_en} ${area.code}`.toLowerCase().includes(search.trim().toLowerCase()))
  const toggle = (code: string) => on_change(chosen.includes(code) ? chosen.filter(other => other !== code) : [...chosen, code])
  return (
    <fieldset className="panel stack" id="field-invited" tabIndex={-1}>
      <legend>{t('call.invited')} <span className="count">{chosen.length}</span></legend>
      <TextField pointer="/invited-search" label={t('call.find_province')} value={search} on_change={set_search} />
      <div className="checks" role="group" aria-label={t('call.invited')}>
        {shown.map(area => (
          <label key={area.code} className="check"><input type="checkbox" checked={chosen.includes(area.code)} onChange={() => toggle(area.code)} />{provinces.name(area.code)}</label>
        ))}
      </div>
      <label className="check"><input type="checkbox" checked={volunteers} onChange={event => on_volunteers(event.target.checked)} />{t('call.allow_volunteers')}</label>
    </fieldset>
  )
}

function Requirements({ list, on_change }: { list: Requirement[]; on_change: (list: Requirement[]) => void }) {
  const { t } = useWords()
  const change = (at: number, part: Partial<Requirement>) => on_change(list.map((entry, i) => (i === at ? { ...entry, ...part } : entry)))
  const add = () => on_change([...list, { key: `file_${list.length + 1}`, label_th: '', label_en: '', required: false, kind: 'file' }])
  return (
    <fieldset className="panel stack">
      <legend>{t('call.requirements')}</legend>
      {list.map((entry, i) => (
        <div className="item" key={i}>
          <div className="item-fields">
            <TextField pointer={`/requirements/${i}/label_th`} label={t('requirement.label_th')} value={entry.label_th} max={200} on_change={label_th => change(i, { label_th })} lang="th" />
            <TextField pointer={`/requirements/${i}/label_en`} label={t('requirement.label_en')} value={entry.label_en} max={200} on_change={label_en => change(i, { label_en })} lang="en" />
            <ChoiceField pointer={`/requirements/${i}/kind`} label={t('requirement.kind')} value={entry.kind} on_change={kind => change(i, { kind })}
              options={[{ value: 'form', label: t('requirement.form') }, { value: 'file', label: t('requirement.file') }]} />
            <label className="check"><input type="checkbox" checked={entry.required} onChange={event => change(i, { required: event.target.checked })} />{t('requirement.required')}</label>
          </div>
          <button type="button" className="button quiet" onClick={() => on_change(list.filter((_, at) => at !== i))}><Icon name="bin" />{t('remove')}<span className="hidden-visually"> {entry.label_th}</span></button>
        </div>
      ))}
      <p><button type="button" className="button" onClick={add}><Icon name="plus" />{t('requirement.add')}</button></p>
    </fieldset>
  )
}
