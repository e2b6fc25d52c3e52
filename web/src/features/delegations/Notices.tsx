import { useQuery } from '@tanstack/react-query'
import { api, take } from '../../api/client.ts'
import type { DelegationOrder } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'

/** The notices that the order made due, and whether their receipt is proved. */
export function Notices({ order }: { order: DelegationOrder }) {
  const { t, pick } = useWords()
  const { data } = useQuery({
    queryKey: ['obligations', 'of', order.order_id],
    queryFn: () => take(api.GET('/api/v1/obligations', { params: { query: { subject_kind: 'delegation_order', subject_id: order.order_id, limit: 50 } } })),
  })
  return (
    <section className="panel stack" aria-labelledby="notices-title">
      <h2 id="notices-title">{t('deleg.notices')}</h2>
      {data?.items.length === 0 && <p className="soft">{t('deleg.no_duties')}</p>}
      <ul className="checks">
        {data?.items.map(notice => (
          <li key={notice.obligation_id} className={notice.state === 'proved' ? 'passed' : ''}>
            <Icon name={notice.state === 'proved' ? 'check' : notice.state === 'released' ? 'dash' : 'clock'} />
            <span>
              {pick(notice.duty.text_th, notice.duty.text_en)} <span className="soft" lang="th">{notice.duty.addressee_th}</span><br />
              <b>{t(`deleg.notice.${notice.state}`)}</b> {notice.letter !== null && <span className="soft">{notice.letter}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
