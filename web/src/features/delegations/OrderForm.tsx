import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { DelegationOrder, OrderChoices, OrderContent } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { ChoiceField, DecimalField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { format_date, parse_date } from '../../lib/dates.ts'
import { format_decimal } from '../../lib/numbers.ts'
import { baht } from './chains.ts'
import { Unverified } from './OrderMark.tsx'
import { choices_query, project_search_query, who_may_query } from './queries.ts'

type Set = (content: OrderContent) => void
type Choosable = DelegationOrder['powers'][number]

/** What may be written while the order is a draft. */
export function OrderForm({ order, content, set }: { order: DelegationOrder; content: OrderContent; set: Set }) {
  const { t } = useWords()
  const { data: choices } = useQuery(choices_query(order.province, order.kind))
  if (!choices) return null
  return (
    <section className="panel stack" aria-labelledby="form-title">
      <h2 id="form-title">{t('deleg.form')}</h2>
      <Powers choices={choices} content={content} set={set} />
      {choices.needs_project && <ProjectField order={order} content={content} set={set} />}
      <Offices choices={choices} content={content} set={set} />
      {choices.needs_parent_agency && <TextField pointer="/content/parent_agency_head_th" label={t('deleg.parent_agency')} hint={t('deleg.parent_agency_hint')} max={300} lang="th" value={content.parent_agency_head_th} on_change={text => set({ ...content, parent_agency_head_th: text })} />}
      <div className="pair">
        {choices.needs_ceiling && <BahtField pointer="/content/ceiling_satang" label={t('deleg.ceiling_baht')} value={content.ceiling_satang ?? null} on_change={amount => set({ ...content, ceiling_satang: amount })} />}
        <TextField pointer="/content/number" label={t('deleg.number')} hint={t('deleg.number_hint')} max={60} lang="th" value={content.number} on_change={text => set({ ...content, number: text })} />
      </div>
      <div className="pair">
        <DayField pointer="/content/from_date" label={t('deleg.from')} value={content.from_date ?? null} on_change={day => set({ ...content, from_date: day })} />
        <DayField pointer="/content/to_date" label={t('deleg.to')} value={content.to_date ?? null} on_change={day => set({ ...content, to_date: day })} />
      </div>
      <ConditionsField value={content.conditions_th} on_change={lines => set({ ...content, conditions_th: lines })} />
      <WhoMay order={order} content={content} />
    </section>
  )
}

/** Nothing is chosen for whoever writes when there is a choice; a single power is there already. */
function Powers({ choices, content, set }: { choices: OrderChoices; content: OrderContent; set: Set }) {
  const { t, pick } = useWords()
  const label = (power: Choosable) => power.acts.map(act => pick(act.label_th, act.label_en)).join(', ')
  return (
    <fieldset className="plain-set" id="field-content-powers" tabIndex={-1}>
      <legend>{t('deleg.powers')}</legend>
      {choices.powers.map(power => (
        <div key={power.power}>
          <label className="check">
            <input type="checkbox" checked={content.powers.includes(power.power)} onChange={event => set({ ...content, powers: event.target.checked ? [...content.powers, power.power] : content.powers.filter(key => key !== power.power) })} />
            {label(power)}
          </label>
          <p className="small soft">{power.instruments.map(step => pick(step.citation_th, step.citation_en)).join(' ← ')} {!power.verified && <Unverified />}</p>
          {power.note !== null && <details className="small soft"><summary>{t('deleg.doubts')}</summary><p lang="en">{power.note}</p></details>}
        </div>
      ))}
    </fieldset>
  )
}

function ProjectField({ order, content, set }: { order: DelegationOrder; content: OrderContent; set: Set }) {
  const { t } = useWords()
  const [typed, set_typed] = useState('')
  const q = useDeferredValue(typed.trim())
  const { data = [] } = useQuery(project_search_query(order.province, q))
  const chosen = order.project?.project_id === content.project_id ? order.project : null
  const listed = data.some(project => project.project_id === content.project_id) || !chosen ? data : [chosen, ...data]
  return (
    <div className="pair">
      <TextField pointer="/project-search" type="search" label={t('deleg.find_project')} hint={t('deleg.find_project_hint')} max={100} value={typed} on_change={set_typed} />
      <ChoiceField pointer="/content/project_id" label={t('deleg.project')} value={content.project_id ?? ''} on_change={id => set({ ...content, project_id: id })}
        hint={listed.length === 0 ? t('deleg.no_project_found') : undefined}
        options={listed.map(project => ({ value: project.project_id as string, label: `${project.code} · ${project.name_th} · ${t(`deleg.funding.${project.funding}`)} · ${baht(project.total_satang)}` }))} />
    </div>
  )
}

function Offices({ choices, content, set }: { choices: OrderChoices; content: OrderContent; set: Set }) {
  const { t, pick } = useWords()
  const to_whom = [...new Set(choices.powers.map(power => pick(power.to_whom_th, power.to_whom_en)).filter(text => text !== ''))]
  return (
    <>
      <div className="pair">
        <ChoiceField pointer="/content/grantor_office_id" label={t('deleg.grantor')} value={content.grantor_office_id ?? ''} on_change={id => set({ ...content, grantor_office_id: id })}
          options={choices.grantors.map(office => ({ value: office.office_id, label: pick(office.title_th, office.title_en) }))} />
        <ChoiceField pointer="/content/delegate_office_id" label={t('deleg.delegate')} value={content.delegate_office_id ?? ''} on_change={id => set({ ...content, delegate_office_id: id })}
          options={choices.delegates.map(office => ({ value: office.office_id, label: pick(office.title_th, office.title_en) }))} />
      </div>
      {choices.delegates.length === 0 && <p className="notice"><Icon name="warning" /><span>{t('deleg.no_delegates')}</span></p>}
      {to_whom.map(text => <p key={text} className="small soft">{t('deleg.to_whom')} {text}</p>)}
    </>
  )
}

/** The answer to "who may sign this?" beside the form: who has the power of their own, and who received it already. */
function WhoMay({ order, content }: { order: DelegationOrder; content: OrderContent }) {
  const { t, pick } = useWords()
  const act = order.powers[0]?.acts[0]?.act ?? ''
  const { data } = useQuery({ ...who_may_query(act, order.province, content.ceiling_satang ?? null, order.project?.funding ?? 'province_budget'), enabled: act !== '' })
  if (!data) return null
  return (
    <div className="notice plain" aria-live="polite">
      <Icon name="power" />
      <div>
        <p><b>{t('deleg.who_may', { act: pick(data.act.label_th, data.act.label_en) })}</b></p>
        {data.signers.length === 0 && <p>{t('deleg.who_may_nobody')}</p>}
        <ul className="plain-list">
          {data.signers.map((signer, i) => (
            <li key={i}>
              {pick(signer.title_th, signer.title_en)} {signer.holders?.map(holder => pick(holder.name_th, holder.name_en) + (holder.acting ? ` (${t('office.acting')})` : '')).join(', ')}
              <span className="soft"> – {t(signer.chain.grants.length === 0 ? 'deleg.by_law' : 'deleg.by_grant')}</span> {!signer.chain.verified && <Unverified />}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

function DayField({ pointer, label, value, on_change }: { pointer: string; label: string; value: string | null; on_change: (day: string | null) => void }) {
  const { t, lang } = useWords()
  const [typed, set_typed] = useState(value === null ? '' : format_date(value, lang, 'short'))
  const wrong = typed.trim() !== '' && parse_date(typed) === null
  return (
    <TextField pointer={pointer} label={label} hint={t('deleg.date_hint')} max={40} value={typed} {...(wrong && { error: t('deleg.day_wrong') })}
      on_change={text => { set_typed(text); const day = parse_date(text); if (day !== null || text.trim() === '') on_change(text.trim() === '' ? null : day) }} />
  )
}

/** One condition a line; empty lines are none. */
function ConditionsField({ value, on_change }: { value: string[]; on_change: (lines: string[]) => void }) {
  const { t } = useWords()
  const [typed, set_typed] = useState(value.join('\n'))
  return (
    <TextField pointer="/content/conditions_th" label={t('deleg.conditions')} hint={t('deleg.conditions_hint')} optional rows={3} max={4000} lang="th" value={typed}
      on_change={text => { set_typed(text); on_change(text.split('\n').map(line => line.trim()).filter(line => line !== '').slice(0, 20)) }} />
  )
}

/** Baht as people write them; kept in satang. */
export function BahtField({ pointer, label, value, on_change }: { pointer: string; label: string; value: number | null; on_change: (satang: number | null) => void }) {
  return (
    <DecimalField pointer={pointer} label={label} value={value === null ? '' : format_decimal(value / 100)}
      on_change={typed => on_change(typed === '' ? null : Math.round(Number(typed) * 100))} />
  )
}
