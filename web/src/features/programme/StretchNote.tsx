import type { StretchItem } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import type { IconName } from '../../lib/icons.ts'
import { Icon } from '../../components/Icon.tsx'
import { fiscal_year_label } from '../../lib/dates.ts'
import { format_decimal } from '../../lib/numbers.ts'

const looks: Record<StretchItem['trend']['label'], [look: string, icon: IconName]> = {
  above: ['green', 'up'],
  on: ['amber', 'dash'],
  below: ['red', 'down'],
  unknown: ['grey', 'dash'],
}

/** Is the target challenging? Held against the province's own trend and against its peers, with the working shown. */
export function StretchNote({ items, unit }: { items: StretchItem[]; unit: string }) {
  const { t, lang } = useWords()
  if (items.length === 0) return null
  return (
    <div className="stretch">
      <h4>{t('stretch.title')}</h4>
      <ul>
        {items.map(({ fiscal_year, target, trend, peers }) => (
          <li key={fiscal_year}>
            <p><b>{fiscal_year_label(fiscal_year, lang)}</b> <span className={`mark ${looks[trend.label][0]}`}><Icon name={looks[trend.label][1]} />{t(`stretch.trend.${trend.label}`)}</span></p>
            <p className="small">
              {trend.label === 'unknown'
                ? t('stretch.trend.unknown_text', { n: trend.n })
                : t('stretch.trend.working', { n: trend.n, predicted: format_decimal(trend.predicted), slope: format_decimal(trend.slope), target: format_decimal(target), unit })}
              <br />
              {peers.n === 0 ? t('stretch.peers.none') : t('stretch.peers.working', { n: peers.n, median: format_decimal(peers.median), unit, label: t(`stretch.peers.${peers.label}`) })}
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}
