import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { CohortKind, Programme, ResolutionKind } from '../src/api/shapes.ts'
import type { Names } from '../src/public/views/shared.ts'

const project = resolve(import.meta.dirname, '../..')

/** Names from the reviewed register. Rows of provinces and districts hold no quoted cells, so splitting at commas is enough. */
function names_of(level: 'province' | 'district'): Names {
  const [head, ...rows] = readFileSync(resolve(project, 'data/areas/areas.csv'), 'utf8').split(/\r?\n/)
  const columns = head!.split(',')
  const at = (row: string[], column: string) => row[columns.indexOf(column)] ?? ''
  const names: Names = {}
  for (const line of rows) {
    const row = line.split(',')
    if (at(row, 'level') === level) names[at(row, 'code')] = { th: at(row, 'name_th'), en: at(row, 'name_en') }
  }
  return names
}
export const province_names = () => names_of('province')

/** Code and names of every district, for pages on which one is chosen without a line. */
export function districts(): [code: string, th: string, en: string][] {
  return Object.entries(names_of('district')).map(([code, { th, en }]) => [code, th, en])
}

interface Sourced { verified: boolean }
interface Facts {
  target: Programme['target']
  years: (Sourced & { fiscal_year: number; title_th: string; title_en: string })[]
  cohorts: (Sourced & {
    code: string; fiscal_year: number; kind: CohortKind; title_th: string; title_en: string
    provinces: { province: string; reason_th: string | null; reason_en: string | null }[]
  })[]
  milestones: (Sourced & { date: string | null; fiscal_year: number; title_th: string; title_en: string; source: string })[]
  bodies: { code: string; name_th: string; name_en: string }[]
  meetings: {
    body: string; number: string; date: string; fiscal_year: number; place_th: string | null
    agenda_items: { resolutions: {
      number: string; type: ResolutionKind; text_th: string; text_en: string
      parts?: { number: string; text_th: string; text_en: string }[]
    }[] }[]
  }[]
}

/** The programme's history as reviewed facts, in the shape in which the API tells it. */
export function programme_facts(): Programme {
  const facts = JSON.parse(readFileSync(resolve(project, 'data/programme/programme.json'), 'utf8')) as Facts
  const body = (code: string) => facts.bodies.find(entry => entry.code === code)
  return {
    target: facts.target,
    years: facts.years.map(({ fiscal_year, title_th, title_en }) => ({
      fiscal_year,
      summary_th: title_th,
      summary_en: title_en,
      cohorts: facts.cohorts.filter(cohort => cohort.fiscal_year === fiscal_year).map(cohort => ({
        ...cohort,
        cohort_id: cohort.code,
        group: null,
        members: cohort.provinces.map(member => ({ ...member, entered_on: null, resolution_id: null })),
      })),
      milestones: facts.milestones.filter(milestone => milestone.fiscal_year === fiscal_year)
        .map(milestone => ({ ...milestone, on_date: milestone.date })),
      meetings: facts.meetings.filter(meeting => meeting.fiscal_year === fiscal_year).map(meeting => ({
        meeting_id: `${meeting.body}-${meeting.number}`,
        body_th: body(meeting.body)?.name_th ?? meeting.body,
        body_en: body(meeting.body)?.name_en ?? meeting.body,
        number: meeting.number,
        on_date: meeting.date,
        place_th: meeting.place_th,
        resolutions: meeting.agenda_items.flatMap(item => item.resolutions).map(resolution => ({
          ...resolution, resolution_id: `${meeting.number}-${resolution.number}`, kind: resolution.type,
        })),
      })),
    })),
  }
}

export interface ProvinceMap { viewBox: string; provinces: { code: string; d: string; x: number; y: number }[] }

export function province_map(): ProvinceMap {
  const path = resolve(project, 'web/src/map/provinces.json')
  if (!existsSync(path)) {
    console.warn('src/map/provinces.json is missing: pages are built without the map')
    return { viewBox: '0 0 100 180', provinces: [] }
  }
  return JSON.parse(readFileSync(path, 'utf8')) as ProvinceMap
}
