import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { server_now_ms } from '../../api/client.ts'
import type { FeeDay } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { TextField } from '../../components/fields.tsx'
import { Icon, Wordmark } from '../../components/Icon.tsx'
import '../../styles/plans.css'
import '../../styles/print.css'
import '../../styles/service_centre.css'
import { bangkok_day, format_date, format_time, parse_date } from '../../lib/dates.ts'
import { format_baht } from '../plans/diff.ts'
import { AreaName } from './AreaName.tsx'
import { DistrictFields, useDistrict } from './DistrictChooser.tsx'
import { fees_query } from './queries.ts'

/** Fees that a district took on a day: what was taken, what corrections take off again, and the sum of the till. */
export function FeesPage() {
  const { t, lang } = useWords()
  const chosen = useDistrict()
  const { district } = chosen
  const [today] = useState(() => bangkok_day(new Date(server_now_ms()).toISOString()))
  const [day, set_day] = useState(today)
  const [typed, set_typed] = useState<string | null>(null)
  const { data, error, refetch } = useQuery({ ...fees_query(district, day), enabled: district !== '' })
  const wrong = typed !== null && typed.trim() !== '' && parse_date(typed) === null
  const move = (days: number) => { set_typed(null); set_day(new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)) }
  return (
    <>
      <p className="crumbs no-print"><Link to="/cases">{t('cases.title')}</Link></p>
      <header className="page-head no-print"><h1>{t('fees.title')}</h1><p className="soft">{t('fees.text')}</p></header>
      <div className="filters no-print">
        <DistrictFields chosen={chosen} />
        <TextField pointer="?on" label={t('fees.day')} max={30} value={typed ?? format_date(day, lang, 'short')} error={wrong ? t('case_application.day_wrong') : undefined} on_change={text => {
          set_typed(text)
          const read = parse_date(text)
          if (read) set_day(read)
        }} />
        <div className="buttons">
          <button type="button" className="button" onClick={() => move(-1)}>{t('fees.before')}</button>
          <button type="button" className="button" disabled={day >= today} onClick={() => move(1)}>{t('fees.after')}</button>
        </div>
      </div>
      {error && <Failure error={error} again={() => void refetch()} />}
      {district === '' && <p className="empty">{t('fees.choose')}</p>}
      {district !== '' && !data && !error && <Waiting />}
      {data && (
        <>
          <p className="buttons no-print">
            <button type="button" className="button main" onClick={() => print()}><Icon name="file" />{t('print')}</button>
            <a className="button" href={`/api/v1/service_centre/fees/file?${new URLSearchParams({ district, on: day }).toString()}`} download><Icon name="download" />CSV</a>
          </p>
          <Sheet of={data} />
        </>
      )}
    </>
  )
}

function Sheet({ of }: { of: FeeDay }) {
  const { t, lang, pick } = useWords()
  return (
    <article className="paper report" aria-label={t('fees.title')}>
      <header className="paper-head">
        <Wordmark />
        <h2>{t('fees.title')}</h2>
        <p><AreaName code={of.district} whole /> · {format_date(of.on, lang)}</p>
      </header>
      {of.items.length === 0 && <p className="fees-none">{t('fees.none')}</p>}
      {of.items.length > 0 && (
        <div className="scroll" tabIndex={0} role="group" aria-label={t('fees.title')}>
          <table className="stacking fees">
            <thead><tr><th scope="col">{t('case_application.receipt')}</th><th scope="col">{t('fees.at')}</th><th scope="col">{t('case.number')}</th><th scope="col">{t('case_application.service')}</th><th scope="col" className="number">{t('fees.taken')}</th><th scope="col" className="number">{t('fees.corrected')}</th></tr></thead>
            <tbody>
              {of.items.map(row => (
                <tr key={`${row.case_id} ${row.at} ${row.receipt}`}>
                  <th scope="row"><span><span lang="th">{row.receipt}</span>{row.corrects !== null && <span className="small"> {t('case_application.corrects', { receipt: row.corrects })}</span>}{row.reason && <span className="small soft" lang="th"> {row.reason}</span>}</span></th>
                  <td data-label={t('fees.at')}>{format_time(row.at, lang)}</td>
                  <td data-label={t('case.number')}><Link to="/cases/$case_id" params={{ case_id: row.case_id }} hash="application">{row.number}</Link></td>
                  <td data-label={t('case_application.service')}>{pick(row.name_th, row.name_en)}</td>
                  <td data-label={t('fees.taken')} className="number">{format_baht(row.satang)}</td>
                  <td data-label={t('fees.corrected')} className="number">{row.corrects_satang !== null ? `−${format_baht(row.corrects_satang)}` : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <dl className="fee-sums">
        <div><dt>{t('fees.taken')}</dt><dd className="number">{format_baht(of.taken_satang)}</dd></div>
        <div><dt>{t('fees.corrected')}</dt><dd className="number">{of.corrected_satang > 0 && '−'}{format_baht(of.corrected_satang)}</dd></div>
        <div className="sum"><dt>{t('fees.sum')}</dt><dd className="number">{t('case_application.baht', { n: format_baht(of.sum_satang).replace(/^-/, '−') })}</dd></div>
      </dl>
      <p className="small soft">{t('fees.note')}</p>
    </article>
  )
}
