import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { PlaceNeed } from '../../api/shapes.ts'
import { Link, useParams } from '../../app/router.tsx'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Said, useDoing } from '../../components/doing.tsx'
import { TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import '../../styles/editor.css'
import '../../styles/plans.css'
import '../../styles/service_centre.css'
import { format_moment } from '../../lib/dates.ts'
import { AreaName } from './AreaName.tsx'
import { CaseTable } from './CaseTable.tsx'
import { need_query, useLists } from './queries.ts'

/** A need of a place, and the cases that it is made of. */
export function NeedPage() {
  const { need_id } = useParams('/cases/needs/$need_id')
  const { data, error, refetch } = useQuery(need_query(need_id))
  if (error) return <Failure error={error} again={() => void refetch()} />
  if (!data) return <Waiting />
  return <Whole it={data} />
}

function Whole({ it }: { it: PlaceNeed }) {
  const { t, lang, pick } = useWords()
  const { category } = useLists()
  const queries = useQueryClient()
  const [withdraws, set_withdraws] = useState(false)
  return (
    <>
      <p className="crumbs no-print"><Link to="/cases">{t('cases.title')}</Link></p>
      <header className="page-head">
        <p><span className={`mark ${it.state === 'proposed' ? 'teal' : 'grey'}`}>{t(`need.state.${it.state}`)}</span></p>
        <h1 lang="th">{it.title}</h1>
        <p className="soft">{category(it.category)} · <AreaName code={it.area} whole /></p>
      </header>
      {it.demonstration && <p className="notice"><Icon name="info" /><span>{t('case.demonstration')}</span></p>}
      <section className="panel stack">
        <dl className="facts">
          <dt>{t('need.by')}</dt><dd>{pick(it.office_th, it.office_en)} · {format_moment(it.proposed_at, lang, 'short')}</dd>
          {it.reason && <><dt>{t('need.reason')}</dt><dd className="pre" lang="th">{it.reason}</dd></>}
          {it.withdrawn_at && <><dt>{t('need.withdrawn')}</dt><dd>{format_moment(it.withdrawn_at, lang, 'short')}<br /><span className="pre" lang="th">{it.withdrawal}</span></dd></>}
        </dl>
        <p className="small soft">{t('need.plan')}</p>
        <p className="buttons no-print">
          <button type="button" className="button" onClick={() => print()}><Icon name="file" />{t('print')}</button>
          {it.may_withdraw && <button type="button" className="button" onClick={() => set_withdraws(true)}>{t('need.withdraw')}</button>}
        </p>
      </section>
      <section className="stack">
        <h2>{t('need.cases', { n: it.items.length })}</h2>
        <CaseTable cases={it.items} label={t('need.cases', { n: it.items.length })} />
      </section>
      {withdraws && <Withdrawing it={it} on_close={() => set_withdraws(false)} on_done={() => { set_withdraws(false); void queries.invalidateQueries({ queryKey: ['cases'] }) }} />}
    </>
  )
}

function Withdrawing({ it, on_close, on_done }: { it: PlaceNeed; on_close: () => void; on_done: () => void }) {
  const { t } = useWords()
  const [reason_th, set_reason] = useState('')
  const doing = useDoing()
  const go = () => doing.run(async () => {
    await take(api.POST('/api/v1/service_centre/needs/{need_id}/withdraw', { params: { path: { need_id: it.need_id } }, headers: { 'If-Match': `"${it.version}"` }, body: { reason_th: reason_th.trim() } }))
    on_done()
  })
  return (
    <Dialog title={t('need.withdraw')} on_close={on_close}>
      <form className="stack" onSubmit={event => { event.preventDefault(); void go() }}>
        <p>{t('need.withdraw.text')}</p>
        <Said doing={doing}>
          <TextField pointer="/reason_th" label={t('ask_case.reason')} rows={3} max={4000} lang="th" value={reason_th} on_change={set_reason} />
          <div className="buttons">
            <button type="submit" className="button main" disabled={doing.busy || reason_th.trim() === ''}>{doing.busy ? t('waiting') : t('need.withdraw')}</button>
            <button type="button" className="button" onClick={on_close}>{t('cancel')}</button>
          </div>
        </Said>
      </form>
    </Dialog>
  )
}
