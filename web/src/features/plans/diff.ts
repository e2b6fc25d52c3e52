// What differs between a project and its change, as a person reads it: places by name, values as text.
import type { ProjectContent } from '../../api/shapes.ts'
import type { Key, Translate } from '../../app/words.tsx'
import { format_period } from '../../lib/dates.ts'
import { format_decimal, type Lang } from '../../lib/numbers.ts'

/** Satang to what a person reads: 99999999 → "999,999.99". */
export function format_baht(satang: number): string {
  return new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(satang / 100)
}

/** What a person typed in baht ("1234.5") as satang; null when there are parts of a satang. */
export function satang_of(baht: string): number | null {
  const match = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(baht)
  if (!match) return null
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

export function total_of(content: ProjectContent): number {
  return content.budget.reduce((sum, line) => sum + line.amount_satang, 0)
}

const single: Record<string, Key> = {
  name_th: 'project.name', objective_th: 'project.objective', output_th: 'project.output', target_th: 'project.target',
  office_th: 'project.office', budget_unit_th: 'project.budget_unit',
}
const items: Record<string, Key> = { plan_links: 'project.plan_link', kpis: 'project.kpi', activities: 'project.activity', budget: 'project.line' }
const members: Record<string, Record<string, Key>> = {
  plan_links: { level: 'project.level', code: 'project.link_code', name_th: 'project.link_name' },
  kpis: { name_th: 'project.kpi_name', unit_th: 'project.kpi_unit', target: 'project.kpi_target' },
  activities: { name_th: 'project.activity_name', method_th: 'project.method', office_th: 'project.office', starts: 'project.starts', ends: 'project.ends' },
  budget: {
    activity: 'project.line_activity', category: 'project.category', item_th: 'project.item', quantity: 'project.quantity', unit_th: 'project.unit',
    unit_price_satang: 'project.unit_price', amount_satang: 'project.amount',
  },
}

/** "/activities/0/method_th" → "Activity 1: Method". */
export function place_label(pointer: string, t: Translate): string {
  const [, list = '', at, member] = pointer.split('/')
  if (single[list]) return t(single[list])
  if (list === 'place') return at === 'areas' ? t('project.area', { n: Number(member) + 1 }) : t('project.place_detail')
  const name = items[list]
  if (!name) return pointer
  const item = t(name, { n: Number(at) + 1 })
  const of_item = member === undefined ? undefined : members[list]?.[member]
  return of_item ? `${item}: ${t(of_item)}` : item
}

function at_pointer(content: ProjectContent, pointer: string): unknown {
  return pointer.split('/').slice(1).reduce<unknown>((value, part) => (value as Record<string, unknown> | null | undefined)?.[part], content)
}

function joined(parts: (string | null | undefined)[]): string {
  return parts.filter(Boolean).join(' · ')
}

/** The value at a place, "none" where nothing stands. */
export function value_text(content: ProjectContent, pointer: string, t: Translate, lang: Lang, area: (code: string) => string): string {
  const value = at_pointer(content, pointer)
  if (value === undefined || value === null || value === '') return t('change.absent')
  const [, list = '', at, member] = pointer.split('/')
  if (list === 'place' && at === 'areas') return area(String(value))
  if (member === 'starts' || member === 'ends') return format_period(String(value), lang)
  if (member?.endsWith('_satang')) return format_baht(Number(value))
  if (member === 'category') return t(`project.category.${String(value)}` as Key)
  if (member === 'activity') return t('project.activity', { n: Number(value) + 1 })
  if (member === 'target' || member === 'quantity') return format_decimal(String(value), 6)
  if (typeof value !== 'object') return String(value)
  if (list === 'kpis') {
    const kpi = value as ProjectContent['kpis'][number]
    return joined([kpi.name_th, kpi.target === null ? null : `${format_decimal(kpi.target, 6)} ${kpi.unit_th}`])
  }
  if (list === 'activities') {
    const activity = value as ProjectContent['activities'][number]
    const months = activity.starts !== null && activity.ends !== null ? `${format_period(activity.starts, lang)} – ${format_period(activity.ends, lang)}` : null
    return joined([activity.name_th, activity.method_th, activity.office_th, months])
  }
  if (list === 'budget') {
    const line = value as ProjectContent['budget'][number]
    return joined([line.item_th, t(`project.category.${line.category}`), format_baht(line.amount_satang)])
  }
  const link = value as ProjectContent['plan_links'][number]
  return joined([link.code, link.name_th])
}
