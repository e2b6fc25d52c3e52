import { useId, type KeyboardEvent, type ReactNode, useState } from 'react'
import { field_id, useRemarks } from '../../components/problems.tsx'
import { Icon } from '../../components/Icon.tsx'

export interface ComboOption<Row> { key: string; row: Row; label: ReactNode }
interface Props<Row> {
  pointer: string
  label: string
  hint?: string | undefined
  /** What stands in the field while nothing is typed. */
  value?: string
  /** null: nothing is being typed. */
  typed: string | null
  on_typed: (typed: string | null) => void
  options: ComboOption<Row>[]
  on_take: (row: Row) => void
  /** Leaving the field takes what is marked; without it only Enter and a touch do. */
  takes_on_leaving?: boolean
}

/** Something by a part of its name: the arrow keys walk through what fits, Enter takes it. What fits is found by whoever uses the field. */
export function ComboField<Row>({ pointer, label, hint, value = '', typed, on_typed, options, on_take, takes_on_leaving = false }: Props<Row>) {
  const [marked, set_at] = useState(0)
  const { error } = useRemarks(pointer)
  const list = useId()
  const id = field_id(pointer)
  const at = Math.min(marked, options.length - 1)
  const open = options.length > 0
  const take = (option: ComboOption<Row> | undefined) => {
    if (option) on_take(option.row)
    on_typed(null)
    set_at(0)
  }
  const on_key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) return
    if (event.key === 'Escape') on_typed(null)
    if (!open && event.key === 'ArrowDown') on_typed('')
    if (!open) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') set_at((at + (event.key === 'ArrowDown' ? 1 : options.length - 1)) % options.length)
    else if (event.key === 'Enter') take(options[at])
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
        autoComplete="off" value={typed ?? value} onKeyDown={on_key} onFocus={event => event.target.select()}
        onChange={event => { on_typed(event.target.value); set_at(0) }}
        // What was typed and fits one only is meant; anything else leaves what was chosen before.
        onBlur={() => take(takes_on_leaving && (options.length === 1 || typed !== '') ? options[at] : undefined)} />
      <ul id={list} role="listbox" aria-label={label} hidden={!open}>
        {options.map((option, i) => (
          <li key={option.key} id={`${list}-${i}`} role="option" aria-selected={i === at} onPointerDown={event => { event.preventDefault(); take(option) }}>{option.label}</li>
        ))}
      </ul>
    </div>
  )
}
