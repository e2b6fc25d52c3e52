import type { ChangeSummary } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { useWords } from '../../app/words.tsx'
import { useProvinces } from '../../components/provinces.ts'
import { format_date, format_moment } from '../../lib/dates.ts'
import { ChangeMark } from './ChangeMark.tsx'

export function ChangeTable({ changes, label, with_province = false }: { changes: ChangeSummary[]; label: string; with_province?: boolean }) {
  const { t, lang } = useWords()
  const provinces = useProvinces()
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={label}>
      <table className="stacking">
        <thead><tr>
          <th scope="col">{t('project.name')}</th>{with_province && <th scope="col">{t('plans.province')}</th>}<th scope="col">{t('change.kind')}</th><th scope="col">{t('change.state')}</th>
          <th scope="col">{t('change.submitted')}</th><th scope="col">{t('change.decided')}</th>
        </tr></thead>
        <tbody>
          {changes.map(change => (
            <tr key={change.change_id}>
              <th scope="row"><Link to="/changes/$change_id" params={{ change_id: change.change_id }}>{change.name_th || t('change.unnamed')}</Link></th>
              {with_province && <td data-label={t('plans.province')}>{provinces.name(change.province)}</td>}
              <td data-label={t('change.kind')}>{t(`change.kind.${change.kind}`)}</td>
              <td data-label={t('change.state')}><ChangeMark state={change.state} /></td>
              <td data-label={t('change.submitted')}>{change.submitted_at ? format_moment(change.submitted_at, lang, 'short') : '–'}</td>
              <td data-label={t('change.decided')}>{change.decided_on ? format_date(change.decided_on, lang, 'short') : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
