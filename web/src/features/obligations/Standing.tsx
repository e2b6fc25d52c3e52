import type { Obligation, ObligationStanding } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import { format_date } from '../../lib/dates.ts'
import type { IconName } from '../../lib/icons.ts'

const looks: Record<ObligationStanding, [look: string, icon: IconName]> = {
  overdue: ['red', 'warning'], due_soon: ['amber', 'clock'], waiting: ['amber', 'clock'], open: ['teal', 'clock'], proved: ['green', 'check'], released: ['grey', 'dash'],
}

/** How it stands today: in words, a colour and a shape. */
export function StandingMark({ obligation }: { obligation: Obligation }) {
  const { t } = useWords()
  const { standing, state } = obligation
  const [look, icon] = looks[standing]
  const text = state === 'served' ? t('obligation.standing.served') : t(`obligation.standing.${standing}`)
  return <span className={`mark ${look}`}><Icon name={icon} />{text}</span>
}

/** Until when, and who says so; where nobody does, how long it has been. */
export function Clock({ obligation }: { obligation: Obligation }) {
  const { t, lang } = useWords()
  const { due, due_by, days_left, age_days, state, sent_on, received_on, sent_late } = obligation
  if (state === 'released') return <>{t('obligation.age', { n: age_days })}</>
  if (state === 'proved') return <>{t('obligation.proved_in', { day: format_date(received_on!, lang, 'short'), n: age_days })}{sent_late && ` · ${t('obligation.sent_late')}`}</>
  if (state === 'served') return <>{t('obligation.sent', { day: format_date(sent_on!, lang, 'short') })}{sent_late && ` · ${t('obligation.sent_late')}`}</>
  if (due === null) return <>{t('obligation.no_day', { n: age_days })}</>
  const day = format_date(due, lang, 'short')
  return (
    <>
      {days_left! < 0 ? t('obligation.over_by', { day, n: -days_left! }) : t('obligation.due_in', { day, n: days_left! })}
      {due_by === 'programme_rule' && ` (${t('obligation.by_rule')})`}
    </>
  )
}

export function Unverified({ obligation }: { obligation: Obligation }) {
  const { t } = useWords()
  return obligation.duty.verified ? null : <span className="mark grey">{t('obligation.unverified')}</span>
}
