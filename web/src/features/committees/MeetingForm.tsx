import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ProblemError, take } from '../../api/client.ts'
import type { Meeting } from '../../api/shapes.ts'
import { useLeaveQuestion } from '../../app/router.tsx'
import { has_role, home_province, useMe } from '../../app/session.ts'
import { Failure } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { ProblemSummary, RemarksProvider } from '../../components/problems.tsx'
import { parse_date } from '../../lib/dates.ts'
import { from_thai_digits } from '../../lib/numbers.ts'
import { bodies_query, provincial_bodies_query } from './queries.ts'

/** Records one sitting of a body. A recorded meeting is never changed, so the form says so before it is sent. */
export function MeetingForm({ on_recorded, on_cancel }: { on_recorded: (meeting: Meeting) => void; on_cancel: () => void }) {
  const { t, pick } = useWords()
  const queries = useQueryClient()
  const me = useMe()
  const bodies = useQuery(bodies_query)
  const own = useQuery(provincial_bodies_query(has_role(me, 'provincial_office') ? home_province(me) ?? '' : ''))
  // OPDC records for the bodies of the country, a provincial office for those of its province.
  const choices = [...(has_role(me, 'opdc') ? bodies.data?.items ?? [] : []), ...(own.data?.items ?? [])]
  const [chosen, set_body] = useState('subcommittee_regional_local')
  const body = choices.some(entry => entry.code === chosen) ? chosen : choices[0]?.code ?? ''
  const [number, set_number] = useState('')
  const [day, set_day] = useState('')
  const [place_th, set_place] = useState('')
  const [chair_title_th, set_chair] = useState('')
  const [chair_title_en, set_chair_en] = useState('')
  const [verified, set_verified] = useState(false)
  const on_date = parse_date(day)
  const record = useMutation({
    mutationFn: (date: string) => take(api.POST('/api/v1/meetings', {
      body: {
        body, number: from_thai_digits(number).trim(), on_date: date, place_th: place_th.trim() || null,
        chair_title_th: chair_title_th.trim(), chair_title_en: chair_title_en.trim() || null, verified,
      },
    })),
    async onSuccess(meeting) {
      await queries.invalidateQueries({ queryKey: ['meetings'] })
      on_recorded(meeting)
    },
  })
  const touched = [number, day, place_th, chair_title_th, chair_title_en].some(text => text !== '')
  useLeaveQuestion(touched && !record.isSuccess ? t('leave.question') : null)
  const problem = record.error instanceof ProblemError ? record.error.problem : null
  return (
    <RemarksProvider fields={problem?.fields}>
      <form className="stack" onSubmit={event => { event.preventDefault(); if (on_date) record.mutate(on_date) }}>
        <ProblemSummary problem={problem} />
        {record.error && !problem && <Failure error={record.error} />}
        {bodies.error && <Failure error={bodies.error} again={() => void bodies.refetch()} />}
        <ChoiceField pointer="/body" label={t('meeting.body')} value={body} on_change={set_body}
          options={choices.map(entry => ({ value: entry.code, label: pick(entry.name_th, entry.name_en) }))} />
        <div className="pair">
          <TextField pointer="/number" label={t('meeting.number')} hint={t('meeting.number_hint')} max={20} value={number} on_change={set_number} />
          <TextField pointer="/on_date" label={t('meeting.date')} hint={t('meeting.date_hint')} max={30} value={day} on_change={set_day}
            error={day.trim().length >= 8 && !on_date ? t('meeting.bad_date') : undefined} />
        </div>
        <TextField pointer="/place_th" label={t('meeting.place')} max={300} lang="th" optional value={place_th} on_change={set_place} />
        <div className="pair">
          <TextField pointer="/chair_title_th" label={t('meeting.chair')} hint={t('meeting.chair_hint')} max={300} lang="th" value={chair_title_th} on_change={set_chair} />
          <TextField pointer="/chair_title_en" label={t('meeting.chair_en')} max={300} lang="en" optional value={chair_title_en} on_change={set_chair_en} />
        </div>
        <label className="check"><input type="checkbox" checked={verified} onChange={event => set_verified(event.target.checked)} />{t('meeting.verified')}</label>
        <p className="soft small">{t('meeting.for_ever')}</p>
        <div className="buttons">
          <button type="submit" className="button main" disabled={record.isPending || body === '' || number.trim() === '' || !on_date || chair_title_th.trim() === ''}>{record.isPending ? t('waiting') : t('meeting.record')}</button>
          <button type="button" className="button" onClick={on_cancel}>{t('cancel')}</button>
        </div>
      </form>
    </RemarksProvider>
  )
}
