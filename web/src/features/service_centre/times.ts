// The times of a counter as an officer types them: a line for each day of the week.
import type { CounterTime, Weekday } from '../../api/shapes.ts'

/** Times of a day of the week as one line: "09:00 09:30×2". */
export const line_of = (times: CounterTime[]) => times.map(time => (time.places === 1 ? time.starts : `${time.starts}×${time.places}`)).join(' ')

/** The times of a line; what is none is named in `wrong`. */
export function times_of(line: string, weekday: Weekday): { times: CounterTime[]; wrong: string[] } {
  const times: CounterTime[] = []
  const wrong: string[] = []
  for (const word of line.split(/[\s,]+/).filter(Boolean)) {
    const found = /^(\d{1,2})[:.](\d{2})(?:[×x*](\d{1,3}))?$/.exec(word)
    const [hour, minute, places] = [Number(found?.[1]), Number(found?.[2]), Number(found?.[3] ?? 1)]
    if (!found || hour > 23 || minute > 59 || places < 1) wrong.push(word)
    else times.push({ weekday, starts: `${String(hour).padStart(2, '0')}:${found[2]!}` as CounterTime['starts'], places })
  }
  return { times, wrong }
}
