// Plain labelled controls. The editor of a proposal can hold some 400 of them, so they are the browser's own: light to
// draw, known to every assistive technology, and nothing to load.
import { useState, type ReactNode } from 'react'
import { useWords } from '../app/words.tsx'
import { parse_decimal } from '../lib/numbers.ts'
import { Icon } from './Icon.tsx'
import { field_id, useRemarks } from './problems.tsx'

interface Common { pointer: string; label: ReactNode; hint?: ReactNode; optional?: boolean; error?: string; className?: string; read_only?: boolean }

function FieldFrame({ pointer, label, hint, optional, error, className = '', children }: Common & { children: (described: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode }) {
  const { t } = useWords()
  const remarks = useRemarks(pointer)
  const id = field_id(pointer)
  const wrong = error ?? remarks.error
  const described = [hint && `${id}-hint`, remarks.finding && `${id}-finding`, wrong && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={`field ${wrong ? 'wrong' : ''} ${className}`}>
      <label htmlFor={id}>{label}{optional && <span className="soft"> ({t('optional')})</span>}</label>
      {hint && <p className="hint" id={`${id}-hint`}>{hint}</p>}
      {remarks.finding && <p className="finding" id={`${id}-finding`}><Icon name="edit" /><span><b>{t('finding')}:</b> {remarks.finding}</span></p>}
      {wrong && <p className="error" id={`${id}-error`}><Icon name="warning" />{wrong}</p>}
      {children({ id, ...(described && { 'aria-describedby': described }), ...(wrong && { 'aria-invalid': true }) })}
    </div>
  )
}

/** Fields that are judged together, such as two yearly targets: a refusal or a finding may point at the group as a whole. */
export function FieldGroup({ pointer, legend, hint, children }: { pointer: string; legend: string; hint: string; children: ReactNode }) {
  const { t } = useWords()
  const { error, finding } = useRemarks(pointer)
  const id = field_id(pointer)
  const described = [`${id}-hint`, finding && `${id}-finding`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <fieldset className="plain-set" id={id} tabIndex={-1} aria-describedby={described}>
      <legend>{legend}</legend>
      <p className="hint" id={`${id}-hint`}>{hint}</p>
      {finding && <p className="finding" id={`${id}-finding`}><Icon name="edit" /><span><b>{t('finding')}:</b> {finding}</span></p>}
      {error && <p className="error" id={`${id}-error`}><Icon name="warning" />{error}</p>}
      {children}
    </fieldset>
  )
}

interface TextProps extends Common { value: string; on_change: (value: string) => void; rows?: number; max?: number; lang?: 'th' | 'en'; type?: string; auto_complete?: string; input_mode?: 'numeric' | 'decimal' | 'text' }

export function TextField({ value, on_change, rows, max, lang, type = 'text', auto_complete = 'off', input_mode, ...frame }: TextProps) {
  return (
    <FieldFrame {...frame}>
      {described => rows
        ? <textarea {...described} rows={rows} maxLength={max} lang={lang} value={value} readOnly={frame.read_only} onChange={event => on_change(event.target.value)} />
        : <input {...described} type={type} maxLength={max} lang={lang} value={value} readOnly={frame.read_only} autoComplete={auto_complete} inputMode={input_mode} onChange={event => on_change(event.target.value)} />}
    </FieldFrame>
  )
}

/** A decimal: Thai digits and thousands separators are understood; what is no number stays as typed and says so. */
export function DecimalField({ value, on_change, ...frame }: Common & { value: string; on_change: (value: string) => void }) {
  const { t } = useWords()
  const [typed, set_typed] = useState<string | null>(null)
  const shown = typed ?? value
  const wrong = typed !== null && typed.trim() !== '' && parse_decimal(typed) === null ? t('field.number') : undefined
  return (
    <FieldFrame {...frame} error={wrong ?? frame.error}>
      {described => (
        <input {...described} inputMode="decimal" autoComplete="off" className="number" value={shown} readOnly={frame.read_only}
          onChange={event => {
            set_typed(event.target.value)
            const number = event.target.value.trim() === '' ? '' : parse_decimal(event.target.value)
            if (number !== null) on_change(number)
          }}
          onBlur={() => { if (!wrong) set_typed(null) }} />
      )}
    </FieldFrame>
  )
}

export function ChoiceField<Value extends string>({ value, on_change, options, ...frame }: Common & { value: Value | ''; on_change: (value: Value) => void; options: { value: Value; label: string }[] }) {
  const { t } = useWords()
  return (
    <FieldFrame {...frame}>
      {described => (
        <select {...described} value={value} disabled={frame.read_only} onChange={event => on_change(event.target.value as Value)}>
          {value === '' && <option value="">{t('choose')}</option>}
          {options.map(option => <option key={option.value} value={option.value}>{option.label}</option>)}
        </select>
      )}
    </FieldFrame>
  )
}
