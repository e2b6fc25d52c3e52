import { expect, test } from 'vitest'
import { line_of, times_of } from './times.ts'

test('a line of times is read and written the same', () => {
  const { times, wrong } = times_of('9:00, 09.30x2 13:00×10', 'monday')
  expect(wrong).toEqual([])
  expect(times.map(time => [time.starts, time.places])).toEqual([['09:00', 1], ['09:30', 2], ['13:00', 10]])
  expect(line_of(times)).toBe('09:00 09:30×2 13:00×10')
})

test('what is no time is named', () => {
  expect(times_of('09:00 25:00 เช้า 10:00x0', 'monday').wrong).toEqual(['25:00', 'เช้า', '10:00x0'])
})
