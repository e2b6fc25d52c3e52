import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Agenda, Application, Call, ProposalKpi, YearValue } from '../../api/shapes.ts'
import { Link, useParams } from '../../app/router.tsx'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Icon, Wordmark } from '../../components/Icon.tsx'
import { useProvinces } from '../../components/provinces.ts'
import '../../styles/print.css'
import { format_date, format_moment, year_label } from '../../lib/dates.ts'
import { format_bytes, format_decimal } from '../../lib/numbers.ts'
import { application_query, call_query } from './queries.ts'

/** A whole application on paper, as it would lie before a committee. What is empty says so instead of disappearing. */
export function PrintPage() {
  const { t } = useWords()
  const { application_id } = useParams('/applications/$application_id/print')
  const application = useQuery(application_query(application_id))
  const call_id = application.data?.body.call_id
  const call = useQuery({ ...call_query(call_id ?? ''), enabled: call_id !== undefined })
  const error = application.error ?? call.error
  if (error) return <Failure error={error} again={() => { void application.refetch(); void call.refetch() }} />
  if (!application.data || !call.data) return <Waiting />
  return (
    <>
      <p className="crumbs no-print"><Link to="/applications/$application_id" params={{ application_id }}>{t('print.back')}</Link></p>
      <p className="buttons no-print"><button type="button" className="button main" onClick={() => print()}><Icon name="file" />{t('print')}</button></p>
      <Paper application={application.data.body} call={call.data.body} />
    </>
  )
}

function Paper({ application, call }: { application: Application; call: Call }) {
  const { t, lang, pick } = useWords()
  const provinces = useProvinces()
  const { proposal, resolution, files } = application
  const required = call.requirements.filter(entry => entry.kind === 'file')
  return (
    <article className="paper">
      <header className="paper-head">
        <Wordmark />
        <p>{t('brand.long')}</p>
        <h1>{t('application.title', { province: provinces.name(application.province), year: application.fiscal_year + 543 })}</h1>
        <p>{pick(call.title_th, call.title_en)}</p>
      </header>
      {application.demonstration && <p className="paper-warning">{t('application.demonstration')}</p>}
      {application.submitted_at === null && <p className="paper-warning">{t('print.not_submitted')}</p>}
      <dl className="facts">
        <dt>{t('call.state')}</dt><dd>{t(`state.${application.state}`)}</dd>
        <dt>{t('application.kind')}</dt><dd>{t(`kind.${application.kind}`)}</dd>
        {application.submitted_at !== null && <><dt>{t('application.submitted')}</dt><dd>{format_moment(application.submitted_at, lang)}</dd></>}
        <dt>{t('print.record')}</dt><dd><code>{application.application_id}</code> · {t('print.version', { n: application.version })}</dd>
      </dl>
      <Part n={1} title={t('section.summary')}><Text>{proposal.summary_th}</Text></Part>
      <Part n={2} title={t('section.agendas')}>
        {proposal.agendas.length === 0 ? <Nothing /> : (
          <ol>{proposal.agendas.map((agenda, i) => (
            <li key={i}><b lang="th">{agenda.title_th || '–'}</b>{agenda.working_group !== null && ` (${t(`group.${agenda.working_group}`)})`}<Text>{agenda.why_th}</Text></li>
          ))}</ol>
        )}
      </Part>
      <Part n={3} title={t('section.kpis')}>
        {proposal.kpis.length === 0 ? <Nothing /> : proposal.kpis.map((kpi, i) => <Kpi key={i} n={i + 1} kpi={kpi} agendas={proposal.agendas} />)}
      </Part>
      <Part n={4} title={t('section.benefits')}>
        {proposal.benefits.length === 0 ? <Nothing /> : <ul>{proposal.benefits.map((benefit, i) => <li key={i}><b>{format_decimal(benefit.number)} <span lang="th">{benefit.unit_th}</span></b> <span lang="th">{benefit.sentence_th}</span></li>)}</ul>}
      </Part>
      <Part n={5} title={t('section.unlocks')}>
        {proposal.unlocks.length === 0 ? <Nothing /> : <ul>{proposal.unlocks.map((unlock, i) => <li key={i}><b>{t(`unlock.${unlock.kind}`)}</b>: <span lang="th">{unlock.what_th}</span> <span className="soft">({t('unlock.who')}: <span lang="th">{unlock.who_th || '–'}</span>)</span></li>)}</ul>}
      </Part>
      <Part n={6} title={t('section.risks')}><Text>{proposal.risks_th}</Text></Part>
      <Part n={7} title={t('section.files')}>
        {required.length === 0 ? <p>{t('files.none_wanted')}</p> : (
          <ul>{required.map(requirement => {
            const file = files.find(stored => stored.key === requirement.key)
            return <li key={requirement.key}>{pick(requirement.label_th, requirement.label_en)}: {file ? <>{file.name} ({format_bytes(file.bytes)})<br /><small>SHA-256 <code>{file.sha256}</code></small></> : t('need.file')}</li>
          })}</ul>
        )}
      </Part>
      {resolution && (
        <Part n={8} title={t('resolution.title')}>
          <p><b>{t(`resolution.${resolution.kind}`)}</b> ({resolution.number} · {format_date(resolution.on_date, lang)})</p>
          <Text>{resolution.text_th}</Text>
        </Part>
      )}
      <footer className="signature">
        <p>{t('print.sign')} .................................................................</p>
        <p>(.................................................................)</p>
        <p>{t('print.governor', { province: provinces.name(application.province) })}</p>
        <p>{t('print.day')} ......../......................../............</p>
      </footer>
    </article>
  )
}

function Part({ n, title, children }: { n: number; title: string; children: ReactNode }) {
  return <section><h2>{n}. {title}</h2>{children}</section>
}
function Nothing() {
  const { t } = useWords()
  return <p className="soft">{t('need.text')}</p>
}
function Text({ children }: { children: string }) {
  return children.trim() === '' ? <Nothing /> : <p className="pre" lang="th">{children}</p>
}

function Kpi({ n, kpi, agendas }: { n: number; kpi: ProposalKpi; agendas: Agenda[] }) {
  const { t, lang } = useWords()
  const agenda = kpi.agenda === null ? undefined : agendas[kpi.agenda]
  const years = (entries: YearValue[]) => entries.map(entry => <td key={entry.fiscal_year} className="number">{format_decimal(entry.value)}</td>)
  const heads = (entries: YearValue[], what: string) => entries.map(entry => <th scope="col" key={entry.fiscal_year}>{what}<br />{year_label(entry.fiscal_year, lang)}</th>)
  return (
    <div className="paper-kpi">
      <h3>3.{n} <span lang="th">{kpi.name_th || t('kpi.unnamed')}</span> <span className="soft">({t('kpi.weight')} {format_decimal(kpi.weight, 3)})</span></h3>
      <p>{t('kpi.agenda')}: <span lang="th">{agenda?.title_th ?? '–'}</span> · {t('kpi.direction')}: {t(`kpi.${kpi.direction}`)} · {t('kpi.unit_th')}: <span lang="th">{kpi.unit_th || '–'}</span></p>
      <Text>{kpi.definition_th}</Text>
      <table>
        <thead><tr>{heads(kpi.baseline, t('kpi.baseline'))}{heads(kpi.targets, t('kpi.targets'))}<th scope="col">{t('kpi.p50')}</th><th scope="col">{t('kpi.p75')}</th><th scope="col">{t('kpi.p100')}</th></tr></thead>
        <tbody><tr>{years(kpi.baseline)}{years(kpi.targets)}{([kpi.criteria.p50, kpi.criteria.p75, kpi.criteria.p100]).map((value, i) => <td key={i} className="number">{format_decimal(value)}</td>)}</tr></tbody>
      </table>
      <p className="small">{t('kpi.source')}: <span lang="th">{kpi.source_th || '–'}</span> · {t('kpi.owner')}: <span lang="th">{kpi.owner_th || '–'}</span></p>
    </div>
  )
}
