import type { CaseState, CaseSummary } from '../../api/shapes.ts'
import { server_now_ms } from '../../api/client.ts'
import { useWords } from '../../app/words.tsx'
import { Deadline } from '../../components/Deadline.tsx'
import { Icon } from '../../components/Icon.tsx'
import type { IconName } from '../../lib/icons.ts'
import { format_date } from '../../lib/dates.ts'

const looks: Record<CaseState, [look: string, icon: IconName]> = {
  received: ['amber', 'inbox'],
  screening: ['amber', 'edit'],
  assigned: ['teal', 'people'],
  accepted: ['teal', 'people'],
  in_progress: ['teal', 'clock'],
  resolved: ['teal', 'check'],
  reviewing: ['amber', 'check'],
  closed: ['green', 'check'],
  mediation: ['teal', 'people'],
  sent_up: ['amber', 'up'],
  rejected: ['red', 'cross'],
  merged: ['grey', 'dash'],
  withdrawn: ['grey', 'dash'],
}
export const case_states = Object.keys(looks) as CaseState[]

export function CaseMark({ state }: { state: CaseState }) {
  const { t } = useWords()
  const [look, icon] = looks[state]
  return <span className={`mark ${look}`}><Icon name={icon} />{t(`case.state.${state}`)}</span>
}

/** The last day of any calendar: no clock runs. */
const never = '2299'

/** What is due next, late with its mark; of what is settled, the day on which it was. */
export function CaseDue({ of }: { of: Pick<CaseSummary, 'settled_at'> & { due_at: string | null } }) {
  const { t, lang } = useWords()
  if (of.settled_at) return <>{t('case.settled_on', { day: format_date(of.settled_at, lang, 'short') })}</>
  if (!of.due_at || of.due_at.startsWith(never)) return <span className="soft">{t('case.no_clock')}</span>
  if (Date.parse(of.due_at) < server_now_ms()) return <span className="deadline"><time dateTime={of.due_at}>{format_date(of.due_at, lang, 'short')}</time><span className="mark red"><Icon name="warning" />{t('case.late')}</span></span>
  return <Deadline at={of.due_at} />
}
