import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '../../app/session.ts'
import { useWords } from '../../app/words.tsx'
import { ChoiceField } from '../../components/fields.tsx'
import { useProvinces } from '../../components/provinces.ts'
import { areas_within_query } from './queries.ts'

export interface Chosen { home: string; province: string; district: string; set_province: (code: string) => void; set_district: (code: string) => void }

/** The district of a page about one: the caller's own, or one that is chosen within what the caller reads. */
export function useDistrict(): Chosen {
  const me = useMe()
  const home = me?.offices.find(office => office.area !== null)?.area ?? ''
  const [province, set_province] = useState(home.slice(0, 2))
  const [district, set_district] = useState(home.length >= 4 ? home.slice(0, 4) : '')
  return { home, province, district, set_province: code => { set_province(code); set_district('') }, set_district }
}

export function DistrictFields({ chosen }: { chosen: Chosen }) {
  const { t, pick } = useWords()
  const provinces = useProvinces()
  const areas = useQuery({ ...areas_within_query(chosen.province), enabled: chosen.province !== '' && chosen.home.length < 4 })
  const districts = (areas.data ?? []).filter(area => area.code.length === 4)
  return (
    <>
      {chosen.home === '' && <ChoiceField pointer="/province" label={t('cases.province')} value={chosen.province} on_change={chosen.set_province} options={provinces.list.map(each => ({ value: each.code as string, label: provinces.name(each.code) }))} />}
      {chosen.home.length < 4 && <ChoiceField pointer="/district" label={t('cases.district')} value={chosen.district} on_change={chosen.set_district} options={districts.map(each => ({ value: each.code as string, label: pick(each.name_th, each.name_en) }))} />}
    </>
  )
}
