import { useEffect, useState } from 'react'
import { server_now_ms } from '../api/client.ts'
import { useWords } from '../app/words.tsx'
import { format_date, format_moment, format_time, time_left } from '../lib/dates.ts'

function useNow(every_ms: number): number {
  const [now, set_now] = useState(server_now_ms)
  useEffect(() => {
    const timer = setInterval(() => set_now(server_now_ms()), every_ms)
    return () => clearInterval(timer)
  }, [every_ms])
  return now
}

/** "in 2 days 3 hours": coarse far away, exact near the end. */
export function Deadline({ at, closed = false }: { at: string; closed?: boolean }) {
  const { t, lang } = useWords()
  const left = time_left(at, useNow(30_000))
  const near = !left.past && left.days < 3
  const rest = left.days > 0
    ? t('left.days', { days: left.days, hours: left.hours })
    : t('left.hours', { hours: left.hours, minutes: left.minutes })
  return (
    <span className="deadline">
      <time dateTime={at}>{format_moment(at, lang, 'short')}</time>
      {!closed && <span className={`mark ${left.past ? 'grey' : near ? 'amber' : 'teal'}`}>{left.past ? t('left.past') : rest}</span>}
    </span>
  )
}

/** The clock of the last minutes, to the second, in Bangkok and by the server's time. */
export function Countdown({ at }: { at: string }) {
  const { t, lang } = useWords()
  const now = useNow(1000)
  const left = time_left(at, now)
  const two = (n: number) => String(n).padStart(2, '0')
  return (
    <div className="countdown">
      <p>{t('countdown.until', { at: `${format_date(at, lang)} ${format_time(at, lang, true)}` })}</p>
      {left.past
        ? <p className="countdown-clock past">{t('left.past')}</p>
        : (
          <p className="countdown-clock" role="timer" aria-label={t('countdown.label')}>
            <span><b>{left.days}</b> {t('unit.days')}</span> <span><b>{two(left.hours)}</b> {t('unit.hours')}</span>{' '}
            <span><b>{two(left.minutes)}</b> {t('unit.minutes')}</span> <span><b>{two(left.seconds)}</b> {t('unit.seconds')}</span>
          </p>
        )}
      <p className="small soft">{t('countdown.now', { at: format_time(now, lang, true) })}</p>
    </div>
  )
}
