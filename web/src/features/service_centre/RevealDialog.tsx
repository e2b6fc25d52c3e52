import { useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { RevealedReporters, RevealPurpose } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Said, useDoing } from '../../components/doing.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'

const purposes: RevealPurpose[] = ['contact_reporter', 'verify_identity', 'legal_proceeding', 'protect_reporter']

/** Who reported, for a purpose and with a reason. What is told stands in this dialog only and is gone when it closes. */
export function RevealDialog({ case_id, on_close }: { case_id: string; on_close: () => void }) {
  const { t } = useWords()
  const [purpose, set_purpose] = useState<RevealPurpose>('contact_reporter')
  const [reason_th, set_reason] = useState('')
  const [told, set_told] = useState<RevealedReporters | null>(null)
  const doing = useDoing()
  const reveal = () => doing.run(async () => set_told(await take(api.POST('/api/v1/cases/{case_id}/reveal', { params: { path: { case_id } }, body: { purpose, reason_th: reason_th.trim() } }))))
  return (
    <Dialog title={t('reveal.open')} on_close={on_close}>
      {told
        ? (
          <>
            {told.items.map(one => (
              <dl key={one.reporter_id} className="facts revealed">
                <dt>{t('counter.reporter_type')}</dt><dd>{t(`reporter.${one.type}`)}</dd>
                {one.name && <><dt>{t('counter.name')}</dt><dd lang="th">{one.name}</dd></>}
                {one.phone && <><dt>{t('counter.phone')}</dt><dd><a href={`tel:${one.phone}`}>{one.phone}</a></dd></>}
                {one.citizen_id && <><dt>{t('counter.citizen_id')}</dt><dd>{one.citizen_id}</dd></>}
                {one.email && <><dt>{t('counter.email')}</dt><dd>{one.email}</dd></>}
                {one.address && <><dt>{t('counter.address')}</dt><dd className="pre" lang="th">{one.address}</dd></>}
              </dl>
            ))}
            <p className="small soft">{t('reveal.recorded')}</p>
            <div className="buttons"><button type="button" className="button main" onClick={on_close}>{t('reveal.close')}</button></div>
          </>
        )
        : (
          <form className="stack" onSubmit={event => { event.preventDefault(); void reveal() }}>
            <p>{t('reveal.text')}</p>
            <Said doing={doing}>
              <ChoiceField pointer="/purpose" label={t('reveal.purpose')} value={purpose} on_change={set_purpose} options={purposes.map(value => ({ value, label: t(`reveal.purpose.${value}`) }))} />
              <TextField pointer="/reason_th" label={t('ask_case.reason')} rows={3} max={4000} lang="th" value={reason_th} on_change={set_reason} />
              <div className="buttons">
                <button type="submit" className="button main" disabled={doing.busy || reason_th.trim() === ''}>{doing.busy ? t('waiting') : t('reveal.go')}</button>
                <button type="button" className="button" onClick={on_close}>{t('cancel')}</button>
              </div>
            </Said>
          </form>
        )}
    </Dialog>
  )
}
