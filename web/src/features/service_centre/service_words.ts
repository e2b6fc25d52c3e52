// Acts, time and fee of a service, in words. What the source does not say is said to be unknown, never taken for none.
import { useQuery } from '@tanstack/react-query'
import type { ApplicationService } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { format_baht } from '../plans/diff.ts'
import { acts_query } from './queries.ts'

export function useDuration(): (time: ApplicationService['duration']) => string {
  const { t } = useWords()
  return time => (time ? t(`case_application.unit.${time.unit}`, { n: time.amount }) : t('case_application.no_duration'))
}

export function useFee(): (kind: ApplicationService['fee_kind'], satang: number | null) => string {
  const { t } = useWords()
  return (kind, satang) => (kind === 'fixed' && satang !== null ? t('case_application.baht', { n: format_baht(satang) }) : t(`case_application.fee_kind.${kind}`))
}

/** What acts of an application are called, as the law's own list has it. */
export function useActLabel(): (name: string) => string {
  const { pick } = useWords()
  const { data } = useQuery(acts_query)
  return name => { const act = data?.acts.find(each => each.act === `case.${name}`); return act ? pick(act.label_th, act.label_en) : '' }
}
