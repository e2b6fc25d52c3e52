import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, type ReactNode } from 'react'
import type { HeatSpot, ProvinceBoard, ProvinceRow } from '../../api/shapes.ts'
import { Link, navigate, useAddressPart } from '../../app/router.tsx'
import { home_province, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { ChoiceField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useProvinces } from '../../components/provinces.ts'
import '../../styles/plans.css'
import '../../styles/print.css'
import '../../styles/service_centre.css'
import type { CaseSearch } from './filter.ts'
import { province_board_query } from './queries.ts'

const ProvinceMap = lazy(() => import('./ProvinceMap.tsx'))

/** The cases of a whole province: where they lie, how they move. Who reads the whole country chooses a province. */
export function ProvincePage() {
  const { t, pick } = useWords()
  const provinces = useProvinces()
  const home = home_province(useMe()) ?? ''
  const asked = useAddressPart('area')
  const area = asked || home
  const { data, error, refetch } = useQuery({ ...province_board_query(area), enabled: area !== '' })
  return (
    <>
      <p className="crumbs no-print"><Link to="/cases">{t('cases.title')}</Link></p>
      <header className="page-head split">
        <div><h1>{data ? t('province_board.of', { area: pick(data.total.name_th, data.total.name_en) }) : t('province_board.title')}</h1><p className="soft">{t('province_board.text')}</p></div>
        {data && <button type="button" className="button no-print" onClick={() => print()}><Icon name="file" />{t('print')}</button>}
      </header>
      {home === '' && <ChoiceField pointer="/area" className="compact no-print" label={t('cases.province')} value={area} on_change={code => navigate({ to: '/cases/province', search: { area: code } }, { replace: true })} options={provinces.list.map(each => ({ value: each.code as string, label: provinces.name(each.code) }))} />}
      {area === '' && <p className="empty">{t('report.choose')}</p>}
      {error && <Failure error={error} again={() => void refetch()} />}
      {area !== '' && !data && !error && <Waiting />}
      {data && <Board board={data} />}
    </>
  )
}

function Board({ board }: { board: ProvinceBoard }) {
  const { t } = useWords()
  const { total, area } = board
  const province: CaseSearch = { province: area }
  if (total.open + total.received + total.received_before === 0) return <p className="empty"><Icon name="check" />{t('province_board.none', { days: 2 * board.trend_days })}</p>
  return (
    <div className="stack province-board">
      {board.demonstration && <p><span className="mark gold">{t('case.demonstration')}</span></p>}
      <div className="figures">
        <Figure label={t('board.open')} n={total.open} search={{ ...province, open: '1' }} />
        <Figure label={t('board.late')} n={total.late} search={{ ...province, late: '1' }} look={total.late > 0 ? 'bad' : ''} />
        <Figure label={t('board.near', { days: board.near_due_days })} n={total.near_due} />
        <Figure label={t('province_board.reopened')} n={total.reopened} />
        <Figure label={t('province_board.received', { days: board.trend_days })} n={total.received} beside={<Trend of={total} />} />
      </div>
      <Rows title={t('board.by_district')} board={board} rows={board.by_district} search={row => ({ district: row.code })} />
      <Rows title={t('board.by_category')} board={board} rows={board.by_category} search={row => ({ ...province, category: row.code })} />
      <p className="small soft">{t('province_board.trend_key', { days: board.trend_days })}</p>
      {board.spots.length > 0 && (
        <section className="stack" aria-labelledby="spots-title">
          <h2 id="spots-title">{t('province_board.spots')}</h2>
          <div className="heat">
            {board.spots.some(spot => spot.position) && <Suspense fallback={<Waiting />}><ProvinceMap province={area} spots={board.spots} /></Suspense>}
            <Spots spots={board.spots} />
          </div>
          <p className="small soft">{t('province_board.spots_key', { n: board.heat_cases_min })}</p>
        </section>
      )}
    </div>
  )
}

function Figure({ label, n, search, look = '', beside }: { label: string; n: number; search?: CaseSearch; look?: string; beside?: ReactNode }) {
  const content = <><b>{label}</b><span className="figure-number number">{n} {beside}</span></>
  return search ? <Link to="/cases" search={search as Record<string, string>} className={`figure ${look}`}>{content}</Link> : <div className="figure">{content}</div>
}

/** More or fewer than came in as many days before. Neither is good or bad by itself, so it has no colour. */
function Trend({ of }: { of: ProvinceRow }) {
  const change = of.received - of.received_before
  if (change === 0) return <span className="trend">±0</span>
  return <span className="trend"><Icon name={change > 0 ? 'up' : 'down'} />{change > 0 ? `+${change}` : `−${-change}`}</span>
}

/** A number that leads to the cases behind it. */
function Cases({ n, search, what, look }: { n: number; search: CaseSearch; what: string; look?: string }) {
  if (n === 0) return <span className="soft">0</span>
  return <Link to="/cases" search={search as Record<string, string>} className={look} aria-label={`${what}: ${n}`}>{n}</Link>
}
function OpenAndLate({ of, name, search }: { of: { open: number; late: number }; name: string; search: CaseSearch | null }) {
  const { t } = useWords()
  return (
    <>
      <td className="number">{search ? <Cases n={of.open} search={{ ...search, open: '1' }} what={`${name}, ${t('board.open')}`} /> : of.open}</td>
      <td className="number">{search ? <Cases n={of.late} search={{ ...search, late: '1' }} what={`${name}, ${t('board.late')}`} look="mark red" /> : of.late}</td>
    </>
  )
}

// What is near due, was reopened or came in lately is no question to the list of cases, so it leads nowhere.
function Rows({ title, board, rows, search }: { title: string; board: ProvinceBoard; rows: ProvinceRow[]; search: (row: ProvinceRow) => CaseSearch }) {
  const { t, pick } = useWords()
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={title}>
      <table className="counts wide-counts">
        <thead><tr>
          <th scope="col">{title}</th>
          {[t('board.open'), t('board.late'), t('board.near', { days: board.near_due_days }), t('province_board.reopened'), t('province_board.received', { days: board.trend_days }), t('province_board.trend')].map(head => <th key={head} scope="col" className="number">{head}</th>)}
        </tr></thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.code} data-row={row.code}>
              <th scope="row">{pick(row.name_th, row.name_en)}</th>
              <OpenAndLate of={row} name={pick(row.name_th, row.name_en)} search={search(row)} />
              <td className="number">{row.near_due}</td>
              <td className="number">{row.reopened}</td>
              <td className="number">{row.received}</td>
              <td className="number"><Trend of={row} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const sub_district_length = 6

/** Cases of which only the district is known stand under it; the list cannot be asked for these alone. */
function Spots({ spots }: { spots: HeatSpot[] }) {
  const { t, pick } = useWords()
  const title = t('province_board.spot_name')
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={title}>
      <table className="counts">
        <thead><tr><th scope="col">{title}</th><th scope="col" className="number">{t('board.open')}</th><th scope="col" className="number">{t('board.late')}</th></tr></thead>
        <tbody>
          {spots.map(spot => {
            const name = pick(spot.name_th, spot.name_en)
            const known = spot.area.length === sub_district_length
            return <tr key={spot.area} data-spot-row={spot.area}><th scope="row">{known ? name : t('province_board.spot_unknown', { district: name })}</th><OpenAndLate of={spot} name={name} search={known ? { place: spot.area } : null} /></tr>
          })}
        </tbody>
      </table>
    </div>
  )
}
