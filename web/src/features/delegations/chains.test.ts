import { describe, expect, it } from 'vitest'
import type { HeldRow } from '../../api/shapes.ts'
import { display_length, draw, tree_of, wrap, type ChainWords } from './chains.ts'

const row = (depth: number, office: string, power = 'buy'): HeldRow => ({ depth, power, law_th: 'กฎ', office: { office_id: office, title_th: office } }) as HeldRow
const words: ChainWords = { law: row => row.law_th, power: row => row.power, office: row => row.office.office_id, limits: () => [] }
const rows = [row(0, 'governor'), row(1, 'roads'), row(2, 'unit'), row(1, 'town'), row(0, 'governor', 'hire')]

describe('chains of powers', () => {
  it('hang grants below who gave them, and powers below their law', () => {
    const [law, ...others] = tree_of(rows, words)
    expect(others).toEqual([])
    expect(law!.children.map(power => power.title)).toEqual(['buy', 'hire'])
    const governor = law!.children[0]!.children[0]!
    expect(governor.children.map(node => node.title)).toEqual(['roads', 'town'])
    expect(governor.children[0]!.children.map(node => node.title)).toEqual(['unit'])
  })

  it.each([320, 700, 1600])('at %i pixels no box leaves the drawing and none covers another', width => {
    const { boxes, height, columns } = draw(tree_of(rows, words), width)
    expect(columns).toBe(width === 1600)
    for (const box of boxes) {
      expect(box.x).toBeGreaterThanOrEqual(0)
      expect(box.x + box.width).toBeLessThanOrEqual(width)
      expect(box.y + box.height).toBeLessThanOrEqual(height)
      for (const other of boxes) {
        if (other === box) continue
        const apart = box.x + box.width <= other.x || other.x + other.width <= box.x || box.y + box.height <= other.y || other.y + other.height <= box.y
        expect(apart, `${box.node.title} and ${other.node.title}`).toBe(true)
      }
    }
  })

  it('break long titles between words and keep what fits', () => {
    const lines = wrap('หัวหน้าส่วนราชการส่วนกลางในจังหวัดราชบุรีซึ่งตั้งอยู่ในพื้นที่', 20)
    expect(lines.join('')).toBe('หัวหน้าส่วนราชการส่วนกลางในจังหวัดราชบุรีซึ่งตั้งอยู่ในพื้นที่')
    for (const line of lines) expect(display_length(line)).toBeLessThanOrEqual(20)
    for (let letters = 3; letters < 20; letters++)
      for (const line of wrap('ตาม พ.ร.ฎ. พ.ศ. 2565 (สาธิต) ครั้งที่ 2/2563', letters)) expect(line).not.toMatch(/^[.)/]|[(/]$/)
    expect(wrap('ก '.repeat(200), 10).at(-1)).toMatch(/…$/)
  })
})
