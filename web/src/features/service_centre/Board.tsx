import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaseBoard, CountRow } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { useWords, type Key } from '../../app/words.tsx'
import { ChoiceField } from '../../components/fields.tsx'
import { Failure } from '../../app/states.tsx'
import { useProvinces } from '../../components/provinces.ts'
import { board_query, useAreaName, useLists } from './queries.ts'
import { Recurring } from './Recurring.tsx'
import type { CaseSearch } from './filter.ts'

/** Open, late and near-due cases of a district or a province, and where they lie. Who reads the whole country chooses a province. */
export function Board({ home }: { home: string }) {
  const { t } = useWords()
  const provinces = useProvinces()
  const [chosen, set_chosen] = useState('')
  const area = home || chosen
  return (
    <section className="stack" aria-labelledby="board-title">
      <h2 id="board-title">{area ? <BoardTitle area={area} /> : t('board.title')}</h2>
      {!home && <ChoiceField pointer="/board" className="compact" label={t('cases.province')} value={chosen} on_change={set_chosen} options={provinces.list.map(each => ({ value: each.code as string, label: provinces.name(each.code) }))} />}
      {area && <Numbers area={area} />}
    </section>
  )
}

function BoardTitle({ area }: { area: string }) {
  const { t } = useWords()
  return <>{t('board.of', { area: useAreaName(area) })}</>
}

function Numbers({ area }: { area: string }) {
  const { t } = useWords()
  const { data, error, refetch } = useQuery(board_query(area))
  if (error) return <Failure error={error} again={() => void refetch()} />
  if (!data) return <p className="soft" aria-busy="true">{t('waiting')}</p>
  const place: CaseSearch = area.length === 2 ? { province: area } : { district: area }
  return (
    <>
      <div className="figures">
        <Number label={t('board.open')} n={data.open} search={{ ...place, open: '1' }} />
        <Number label={t('board.late')} n={data.late} search={{ ...place, late: '1' }} look={data.late > 0 ? 'bad' : undefined} />
        <Number label={t('board.near', { days: data.near_due_days })} n={data.near_due} search={{ ...place, view: 'due' }} />
      </div>
      <details className="more-fields">
        <summary>{t('board.more')}</summary>
        <Tables board={data} place={place} />
      </details>
      <Recurring area={area} />
    </>
  )
}

function Number({ label, n, search, look }: { label: string; n: number; search: CaseSearch; look?: string }) {
  return (
    <Link to="/cases" search={search as Record<string, string>} className={`figure ${look ?? ''}`}>
      <b>{label}</b><span className="figure-number number">{n}</span>
    </Link>
  )
}

function Tables({ board, place }: { board: CaseBoard; place: CaseSearch }) {
  const { t, pick } = useWords()
  const { category, channel, kind } = useLists()
  const state = (row: CountRow) => t(`case.state.${row.code}` as Key)
  return (
    <div className="board-tables">
      {board.by_district.length > 0 && <Counts title={t('board.by_district')} rows={board.by_district} name={row => pick(row.name_th, row.name_en) || row.code} to={row => ({ open: '1', district: row.code })} />}
      <Counts title={t('board.by_state')} rows={board.by_state} name={state} to={row => ({ ...place, state: row.code })} />
      <Counts title={t('board.by_category')} rows={board.by_category} name={row => category(row.code)} to={row => ({ ...place, open: '1', category: row.code })} />
      <Counts title={t('board.by_channel')} rows={board.by_channel} name={row => channel(row.code)} to={row => ({ ...place, open: '1', channel: row.code })} />
      <Counts title={t('board.by_kind')} rows={board.by_kind} name={row => kind(row.code)} to={row => ({ ...place, open: '1', kind: row.code })} />
      <Counts title={t('board.by_agency')} rows={board.by_agency} name={row => pick(row.name_th, row.name_en) || row.code} to={row => ({ ...place, open: '1', office_id: row.code })} />
    </div>
  )
}

/** A table whose bars are for the eye only: the numbers stand beside them. */
function Counts({ title, rows, name, to }: { title: string; rows: CountRow[]; name: (row: CountRow) => string; to: (row: CountRow) => CaseSearch }) {
  const { t } = useWords()
  if (rows.length === 0) return null
  const most = Math.max(...rows.map(row => row.open))
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={title}>
      <table className="counts">
        <thead><tr><th scope="col">{title}</th><th scope="col" className="number">{t('board.open')}</th><th scope="col" className="number">{t('board.late')}</th></tr></thead>
        <tbody>
          {rows.toSorted((a, b) => b.open - a.open).map(row => (
            <tr key={row.code}>
              <th scope="row"><Link to="/cases" search={to(row) as Record<string, string>}>{name(row)}</Link>
                <svg className="bar-line" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width={100 * row.open / most} height="4" className="bar-open" /><rect width={100 * row.late / most} height="4" className="bar-late" /></svg>
              </th>
              <td className="number">{row.open}</td>
              <td className="number">{row.late > 0 ? <span className="mark red">{row.late}</span> : 0}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
