import type { ProjectContent } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { format_baht, place_label, total_of, value_text } from './diff.ts'
import { useDistricts } from './queries.ts'

interface Props { before: ProjectContent; after: ProjectContent; differences: string[]; province: string; whole: boolean }

/** Old and new side by side, for each place that differs. */
export function Differences({ before, after, differences, province, whole }: Props) {
  const { t, lang } = useWords()
  const districts = useDistricts(province)
  if (whole) return <p>{t('change.cancelled_whole')}</p>
  if (differences.length === 0) return <p className="soft">{t('change.nothing')}</p>
  return (
    <>
      <table className="differences stacking">
        <thead><tr><th scope="col">{t('change.field')}</th><th scope="col">{t('change.before')}</th><th scope="col">{t('change.after')}</th></tr></thead>
        <tbody>
          {differences.map(pointer => (
            <tr key={pointer}>
              <th scope="row">{place_label(pointer, t)}</th>
              <td data-label={t('change.before')} lang="th" className="pre old">{value_text(before, pointer, t, lang, districts.name)}</td>
              <td data-label={t('change.after')} lang="th" className="pre new">{value_text(after, pointer, t, lang, districts.name)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="number">{t('change.sum', { before: format_baht(total_of(before)), after: format_baht(total_of(after)) })}</p>
    </>
  )
}
