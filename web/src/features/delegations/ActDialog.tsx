import { useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { DelegationOrder, Problem } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Said, useDoing } from '../../components/doing.tsx'
import { TextField } from '../../components/fields.tsx'
import { format_date, parse_date } from '../../lib/dates.ts'
import { BahtField } from './OrderForm.tsx'

export type AskedAct = 'sign' | 'close' | 'revoke' | 'withdraw'

interface Common { order: DelegationOrder; etag: string; on_close: () => void; on_done: () => void }

/** Signs or ends an order. The version it was opened from goes along: who comes second is told. */
export function ActDialog({ act, order, etag, on_close, on_done, on_problem }: Common & { act: AskedAct; on_problem: (problem: Problem) => void }) {
  const { t, pick } = useWords()
  const doing = useDoing()
  const [reason, set_reason] = useState('')
  const to = { params: { path: { order_id: order.order_id } }, headers: { 'If-Match': etag } }
  const body = { reason_th: reason }
  const send = () => {
    switch (act) {
      case 'sign': return api.POST('/api/v1/delegation-orders/{order_id}/sign', { ...to, body: {} })
      case 'close': return api.POST('/api/v1/delegation-orders/{order_id}/close', { ...to, body })
      case 'revoke': return api.POST('/api/v1/delegation-orders/{order_id}/revoke', { ...to, body })
      case 'withdraw': return api.POST('/api/v1/delegation-orders/{order_id}/withdraw', { ...to, body })
    }
  }
  // What is wrong with a draft stands beside its fields, on the page below.
  const go = () => doing.run(async () => { await take(send()); on_done() }, problem => { if (act === 'sign' && problem.fields.length > 0) { on_problem(problem); on_close() } })
  return (
    <Dialog title={t(`deleg.ask.${act}`)} on_close={on_close}>
      <Said doing={doing}>
        <p>{t(`deleg.ask.${act}.text`, { who: pick(order.delegate?.title_th, order.delegate?.title_en) })}</p>
        {act === 'sign' && order.duties.length > 0 && (
          <>
            <p>{t('deleg.ask.duties')}</p>
            <ul>{order.duties.map(duty => <li key={duty.code}>{pick(duty.text_th, duty.text_en)}</li>)}</ul>
          </>
        )}
        {act !== 'sign' && <TextField pointer="/reason_th" label={t('deleg.reason')} rows={3} max={500} lang="th" value={reason} on_change={set_reason} />}
        <div className="buttons">
          <button type="button" className="button main" disabled={doing.busy || (act !== 'sign' && reason.trim() === '')} onClick={() => void go()}>{doing.busy ? t('waiting') : t(`deleg.ask.${act}`)}</button>
          <button type="button" className="button" onClick={on_close}>{t('cancel')}</button>
        </div>
      </Said>
    </Dialog>
  )
}

/** Records that the delegated power was used. */
export function UseDialog({ act, label, order, etag, on_close, on_done }: Common & { act: string; label: string }) {
  const { t, lang } = useWords()
  const doing = useDoing()
  const [day, set_day] = useState('')
  const [what, set_what] = useState('')
  const [amount, set_amount] = useState<number | null>(null)
  const [reference, set_reference] = useState('')
  const on_date = parse_date(day)
  const { ceiling_satang, from_date, to_date } = order.content
  const money = ceiling_satang !== null
  const ready = on_date !== null && what.trim() !== '' && reference.trim() !== '' && (!money || amount !== null)
  const go = () => doing.run(async () => {
    await take(api.POST('/api/v1/delegation-orders/{order_id}/uses', {
      params: { path: { order_id: order.order_id } }, headers: { 'If-Match': etag },
      body: { act, on_date: on_date!, what_th: what, amount_satang: money ? amount : null, reference },
    }))
    on_done()
  })
  return (
    <Dialog title={label} on_close={on_close}>
      <Said doing={doing}>
        <TextField pointer="/on_date" label={t('deleg.use.day')} hint={from_date && to_date ? t('deleg.use.day_hint', { from: format_date(from_date, lang, 'short'), to: format_date(to_date, lang, 'short') }) : t('deleg.date_hint')} max={40} value={day} on_change={set_day} />
        <TextField pointer="/what_th" label={t('deleg.use.what')} rows={2} max={1000} lang="th" value={what} on_change={set_what} />
        {money && <BahtField pointer="/amount_satang" label={t('deleg.use.amount')} value={amount} on_change={set_amount} />}
        <TextField pointer="/reference" label={t('deleg.use.reference')} hint={t('deleg.use.reference_hint')} max={200} value={reference} on_change={set_reference} />
        <div className="buttons">
          <button type="button" className="button main" disabled={doing.busy || !ready} onClick={() => void go()}>{doing.busy ? t('waiting') : t('deleg.use.record')}</button>
          <button type="button" className="button" onClick={on_close}>{t('cancel')}</button>
        </div>
      </Said>
    </Dialog>
  )
}
