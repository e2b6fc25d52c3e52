import { useState } from 'react'
import type { Area } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { ComboField } from './ComboField.tsx'
import { find_areas } from './find_areas.ts'

const shown_max = 8

/** An area by a part of its name in either script. The areas are given, not asked for, because the counter has to find them off line too. */
export function AreaField({ pointer, label, hint, areas, value, on_change }: { pointer: string; label: string; hint?: string; areas: Area[]; value: string; on_change: (code: string) => void }) {
  const { t, pick } = useWords()
  const [typed, set_typed] = useState<string | null>(null)
  const by_code = new Map(areas.map(area => [area.code as string, area]))
  const name = (code: string) => [code, code.slice(0, 4)].filter((part, i, all) => all.indexOf(part) === i && by_code.has(part)).map(part => pick(by_code.get(part)!.name_th, by_code.get(part)!.name_en)).join(t('case.area_sign'))
  const found = typed === null ? [] : find_areas(areas, typed).slice(0, shown_max)
  return (
    <ComboField pointer={pointer} label={label} hint={hint} value={name(value)} typed={typed} on_typed={set_typed} takes_on_leaving
      options={found.map(area => ({ key: area.code, row: area.code as string, label: name(area.code) }))} on_take={on_change} />
  )
}
