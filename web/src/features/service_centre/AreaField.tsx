import { useId, useState, type KeyboardEvent } from 'react'
import type { Area } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { field_id, useRemarks } from '../../components/problems.tsx'
import { Icon } from '../../components/Icon.tsx'
import { find_areas } from './find_areas.ts'

const shown_max = 8

/**
 * An area by a part of its name in either script: the arrow keys walk through what fits, Enter takes it. The areas are
 * given, not asked for, because the counter has to find them off line too.
 */
export function AreaField({ pointer, label, hint, areas, value, on_change }: { pointer: string; label: string; hint?: string; areas: Area[]; value: string; on_change: (code: string) => void }) {
  const { t, pick } = useWords()
  const [typed, set_typed] = useState<string | null>(null)
  const [at, set_at] = useState(0)
  const { error } = useRemarks(pointer)
  const list = useId()
  const id = field_id(pointer)
  const by_code = new Map(areas.map(area => [area.code as string, area]))
  const name = (code: string) => [code, code.slice(0, 4)].filter((part, i, all) => all.indexOf(part) === i && by_code.has(part)).map(part => pick(by_code.get(part)!.name_th, by_code.get(part)!.name_en)).join(t('case.area_sign'))
  const found = typed === null ? [] : find_areas(areas, typed).slice(0, shown_max)
  const open = found.length > 0
  const take = (area: Area | undefined) => {
    if (area) on_change(area.code)
    set_typed(null)
  }
  const on_key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) return
    if (event.key === 'Escape') set_typed(null)
    if (!open && event.key === 'ArrowDown') set_typed('')
    if (!open) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') set_at((at + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length)
    else if (event.key === 'Enter') take(found[at])
    else return
    event.preventDefault()
  }
  return (
    <div className={`field area-field ${error ? 'wrong' : ''}`}>
      <label htmlFor={id}>{label}</label>
      {hint && <p className="hint" id={`${id}-hint`}>{hint}</p>}
      {error && <p className="error" id={`${id}-error`}><Icon name="warning" />{error}</p>}
      <input id={id} role="combobox" aria-expanded={open} aria-controls={list} aria-autocomplete="list" aria-activedescendant={open ? `${list}-${at}` : undefined}
        aria-describedby={[hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined} aria-invalid={error ? true : undefined}
        autoComplete="off" value={typed ?? name(value)} onKeyDown={on_key} onFocus={event => event.target.select()}
        onChange={event => { set_typed(event.target.value); set_at(0) }}
        // What was typed and fits one area only is meant; anything else leaves what was chosen before.
        onBlur={() => take(found.length === 1 || (found.length > 0 && typed !== '') ? found[at] : undefined)} />
      <ul id={list} role="listbox" aria-label={label} hidden={!open}>
        {found.map((area, i) => (
          <li key={area.code} id={`${list}-${i}`} role="option" aria-selected={i === at} onPointerDown={event => { event.preventDefault(); take(area) }}>{name(area.code)}</li>
        ))}
      </ul>
    </div>
  )
}
