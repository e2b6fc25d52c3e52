import { describe, expect, it } from 'vitest'
import type { Proposal, ProposalKpi, Requirement } from '../api/shapes.ts'
import { completeness, weights_sum_to_100 } from './completeness.ts'

const kpi: ProposalKpi = {
  code: 'RBR-01', name_th: 'ร้อยละเรื่องร้องเรียนที่ยุติ', name_en: '', definition_th: 'นิยาม', unit_th: 'ร้อยละ', unit_en: '%', direction: 'higher',
  source_th: 'ทะเบียน', owner_th: 'สำนักงานจังหวัด', agenda: 0, weight: '100', baseline: [{ fiscal_year: 2020, value: '58.4' }],
  targets: [{ fiscal_year: 2021, value: '70' }, { fiscal_year: 2022, value: '80' }], criteria: { p50: '60', p75: '70', p100: '80' },
}
const full: Proposal = {
  summary_th: 'สรุป', agendas: [{ title_th: 'ศูนย์บริการเบ็ดเสร็จ', working_group: 'society_security', why_th: 'เหตุผล' }], kpis: [kpi],
  benefits: [{ number: '12000', unit_th: 'ครัวเรือน', sentence_th: 'ได้รับบริการในที่เดียว', sentence_en: '' }], unlocks: [], risks_th: 'ความเสี่ยง',
}
const empty: Proposal = { summary_th: '', agendas: [], kpis: [], benefits: [], unlocks: [], risks_th: '' }
const form: Requirement = { key: 'application_form', label_th: 'ใบสมัคร', label_en: 'Application form', required: true, kind: 'file' }

describe('completeness of a proposal', () => {
  it('finds nothing missing in a full proposal', () => {
    const found = completeness(full, [form], [{ key: 'application_form' }])
    expect(found.missing).toEqual([])
    expect(found.done).toBe(found.total)
  })

  it('names the first thing to do in every section of an empty proposal', () =>
    expect(completeness(empty, [form], []).missing.map(({ section, need }) => `${section}:${need}`))
      .toEqual(['summary:text', 'agendas:one_agenda', 'kpis:one_kpi', 'benefits:one_benefit', 'risks:text', 'files:file']))

  const defects: [what: string, change: Partial<ProposalKpi>, need: string][] = [
    ['a KPI without an agenda that exists', { agenda: 3 }, 'agenda'],
    ['a KPI without weight', { weight: '0' }, 'number'],
    ['a KPI without a baseline', { baseline: [] }, 'baseline'],
    ['a KPI with one target only', { targets: [{ fiscal_year: 2021, value: '70' }] }, 'two_targets'],
    ['criteria that are not all there', { criteria: { p50: '60', p75: '', p100: '80' } }, 'criteria'],
    ['criteria that fall where higher is better', { criteria: { p50: '80', p75: '70', p100: '60' } }, 'criteria_order'],
    ['criteria that rise where lower is better', { direction: 'lower' }, 'criteria_order'],
    ['blanks instead of a name', { name_th: '   ' }, 'text'],
  ]
  it.each(defects)('finds %s', (_, change, need) =>
    expect(completeness({ ...full, kpis: [{ ...kpi, ...change }] }, [], []).missing.map(entry => entry.need)).toContain(need))

  it('finds two KPIs under one code', () =>
    expect(completeness({ ...full, kpis: [{ ...kpi, weight: '50' }, { ...kpi, weight: '50' }] }, [], []).missing)
      .toEqual([{ section: 'kpis', pointer: '/kpis/1/code', need: 'same_code' }]))

  it('asks for a request to unlock to be said fully, but not for one to be made', () => {
    const asked = { ...full, unlocks: [{ kind: 'law' as const, what_th: '', who_th: '' }] }
    expect(completeness(asked, [], []).missing.map(entry => entry.pointer)).toEqual(['/unlocks/0/what_th', '/unlocks/0/who_th'])
  })

  it('does not ask for a file that is optional', () => expect(completeness(full, [{ ...form, required: false }], []).missing).toEqual([]))
  it('adds weights without rounding errors', () =>
    expect(weights_sum_to_100(['33.3', '33.3', '33.4'].map(weight => ({ ...kpi, weight })))).toBe(true))
})
