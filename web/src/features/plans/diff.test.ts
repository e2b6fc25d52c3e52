import { expect, test } from 'vitest'
import th from './locales/th.json'
import { translator } from '../../lib/messages.ts'
import type { ProjectContent } from '../../api/shapes.ts'
import type { Translate } from '../../app/words.tsx'
import { format_baht, place_label, satang_of, total_of, value_text } from './diff.ts'

const t = translator(th) as Translate
const content: ProjectContent = {
  name_th: 'ถนน', objective_th: '', output_th: '', target_th: '', plan_links: [{ level: 1, code: 'national_strategy.2', name_th: 'การแข่งขัน' }],
  kpis: [{ name_th: 'ระยะทาง', unit_th: 'กม.', target: '6.2' }],
  activities: [{ name_th: 'ปรับปรุง', method_th: 'จ้างเหมา', office_th: 'แขวงทางหลวง', starts: '2020-12', ends: '2021-08' }],
  place: { areas: ['7003'], detail_th: '' },
  budget: [
    { activity: 0, category: 'equipment', item_th: 'รถ', quantity: 1, unit_th: 'คัน', unit_price_satang: 99_999_999, amount_satang: 99_999_999 },
    { activity: null, category: 'operating', item_th: 'ค่าวิทยากร', quantity: null, unit_th: '', unit_price_satang: null, amount_satang: 1 },
  ],
  office_th: '', budget_unit_th: 'จังหวัด',
}
const text = (pointer: string) => value_text(content, pointer, t, 'th', code => `อำเภอ ${code}`)

test('money is exact to the satang, both ways', () => {
  for (const [typed, satang] of [['0', 0], ['1', 100], ['999999.99', 99_999_999], ['1000000.5', 100_000_050]] as const) expect(satang_of(typed)).toBe(satang)
  for (const wrong of ['', '-1', '1.005', '1,000', 'x']) expect(satang_of(wrong)).toBeNull()
  expect(format_baht(99_999_999)).toBe('999,999.99')
  expect(total_of(content)).toBe(100_000_000)
})

test.each([
  ['/name_th', 'โครงการ', 'ถนน'],
  ['/objective_th', 'วัตถุประสงค์', 'ไม่มี'],
  ['/kpis/0/target', 'ตัวชี้วัดที่ 1: ค่าเป้าหมาย', '6.2'],
  ['/kpis/0', 'ตัวชี้วัดที่ 1', 'ระยะทาง · 6.2 กม.'],
  ['/kpis/1', 'ตัวชี้วัดที่ 2', 'ไม่มี'],
  ['/activities/0/ends', 'กิจกรรมที่ 1: เดือนสิ้นสุด', 'ส.ค. 2564'],
  ['/place/areas/0', 'พื้นที่ที่ 1', 'อำเภอ 7003'],
  ['/budget/0/unit_price_satang', 'รายการที่ 1: ราคาต่อหน่วย (บาท)', '999,999.99'],
  ['/budget/0/activity', 'รายการที่ 1: ของกิจกรรม', 'กิจกรรมที่ 1'],
  ['/budget/1', 'รายการที่ 2', 'ค่าวิทยากร · งบดำเนินงาน · 0.01'],
  ['/plan_links/0', 'แผนที่ 1', 'national_strategy.2 · การแข่งขัน'],
])('%s reads as %s and shows %s', (pointer, label, value) => {
  expect(place_label(pointer, t)).toBe(label)
  expect(text(pointer)).toBe(value)
})
