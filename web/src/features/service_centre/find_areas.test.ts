import { describe, expect, it } from 'vitest'
import { find_areas } from './find_areas.ts'

const areas = [
  { code: '7001', name_th: 'เมืองราชบุรี', name_en: 'Mueang Ratchaburi' },
  { code: '700101', name_th: 'หน้าเมือง', name_en: 'Na Mueang' },
  { code: '700102', name_th: 'เจดีย์หัก', name_en: 'Chedi Hak' },
]
const codes = (typed: string) => find_areas(areas, typed).map(area => area.code)

describe('an area is found', () => {
  it.each([
    ['เจดีย์', ['700102']],
    ['chedihak', ['700102']],
    ['ต.หน้าเมือง', ['700101']],
    ['ตำบล เจดีย์หัก', ['700102']],
    ['เมือง', ['7001', '700101']], // what begins with it first
    ['mueang', ['7001', '700101']],
    ['700102', ['700102']],
    ['ไม่มี', []],
  ])('by %s', (typed, found) => { expect(codes(typed)).toEqual(found) })
  it('with nothing typed: all, in the order of codes', () => { expect(codes('')).toEqual(['7001', '700101', '700102']) })
})
