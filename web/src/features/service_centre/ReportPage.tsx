import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { server_now_ms } from '../../api/client.ts'
import type { FlowNumbers, MonthlyReport } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { ChoiceField } from '../../components/fields.tsx'
import { Icon, Wordmark } from '../../components/Icon.tsx'
import { useProvinces } from '../../components/provinces.ts'
import '../../styles/plans.css'
import '../../styles/print.css'
import '../../styles/service_centre.css'
import { bangkok_day, format_moment, month_names, year_label } from '../../lib/dates.ts'
import type { Lang } from '../../lib/numbers.ts'
import { areas_within_query, report_query } from './queries.ts'

const months_back = 24
const numbers = ['open_at_start', 'received', 'reopened', 'settled', 'open_at_end'] as const

/** The last months, this one first: "2026-11". */
function months_until(now_ms: number): string[] {
  const [year, month] = bangkok_day(new Date(now_ms).toISOString()).split('-').map(Number)
  return Array.from({ length: months_back }, (_, back) => {
    const index = year! * 12 + month! - 1 - back
    return `${Math.floor(index / 12)}-${String(index % 12 + 1).padStart(2, '0')}`
  })
}

/** "พฤศจิกายน 2569" of "2026-11". */
function month_label(month: string, lang: Lang): string {
  const [year, number] = month.split('-').map(Number)
  return `${month_names(lang)[number! - 1]} ${year_label(year!, lang)}`
}

export function ReportPage() {
  const { t, lang, pick } = useWords()
  const me = useMe()
  const provinces = useProvinces()
  const home = me?.offices.find(office => office.area !== null)?.area ?? ''
  const [months] = useState(() => months_until(server_now_ms()))
  const [month, set_month] = useState(months[0]!)
  const [scope, set_scope] = useState<'all' | 'new_cases'>('all')
  const [province, set_province] = useState(home.slice(0, 2))
  const [district, set_district] = useState(home.length === 4 ? home : '')
  const areas = useQuery({ ...areas_within_query(province), enabled: province !== '' && home.length !== 4 })
  const districts = (areas.data ?? []).filter(area => area.code.length === 4)
  const area = district || province
  const { data, error, refetch } = useQuery({ ...report_query(area, month, scope), enabled: area !== '' })
  const file = (format: string) => `/api/v1/service_centre/report/file?${new URLSearchParams({ area, month, scope, format }).toString()}`
  return (
    <>
      <p className="crumbs no-print"><Link to="/cases">{t('cases.title')}</Link></p>
      <header className="page-head no-print"><h1>{t('report.title')}</h1><p className="soft">{t('report.text')}</p></header>
      <div className="filters no-print">
        <ChoiceField pointer="/month" label={t('report.month')} value={month} on_change={set_month} options={months.map(value => ({ value, label: month_label(value, lang) }))} />
        {home === '' && <ChoiceField pointer="/province" label={t('cases.province')} value={province} on_change={code => { set_province(code); set_district('') }} options={provinces.list.map(each => ({ value: each.code as string, label: provinces.name(each.code) }))} />}
        {districts.length > 0 && <ChoiceField pointer="/district" label={t('cases.district')} value={district || 'all'} on_change={code => set_district(code === 'all' ? '' : code)} options={[{ value: 'all', label: t('report.whole_province') }, ...districts.map(each => ({ value: each.code as string, label: pick(each.name_th, each.name_en) }))]} />}
        <ChoiceField pointer="/scope" label={t('report.scope')} value={scope} on_change={set_scope} options={[{ value: 'all' as const, label: t('report.scope.all') }, { value: 'new_cases' as const, label: t('report.scope.new_cases') }]} />
      </div>
      {error && <Failure error={error} again={() => void refetch()} />}
      {area === '' && <p className="empty">{t('report.choose')}</p>}
      {area !== '' && !data && !error && <Waiting />}
      {data && (
        <>
          <p className="buttons no-print">
            <button type="button" className="button main" onClick={() => print()}><Icon name="file" />{t('print')}</button>
            <a className="button" href={file('xlsx')} download><Icon name="download" />XLSX</a>
            <a className="button" href={file('pdf')} download><Icon name="download" />PDF</a>
          </p>
          <Sheet report={data} />
        </>
      )}
    </>
  )
}

function Sheet({ report }: { report: MonthlyReport }) {
  const { t, lang, pick } = useWords()
  return (
    <article className="paper report" aria-label={t('report.title')}>
      <header className="paper-head">
        <Wordmark />
        <h2>{t('report.head', { scope: t(`report.scope.${report.scope}`) })}</h2>
        <p>{t('report.of', { area: pick(report.area_th, report.area_en), month: month_label(report.month, lang), year: year_label(report.fiscal_year, lang) })}</p>
      </header>
      {report.demonstration && <p className="paper-warning">{t('case.demonstration')}</p>}
      <Flows title={t('report.by_category')} first={t('case.category')} rows={report.by_category.map(row => ({ key: row.category, name: pick(row.name_th, row.name_en), month: row.month, year: row.year }))} total={report} />
      <Flows title={t('report.by_channel')} first={t('case.channel')} rows={report.by_channel.map(row => ({ key: `${row.channel} ${row.kind}`, name: `${pick(row.channel_th, row.channel_en)} · ${pick(row.kind_th, row.kind_en)}`, month: row.month, year: row.year }))} total={report} />
      <p className="small">{t('report.counted', { at: format_moment(report.counted_at, lang) })}</p>
      <p className="small soft">{t('report.source')} <span className="mark grey">{t('case.unverified')}</span></p>
    </article>
  )
}

interface FlowRow { key: string; name: string; month: FlowNumbers; year: FlowNumbers }

/** Brought forward, in, reopened, settled, remaining: of the month, and of the fiscal year so far. */
function Flows({ title, first, rows, total }: { title: string; first: string; rows: FlowRow[]; total: MonthlyReport }) {
  const { t } = useWords()
  return (
    <section>
      <h3>{title}</h3>
      <div className="scroll" tabIndex={0} role="group" aria-label={title}>
        <table className="flows">
          <thead>
            <tr><th scope="col" rowSpan={2}>{first}</th><th scope="colgroup" colSpan={numbers.length}>{t('report.this_month')}</th><th scope="colgroup" colSpan={numbers.length}>{t('report.this_year')}</th></tr>
            <tr>{['month', 'year'].flatMap(span => numbers.map(name => <th key={span + name} scope="col" className="number">{t(`report.${name}`)}</th>))}</tr>
          </thead>
          <tbody>
            {rows.map(row => <tr key={row.key}><th scope="row">{row.name}</th><Numbers of={row.month} what={row.name} /><Numbers of={row.year} what={row.name} /></tr>)}
          </tbody>
          <tfoot><tr><th scope="row">{t('report.total')}</th><Numbers of={total.month_total} what={t('report.total')} /><Numbers of={total.year_total} what={t('report.total')} /></tr></tfoot>
        </table>
      </div>
    </section>
  )
}

/** Every number leads to the cases behind it. */
function Numbers({ of, what }: { of: FlowNumbers; what: string }) {
  const { t } = useWords()
  return numbers.map(name => (
    <td key={name} className="number">
      {of[name] === 0 ? <span className="soft">0</span> : <Link to="/cases" search={{ ...Object.fromEntries(new URLSearchParams(of.cases)), count: name }} aria-label={`${what}, ${t(`report.${name}`)}: ${of[name]}`}>{of[name]}</Link>}
    </td>
  ))
}
