import type { OrderSummary } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { useWords } from '../../app/words.tsx'
import { format_date } from '../../lib/dates.ts'
import { baht } from './chains.ts'
import { OrderMark } from './OrderMark.tsx'

export function OrderTable({ orders, label }: { orders: OrderSummary[]; label: string }) {
  const { t, lang, pick } = useWords()
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={label}>
      <table className="stacking">
        <thead><tr>
          <th scope="col">{t('deleg.order')}</th><th scope="col">{t('deleg.state')}</th><th scope="col">{t('deleg.delegate')}</th>
          <th scope="col" className="number">{t('deleg.ceiling')}</th><th scope="col" className="number">{t('deleg.used')}</th><th scope="col">{t('deleg.until')}</th>
        </tr></thead>
        <tbody>
          {orders.map(order => (
            <tr key={order.order_id}>
              <th scope="row"><span>
                <Link to="/delegation-orders/$order_id" params={{ order_id: order.order_id }}>
                  {t(`deleg.kind.${order.kind}`)} {order.number || t('deleg.no_number')}
                </Link>
                {order.project_th && <span className="soft small" lang="th"> {order.project_th}</span>}
                {order.demonstration && <> <span className="mark gold">{t('deleg.demonstration')}</span></>}
              </span></th>
              <td data-label={t('deleg.state')}><OrderMark state={order.state} /></td>
              <td data-label={t('deleg.delegate')}>{pick(order.delegate_th, order.delegate_en) || '–'}</td>
              <td data-label={t('deleg.ceiling')} className="number">{order.ceiling_satang === null ? '–' : baht(order.ceiling_satang)}</td>
              <td data-label={t('deleg.used')} className="number">{baht(order.used_satang)}</td>
              <td data-label={t('deleg.until')}>{order.to_date ? format_date(order.to_date, lang, 'short') : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
