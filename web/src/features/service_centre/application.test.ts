import { describe, expect, it } from 'vitest'
import type { ApplicationPaper, ApplicationService, CaseApplication, CatalogueService } from '../../api/shapes.ts'
import { acts_on, baht_left, outcomes_of, papers_asked, satang_typed } from './application.ts'

const paper = (code: string | null, required: boolean, more: Partial<ApplicationPaper> = {}) => ({ position: 1, paper: code, required, told: false, state: 'asked', ...more }) as ApplicationPaper
const service = (papers: [string, boolean][] | null) => ({ papers: papers && papers.map(([code, required]) => ({ paper: code, required })) }) as CatalogueService
const applied = (more: Partial<ApplicationService>) => ({ state: 'applied', deemed_granted: false, late_reasons: { late: false }, fee_kind: 'fixed', fee_satang: 2050, paid_satang: 0, ...more }) as ApplicationService
const all = ['take_fee', 'decide_service', 'give_certificate', 'give_late_reason', 'withdraw_service']
const application = (more: Partial<CaseApplication> = {}) => ({ checks: [], acts: all, ...more }) as unknown as CaseApplication
const told = (due_on: string) => application({ checks: [{ due_on }] as CaseApplication['checks'] })

describe('papers asked for', () => {
  it('each once, needed when one service needs it', () => {
    expect(papers_asked([], [service([['id_card', true], ['moving_notice', false]]), service([['id_card', true], ['moving_notice', true], ['photo', false]])])).toEqual({ required: 2, sometimes: 1, unread: 0 })
  })
  it('what is asked for already counts, also what no catalogue names', () => {
    expect(papers_asked([paper('id_card', true), paper(null, true, { position: 7 })], [service([['id_card', true]])])).toEqual({ required: 2, sometimes: 0, unread: 0 })
  })
  it('papers that were not read are not taken for none', () => {
    expect(papers_asked([], [service(null), service([])])).toEqual({ required: 0, sometimes: 0, unread: 1 })
  })
})

describe('what is offered', () => {
  it.each([
    ['while papers are gathered', applied({}), application(), ['take_fee', 'withdraw_service']],
    ['until the day that was told is over', applied({}), told('2026-11-26'), ['take_fee', 'withdraw_service']],
    ['what was not brought may be returned', applied({}), told('2026-11-25'), ['decide_service', 'take_fee', 'withdraw_service']],
    ['with all papers', applied({ state: 'complete' }), application(), ['decide_service', 'take_fee', 'withdraw_service']],
    ['late', applied({ state: 'complete', late_reasons: { late: true, wanted: 1, given: 0 } }), application(), ['decide_service', 'give_late_reason', 'take_fee', 'withdraw_service']],
    ['granted', applied({ state: 'granted' }), application(), ['give_certificate', 'take_fee']],
    ['withdrawn', applied({ state: 'withdrawn' }), application(), []],
    ['only what the office may do', applied({ state: 'complete' }), application({ acts: ['take_fee' as never] }), ['take_fee']],
  ])('%s', (_, one, of, acts) => { expect(acts_on(one, of, '2026-11-26')).toEqual(acts) })
  it('what the law takes as granted is not refused', () => {
    expect(outcomes_of(applied({ state: 'complete', deemed_granted: true }), application(), '2026-11-26')).toEqual(['granted'])
  })
})

describe('money', () => {
  it.each([['20', 2000], ['20.5', 2050], ['๒๐.๒๕', 2025], ['1,020.07', 102_007], ['0.29', 29], ['4503599627370.49', 450_359_962_737_049], ['20.505', null], ['20x', null], ['-1', null], ['', null]])('%s', (text, satang) => { expect(satang_typed(text)).toBe(satang) })
  it.each([[{}, '20.50'], [{ paid_satang: 2000 }, '0.50'], [{ paid_satang: 2050 }, ''], [{ fee_kind: 'not_known' as const, fee_satang: null }, '']])('%o', (more, left) => { expect(baht_left(applied(more))).toBe(left) })
})
