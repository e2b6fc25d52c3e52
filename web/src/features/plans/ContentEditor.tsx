import { useId, useState, type ReactNode } from 'react'
import type { BudgetCategory, ProjectContent } from '../../api/shapes.ts'
import { useWords, type Key } from '../../app/words.tsx'
import { ChoiceField, DecimalField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { format_period } from '../../lib/dates.ts'
import { with_value, type Json } from '../../lib/merge.ts'
import { format_baht, satang_of, value_text } from './diff.ts'
import { useDistricts } from './queries.ts'

export const base = '/content/after'
const categories: BudgetCategory[] = ['operating', 'equipment', 'land_and_buildings', 'subsidy', 'other']
const months_offered = 24

interface Props { before: ProjectContent; after: ProjectContent; fiscal_year: number; province: string; set: (after: ProjectContent) => void }

/** Every field of the project twice: as it is, and as it is asked for. */
export function ContentEditor({ before, after, fiscal_year, province, set }: Props) {
  const { t, lang } = useWords()
  const districts = useDistricts(province)
  const [added, set_added] = useState('')
  const put = (pointer: string, value: unknown) => set(with_value(after as unknown as Json, pointer, value as Json) as unknown as ProjectContent)
  const old = (pointer: string) => value_text(before, pointer, t, lang, districts.name)
  const now = (pointer: string) => value_text(after, pointer, t, lang, districts.name)
  const differs = (part: keyof ProjectContent) => JSON.stringify(before[part]) !== JSON.stringify(after[part])
  const side = (pointer: string, field: ReactNode) => <Side key={pointer} old={old(pointer)} differs={old(pointer) !== now(pointer)}>{field}</Side>

  const words = (pointer: string, label: Key, value: string, rows?: number, max = 500) =>
    side(pointer, <TextField pointer={base + pointer} label={t(label)} lang="th" rows={rows} max={max} value={value} on_change={text => put(pointer, text)} />)
  const month = (pointer: string, label: Key, value: string | null) => side(pointer, (
    <ChoiceField pointer={base + pointer} label={t(label)} value={value ?? 'none'} on_change={chosen => put(pointer, chosen === 'none' ? null : chosen)}
      options={[{ value: 'none', label: t('change.absent') }, ...months_from(fiscal_year).map(code => ({ value: code, label: format_period(code, lang) }))]} />
  ))
  const money = (pointer: string, label: Key, value: number | null, optional: boolean) => side(pointer, (
    <BahtField pointer={base + pointer} label={t(label)} value={value} optional={optional} on_change={satang => put(pointer, satang ?? (optional ? null : 0))} />
  ))
  const add = (list: 'plan_links' | 'kpis' | 'activities' | 'budget', item: unknown) => (
    <p><button type="button" className="button" onClick={() => put(`/${list}`, [...after[list], item])}><Icon name="plus" />{t('change.add')}<span className="hidden-visually"> {t(`project.${list}` as Key)}</span></button></p>
  )
  const remove = (list: 'plan_links' | 'kpis' | 'activities' | 'budget', at: number, name: string) => (
    <p className="item-end"><button type="button" className="button quiet" onClick={() => set(without(after, list, at))}><Icon name="bin" />{t('remove')}<span className="hidden-visually"> {name}</span></button></p>
  )

  return (
    <div className="sides stack">
      <div className="side side-head" aria-hidden="true"><b>{t('change.before')}</b><b>{t('change.after')}</b></div>
      {words('/name_th', 'project.name', after.name_th)}
      {words('/objective_th', 'project.objective', after.objective_th, 2, 4000)}
      {words('/output_th', 'project.output', after.output_th, 2, 4000)}
      {words('/target_th', 'project.target', after.target_th, 2, 4000)}
      {words('/office_th', 'project.office', after.office_th, undefined, 300)}
      {words('/budget_unit_th', 'project.budget_unit', after.budget_unit_th, undefined, 300)}

      <Group title={t('project.kpis')} count={after.kpis.length} differs={differs('kpis')}>
      {after.kpis.map((kpi, at) => (
        <Item key={at} legend={t('project.kpi', { n: at + 1 })}>
          {words(`/kpis/${at}/name_th`, 'project.kpi_name', kpi.name_th)}
          {side(`/kpis/${at}/target`, <DecimalField pointer={`${base}/kpis/${at}/target`} label={t('project.kpi_target')} value={kpi.target ?? ''} on_change={value => put(`/kpis/${at}/target`, value === '' ? null : value)} />)}
          {words(`/kpis/${at}/unit_th`, 'project.kpi_unit', kpi.unit_th, undefined, 100)}
          {remove('kpis', at, t('project.kpi', { n: at + 1 }))}
        </Item>
      ))}
      {add('kpis', { name_th: '', unit_th: '', target: null })}
      </Group>

      <Group title={t('project.plan_links')} count={after.plan_links.length} differs={differs('plan_links')}>
      {after.plan_links.map((link, at) => (
        <Item key={at} legend={t('project.plan_link', { n: at + 1 })}>
          {side(`/plan_links/${at}/level`, <ChoiceField pointer={`${base}/plan_links/${at}/level`} label={t('project.level')} value={String(link.level)} on_change={level => put(`/plan_links/${at}/level`, Number(level))} options={['1', '2', '3'].map(value => ({ value, label: value }))} />)}
          {words(`/plan_links/${at}/code`, 'project.link_code', link.code, undefined, 60)}
          {words(`/plan_links/${at}/name_th`, 'project.link_name', link.name_th, undefined, 300)}
          {remove('plan_links', at, t('project.plan_link', { n: at + 1 }))}
        </Item>
      ))}
      {add('plan_links', { level: 3, code: 'plan', name_th: '' })}
      </Group>

      <Group title={t('project.activities')} count={after.activities.length} differs={differs('activities')}>
      {after.activities.map((activity, at) => (
        <Item key={at} legend={t('project.activity', { n: at + 1 })}>
          {words(`/activities/${at}/name_th`, 'project.activity_name', activity.name_th)}
          {words(`/activities/${at}/method_th`, 'project.method', activity.method_th)}
          {words(`/activities/${at}/office_th`, 'project.office', activity.office_th, undefined, 300)}
          {month(`/activities/${at}/starts`, 'project.starts', activity.starts)}
          {month(`/activities/${at}/ends`, 'project.ends', activity.ends)}
          {remove('activities', at, t('project.activity', { n: at + 1 }))}
        </Item>
      ))}
      {add('activities', { name_th: '', method_th: '', office_th: '', starts: null, ends: null })}
      </Group>

      <Group title={t('project.place')} count={after.place.areas.length} differs={differs('place')}>
      <Side old={before.place.areas.map(districts.name).join(', ') || t('change.absent')} differs={before.place.areas.join() !== after.place.areas.join()}>
        <div className="stack">
          <p className="chips">{after.place.areas.map(code => (
            <button key={code} type="button" className="button quiet" onClick={() => put('/place/areas', after.place.areas.filter(other => other !== code))}><Icon name="bin" />{districts.name(code)}<span className="hidden-visually"> {t('remove')}</span></button>
          ))}</p>
          <ChoiceField pointer={`${base}/place/areas`} label={t('project.add_area')} value={added} options={districts.list.filter(area => !after.place.areas.includes(area.code)).map(area => ({ value: area.code as string, label: districts.name(area.code) }))}
            on_change={code => { if (code) put('/place/areas', [...after.place.areas, code]); set_added('') }} />
        </div>
      </Side>
      {words('/place/detail_th', 'project.place_detail', after.place.detail_th, undefined, 1000)}
      </Group>

      <Group title={t('project.budget')} count={after.budget.length} differs={differs('budget')}>
      {after.budget.map((line, at) => (
        <Item key={at} legend={t('project.line', { n: at + 1 })}>
          {words(`/budget/${at}/item_th`, 'project.item', line.item_th, undefined, 1000)}
          {side(`/budget/${at}/category`, <ChoiceField pointer={`${base}/budget/${at}/category`} label={t('project.category')} value={line.category} on_change={category => put(`/budget/${at}/category`, category)} options={categories.map(value => ({ value, label: t(`project.category.${value}`) }))} />)}
          {side(`/budget/${at}/activity`, <ChoiceField pointer={`${base}/budget/${at}/activity`} label={t('project.line_activity')} value={line.activity === null ? 'none' : String(line.activity)} on_change={value => put(`/budget/${at}/activity`, value === 'none' ? null : Number(value))}
            options={[{ value: 'none', label: t('project.no_activity') }, ...after.activities.map((activity, i) => ({ value: String(i), label: activity.name_th || t('project.activity', { n: i + 1 }) }))]} />)}
          {side(`/budget/${at}/quantity`, <DecimalField pointer={`${base}/budget/${at}/quantity`} label={t('project.quantity')} optional value={line.quantity === null ? '' : String(line.quantity)} on_change={value => put(`/budget/${at}/quantity`, value === '' ? null : Math.trunc(Number(value)))} />)}
          {words(`/budget/${at}/unit_th`, 'project.unit', line.unit_th, undefined, 50)}
          {money(`/budget/${at}/unit_price_satang`, 'project.unit_price', line.unit_price_satang, true)}
          {money(`/budget/${at}/amount_satang`, 'project.amount', line.amount_satang, false)}
          {remove('budget', at, t('project.line', { n: at + 1 }))}
        </Item>
      ))}
      {add('budget', { activity: null, category: 'operating', item_th: '', quantity: null, unit_th: '', unit_price_satang: null, amount_satang: 0 })}
      </Group>
    </div>
  )
}

/** One part of the project, folded until it is wanted; what differs in it is marked from outside. */
function Group({ title, count, differs, children }: { title: string; count: number; differs: boolean; children: ReactNode }) {
  const { t } = useWords()
  const [open, set_open] = useState(differs)
  return (
    <details className="side-group" open={open} onToggle={event => set_open(event.currentTarget.open)}>
      <summary><h3>{title} <span className="soft small">({count})</span></h3>{differs && <span className="mark gold">{t('change.differs')}</span>}</summary>
      <div className="stack">{children}</div>
    </details>
  )
}

/** The content without one item; budget lines keep naming the activities they named. */
export function without(content: ProjectContent, list: 'plan_links' | 'kpis' | 'activities' | 'budget', at: number): ProjectContent {
  const rest = { ...content, [list]: (content[list] as unknown[]).filter((_, i) => i !== at) }
  if (list !== 'activities') return rest
  const moved = (activity: number | null) => (activity === null || activity === at ? null : activity > at ? activity - 1 : activity)
  return { ...rest, budget: content.budget.map(line => ({ ...line, activity: moved(line.activity) })) }
}

function months_from(fiscal_year: number): string[] {
  return Array.from({ length: months_offered }, (_, i) => {
    const month = 9 + i
    return `${fiscal_year - 1 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
  })
}

function Side({ old, differs, children }: { old: string; differs: boolean; children: ReactNode }) {
  const { t } = useWords()
  return (
    <div className={`side ${differs ? 'differs' : ''}`}>
      <p className="side-old" lang="th"><span className="soft small side-word">{t('change.before')}: </span><span className="pre">{old}</span></p>
      {children}
    </div>
  )
}

function Item({ legend, children }: { legend: string; children: ReactNode }) {
  return <fieldset className="item stack"><legend>{legend}</legend>{children}</fieldset>
}

/** An amount typed in baht, kept in satang: no double ever holds it. */
export function BahtField({ pointer, label, value, optional = false, on_change }: { pointer: string; label: string; value: number | null; optional?: boolean; on_change: (satang: number | null) => void }) {
  const { t } = useWords()
  const id = useId()
  const [wrong, set_wrong] = useState(false)
  return (
    <DecimalField key={id} pointer={pointer} label={label} optional={optional} value={value === null ? '' : format_baht(value).replaceAll(',', '')} error={wrong ? t('field.number') : undefined}
      on_change={typed => {
        const satang = typed === '' ? null : satang_of(typed)
        set_wrong(typed !== '' && satang === null)
        if (typed === '' || satang !== null) on_change(satang)
      }} />
  )
}
