import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, server_now_ms, take } from '../../api/client.ts'
import type { CounterTime, Weekday } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Said, useDoing } from '../../components/doing.tsx'
import { TextField } from '../../components/fields.tsx'
import { bangkok_day, format_date, parse_date } from '../../lib/dates.ts'
import { counter_times_query } from './queries.ts'
import { line_of, times_of } from './times.ts'

const weekdays: Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

/** At which times the counter receives who has an appointment, from a day on. */
export function CounterTimes({ district, may_set }: { district: string; may_set: boolean }) {
  const { t, lang } = useWords()
  const queries = useQueryClient()
  const { data } = useQuery(counter_times_query(district))
  const [sets, set_sets] = useState(false)
  if (!data) return null
  const of = (day: Weekday) => data.times.filter(time => time.weekday === day)
  return (
    <section className="panel stack no-print" aria-labelledby="times-title">
      <h2 id="times-title">{t('times.title')}</h2>
      {data.times.length === 0 && <p className="soft">{t('times.none')}</p>}
      {data.times.length > 0 && <dl className="facts">{weekdays.filter(day => of(day).length > 0).flatMap(day => [<dt key={day}>{t(`weekday.${day}`)}</dt>, <dd key={`${day} times`}>{line_of(of(day))}</dd>])}</dl>}
      {data.changes_on && <p className="notice plain">{t('times.changes', { date: format_date(data.changes_on, lang) })}</p>}
      {may_set && <p><button type="button" className="button" onClick={() => set_sets(true)}>{t('times.set')}</button></p>}
      {sets && <TimesDialog district={district} times={data.times} on_close={() => set_sets(false)} on_done={() => { set_sets(false); void queries.invalidateQueries({ queryKey: ['counter'] }) }} />}
    </section>
  )
}

function TimesDialog({ district, times, on_close, on_done }: { district: string; times: CounterTime[]; on_close: () => void; on_done: () => void }) {
  const { t, lang } = useWords()
  const [from, set_from] = useState(() => format_date(bangkok_day(new Date(server_now_ms()).toISOString()), lang, 'short'))
  const [lines, set_lines] = useState(() => Object.fromEntries(weekdays.map(day => [day, line_of(times.filter(time => time.weekday === day))])) as Record<Weekday, string>)
  const doing = useDoing()
  const read = weekdays.map(day => ({ day, ...times_of(lines[day], day) }))
  const valid_from = parse_date(from)
  const ready = valid_from !== null && read.every(each => each.wrong.length === 0)
  const save = () => doing.run(async () => {
    await take(api.PUT('/api/v1/service_centre/counter/times', { body: { district, valid_from, times: read.flatMap(each => each.times) } as never }))
    on_done()
  })
  return (
    <Dialog title={t('times.set')} on_close={on_close}>
      <form className="stack" onSubmit={event => { event.preventDefault(); if (ready) void save() }}>
        <p className="soft">{t('times.text')}</p>
        <Said doing={doing}>
          <TextField pointer="/valid_from" label={t('times.from')} max={30} value={from} on_change={set_from} error={valid_from === null ? t('case_application.day_wrong') : undefined} />
          {read.map(({ day, wrong }) => <TextField key={day} pointer={`/times/${day}`} label={t(`weekday.${day}`)} optional max={400} value={lines[day]} on_change={line => set_lines(now => ({ ...now, [day]: line }))} error={wrong.length > 0 ? t('times.wrong', { word: wrong[0]! }) : undefined} />)}
          <div className="buttons">
            <button type="submit" className="button main" disabled={doing.busy || !ready}>{doing.busy ? t('waiting') : t('times.save')}</button>
            <button type="button" className="button" onClick={on_close}>{t('cancel')}</button>
          </div>
        </Said>
      </form>
    </Dialog>
  )
}
