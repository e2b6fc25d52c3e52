// The shapes of the API by the names that the pages use. `Known` in client.ts turns what the generated types (schema.d.ts)
// say of an answer into what really comes, an empty optional member being null; the compiler then holds these shapes
// against the contract wherever an answer is taken.

export type AreaCode = string
export type Decimal = string

export interface Bilingual { th: string; en: string }
export interface FieldProblem { pointer: string; code: string; th: string; en: string }
export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail: Bilingual
  fields?: FieldProblem[]
  request_id?: string
}
export interface Page<Item> { items: Item[]; next: string | null }

export type Role = 'opdc' | 'moi' | 'governor' | 'provincial_office' | 'district' | 'committee_member' | 'auditor' | 'citizen' | 'administrator'
export interface Office { office_id: string; title_th: string; title_en: string; role: Role; area: AreaCode | null; acting: boolean }
export interface Me {
  person_id: string
  username: string
  name_th: string
  name_en: string
  offices: Office[]
  csrf_token: string
  second_factor: boolean
  demonstration: boolean
}
export interface Provider { code: string; name_th: string; name_en: string }
export interface SessionRow { session_id: string; created_at: string; last_seen_at: string; user_agent: string; address: string; current: boolean }

export interface NewSecondFactor { secret: string; otpauth_uri: string; recovery_codes: string[] }
export type Scope = 'read' | 'write'
export interface Token { token_id: string; name: string; scopes: Scope[]; expires_on: string; created_at: string }
/** The token itself is told once, when it is made. */
export interface NewToken extends Token { secret: string }

export interface Area { code: AreaCode; level: 'province' | 'district' | 'subdistrict' | 'village'; name_th: string; name_en: string; parent: AreaCode | null; postcode?: string | null; cluster?: string | null }
export interface Cluster { code: string; region: string; name_th: string; name_en: string; region_th: string; region_en: string; centre: AreaCode; provinces: AreaCode[]; verified: boolean }

export type CohortKind = 'study' | 'pilot' | 'group' | 'volunteer'
/** What may be resolved on an application. */
export type Outcome = 'approve' | 'acknowledge' | 'revise' | 'reject'
export type ResolutionKind = 'approve' | 'approve_in_principle' | 'approve_with_changes' | 'acknowledge' | 'revise' | 'reject' | 'assign' | 'defer' | 'withdraw'
export interface Member { province: AreaCode; reason_th: string | null; reason_en: string | null; entered_on: string | null; resolution_id: string | null }
export interface Cohort { cohort_id: string; kind: CohortKind; title_th: string; title_en: string; group: number | null; members: Member[]; verified?: boolean }
export interface Milestone { on_date: string | null; title_th: string; title_en: string; source: string | null; verified: boolean }
export interface Resolution { resolution_id: string; number: string; kind: ResolutionKind; text_th: string; text_en: string | null; on_date?: string | null; parts?: { number: string; text_th: string; text_en: string }[] }
export interface MeetingRow { meeting_id: string; body: string; number: string; on_date: string; place_th: string | null }
export interface Meeting { meeting_id: string; body_th: string; body_en: string; number: string; on_date: string; place_th: string | null; resolutions: Resolution[] }
export interface ProgrammeYear { fiscal_year: number; summary_th: string | null; summary_en: string | null; cohorts: Cohort[]; milestones: Milestone[]; meetings: Meeting[] }
export interface Programme { target: { provinces: number; fiscal_year: number } | null; years: ProgrammeYear[] }

export interface Requirement { key: string; label_th: string; label_en: string; required: boolean; kind: 'form' | 'file' }
export interface NewCall {
  fiscal_year: number
  title_th: string
  title_en: string
  guidance_th: string
  guidance_en: string
  opens_at: string
  deadline_at: string
  invited: AreaCode[]
  volunteers_allowed: boolean
  requirements: Requirement[]
}
export interface Call extends NewCall { call_id: string; state: 'draft' | 'open' | 'closed'; version: number }

export type WorkingGroup = 'economy' | 'society_security' | 'environment'
export interface Agenda { title_th: string; working_group: WorkingGroup | null; why_th: string }
export interface YearValue { fiscal_year: number; value: Decimal }
export interface Criteria { p50: Decimal; p75: Decimal; p100: Decimal }
export interface ProposalKpi {
  code: string
  name_th: string
  name_en: string
  definition_th: string
  unit_th: string
  unit_en: string
  direction: 'higher' | 'lower'
  source_th: string
  owner_th: string
  /** Position among the agendas, from 0. */
  agenda: number | null
  weight: Decimal
  baseline: YearValue[]
  targets: YearValue[]
  criteria: Criteria
}
export interface Benefit { number: Decimal; unit_th: string; sentence_th: string; sentence_en: string }
export interface Unlock { kind: 'law' | 'money' | 'people' | 'power'; what_th: string; who_th: string }
export interface Proposal { summary_th: string; agendas: Agenda[]; kpis: ProposalKpi[]; benefits: Benefit[]; unlocks: Unlock[]; risks_th: string }

export type ApplicationState = 'draft' | 'submitted' | 'returned' | 'screening' | 'advised' | 'approved' | 'acknowledged' | 'revising' | 'rejected' | 'withdrawn'
export interface StoredFile { key: string; name: string; bytes: number; media_type: string; sha256: string; uploaded_at: string; by: string }
export interface Finding { pointer: string; text: string }
export interface Advice { working_group: WorkingGroup; text: string; at: string; who_th: string; who_en: string }
export interface Application {
  application_id: string
  call_id: string
  fiscal_year: number
  province: AreaCode
  kind: 'invited' | 'volunteer'
  state: ApplicationState
  deadline_at: string
  submitted_at: string | null
  findings: Finding[]
  advice: Advice[]
  resolution: Resolution | null
  proposal: Proposal
  files: StoredFile[]
  version: number
  updated_at: string
}
/** One line of a list of applications. */
export type ApplicationSummary = Omit<Application, 'advice' | 'resolution' | 'proposal' | 'files'>
export interface Act { act: string; allowed: boolean; label_th: string; label_en: string; why_not_th: string | null; why_not_en: string | null; who_th: string | null; who_en: string | null }
export interface HistoryEntry { at: string; who: string; office_th: string; office_en: string; act: string; changed: string[]; note?: string | null }
export interface StretchItem {
  kpi_code: string
  fiscal_year: number
  target: Decimal
  trend: { label: 'below' | 'on' | 'above' | 'unknown'; predicted: Decimal | number | null; slope: Decimal | number | null; n: number }
  peers: { label: 'below' | 'on' | 'above' | 'unknown'; median: Decimal | number | null; n: number }
}

export type Colour = 'green' | 'amber' | 'red' | 'grey'
export interface Judgement {
  colour: Colour
  score: Decimal | number | null
  forecast: Decimal | number | null
  forecast_low: Decimal | number | null
  forecast_high: Decimal | number | null
  target: Decimal | number | null
  rule_th: string
  rule_en: string
}
export type SourceClass = 'official_statistic' | 'administrative_record' | 'self_reported' | 'surveyed'
export interface KpiValue { period: string; value_id?: string; value: Decimal; source_class: SourceClass; evidence?: string | null; recorded_at?: string; corrects?: string | null }
export interface Kpi {
  kpi_id: string
  province: AreaCode
  fiscal_year: number
  code: string
  name_th: string
  name_en: string
  definition_th: string
  unit_th: string
  unit_en: string
  direction: 'higher' | 'lower' | 'range'
  source_th: string
  owner_th: string
  weight: Decimal
  baseline: YearValue[]
  targets: YearValue[]
  criteria: Criteria | null
  judgement: Judgement
  series?: KpiValue[]
}
export interface NewKpiValue { period: string; value: Decimal; source_class: SourceClass; evidence: string | null; corrects: string | null; reason: string | null }
export interface ImportCell { reference: string; text: string; value: string | null; problem_th?: string | null; problem_en?: string | null }
export interface Import { import_id: string; kind: 'kpi_values' | 'kpi_definitions'; rows: number; good: number; unchanged: number; wrong: number; columns: { reference: string; heading: string; meaning: string }[]; preview: { row: number; cells: ImportCell[] }[] }
export interface ScoreRow {
  province: AreaCode
  ranked: boolean
  reasons: { code: string; th: string; en: string }[]
  level: Decimal | number | null
  level_rank: number | null
  level_rank_low: number | null
  level_rank_high: number | null
  improvement: Decimal | number | null
  improvement_rank: number | null
  improvement_rank_low: number | null
  improvement_rank_high: number | null
  /** Per cent of the weight. */
  coverage: Decimal | number
  kpis: number
  demonstration: boolean
}
export interface Scoreboard { fiscal_year: number; computed_at: string; parameters: Record<string, unknown>; provinces: ScoreRow[] }
export interface Membership { cohort_id?: string; fiscal_year: number; kind: CohortKind; title_th: string; title_en: string; reason_th?: string | null; reason_en?: string | null; entered_on?: string | null }
export interface ProvincePage {
  area: Area
  cluster: Cluster | null
  memberships: Membership[]
  application: (Partial<Pick<Application, 'application_id' | 'state' | 'submitted_at' | 'resolution'>> & { summary_th?: string; benefits?: Benefit[] }) | null
  agendas: Agenda[]
  kpis: Kpi[]
  resolutions: Resolution[]
  history: { at: string; act: string; title_th?: string; title_en?: string; office_th?: string; office_en?: string }[]
  demonstration: boolean
}
/** The latest signed head; none while nothing has been sealed yet. */
export interface LatestHead { origin: string; head: TreeHead | null; entries: number }
export interface TreeHead { tree_size: number; root: string; signed_at: string; key_id: string; signature: string }
