// How complete a proposal is, by the same list that the server checks on submission. A meter for the author, not a judge:
// the server has the last word.
import type { Proposal, ProposalKpi, Requirement, StoredFile } from '../api/shapes.ts'

export const sections = ['summary', 'agendas', 'kpis', 'benefits', 'unlocks', 'risks', 'files'] as const
export type Section = (typeof sections)[number]

export type Need =
  | 'text' | 'one_agenda' | 'one_kpi' | 'one_benefit' | 'number' | 'agenda' | 'working_group' | 'baseline' | 'two_targets' | 'criteria'
  | 'criteria_order' | 'weights' | 'file' | 'same_code'

export interface Missing { section: Section; pointer: string; need: Need }
export interface Completeness { done: number; total: number; missing: Missing[]; by_section: Record<Section, { done: number; total: number }> }

class Checklist {
  missing: Missing[] = []
  by_section = Object.fromEntries(sections.map(name => [name, { done: 0, total: 0 }])) as Completeness['by_section']

  check(section: Section, pointer: string, need: Need, met: boolean): void {
    this.by_section[section].total += 1
    if (met) this.by_section[section].done += 1
    else this.missing.push({ section, pointer, need })
  }
  text(section: Section, pointer: string, value: string | undefined): void {
    this.check(section, pointer, 'text', (value ?? '').trim() !== '')
  }
}

function is_number(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '' && Number.isFinite(Number(value))
}

function criteria_in_order({ criteria, direction }: ProposalKpi): boolean {
  const [low, middle, high] = [Number(criteria.p50), Number(criteria.p75), Number(criteria.p100)]
  return direction === 'higher' ? low < middle && middle < high : low > middle && middle > high
}

/** Weights in thousandths, so that 33.3 + 33.3 + 33.4 is 100 without a rounding error. */
export function weights_sum_to_100(kpis: ProposalKpi[]): boolean {
  return kpis.reduce((sum, kpi) => sum + Math.round(Number(kpi.weight || 0) * 1000), 0) === 100_000
}

function check_kpi(list: Checklist, kpi: ProposalKpi, at: string, agendas: number): void {
  for (const name of ['code', 'name_th', 'definition_th', 'unit_th', 'source_th', 'owner_th'] as const)
    list.text('kpis', `${at}/${name}`, kpi[name])
  list.check('kpis', `${at}/agenda`, 'agenda', kpi.agenda !== null && kpi.agenda >= 0 && kpi.agenda < agendas)
  list.check('kpis', `${at}/weight`, 'number', Number(kpi.weight) > 0)
  list.check('kpis', `${at}/baseline/0/value`, 'baseline', kpi.baseline.some(entry => is_number(entry.value)))
  list.check('kpis', `${at}/targets/0/value`, 'two_targets', kpi.targets.filter(entry => is_number(entry.value)).length >= 2)
  const { p50, p75, p100 } = kpi.criteria
  const complete = [p50, p75, p100].every(is_number)
  list.check('kpis', `${at}/criteria/p50`, complete ? 'criteria_order' : 'criteria', complete && criteria_in_order(kpi))
}

export function completeness(proposal: Proposal, requirements: Requirement[], files: Pick<StoredFile, 'key'>[]): Completeness {
  const list = new Checklist()
  list.text('summary', '/summary_th', proposal.summary_th)

  list.check('agendas', '/agendas', 'one_agenda', proposal.agendas.length > 0)
  proposal.agendas.forEach((agenda, i) => {
    list.text('agendas', `/agendas/${i}/title_th`, agenda.title_th)
    list.check('agendas', `/agendas/${i}/working_group`, 'working_group', agenda.working_group !== null)
    list.text('agendas', `/agendas/${i}/why_th`, agenda.why_th)
  })

  list.check('kpis', '/kpis', 'one_kpi', proposal.kpis.length > 0)
  proposal.kpis.forEach((kpi, i) => check_kpi(list, kpi, `/kpis/${i}`, proposal.agendas.length))
  if (proposal.kpis.length > 0) {
    list.check('kpis', '/kpis/0/weight', 'weights', weights_sum_to_100(proposal.kpis))
    proposal.kpis.forEach((kpi, i) => {
      const repeated = kpi.code !== '' && proposal.kpis.findIndex(other => other.code === kpi.code) < i
      if (repeated) list.check('kpis', `/kpis/${i}/code`, 'same_code', false)
    })
  }

  list.check('benefits', '/benefits', 'one_benefit', proposal.benefits.length > 0)
  proposal.benefits.forEach((benefit, i) => {
    list.check('benefits', `/benefits/${i}/number`, 'number', is_number(benefit.number))
    list.text('benefits', `/benefits/${i}/unit_th`, benefit.unit_th)
    list.text('benefits', `/benefits/${i}/sentence_th`, benefit.sentence_th)
  })

  // Requests to unlock may be none; what is asked for has to be said fully.
  proposal.unlocks.forEach((unlock, i) => {
    list.text('unlocks', `/unlocks/${i}/what_th`, unlock.what_th)
    list.text('unlocks', `/unlocks/${i}/who_th`, unlock.who_th)
  })

  list.text('risks', '/risks_th', proposal.risks_th)

  for (const requirement of requirements.filter(entry => entry.kind === 'file' && entry.required))
    list.check('files', `/files/${requirement.key}`, 'file', files.some(file => file.key === requirement.key))

  const counts = Object.values(list.by_section)
  return {
    done: counts.reduce((sum, count) => sum + count.done, 0),
    total: counts.reduce((sum, count) => sum + count.total, 0),
    missing: list.missing,
    by_section: list.by_section,
  }
}
