import { describe, expect, it } from 'vitest'
import { completeness } from '../../lib/completeness.ts'
import { missing_lines, share_done } from './missing.ts'

const nothing = { summary_th: '', agendas: [], kpis: [], benefits: [], unlocks: [], risks_th: '' }
const found = completeness(nothing, [], [])
const all = { ...found, done: found.total, missing: [] }

describe('the meter of completeness', () => {
  it('believes the page until the server has spoken', () => {
    expect(share_done(found, undefined)).toBe(0)
    expect(share_done(all, undefined)).toBe(100)
  })

  it('never says 100 while the server misses something, and says it as soon as it misses nothing', () => {
    expect(share_done(all, { complete: false, items: [{ pointer: '/kpis', th: 'ก', en: 'a' }] })).toBe(99)
    expect(share_done(found, { complete: true, items: [] })).toBe(100)
  })

  it("shows the server's own words in the reader's language, under the section they belong to", () => {
    const server = { complete: false, items: [{ pointer: '/files/form', th: 'ยังไม่แนบ', en: 'not attached' }] }
    expect(missing_lines(found, server, 'th', key => key)).toEqual([{ section: 'files', pointer: '/files/form', text: 'ยังไม่แนบ' }])
    expect(missing_lines(found, server, 'en', key => key)[0]!.text).toBe('not attached')
  })

  it("shows the page's own list before that", () => {
    expect(missing_lines(found, undefined, 'en', key => key)[0]).toEqual({ section: 'summary', pointer: '/summary_th', text: 'need.text' })
  })
})
