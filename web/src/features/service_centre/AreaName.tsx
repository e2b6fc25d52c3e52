import { useWords } from '../../app/words.tsx'
import { useAreaName } from './queries.ts'

/** Village or sub-district, district, province: as far as the code goes. */
export function AreaName({ code, whole = false }: { code: string; whole?: boolean }) {
  const { t } = useWords()
  const own = useAreaName(code)
  const district = useAreaName(code.length > 4 ? code.slice(0, 4) : null)
  const province = useAreaName(whole && code.length > 2 ? code.slice(0, 2) : null)
  return <>{[own, district, province].filter(Boolean).join(t('case.area_sign'))}</>
}
