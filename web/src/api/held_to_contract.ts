// The public pages fetch without the typed client, which would weigh more than they do. Here the compiler holds the shapes
// that they read against the contract. Nothing of this file reaches a page.
import type { Known } from './client.ts'
import type { components } from './schema.d.ts'
import type { Cohort, KpiValue, LatestHead, Meeting, Milestone, Programme, ProvincePage } from './shapes.ts'

type Answer<Name extends keyof components['schemas']> = Known<components['schemas'][Name]>
type Holds<Wanted, Given extends Wanted> = Given

export type HeldToContract = [
  Holds<Cohort, Answer<'Cohort'>>,
  Holds<Milestone, Answer<'Milestone'>>,
  Holds<Meeting, Answer<'YearMeeting'>>,
  Holds<Omit<ProvincePage, 'kpis'>, Answer<'ProvincePage'>>,
  Holds<Programme, Answer<'ProgrammeView'>>,
  Holds<KpiValue, Answer<'ReportedValue'>>,
  Holds<LatestHead, Answer<'LatestHead'>>,
]
