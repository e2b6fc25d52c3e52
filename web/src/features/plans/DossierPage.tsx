import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Change } from '../../api/shapes.ts'
import { Link, useParams } from '../../app/router.tsx'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Icon, Wordmark } from '../../components/Icon.tsx'
import { useProvinces } from '../../components/provinces.ts'
import '../../styles/print.css'
import '../../styles/plans.css'
import { format_moment, year_label } from '../../lib/dates.ts'
import { format_bytes } from '../../lib/numbers.ts'
import { Objections, Progress } from './ChangePage.tsx'
import { Differences } from './Differences.tsx'
import { change_query, useRules } from './queries.ts'
import { Answer } from './WhoDecides.tsx'

/** A request on paper, as it lies before who decides. Objections print with it. */
export function DossierPage() {
  const { t } = useWords()
  const { change_id } = useParams('/changes/$change_id/dossier')
  const change = useQuery(change_query(change_id))
  if (change.error) return <Failure error={change.error} again={() => void change.refetch()} />
  if (!change.data) return <Waiting />
  return (
    <>
      <p className="crumbs no-print"><Link to="/changes/$change_id" params={{ change_id }}>{t('dossier.back')}</Link></p>
      <p className="buttons no-print"><button type="button" className="button main" onClick={() => print()}><Icon name="file" />{t('print')}</button></p>
      <Paper change={change.data.body} />
    </>
  )
}

function Paper({ change }: { change: Change }) {
  const { t, lang, pick } = useWords()
  const provinces = useProvinces()
  const { decider } = useRules()
  const { content, judged, settled } = change
  const classification = settled ? settled.proposed : judged.classification
  return (
    <article className="paper">
      <header className="paper-head">
        <Wordmark />
        <p>{t('brand.long')}</p>
        <h1>{t('dossier.title', { kind: t(`change.kind.${change.kind}`) })}</h1>
        <p lang="th">{content.after.name_th || change.before.name_th}</p>
        <p>{provinces.name(change.province)} · {year_label(change.fiscal_year, lang)}{change.project && ` · ${change.project.code}`}</p>
      </header>
      {change.demonstration && <p className="paper-warning">{t('plans.demonstration')}</p>}
      {change.lacking.length > 0 && <p className="paper-warning">{t('dossier.incomplete', { items: change.lacking.map(gap => pick(gap.label_th, gap.label_en)).join(', ') })}</p>}
      <dl className="facts">
        <dt>{t('change.state')}</dt><dd>{t(`change.state.${change.state}`)}</dd>
        {change.submitted_at !== null && <><dt>{t('change.submitted')}</dt><dd>{format_moment(change.submitted_at, lang)}</dd></>}
        <dt>{t('dossier.record')}</dt><dd><code>{change.change_id}</code></dd>
      </dl>
      <Part n={1} title={t('change.side_by_side')}><Differences before={change.before} after={content.after} differences={judged.differences} province={change.province} whole={change.kind === 'cancel'} /></Part>
      <Part n={2} title={t('change.reasons')}>
        {([['change.reason', content.reason_th], ['change.effect_kpi', content.effect_kpi_th], ['change.effect_beneficiaries', content.effect_beneficiaries_th], ['change.effect_money', content.effect_money_th]] as const).map(([label, text]) => (
          <p key={label}><b>{t(label)}:</b> <span className="pre" lang="th">{text || '–'}</span></p>
        ))}
      </Part>
      <Part n={3} title={t('dossier.who')}>
        {classification ? <Answer classification={classification} /> : <p>{t('who.none')}</p>}
        {settled && <p>{settled.contested
          ? <>{t('who.contested', { who: pick(settled.office_th, settled.office_en), proposed: decider(settled.proposed.decided_by) })} → <b>{decider(settled.decided_by)}</b>: <span className="pre" lang="th">{settled.reason_th}</span></>
          : t('who.settled', { who: pick(settled.office_th, settled.office_en) })}</p>}
      </Part>
      <Part n={4} title={t('dossier.files')}>
        {change.files.length === 0 ? <p>–</p> : <ul>{change.files.map(file => <li key={file.key}>{file.name} ({format_bytes(file.bytes)}) <code className="small">{file.sha256.slice(0, 12)}</code></li>)}</ul>}
      </Part>
      <Progress change={change} />
      <Objections change={change} />
      <p className="signature">{t('dossier.sign')}</p>
    </article>
  )
}

function Part({ n, title, children }: { n: number; title: string; children: ReactNode }) {
  return <section><h2>{n}. {title}</h2>{children}</section>
}
