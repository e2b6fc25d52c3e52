import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { Change, ChangeOutcome, CommitteeDecision, Decider, Problem } from '../../api/shapes.ts'
import { Failure } from '../../app/states.tsx'
import { useWords, type Key } from '../../app/words.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { useDoing } from '../../components/doing.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { ProblemSummary, RemarksProvider } from '../../components/problems.tsx'
import { format_date, parse_date } from '../../lib/dates.ts'
import { meetings_query, provincial_bodies_query, running_query } from '../committees/queries.ts'
import { useRules } from './queries.ts'

export type AskedAct = 'submit' | 'return' | 'settle' | 'resolve' | 'send_up' | 'record_outcome' | 'report' | 'apply' | 'close' | 'withdraw' | 'object'

interface Props { act: AskedAct; change: Change; etag: string; on_close: () => void; on_done: () => void; on_problem: (problem: Problem) => void }

const decisions: CommitteeDecision[] = ['approve', 'revise', 'reject']
const outcomes: ChangeOutcome[] = ['approve', 'acknowledge', 'give_back', 'reject']
const deciders: Decider[] = ['provincial_committee', 'budget_bureau', 'regional_subcommittee', 'cabinet', 'not_allowed']
/** Acts that ask for some words, with the field they go to. */
const word_fields: Partial<Record<AskedAct, [pointer: string, label: Key]>> = {
  return: ['/reason_th', 'ask.reason'], withdraw: ['/reason_th', 'ask.reason'], object: ['/text_th', 'ask.object.words'], resolve: ['/text_th', 'ask.resolve.words'],
  send_up: ['/letter_out', 'ask.send_up.words'], record_outcome: ['/source', 'ask.record_outcome.words'], report: ['/proof', 'ask.report.words'],
}

/** One act of a request, with what it needs. The version it was opened from goes along: who comes second is told. */
export function AskDialog({ act, change, etag, on_close, on_done, on_problem }: Props) {
  const { t, lang } = useWords()
  const { rules, decider } = useRules()
  const [words, set_words] = useState('')
  const [day, set_day] = useState('')
  const [meeting_id, set_meeting] = useState('')
  const [number, set_number] = useState('')
  const [decision, set_decision] = useState<CommitteeDecision | ''>('')
  const [outcome, set_outcome] = useState<ChangeOutcome | ''>('')
  const [contested, set_contested] = useState<Decider | 'confirmed'>('confirmed')
  const { busy, problem, failure, run } = useDoing()
  // A resolution is one of the province's own committee: of a meeting that was held, or is open now.
  const held = useQuery({ ...meetings_query, enabled: act === 'resolve' })
  const running = useQuery({ ...running_query, enabled: act === 'resolve' })
  const bodies = useQuery({ ...provincial_bodies_query(change.province), enabled: act === 'resolve' })
  const kind = rules?.deciders.find(row => row.decider === 'provincial_committee')?.body_kind
  const body = bodies.data?.items.find(each => each.kind === kind)
  const open_now = (running.data?.items ?? []).map(row => row.meeting).filter(meeting => meeting.state === 'open')
  const of_committee = [...open_now, ...(held.data ?? [])].filter(meeting => meeting.body === body?.code).toSorted((a, b) => b.on_date.localeCompare(a.on_date))
  const on_date = parse_date(day)
  const proposed = change.judged.classification?.decided_by
  const field = word_fields[act] ?? (act === 'settle' && contested !== 'confirmed' ? (['/reason_th', 'ask.reason'] as const) : undefined)
  const asks_day = act === 'record_outcome' || act === 'report'

  function send() {
    const to = { params: { path: { change_id: change.change_id } }, headers: { 'If-Match': etag } }
    switch (act) {
      case 'submit': return api.POST('/api/v1/changes/{change_id}/submit', { ...to, body: {} })
      case 'apply': return api.POST('/api/v1/changes/{change_id}/apply', { ...to, body: {} })
      case 'close': return api.POST('/api/v1/changes/{change_id}/close', { ...to, body: {} })
      case 'return': return api.POST('/api/v1/changes/{change_id}/return', { ...to, body: { reason_th: words } })
      case 'withdraw': return api.POST('/api/v1/changes/{change_id}/withdraw', { ...to, body: { reason_th: words } })
      case 'settle': return api.POST('/api/v1/changes/{change_id}/settle', { ...to, body: { contested_decider: contested === 'confirmed' ? null : contested, reason_th: contested === 'confirmed' ? '' : words } })
      case 'resolve': return api.POST('/api/v1/changes/{change_id}/resolve', { ...to, body: { meeting_id, number, kind: decision as CommitteeDecision, text_th: words, on_date: null } })
      case 'send_up': return api.POST('/api/v1/changes/{change_id}/send_up', { ...to, body: { letter_out: words } })
      case 'record_outcome': return api.POST('/api/v1/changes/{change_id}/outcome', { ...to, body: { outcome: outcome as ChangeOutcome, on_date: on_date!, source: words } })
      case 'report': return api.POST('/api/v1/changes/{change_id}/report', { ...to, body: { on_date: on_date!, proof: words } })
      case 'object': return api.POST('/api/v1/changes/{change_id}/objections', { ...to, body: { text_th: words } })
    }
  }
  // What is missing in a request stands beside its fields, on the page below.
  const refused = (said: Problem) => {
    if (act !== 'submit') return
    on_problem(said)
    on_close()
  }
  const confirm = () => run(async () => {
    await take(send())
    on_done()
  }, refused)
  const ready = (!field || words.trim() !== '') && (!asks_day || on_date !== null)
    && (act !== 'resolve' || (meeting_id !== '' && number.trim() !== '' && decision !== '')) && (act !== 'record_outcome' || outcome !== '')
  return (
    <Dialog title={t(`ask.${act}.title`)} on_close={on_close}>
      <RemarksProvider fields={problem?.fields}>
        <p>{t(`ask.${act}.text`, { who: proposed ? decider(proposed) : '–', day: change.report_due ? format_date(change.report_due, lang) : '–' })}</p>
        <ProblemSummary problem={problem} />
        {failure !== null && <Failure error={failure} />}
        {act === 'settle' && (
          <ChoiceField pointer="/contested_decider" label={t('ask.settle.title')} value={contested} on_change={set_contested}
            options={[{ value: 'confirmed' as const, label: t('ask.settle.confirm') }, ...deciders.filter(code => code !== proposed).map(code => ({ value: code, label: `${t('ask.settle.contest')} ${decider(code)}` }))]} />
        )}
        {act === 'resolve' && (
          <>
            {held.data && bodies.data && of_committee.length === 0 && <p className="soft">{t('ask.resolve.none')}</p>}
            <ChoiceField pointer="/meeting_id" label={t('ask.resolve.meeting')} value={meeting_id} on_change={set_meeting} options={of_committee.map(meeting => ({ value: meeting.meeting_id as string, label: `${meeting.number} · ${format_date(meeting.on_date, lang, 'short')}` }))} />
            <div className="pair">
              <TextField pointer="/number" label={t('ask.resolve.number')} max={40} value={number} on_change={set_number} />
              <ChoiceField pointer="/kind" label={t('ask.resolve.kind')} value={decision} on_change={set_decision} options={decisions.map(value => ({ value, label: t(`ask.resolve.${value}` as Key) }))} />
            </div>
          </>
        )}
        {act === 'record_outcome' && <ChoiceField pointer="/outcome" label={t('ask.record_outcome.kind')} value={outcome} on_change={set_outcome} options={outcomes.map(value => ({ value, label: t(`course.outcome.${value}`) }))} />}
        {asks_day && <TextField pointer="/on_date" label={t('ask.day')} hint={t('ask.day_hint')} max={30} value={day} on_change={set_day} />}
        {field && <TextField pointer={field[0]} label={t(field[1])} rows={act === 'send_up' || act === 'report' || act === 'record_outcome' ? undefined : 4} max={act === 'send_up' || act === 'report' ? 200 : asks_day ? 500 : 4000} lang="th" value={words} on_change={set_words} />}
        <div className="buttons">
          <button type="button" className="button main" disabled={busy || !ready} onClick={() => void confirm()}>{busy ? t('waiting') : t('ask.go')}</button>
          <button type="button" className="button" onClick={on_close}>{t('cancel')}</button>
        </div>
      </RemarksProvider>
    </Dialog>
  )
}
