import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { OrderKind } from '../../api/shapes.ts'
import { Link, navigate } from '../../app/router.tsx'
import { has_role, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Said, useDoing } from '../../components/doing.tsx'
import { ChoiceField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useProvinces } from '../../components/provinces.ts'
import '../../styles/plans.css'
import { OrderTable } from './OrderTable.tsx'
import { orders_query } from './queries.ts'

/** Orders that the reader may know: those of the province, or those that name the own office. */
export function OrdersPage() {
  const { t } = useWords()
  const me = useMe()
  const provinces = useProvinces()
  const everywhere = has_role(me, 'moi', 'opdc', 'auditor')
  const [province, set_province] = useState('')
  const { data, error, refetch } = useQuery(orders_query(province ? { province } : {}))
  const own = me?.offices.find(office => office.area?.length === 2 && ['governor', 'provincial_office'].includes(office.role))?.area ?? null
  return (
    <>
      <p className="crumbs"><Link to="/delegations">{t('deleg.title')}</Link></p>
      <header className="page-head"><h1>{t('deleg.orders')}</h1><p className="soft">{t('deleg.orders_text')}</p></header>
      {own !== null && <NewDraft province={own} />}
      {everywhere && (
        <div className="filters no-print">
          <ChoiceField pointer="/province" label={t('deleg.province')} value={province || 'all'} on_change={value => set_province(value === 'all' ? '' : value)}
            options={[{ value: 'all', label: t('deleg.all') }, ...provinces.list.map(area => ({ value: area.code as string, label: provinces.name(area.code) }))]} />
        </div>
      )}
      {error && <Failure error={error} again={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && data.length === 0 && <p className="empty"><Icon name="file" />{t(own === null ? 'deleg.no_orders' : 'deleg.no_orders_yet')}</p>}
      {data && data.length > 0 && <OrderTable orders={data} label={t('deleg.orders')} />}
    </>
  )
}

function NewDraft({ province }: { province: string }) {
  const { t } = useWords()
  const doing = useDoing()
  const begin = (kind: OrderKind) => doing.run(async () => {
    const made = await take(api.POST('/api/v1/delegation-orders', { body: { province, kind } }))
    navigate({ to: '/delegation-orders/$order_id', params: { order_id: made.order_id } })
  })
  return (
    <Said doing={doing}>
      <div className="buttons no-print">
        {(['procurement', 'hr'] as const).map(kind => (
          <button key={kind} type="button" className={`button ${kind === 'procurement' ? 'main' : ''}`} disabled={doing.busy} onClick={() => void begin(kind)}><Icon name="plus" />{t(`deleg.begin.${kind}`)}</button>
        ))}
      </div>
    </Said>
  )
}
