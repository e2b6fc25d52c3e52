import { useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { RecurringCases } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Said, useDoing } from '../../components/doing.tsx'
import { TextField } from '../../components/fields.tsx'
import { format_date } from '../../lib/dates.ts'
import { AreaName } from './AreaName.tsx'

interface Props { of: RecurringCases; least: number; on_close: () => void; on_done: (need_id: string) => void }

/** Proposes cases as one need of their place. Those that are about something else are left out by their tick. */
export function NeedDialog({ of, least, on_close, on_done }: Props) {
  const { t, lang, pick } = useWords()
  const [title, set_title] = useState('')
  const [reason, set_reason] = useState('')
  const [left_out, set_left_out] = useState<string[]>([])
  const doing = useDoing()
  const cases = of.items.map(one => one.case_id as string).filter(id => !left_out.includes(id))
  const turn = (id: string) => set_left_out(now => (now.includes(id) ? now.filter(other => other !== id) : [...now, id]))
  const body = { area: of.area, category: of.category, title: title.trim(), reason_th: reason.trim() || undefined, cases }
  const propose = () => doing.run(async () => on_done((await take(api.POST('/api/v1/service_centre/needs', { body: body as never }))).need_id))
  return (
    <Dialog title={t('need.propose')} on_close={on_close}>
      <form className="stack" onSubmit={event => { event.preventDefault(); void propose() }}>
        <p>{pick(of.name_th, of.name_en)} · <AreaName code={of.area} whole /></p>
        <Said doing={doing}>
          <TextField pointer="/title" label={t('need.title')} hint={t('need.title.hint')} max={200} lang="th" value={title} on_change={set_title} />
          <TextField pointer="/reason_th" label={t('need.reason')} optional rows={3} max={4000} lang="th" value={reason} on_change={set_reason} />
          <fieldset className="plain-set" id="cases">
            <legend>{t('need.cases', { n: cases.length })}</legend>
            <p className="hint">{t('need.cases.hint', { n: least })}</p>
            <div className="need-cases">{of.items.map(one => <label key={one.case_id} className="tick"><input type="checkbox" checked={!left_out.includes(one.case_id)} onChange={() => turn(one.case_id)} /> <span><span lang="th">{one.title}</span> <span className="small soft">{one.number} · {format_date(one.received_at, lang, 'short')}</span></span></label>)}</div>
          </fieldset>
          <div className="buttons">
            <button type="submit" className="button main" disabled={doing.busy || title.trim() === '' || cases.length < least}>{doing.busy ? t('waiting') : t('need.go')}</button>
            <button type="button" className="button" onClick={on_close}>{t('cancel')}</button>
          </div>
        </Said>
      </form>
    </Dialog>
  )
}
