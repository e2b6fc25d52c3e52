import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ProblemError, take } from '../../api/client.ts'
import type { Kpi, KpiValue, SourceClass } from '../../api/shapes.ts'
import { Link, useParams } from '../../app/router.tsx'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { ChoiceField, DecimalField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { JudgementMark } from '../../components/Marks.tsx'
import { ProblemSummary, RemarksProvider } from '../../components/problems.tsx'
import { format_moment, format_period, month_names, parse_year } from '../../lib/dates.ts'
import { format_decimal } from '../../lib/numbers.ts'

const classes: SourceClass[] = ['official_statistic', 'administrative_record', 'self_reported', 'surveyed']
const page_size = 200

export function KpiPage() {
  const { t, pick } = useWords()
  const { kpi_id } = useParams('/kpis/$kpi_id')
  const { data: kpi, error, refetch } = useQuery({ queryKey: ['kpis', kpi_id], queryFn: () => take(api.GET('/api/v1/kpis/{kpi_id}', { params: { path: { kpi_id } } })) })
  const values = useQuery({ queryKey: ['kpis', kpi_id, 'values'], queryFn: () => take(api.GET('/api/v1/kpis/{kpi_id}/values', { params: { path: { kpi_id }, query: { history: 'all', limit: page_size } } })) })
  if (error) return <Failure error={error} again={() => void refetch()} />
  if (!kpi) return <Waiting />
  return (
    <>
      <p className="crumbs"><Link to="/kpis">{t('kpis.title')}</Link></p>
      <header className="page-head">
        <h1>{pick(kpi.name_th, kpi.name_en)}</h1>
        <p><JudgementMark colour={kpi.judgement.colour} /> <span className="soft">{pick(kpi.judgement.rule_th, kpi.judgement.rule_en)}</span></p>
      </header>
      <NewValue kpi={kpi} values={values.data?.items ?? []} />
      {values.error && <Failure error={values.error} again={() => void values.refetch()} />}
      {values.data && <Values values={values.data.items} unit={pick(kpi.unit_th, kpi.unit_en)} />}
    </>
  )
}

/** The value that counts for a month: the last one recorded for it. */
function standing_value(values: KpiValue[], period: string): KpiValue | undefined {
  return values.filter(value => value.period === period).toSorted((a, b) => (a.recorded_at ?? '').localeCompare(b.recorded_at ?? '')).at(-1)
}

function NewValue({ kpi, values }: { kpi: Kpi; values: KpiValue[] }) {
  const { t, lang, pick } = useWords()
  const queries = useQueryClient()
  const [month, set_month] = useState('')
  const [year, set_year] = useState('')
  const [value, set_value] = useState('')
  const [source_class, set_class] = useState<SourceClass | ''>('')
  const [evidence, set_evidence] = useState('')
  const [reason, set_reason] = useState('')
  const gregorian = parse_year(year)
  const period = month && gregorian ? `${gregorian}-${month}` : ''
  const standing = period ? standing_value(values, period) : undefined
  const save = useMutation({
    mutationFn: (kind: SourceClass) => take(api.POST('/api/v1/kpis/{kpi_id}/values', {
      params: { path: { kpi_id: kpi.kpi_id } }, body: { period, value, source_class: kind, evidence: evidence.trim() || null, corrects: standing?.value_id ?? null, reason: standing ? reason : null },
    })),
    async onSuccess() { set_value(''); set_evidence(''); set_reason(''); await queries.invalidateQueries({ queryKey: ['kpis'] }) },
  })
  const problem = save.error instanceof ProblemError ? save.error.problem : null
  return (
    <RemarksProvider fields={problem?.fields}>
      <form className="panel stack" onSubmit={event => { event.preventDefault(); if (source_class) save.mutate(source_class) }}>
        <h2>{t('value.new')}</h2>
        <ProblemSummary problem={problem} />
        {save.error && !problem && <Failure error={save.error} />}
        <div className="pair">
          <ChoiceField pointer="/period" label={t('value.month')} value={month} on_change={set_month} options={month_names(lang).map((label, i) => ({ value: String(i + 1).padStart(2, '0'), label }))} />
          <TextField pointer="/year" label={t('value.year')} input_mode="numeric" max={4} value={year} on_change={set_year} error={year.length === 4 && !gregorian ? t('value.bad_year') : undefined} />
          <DecimalField pointer="/value" label={t('value.value', { unit: pick(kpi.unit_th, kpi.unit_en) })} value={value} on_change={set_value} />
          <ChoiceField pointer="/source_class" label={t('value.class')} value={source_class} on_change={set_class} options={classes.map(kind => ({ value: kind, label: t(`source.${kind}`) }))} />
        </div>
        <TextField pointer="/evidence" label={t('value.evidence')} max={1000} lang="th" value={evidence} on_change={set_evidence} optional />
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

function Values({ values, unit }: { values: KpiValue[]; unit: string }) {
  const { t, lang } = useWords()
  if (values.length === 0) return <p className="empty">{t('value.none')}</p>
  return (
    <section className="stack" aria-labelledby="values-title">
      <h2 id="values-title">{t('value.title')}</h2>
      <div className="scroll" tabIndex={0} role="group" aria-label={t('value.title')}>
        <table className="stacking">
          <thead><tr><th scope="col">{t('value.period')}</th><th scope="col" className="number">{unit}</th><th scope="col">{t('value.class')}</th><th scope="col">{t('value.evidence')}</th><th scope="col">{t('value.recorded')}</th></tr></thead>
          <tbody>
            {values.toSorted((a, b) => b.period.localeCompare(a.period) || (b.recorded_at ?? '').localeCompare(a.recorded_at ?? '')).map((value, i) => (
              <tr key={value.value_id ?? i}>
                <th scope="row">{format_period(value.period, lang)}</th>
                <td data-label={unit} className="number">{format_decimal(value.value)}</td>
                <td data-label={t('value.class')}>{t(`source.${value.source_class}`)}</td>
                <td data-label={t('value.evidence')}>{value.evidence || !value.corrects && '–'} {value.corrects && <><span className="mark amber">{t('value.is_correction')}</span> {value.reason}</>}</td>
                <td data-label={t('value.recorded')}>{value.recorded_at ? format_moment(value.recorded_at, lang, 'short') : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
