import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { Kpi } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { home_province, own_provinces, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { ChoiceField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { JudgementMark } from '../../components/Marks.tsx'
import { year_label } from '../../lib/dates.ts'
import { format_decimal } from '../../lib/numbers.ts'
import { useProvinces } from '../../components/provinces.ts'

const page_size = 200

export function Kpis() {
  const { t } = useWords()
  const provinces = useProvinces()
  const me = useMe()
  const [own] = own_provinces(me)
  const [chosen, set_chosen] = useState<string | null>(null)
  const province = chosen ?? own ?? home_province(me) ?? ''
  const { data, error, refetch } = useQuery({
    queryKey: ['kpis', 'list', province],
    enabled: province !== '',
    queryFn: () => take(api.GET('/api/v1/kpis', { params: { query: { province, limit: page_size } } })),
  })
  return (
    <>
      <header className="page-head split">
        <h1>{t('kpis.title')}</h1>
        <div className="buttons">
          {own && <Link to="/kpis/import" className="button"><Icon name="upload" />{t('kpis.import')}</Link>}
          {province && ['xlsx', 'csv'].map(format => <a key={format} className="button" href={`/api/v1/exports/kpis?province=${province}&format=${format}`} download><Icon name="download" />{t('kpis.export', { format: format.toUpperCase() })}</a>)}
        </div>
      </header>
      <ChoiceField pointer="/province" className="compact" label={t('kpis.province')} value={province} on_change={set_chosen} options={provinces.list.map(area => ({ value: area.code, label: provinces.name(area.code) }))} />
      {!province && <p className="empty"><Icon name="map" />{t('kpis.choose')}</p>}
      {error && <Failure error={error} again={() => void refetch()} />}
      {province && !data && !error && <Waiting />}
      {data && data.items.length === 0 && <p className="empty">{t('kpis.none')}</p>}
      {data && data.items.length > 0 && <KpiTable kpis={data.items} />}
    </>
  )
}

function KpiTable({ kpis }: { kpis: Kpi[] }) {
  const { t, lang, pick } = useWords()
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={t('kpis.title')}>
      <table className="stacking">
        <thead><tr><th scope="col">{t('kpis.name')}</th><th scope="col">{t('kpis.year')}</th><th scope="col">{t('kpis.judgement')}</th><th scope="col" className="number">{t('kpis.latest')}</th><th scope="col" className="number">{t('kpis.target')}</th><th scope="col" className="number">{t('kpis.forecast')}</th></tr></thead>
        <tbody>
          {kpis.toSorted((a, b) => b.fiscal_year - a.fiscal_year || a.code.localeCompare(b.code)).map(kpi => {
            const { colour, latest, forecast, forecast_low, forecast_high, judged_in } = kpi.judgement
            const target = (judged_in === 'value' ? kpi.judgement.target : null) ?? kpi.targets.at(-1)?.value
            return (
              <tr key={kpi.kpi_id}>
                <th scope="row"><Link to="/kpis/$kpi_id" params={{ kpi_id: kpi.kpi_id }}>{pick(kpi.name_th, kpi.name_en)}</Link></th>
                <td data-label={t('kpis.year')}>{year_label(kpi.fiscal_year, lang)}</td>
                <td data-label={t('kpis.judgement')}><JudgementMark colour={colour} /></td>
                <td data-label={t('kpis.latest')} className="number">{format_decimal(latest)}</td>
                <td data-label={t('kpis.target')} className="number">{format_decimal(target)} {pick(kpi.unit_th, kpi.unit_en)}</td>
                <td data-label={t('kpis.forecast')} className="number">{forecast === null ? '–' : `${format_decimal(forecast, 1)} (${format_decimal(forecast_low, 1)}–${format_decimal(forecast_high, 1)})`}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
