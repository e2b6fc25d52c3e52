import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ProblemError, take } from '../../api/client.ts'
import type { KpiValue } from '../../api/shapes.ts'
import { Failure } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { TextField } from '../../components/fields.tsx'
import { ProblemSummary, RemarksProvider } from '../../components/problems.tsx'
import { format_period } from '../../lib/dates.ts'
import { format_decimal } from '../../lib/numbers.ts'

/** Takes back a value that should not stand. It stays in the history, with the reason. */
export function WithdrawDialog({ kpi_id, value, on_close }: { kpi_id: string; value: KpiValue; on_close: () => void }) {
  const { t, lang } = useWords()
  const queries = useQueryClient()
  const [reason, set_reason] = useState('')
  const withdraw = useMutation({
    mutationFn: () => take(api.POST('/api/v1/kpis/{kpi_id}/values/{value_id}/withdraw', { params: { path: { kpi_id, value_id: value.value_id } }, body: { reason } })),
    async onSuccess() { await queries.invalidateQueries({ queryKey: ['kpis'] }); on_close() },
  })
  // The form behind this dialog has a field /reason of its own.
  const refused = withdraw.error instanceof ProblemError ? withdraw.error.problem : null
  const problem = refused && { ...refused, fields: refused.fields.map(field => ({ ...field, pointer: `/withdraw${field.pointer}` })) }
  return (
    <Dialog title={t('value.withdraw.title', { value: format_decimal(value.value), period: format_period(value.period, lang) })} on_close={on_close}>
      <RemarksProvider fields={problem?.fields}>
        <p>{t('value.withdraw.text')}</p>
        <ProblemSummary problem={problem} />
        {withdraw.error && !problem && <Failure error={withdraw.error} />}
        <TextField pointer="/withdraw/reason" label={t('value.withdraw.reason')} rows={3} max={1000} lang="th" value={reason} on_change={set_reason} />
        <div className="buttons">
          <button type="button" className="button main" disabled={withdraw.isPending || reason.trim() === ''} onClick={() => withdraw.mutate()}>{withdraw.isPending ? t('waiting') : t('value.withdraw')}</button>
          <button type="button" className="button" onClick={on_close}>{t('cancel')}</button>
        </div>
      </RemarksProvider>
    </Dialog>
  )
}
