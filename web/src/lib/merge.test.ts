import { describe, expect, it } from 'vitest'
import { merge, with_value, type Json } from './merge.ts'

describe('merging what two people wrote', () => {
  const cases: [what: string, base: Json, mine: Json, theirs: Json, merged: Json][] = [
    ['takes their change where I changed nothing', { a: '1', b: '2' }, { a: '1', b: '2' }, { a: '1', b: '3' }, { a: '1', b: '3' }],
    ['keeps both changes in different fields', { a: '1', b: '2' }, { a: 'x', b: '2' }, { a: '1', b: 'y' }, { a: 'x', b: 'y' }],
    ['needs nobody where both wrote the same', { a: '1' }, { a: '2' }, { a: '2' }, { a: '2' }],
    ['keeps items that both added', [], [{ n: 'mine' }], [{ n: 'theirs' }], [{ n: 'theirs' }, { n: 'mine' }]],
    ['merges items by their code whatever their order', [{ code: 'A', v: 1 }, { code: 'B', v: 1 }], [{ code: 'B', v: 2 }, { code: 'A', v: 1 }],
      [{ code: 'A', v: 9 }, { code: 'B', v: 1 }], [{ code: 'A', v: 9 }, { code: 'B', v: 2 }]],
    ['removes an item that one removed and the other left alone', [{ code: 'A', v: 1 }, { code: 'B', v: 1 }], [{ code: 'A', v: 1 }],
      [{ code: 'A', v: 2 }, { code: 'B', v: 1 }], [{ code: 'A', v: 2 }]],
    ['keeps an item that one removed and the other changed', [{ code: 'A', v: 1 }], [], [{ code: 'A', v: 2 }], [{ code: 'A', v: 2 }]],
  ]
  it.each(cases)('%s', (_, base, mine, theirs, merged) => expect(merge(base, mine, theirs)).toEqual({ value: merged, conflicts: [] }))

  it('keeps my words and shows theirs where both changed one field', () =>
    expect(merge({ a: ['x'] }, { a: ['mine'] }, { a: ['theirs'] })).toEqual({
      value: { a: ['mine'] }, conflicts: [{ pointer: '/a/0', base: 'x', mine: 'mine', theirs: 'theirs' }] }))

  it('asks about a whole list when one removed from it and the other changed it, and it has no codes', () =>
    expect(merge([{ t: '1' }, { t: '2' }], [{ t: '1' }], [{ t: '1' }, { t: '3' }]).conflicts.map(conflict => conflict.pointer)).toEqual(['']))

  it('puts a decided value where the pointer says', () =>
    expect(with_value({ kpis: [{ v: 1 }, { v: 2 }] }, '/kpis/1/v', 5)).toEqual({ kpis: [{ v: 1 }, { v: 5 }] }))
})
