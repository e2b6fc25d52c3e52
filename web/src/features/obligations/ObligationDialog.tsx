import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { LetterChannel, Obligation } from '../../api/shapes.ts'
import { media_type_of, upload, upload_types } from '../../api/upload.ts'
import { useWords } from '../../app/words.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Said, useDoing } from '../../components/doing.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { format_date, parse_date } from '../../lib/dates.ts'
import { file_url } from './queries.ts'

export type AskedAct = 'serve' | 'prove' | 'take_back'

const channels: LetterChannel[] = ['letter', 'electronic_letter', 'registered_post', 'by_hand', 'electronic_form', 'other']
const none_if_empty = (text: string) => text.trim() || null
const to = (obligation: Obligation, version = obligation.version) => ({ params: { path: { obligation_id: obligation.obligation_id } }, headers: { 'If-Match': `"${version}"` } })

/** The letter that was sent, the proof that it arrived, or what was entered wrongly. The version it was opened from goes along. */
export function ObligationDialog({ act, obligation, on_close }: { act: AskedAct; obligation: Obligation; on_close: () => void }) {
  const { t, lang, pick } = useWords()
  const { duty, due } = obligation
  return (
    <Dialog title={t(`obligation.${act}`)} on_close={on_close}>
      <p>{pick(duty.text_th, duty.text_en)} · {t('obligation.to', { who: pick(duty.addressee_th, duty.addressee_en) })}{due !== null && ` · ${t('obligation.due_on', { day: format_date(due, lang) })}`}</p>
      {act === 'serve' && <ServeForm obligation={obligation} on_close={on_close} />}
      {act === 'prove' && <ProveForm obligation={obligation} on_close={on_close} />}
      {act === 'take_back' && <TakeBackForm obligation={obligation} on_close={on_close} />}
    </Dialog>
  )
}

interface FormProps { obligation: Obligation; on_close: () => void }

/** Sends, shows what is true afterwards on every page that shows it, and closes. */
function useSending(on_close: () => void) {
  const queries = useQueryClient()
  const doing = useDoing()
  const send = (work: () => Promise<unknown>) => void doing.run(async () => {
    await work()
    await Promise.all(['obligations', 'changes'].map(key => queries.invalidateQueries({ queryKey: [key] })))
    on_close()
  })
  return { doing, send }
}

function Buttons({ busy, ready, label, on_close }: { busy: boolean; ready: boolean; label: string; on_close: () => void }) {
  const { t } = useWords()
  return (
    <div className="buttons">
      <button type="submit" className="button main" disabled={busy || !ready}>{busy ? t('waiting') : label}</button>
      <button type="button" className="button" onClick={on_close}>{t('cancel')}</button>
    </div>
  )
}

function ServeForm({ obligation, on_close }: FormProps) {
  const { t } = useWords()
  const [day, set_day] = useState('')
  const [letter, set_letter] = useState('')
  const [channel, set_channel] = useState<LetterChannel>('letter')
  const { doing, send } = useSending(on_close)
  const sent_on = parse_date(day)
  return (
    <form className="stack" onSubmit={event => { event.preventDefault(); send(() => take(api.POST('/api/v1/obligations/{obligation_id}/serve', { ...to(obligation), body: { sent_on: sent_on!, letter, channel } }))) }}>
      <Said doing={doing}>
        <TextField pointer="/sent_on" label={t('obligation.sent_on')} hint={t('obligation.day_hint')} max={30} value={day} on_change={set_day} />
        <TextField pointer="/letter" label={t('obligation.letter')} hint={t('obligation.letter_hint')} max={200} lang="th" value={letter} on_change={set_letter} />
        <ChoiceField pointer="/channel" label={t('obligation.channel')} value={channel} on_change={set_channel} options={channels.map(value => ({ value, label: t(`obligation.channel.${value}`) }))} />
        <Buttons busy={doing.busy} ready={sent_on !== null && letter.trim() !== ''} label={t('obligation.serve')} on_close={on_close} />
      </Said>
    </form>
  )
}

/** A file goes first: it is the proof that the record then speaks of. */
function ProveForm({ obligation, on_close }: FormProps) {
  const { t, pick } = useWords()
  const [day, set_day] = useState('')
  const [receipt, set_receipt] = useState('')
  const [received_by, set_by] = useState('')
  const [reference, set_reference] = useState('')
  const [file, set_file] = useState<File | null>(null)
  const [version, set_version] = useState(obligation.version)
  const { doing, send } = useSending(on_close)
  const received_on = parse_date(day)
  const wrong_type = file !== null && !media_type_of(file.name)

  async function prove() {
    let from = version
    if (file && from === obligation.version) {
      await upload(`${file_url(obligation.obligation_id, `proof_${from}`)}?name=${encodeURIComponent(file.name)}`, file, () => undefined, new AbortController().signal, { etag: `"${from}"` })
      set_version(++from)
    }
    await take(api.POST('/api/v1/obligations/{obligation_id}/prove', {
      ...to(obligation, from), body: { received_on: received_on!, receipt, received_by: none_if_empty(received_by), reference: none_if_empty(reference) },
    }))
  }
  return (
    <form className="stack" onSubmit={event => { event.preventDefault(); send(prove) }}>
      <Said doing={doing}>
        <p className="hint">{t('obligation.evidence')}: {pick(obligation.duty.evidence_th, obligation.duty.evidence_en)}</p>
        <TextField pointer="/received_on" label={t('obligation.received_on')} hint={t('obligation.day_hint')} max={30} value={day} on_change={set_day} />
        <TextField pointer="/receipt" label={t('obligation.receipt')} hint={t('obligation.receipt_hint')} max={300} lang="th" value={receipt} on_change={set_receipt} />
        <TextField pointer="/received_by" label={t('obligation.received_by')} optional max={200} lang="th" value={received_by} on_change={set_by} />
        <div className={`field ${wrong_type ? 'wrong' : ''}`}>
          <label htmlFor="proof-file">{t('obligation.file')}</label>
          <p className="hint" id="proof-file-hint">{t('obligation.file_hint')}</p>
          {wrong_type && <p className="error" id="proof-file-error">{t('obligation.wrong_type')}</p>}
          <input id="proof-file" type="file" aria-describedby="proof-file-hint" accept={Object.keys(upload_types).map(ending => `.${ending}`).join(',')} onChange={event => set_file(event.target.files?.[0] ?? null)} />
        </div>
        <TextField pointer="/reference" label={t('obligation.reference')} hint={t('obligation.reference_hint')} optional={file !== null} max={500} lang="th" value={reference} on_change={set_reference} />
        <Buttons busy={doing.busy} ready={received_on !== null && receipt.trim() !== '' && !wrong_type && (file !== null || reference.trim() !== '')} label={t('obligation.prove')} on_close={on_close} />
      </Said>
    </form>
  )
}

function TakeBackForm({ obligation, on_close }: FormProps) {
  const { t } = useWords()
  const [reason, set_reason] = useState('')
  const { doing, send } = useSending(on_close)
  return (
    <form className="stack" onSubmit={event => { event.preventDefault(); send(() => take(api.POST('/api/v1/obligations/{obligation_id}/take_back', { ...to(obligation), body: { reason_th: reason } }))) }}>
      <Said doing={doing}>
        <p>{t(obligation.state === 'proved' ? 'obligation.take_back_proof' : 'obligation.take_back_letter')}</p>
        <TextField pointer="/reason_th" label={t('obligation.reason')} rows={3} max={1000} lang="th" value={reason} on_change={set_reason} />
        <Buttons busy={doing.busy} ready={reason.trim() !== ''} label={t('obligation.take_back')} on_close={on_close} />
      </Said>
    </form>
  )
}
