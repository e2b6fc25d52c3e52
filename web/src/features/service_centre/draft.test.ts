import { describe, expect, it } from 'vitest'
import type { CaseLists } from '../../api/shapes.ts'
import { case_of, draft_of, new_draft, parse_position } from './draft.ts'

const lists = {
  channels: [{ channel: 'walk_in' }],
  intake: { citizen_kind: 'complaint', citizen_category: 'general', citizen_importance: 'ordinary', closing_grounds: [{ kinds: ['advice'], grounds: ['answer_given'] }, { kinds: [], grounds: ['evidence'] }] },
} as unknown as CaseLists
const typed = { ...new_draft(lists, '7001'), title: ' ถนนเป็นหลุม ', name: 'สมมติ ใจดี', phone: '๐๘๑-๒๓๔-๕๖๗๘', accused: 'ผู้รับเหมา' }

describe('a case from the counter', () => {
  it('has what was typed and the defaults of the lists', () => {
    expect(case_of(typed, lists, 'A', 'B')).toMatchObject({ title: 'ถนนเป็นหลุม', kind: 'complaint', category: 'general', channel: 'walk_in', importance: 'ordinary', wanted: null, place: { area: '7001', position: null }, accused: [{ name: 'ผู้รับเหมา' }], reporters: [{ type: 'person', name: 'สมมติ ใจดี', phone: '081-234-5678' }] })
  })
  it('who asks for secrecy is a secret reporter, and who is anonymous leaves no name', () => {
    expect(case_of({ ...typed, secret: true }, lists, 'A', 'B')?.reporters[0]).toMatchObject({ type: 'secret', name: 'สมมติ ใจดี' })
    expect(case_of({ ...typed, reporter_type: 'anonymous', citizen_id: '1' }, lists, 'A', 'B')?.reporters[0]).toMatchObject({ type: 'anonymous', name: null, citizen_id: null })
  })
  it('a question accuses nobody', () => {
    expect(case_of({ ...typed, kind: 'advice' }, lists, 'A', 'B')).toMatchObject({ accused: null, told_already: null })
  })
  it('comes back into the form as it was', () => {
    const draft = { ...typed, title: 'ถนน', secret: true, position: '13.5367, 99.8171', phone: '0812345678', told_already: 'told' as const }
    expect(draft_of(case_of(draft, lists, 'A', 'B')!)).toEqual(draft)
  })
})

describe('a position as a map gives it', () => {
  it.each([
    ['13.5367, 99.8171', { latitude: '13.5367', longitude: '99.8171' }],
    ['๑๓.๕ ๙๙.๘', { latitude: '13.5', longitude: '99.8' }],
    ['13.53671234567,99.81711234567', { latitude: '13.536712', longitude: '99.817112' }],
    ['-13.50, 0', { latitude: '-13.5', longitude: '0' }],
    ['91, 0', null],
    ['13.5', null],
    ['หน้าวัด', null],
  ])('%s', (text, position) => { expect(parse_position(text)).toEqual(position) })
})
