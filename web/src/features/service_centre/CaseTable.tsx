import type { CaseSummary } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { useWords } from '../../app/words.tsx'
import { format_date } from '../../lib/dates.ts'
import { AreaName } from './AreaName.tsx'
import { CaseDue, CaseMark } from './CaseMark.tsx'
import { useLists } from './queries.ts'

export function CaseTable({ cases, label }: { cases: CaseSummary[]; label: string }) {
  const { t, lang } = useWords()
  const { category, channel } = useLists()
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={label}>
      <table className="stacking cases">
        <thead><tr>
          <th scope="col">{t('case.title')}</th><th scope="col">{t('case.due')}</th><th scope="col">{t('case.state')}</th>
          <th scope="col">{t('case.category')}</th><th scope="col">{t('case.area')}</th><th scope="col">{t('case.received')}</th>
        </tr></thead>
        <tbody>
          {cases.map(one => (
            <tr key={one.case_id}>
              <th scope="row">
                <span>
                  <Link to="/cases/$case_id" params={{ case_id: one.case_id }} lang="th">{one.title}</Link>
                  <span className="small soft"> {one.number}</span>
                  {one.reopened > 0 && <> <span className="mark amber">{t('case.reopened', { n: one.reopened })}</span></>}
                </span>
              </th>
              <td data-label={t('case.due')}><CaseDue of={one} /></td>
              <td data-label={t('case.state')}><CaseMark state={one.state} /></td>
              <td data-label={t('case.category')}><span>{category(one.category)} <span className="small soft">{channel(one.channel)}</span></span></td>
              <td data-label={t('case.area')}><AreaName code={one.area} /></td>
              <td data-label={t('case.received')}>{format_date(one.received_at, lang, 'short')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
