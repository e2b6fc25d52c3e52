import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ProblemError, take } from '../../api/client.ts'
import type { Kpi, KpiValue, SourceClass } from '../../api/shapes.ts'
import { Link, useLeaveQuestion, useParams } from '../../app/router.tsx'
import { has_role, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Acts } from '../../components/Acts.tsx'
import { ChoiceField, DecimalField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { JudgementMark } from '../../components/Marks.tsx'
import { ProblemSummary, RemarksProvider } from '../../components/problems.tsx'
import { source_classes } from './sources.ts'
import { WithdrawDialog } from './WithdrawDialog.tsx'
import { format_moment, format_period, month_names, parse_year } from '../../lib/dates.ts'
import { format_decimal } from '../../lib/numbers.ts'

type PeriodKind = 'month' | 'quarter' | 'year'
const period_kinds: PeriodKind[] = ['month', 'quarter', 'year']
const quarters = ['1', '2', '3', '4']

/** "2021-03", "2021-Q2" of the fiscal year, or the fiscal year "2021"; empty until all of it is given. */
function period_of(kind: PeriodKind, year: number | null, part: string): string {
  if (year === null) return ''
  if (kind === 'year') return String(year)
  return part && `${year}-${kind === 'quarter' ? `Q${part}` : part}`
}

const page_size = 200

export function KpiPage() {
  const { t, pick } = useWords()
  const me = useMe()
  const { kpi_id } = useParams('/kpis/$kpi_id')
  const { data: kpi, error, refetch } = useQuery({ queryKey: ['kpis', kpi_id], queryFn: () => take(api.GET('/api/v1/kpis/{kpi_id}', { params: { path: { kpi_id } } })) })
  const values = useQuery({ queryKey: ['kpis', kpi_id, 'values'], queryFn: () => take(api.GET('/api/v1/kpis/{kpi_id}/values', { params: { path: { kpi_id }, query: { history: 'all', limit: page_size } } })) })
  const { data: acts } = useQuery({ queryKey: ['kpis', kpi_id, 'acts'], queryFn: () => take(api.GET('/api/v1/kpis/{kpi_id}/acts', { params: { path: { kpi_id } } })) })
  const may = (act: string) => acts?.items.some(next => next.act === act && next.allowed) ?? false
  if (error) return <Failure error={error} again={() => void refetch()} />
  if (!kpi) return <Waiting />
  return (
    <>
      <p className="crumbs"><Link to="/kpis">{t('kpis.title')}</Link></p>
      <header className="page-head">
        <h1>{pick(kpi.name_th, kpi.name_en)}</h1>
        <p className="page-facts"><JudgementMark colour={kpi.judgement.colour} />{kpi.demonstration && <span className="mark gold">{t('kpis.demonstration')}</span>}</p>
        <p><b>{t('kpis.rule')}:</b> {pick(kpi.judgement.rule_th, kpi.judgement.rule_en)}</p>
        <p className="page-facts small no-print">
          <a href={`/provinces/${kpi.province}`}>{t('kpis.public')}</a>
          {has_role(me, 'auditor', 'opdc', 'moi', 'administrator') && <Link to="/ledger" search={{ subject_kind: 'kpi', subject_id: kpi.kpi_id }}>{t('kpis.ledger')}</Link>}
        </p>
      </header>
      {may('kpi.report') && <NewValue kpi={kpi} values={values.data?.items ?? []} />}
      {acts && <Acts acts={acts.items} run={{}} />}
      {values.error && <Failure error={values.error} again={() => void values.refetch()} />}
      {values.data && <Values kpi={kpi} values={values.data.items} may_withdraw={may('kpi.withdraw')} />}
    </>
  )
}

/** The value that counts for a period: the last one recorded for it, unless that withdraws it. */
function standing_value(values: KpiValue[], period: string): KpiValue | undefined {
  const last = values.filter(value => value.period === period).toSorted((a, b) => a.revision - b.revision).at(-1)
  return last?.withdrawn ? undefined : last
}

function NewValue({ kpi, values }: { kpi: Kpi; values: KpiValue[] }) {
  const { t, lang, pick } = useWords()
  const queries = useQueryClient()
  const [kind, set_kind] = useState<PeriodKind>('month')
  const [part, set_part] = useState('')
  const [year, set_year] = useState('')
  const [value, set_value] = useState('')
  const [source_class, set_class] = useState<SourceClass | ''>('')
  const [evidence, set_evidence] = useState('')
  const [evidence_url, set_url] = useState('')
  const [reason, set_reason] = useState('')
  const gregorian = parse_year(year)
  const period = period_of(kind, gregorian, part)
  const standing = period ? standing_value(values, period) : undefined
  const save = useMutation({
    mutationFn: (of: SourceClass) => take(api.POST('/api/v1/kpis/{kpi_id}/values', {
      params: { path: { kpi_id: kpi.kpi_id } }, body: { period, value, source_class: of, evidence: evidence.trim() || null, evidence_url: evidence_url.trim() || null, corrects: standing?.value_id ?? null, reason: standing ? reason : null },
    })),
    async onSuccess() { set_value(''); set_evidence(''); set_url(''); set_reason(''); await queries.invalidateQueries({ queryKey: ['kpis'] }) },
  })
  useLeaveQuestion([value, evidence, evidence_url, reason].some(text => text !== '') ? t('leave.question') : null)
  const problem = save.error instanceof ProblemError ? save.error.problem : null
  return (
    <RemarksProvider fields={problem?.fields}>
      <form className="panel stack" onSubmit={event => { event.preventDefault(); if (source_class) save.mutate(source_class) }}>
        <h2>{t('value.new')}</h2>
        <ProblemSummary problem={problem} />
        {save.error && !problem && <Failure error={save.error} />}
        <div className="pair">
          <ChoiceField pointer="/period_kind" label={t('value.period_kind')} value={kind} on_change={chosen => { set_kind(chosen); set_part('') }} options={period_kinds.map(value => ({ value, label: t(`value.kind.${value}`) }))} />
          {kind === 'month' && <ChoiceField pointer="/period" label={t('value.month')} value={part} on_change={set_part} options={month_names(lang).map((label, i) => ({ value: String(i + 1).padStart(2, '0'), label }))} />}
          {kind === 'quarter' && <ChoiceField pointer="/period" label={t('value.quarter')} value={part} on_change={set_part} options={quarters.map(value => ({ value, label: value }))} />}
          <TextField pointer={kind === 'year' ? '/period' : '/year'} label={t(kind === 'month' ? 'value.year' : 'value.fiscal_year')} input_mode="numeric" max={4} value={year} on_change={set_year} error={year.length === 4 && !gregorian ? t('value.bad_year') : undefined} />
          <DecimalField pointer="/value" label={t('value.value', { unit: pick(kpi.unit_th, kpi.unit_en) })} value={value} on_change={set_value} />
          <ChoiceField pointer="/source_class" label={t('value.class')} value={source_class} on_change={set_class} options={source_classes.map(kind => ({ value: kind, label: t(`source.${kind}`) }))} />
        </div>
        <TextField pointer="/evidence" label={t('value.evidence')} max={1000} lang="th" value={evidence} on_change={set_evidence} optional />
        <TextField pointer="/evidence_url" label={t('value.evidence_url')} max={1000} value={evidence_url} on_change={set_url} optional />
        {standing && <p className="notice"><Icon name="info" /><span>{t('value.corrects', { value: format_decimal(standing.value) })}</span></p>}
        {standing && <TextField pointer="/reason" label={t('value.reason')} max={1000} lang="th" value={reason} on_change={set_reason} />}
        <p className="buttons">
          <button type="submit" className="button main" disabled={save.isPending || !period || value === '' || source_class === '' || (standing !== undefined && reason.trim() === '')}>{save.isPending ? t('waiting') : t('value.save')}</button>
          <span role="status" className="save-state">{save.isSuccess && <><Icon name="check" />{t('value.saved')}</>}</span>
        </p>
      </form>
    </RemarksProvider>
  )
}

function Values({ kpi, values, may_withdraw }: { kpi: Kpi; values: KpiValue[]; may_withdraw: boolean }) {
  const { t, lang, pick } = useWords()
  const [withdrawing, set_withdrawing] = useState<KpiValue | null>(null)
  const unit = pick(kpi.unit_th, kpi.unit_en)
  if (values.length === 0) return <p className="empty">{t('value.none')}</p>
  const corrected = new Set(values.map(value => value.corrects))
  const stands = (value: KpiValue) => !value.withdrawn && !corrected.has(value.value_id)
  return (
    <section className="stack" aria-labelledby="values-title">
      <h2 id="values-title">{t('value.title')}</h2>
      <div className="scroll" tabIndex={0} role="group" aria-label={t('value.title')}>
        <table className="stacking">
          <thead><tr><th scope="col">{t('value.period')}</th><th scope="col" className="number">{unit}</th><th scope="col">{t('value.class')}</th><th scope="col">{t('value.evidence')}</th><th scope="col">{t('value.recorded')}</th></tr></thead>
          <tbody>
            {values.toSorted((a, b) => b.period.localeCompare(a.period) || b.revision - a.revision).map(value => (
              <tr key={value.value_id}>
                <th scope="row">{format_period(value.period, lang)}</th>
                <td data-label={unit} className="number">{stands(value) ? format_decimal(value.value) : <s>{format_decimal(value.value)}</s>}</td>
                <td data-label={t('value.class')}>{t(`source.${value.source_class}`)}</td>
                <td data-label={t('value.evidence')}>
                  <div>
                    {value.evidence || (!value.corrects && !value.evidence_url && '–')}
                    {value.evidence_url && <> <a href={value.evidence_url} rel="noopener nofollow">{t('value.evidence_open')}</a></>}
                    {value.corrects && <> <span className="mark amber">{t(value.withdrawn ? 'value.is_withdrawal' : 'value.is_correction')}</span> {value.reason && t('value.reason_given', { reason: value.reason })}</>}
                    {corrected.has(value.value_id) && <> <span className="mark grey">{t('value.superseded')}</span></>}
                    {may_withdraw && stands(value) && <> <button type="button" className="button quiet no-print" onClick={() => set_withdrawing(value)}>{t('value.withdraw')}<span className="hidden-visually"> {format_period(value.period, lang)}</span></button></>}
                  </div>
                </td>
                <td data-label={t('value.recorded')}>{format_moment(value.recorded_at, lang, 'short')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {withdrawing && <WithdrawDialog kpi_id={kpi.kpi_id} value={withdrawing} on_close={() => set_withdrawing(null)} />}
    </section>
  )
}
