import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { api, server_now_ms, take } from '../../api/client.ts'
import type { Application, Finding, Outcome, WorkingGroup } from '../../api/shapes.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { load_sentences, useWords } from '../../app/words.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { useDoing } from '../../components/doing.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { MomentField } from '../../components/MomentField.tsx'
import { ProblemSummary, RemarksProvider } from '../../components/problems.tsx'
import { format_date } from '../../lib/dates.ts'
import { sections } from '../../lib/completeness.ts'
import { bodies_query, meetings_query } from '../committees/queries.ts'
import { place_name } from './editing.ts'

const MeetingForm = lazy(async () => {
  const [module] = await Promise.all([import('../committees/MeetingForm.tsx'), load_sentences('committees')])
  return { default: module.MeetingForm }
})

export type DialogAct = 'return' | 'accept' | 'withdraw' | 'advise' | 'resolve'

interface Props { act: DialogAct; application: Application; etag: string; on_close: () => void; on_done: () => void }

const resolution_kinds: Outcome[] = ['approve', 'acknowledge', 'revise', 'reject']
const groups: WorkingGroup[] = ['economy', 'society_security', 'environment']
const day_ms = 86_400_000

/** Every place a finding may point at: the whole section, or one field of one item. */
function places(application: Application): string[] {
  const { agendas, kpis, benefits, unlocks } = application.proposal
  const each = <Item,>(list: Item[], name: string, fields: string[]) => list.flatMap((_, at) => fields.map(field => `/proposal/${name}/${at}/${field}`))
  const whole = sections.filter(section => section !== 'files').map(section => `/proposal/${section === 'summary' ? 'summary_th' : section === 'risks' ? 'risks_th' : section}`)
  return [
    ...whole,
    ...each(agendas, 'agendas', ['title_th', 'working_group', 'why_th']),
    ...each(kpis, 'kpis', ['name_th', 'definition_th', 'source_th', 'owner_th', 'weight', 'baseline', 'targets', 'criteria']),
    ...each(benefits, 'benefits', ['number', 'sentence_th']),
    ...each(unlocks, 'unlocks', ['what_th', 'who_th']),
  ]
}

const text_pointer: Record<Exclude<DialogAct, 'return'>, string> = { accept: '/note', withdraw: '/reason', advise: '/text', resolve: '/text_th' }

/** The acts that need a few words: returning with findings, accepting, withdrawing, advising, recording what was resolved. */
export function ActDialog({ act, application, etag, on_close, on_done }: Props) {
  const { t, lang, pick } = useWords()
  const [records_meeting, set_records_meeting] = useState(false)
  const [text, set_text] = useState('')
  const [group, set_group] = useState<WorkingGroup | ''>('')
  const [meeting_id, set_meeting] = useState('')
  const [number, set_number] = useState('')
  const [kind, set_kind] = useState<Outcome | ''>('')
  const [findings, set_findings] = useState<Finding[]>([{ pointer: '', text: '' }])
  // A correction round may end after the call does; what is proposed is never already past.
  const [deadline, set_deadline] = useState(() => new Date(Math.max(Date.parse(application.deadline_at), server_now_ms() + 7 * day_ms)).toISOString())
  const { busy, problem, failure, run } = useDoing()

  const meetings = useQuery({ ...meetings_query, enabled: act === 'resolve' })
  const bodies = useQuery({ ...bodies_query, enabled: act === 'resolve' })
  const body_name = (code: string) => { const body = bodies.data?.items.find(entry => entry.code === code); return pick(body?.name_th, body?.name_en) || code }
  const meeting = meetings.data?.find(entry => entry.meeting_id === meeting_id)

  function send() {
    const to = { params: { path: { application_id: application.application_id } }, headers: { 'If-Match': etag } }
    switch (act) {
      case 'return':
        return api.POST('/api/v1/applications/{application_id}/return', { ...to, body: { deadline_at: deadline, findings: findings.filter(finding => finding.text.trim() !== '') } })
      case 'accept':
        return api.POST('/api/v1/applications/{application_id}/accept', { ...to, body: { note: text } })
      case 'withdraw':
        return api.POST('/api/v1/applications/{application_id}/withdraw', { ...to, body: { reason: text } })
      case 'resolve':
        return api.POST('/api/v1/applications/{application_id}/resolve', { ...to, body: { meeting_id, number, kind: kind as Outcome, text_th: text, on_date: meeting?.on_date ?? null, deadline_at: kind === 'revise' ? deadline : null } })
      case 'advise':
        return api.POST('/api/v1/applications/{application_id}/advise', { ...to, body: { working_group: group as WorkingGroup, text } })
    }
  }
  const confirm = () => run(async () => {
    await take(send())
    on_done()
  })
  const ready = act === 'accept' || (act === 'return' ? findings.some(finding => finding.text.trim() !== '') : text.trim() !== '' && (act !== 'advise' || group !== '') && (act !== 'resolve' || (meeting !== undefined && number.trim() !== '' && kind !== '')))

  if (records_meeting)
    return (
      <Dialog title={t('act.resolve.new_meeting')} on_close={() => set_records_meeting(false)}>
        <Suspense fallback={<Waiting />}>
          <MeetingForm on_cancel={() => set_records_meeting(false)} on_recorded={recorded => { set_meeting(recorded.meeting_id); set_records_meeting(false) }} />
        </Suspense>
      </Dialog>
    )
  return (
    <Dialog title={t(`act.${act}.title`)} on_close={on_close}>
      <RemarksProvider fields={problem?.fields}>
        <p>{t(`act.${act}.text`)}</p>
        <ProblemSummary problem={problem} />
        {failure !== null && <Failure error={failure} />}
        {act === 'return' && <ReturnFields application={application} findings={findings} set_findings={set_findings} deadline={deadline} set_deadline={set_deadline} />}
        {act === 'advise' && <ChoiceField pointer="/working_group" label={t('agenda.group')} value={group} on_change={set_group} options={groups.map(value => ({ value, label: t(`group.${value}`) }))} />}
        {act === 'resolve' && (
          <>
            {meetings.error && <Failure error={meetings.error} again={() => void meetings.refetch()} />}
            {meetings.data?.length === 0 && <p className="soft">{t('act.resolve.no_meeting')}</p>}
            <ChoiceField pointer="/meeting_id" label={t('act.resolve.meeting')} value={meeting_id} on_change={set_meeting}
              options={(meetings.data ?? []).toSorted((a, b) => b.on_date.localeCompare(a.on_date))
                .map(entry => ({ value: entry.meeting_id, label: `${entry.number} · ${format_date(entry.on_date, lang, 'short')} · ${body_name(entry.body)}${entry.demonstration ? ` · ${t('act.resolve.demonstration')}` : ''}` }))} />
            <p><button type="button" className="button" onClick={() => set_records_meeting(true)}><Icon name="plus" />{t('act.resolve.new_meeting')}</button></p>
            <div className="pair">
              <TextField pointer="/number" label={t('act.resolve.number')} max={40} value={number} on_change={set_number} />
              <ChoiceField pointer="/kind" label={t('act.resolve.kind')} value={kind} on_change={set_kind} options={resolution_kinds.map(value => ({ value, label: t(`resolution.${value}`) }))} />
            </div>
            {kind === 'revise' && <MomentField pointer="/deadline_at" label={t('act.resolve.deadline')} hint={t('call.deadline_hint')} value={deadline} on_change={set_deadline} />}
          </>
        )}
        {act !== 'return' && <TextField pointer={text_pointer[act]} label={t(`act.${act}.label`)} rows={5} max={5000} lang="th" optional={act === 'accept'} value={text} on_change={set_text} />}
        {act === 'resolve' && <p className="notice"><Icon name="warning" /><span>{t('act.resolve.sure')}</span></p>}
        <div className="buttons">
          <button type="button" className="button main" disabled={busy || !ready} onClick={() => void confirm()}>{busy ? t('waiting') : t(`act.${act}.go`)}</button>
          <button type="button" className="button" onClick={on_close}>{t('cancel')}</button>
        </div>
      </RemarksProvider>
    </Dialog>
  )
}

function ReturnFields({ application, findings, set_findings, deadline, set_deadline }: { application: Application; findings: Finding[]; set_findings: (findings: Finding[]) => void; deadline: string; set_deadline: (iso: string) => void }): ReactNode {
  const { t } = useWords()
  const options = places(application).map(value => ({ value, label: place_name(value.replace('/proposal', ''), t) }))
  const change = (at: number, part: Partial<Finding>) => set_findings(findings.map((finding, i) => (i === at ? { ...finding, ...part } : finding)))
  return (
    <>
      <MomentField pointer="/deadline_at" label={t('act.return.deadline')} hint={t('call.deadline_hint')} value={deadline} on_change={set_deadline} />
      {findings.map((finding, at) => (
        <fieldset className="item stack" key={at}>
          <legend>{t('act.return.finding', { n: at + 1 })}</legend>
          <ChoiceField pointer={`/findings/${at}/pointer`} label={t('act.return.place')} value={finding.pointer} on_change={pointer => change(at, { pointer })} options={options} />
          <TextField pointer={`/findings/${at}/text`} label={t('act.return.label')} rows={2} max={2000} lang="th" value={finding.text} on_change={text => change(at, { text })} />
          {findings.length > 1 && <p className="item-end"><button type="button" className="button quiet" onClick={() => set_findings(findings.filter((_, i) => i !== at))}><Icon name="bin" />{t('remove')}</button></p>}
        </fieldset>
      ))}
      <p><button type="button" className="button" onClick={() => set_findings([...findings, { pointer: '', text: '' }])}><Icon name="plus" />{t('act.return.add')}</button></p>
    </>
  )
}
