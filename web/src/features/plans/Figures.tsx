import { useQuery } from '@tanstack/react-query'
import type { ChangeFigures } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useProvinces } from '../../components/provinces.ts'
import { figures_query } from './queries.ts'

/** How long a province's requests took, decided here against sent up. */
export function Figures({ province }: { province: string }) {
  const { t } = useWords()
  const provinces = useProvinces()
  const { data } = useQuery(figures_query(province))
  if (!data || data.requests === 0) return null
  return (
    <section className="panel stack" aria-labelledby="figures-title">
      <h2 id="figures-title">{t('figures.title', { province: provinces.name(province) })}</h2>
      <div className="figures">
        <Figure label={t('figures.here')} days={data.days_here} />
        <Figure label={t('figures.above')} days={data.days_above} />
      </div>
      <p className="soft">{t('figures.counts', { requests: data.requests, undecided: data.undecided, rejected: data.rejected, withdrawn: data.withdrawn })}</p>
      {data.reports_overdue > 0 && <p className="notice"><Icon name="warning" /><span>{t('figures.overdue', { n: data.reports_overdue })}</span></p>}
      {data.demonstration && <p><span className="mark gold">{t('plans.demonstration')}</span></p>}
    </section>
  )
}

function Figure({ label, days }: { label: string; days: ChangeFigures['days_here'] }) {
  const { t } = useWords()
  return (
    <div className="figure">
      <b>{label}</b>
      {days && days.median !== null
        ? <><span className="figure-number number">{t('figures.days', { n: days.median })}</span><span className="soft small">{t('figures.of', { n: days.requests, longest: days.longest ?? 0 })}</span></>
        : <span className="soft">{t('figures.nothing')}</span>}
    </div>
  )
}
