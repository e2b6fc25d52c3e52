// What the sections of the editor share: where they write, and how a place in the proposal is called.
import type { Proposal, ProposalKpi, StretchItem, YearValue } from '../../api/shapes.ts'
import type { Key, Translate } from '../../app/words.tsx'
import type { Section } from '../../lib/completeness.ts'
import type { Json } from '../../lib/merge.ts'

export interface Editing {
  proposal: Proposal
  /** Writes one place, named by its JSON pointer. */
  set: (pointer: string, value: Json) => void
  /** The same for taking something out: named, so that it can be offered back. */
  remove: (what: string, pointer: string, value: Json) => void
  read_only: boolean
  fiscal_year: number
  stretch: StretchItem[]
}

export const kpis_max = 20
export const agendas_max = 5
export const baseline_years = 3
export const target_years = 2

export function section_of(pointer: string): Section {
  const [, head = ''] = pointer.split('/')
  if (head === 'summary_th') return 'summary'
  if (head === 'risks_th') return 'risks'
  return (['agendas', 'kpis', 'benefits', 'unlocks', 'files'] as const).find(name => name === head) ?? 'summary'
}

export function new_kpi(code: string): ProposalKpi {
  return {
    code, name_th: '', name_en: '', definition_th: '', unit_th: '', unit_en: '', direction: 'higher', source_th: '', owner_th: '',
    agenda: null, weight: '', baseline: [], targets: [], criteria: { p50: '', p75: '', p100: '' },
  }
}

/** A year without a value is no entry at all, so that the record never holds an empty number. */
export function with_year_value(entries: YearValue[], fiscal_year: number, value: string): YearValue[] {
  const others = entries.filter(entry => entry.fiscal_year !== fiscal_year)
  return value === '' ? others : [...others, { fiscal_year, value }].toSorted((a, b) => a.fiscal_year - b.fiscal_year)
}

const group_names: Record<string, Key> = { agendas: 'place.agenda', kpis: 'place.kpi', benefits: 'place.benefit', unlocks: 'place.unlock' }
const field_names: Record<string, Key> = {
  summary_th: 'section.summary', risks_th: 'section.risks', title_th: 'agenda.title', working_group: 'agenda.group', why_th: 'agenda.why',
  code: 'kpi.code', name_th: 'kpi.name_th', name_en: 'kpi.name_en', definition_th: 'kpi.definition', unit_th: 'kpi.unit_th', unit_en: 'kpi.unit_en',
  direction: 'kpi.direction', source_th: 'kpi.source', owner_th: 'kpi.owner', agenda: 'kpi.agenda', weight: 'kpi.weight', baseline: 'kpi.baseline',
  targets: 'kpi.targets', criteria: 'kpi.criteria', number: 'benefit.number', sentence_th: 'benefit.sentence_th', sentence_en: 'benefit.sentence_en',
  kind: 'unlock.kind', what_th: 'unlock.what', who_th: 'unlock.who', agendas: 'section.agendas', kpis: 'section.kpis', benefits: 'section.benefits', unlocks: 'section.unlocks',
}

/** "/kpis/1/targets/0/value" → "KPI 2 › Targets". */
export function place_name(pointer: string, t: Translate, name_of_file: (key: string) => string = key => key): string {
  const [, group = '', at, field] = pointer.split('/')
  if (group === '') return t('place.whole')
  if (group === 'files') return at === undefined ? t('section.files') : name_of_file(at)
  if (at === undefined) return field_names[group] ? t(field_names[group]) : pointer
  const item = group_names[group] ? t(group_names[group], { n: Number(at) + 1 }) : group
  return field && field_names[field] ? `${item} › ${t(field_names[field])}` : item
}
