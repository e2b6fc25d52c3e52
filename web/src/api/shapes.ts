// The shapes of the API by the names that the pages use: every one is the generated type (schema.d.ts) of an answer, or a
// part of it where a page needs less. Only the scoreboard is described here, because the contract leaves its body open:
// it is sent as it was computed.
import type { components } from './schema.d.ts'

/**
 * What really comes: the server writes every member, an empty optional one as null. (In requests such a member may be left
 * out, and the generated types say so of both.)
 */
export type Known<Body> =
  Body extends (infer Item)[] ? Known<Item>[]
  : Body extends object ? { [Name in keyof Body]-?: Known<undefined extends Body[Name] ? Exclude<Body[Name], undefined> | null : Body[Name]> }
  : Body

type Schemas = components['schemas']
type Answer<Name extends keyof Schemas> = Known<Schemas[Name]>

export type AreaCode = Schemas['AreaCode']
export type Decimal = Schemas['Decimal']
export interface Page<Item> { items: Item[]; next: string | null }

export type Problem = Answer<'Problem'>
export type FieldProblem = Problem['fields'][number]

export type Role = Schemas['Role']
export type Office = Answer<'MyOffice'>
export type Me = Answer<'Me'>
export type Provider = Answer<'SignInProvider'>

export type Occupancy = Schemas['Occupancy']
export type ActingGround = Schemas['ActingGround']
export type OfficeHolder = Answer<'OfficeHolder'>
export type OfficeSummary = Answer<'OfficeSummary'>
export type OfficeDetail = Answer<'OfficeDetail'>
export type HoldingChange = OfficeDetail['changes'][number]
export type PersonSummary = Answer<'PersonSummary'>
export type PersonDetail = Answer<'PersonDetail'>
export type IssuedPassword = Answer<'IssuedPassword'>
export type LawWords = Answer<'LawWords'>
export type Chain = Answer<'Chain'>
export type Duty = Answer<'Duty'>
export type Signer = Answer<'Signer'>
export type Near = Answer<'Near'>
export type WhoMayAnswer = Answer<'WhoMayAnswer'>
export type HeldPower = Answer<'HeldPower'>
export type LostPower = Answer<'LostPower'>

export type Obligation = Answer<'Obligation'>
export type ObligationDetail = Answer<'ObligationDetail'>
export type ObligationStep = Answer<'ObligationStep'>
export type ObligationStanding = Schemas['ObligationStanding']
export type ObligationFigures = Answer<'ObligationFigures'>
export type LetterChannel = Schemas['LetterChannel']

export type Area = Answer<'Area'>
export type ProvinceMap = Answer<'ProvinceMap'>
export type LocalKind = Schemas['LocalKind']
export type LocalGovernment = Answer<'LocalGovernment'>
export type LocalCounts = Answer<'LocalCounts'>

export type CohortKind = Schemas['CohortKind']
export type ResolutionKind = Schemas['ResolutionKind']
export type Outcome = Schemas['Outcome']
export type Resolution = Answer<'Resolution'>
export type Meeting = Answer<'Meeting'>
export type NewMeeting = Schemas['NewMeeting']
export type Body = Answer<'Body'>
export type BodyPage = Answer<'BodyPage'>
export type Seat = Answer<'Seat'>
export type CommitteeMember = Answer<'CommitteeMember'>
export type MeetingState = Schemas['MeetingState']
export type WholeMeeting = Answer<'WholeMeeting'>
export type RunningMeeting = Answer<'RunningMeeting'>
export type AgendaItem = Answer<'AgendaItem'>
export type Quorum = Answer<'Quorum'>
export type Presence = Schemas['Presence']
export type CirculationAnswer = Schemas['CirculationAnswer']
export type Paper = Answer<'PaperRow'>
export type Assignment = Answer<'AssignmentRow'>
export type AssignmentPage = Answer<'AssignmentPage'>
export type AssignmentState = Schemas['AssignmentState']
export type Matter = Answer<'Matter'>
export type MatterPage = Answer<'MatterPage'>
export type MatterState = Schemas['MatterState']
export type MatterSource = Schemas['MatterSource']
export type MoneySource = Schemas['MoneySource']

// What the pages draw of the programme's course. The build draws the same from the reviewed facts, which know less than
// the record does.
export type Member = Answer<'Member'>
export type Cohort = Pick<Answer<'Cohort'>, 'cohort_id' | 'kind' | 'title_th' | 'title_en' | 'group' | 'members' | 'verified'>
export type Milestone = Pick<Answer<'Milestone'>, 'on_date' | 'title_th' | 'title_en' | 'source' | 'verified'>
export type YearResolution = Pick<Resolution, 'resolution_id' | 'number' | 'kind' | 'text_th' | 'text_en'> & Partial<Pick<Resolution, 'parts' | 'superseded_by'>>
export type YearMeeting = Pick<Answer<'YearMeeting'>, 'meeting_id' | 'body_th' | 'body_en' | 'number' | 'on_date' | 'place_th'> & { demonstration?: boolean; resolutions: YearResolution[] }
export type ProgrammeYear = Pick<Answer<'ProgrammeYear'>, 'fiscal_year' | 'summary_th' | 'summary_en'> & { cohorts: Cohort[]; milestones: Milestone[]; meetings: YearMeeting[] }
export interface Programme { target: Pick<Answer<'Target'>, 'provinces' | 'fiscal_year'> | null; years: ProgrammeYear[] }

export type Requirement = Answer<'Requirement'>
export type NewCall = Answer<'NewCall'>
export type Call = Answer<'CallForProposals'>

export type WorkingGroup = Schemas['WorkingGroup']
export type Agenda = Answer<'Agenda'>
export type YearValue = Answer<'DraftYear'>
export type ProposalKpi = Answer<'DraftKpi'>
export type Benefit = Answer<'Benefit'>
export type Unlock = Answer<'Unlock'>
export type Proposal = Answer<'Proposal'>

export type ApplicationState = Schemas['ApplicationState']
export type StoredFile = Answer<'StoredFile'>
export type Finding = Answer<'Finding'>
export type Application = Answer<'Application'>
export type ApplicationSummary = Answer<'ApplicationSummary'>
export type Act = Answer<'NextAct'>
export type HistoryEntry = Answer<'HistoryEntry'>
export type ServerCompleteness = Answer<'Completeness'>
export type StretchItem = Answer<'StretchItem'>

export type BudgetClass = Schemas['BudgetClass']
export type BudgetCategory = Schemas['BudgetCategory']
export type ProjectContent = Answer<'ProjectContent'>
export type Project = Answer<'ProjectRow'>
export type ProjectSummary = Answer<'ProjectSummary'>
export type RequestKind = Schemas['RequestKind']
export type ChangeState = Schemas['ChangeState']
export type ChangeContent = Answer<'ChangeContent'>
export type Change = Answer<'Change'>

export type OrderKind = Schemas['OrderKind']
export type OrderState = Schemas['OrderState']
export type OrderContent = Schemas['OrderContent']
export type OrderSummary = Answer<'OrderSummary'>
export type DelegationOrder = Answer<'DelegationOrder'>
export type OrderChoices = Answer<'OrderChoices'>
export type HeldRow = Answer<'HeldRow'>
export type ChangeSummary = Answer<'ChangeSummary'>
export type ChangeRules = Answer<'ChangeRules'>
export type ChangeFigures = Answer<'ChangeFigures'>
export type Judged = Answer<'Judged'>
export type Decider = Schemas['Decider']
export type ChangeOutcome = Schemas['ChangeOutcome']
export type CommitteeDecision = Schemas['CommitteeDecision']

export type Colour = Schemas['Colour']
export type SourceClass = Schemas['SourceClass']
export type KpiValue = Answer<'ReportedValue'>
export type Kpi = Answer<'KpiAnswer'>
export type KpiWithSeries = Kpi & { series?: KpiValue[] }
export type Import = Answer<'ImportAnswer'>
export type ImportCell = Answer<'ImportCell'>
export type ImportOutcome = Answer<'ImportOutcome'>

export interface ScoreRow {
  province: AreaCode
  name_th: string
  name_en: string
  /** By level and by improvement. A rank may stand by one of them alone. */
  ranked: boolean
  /** One for each ranking in which it has no place. */
  reasons: { ranking: 'level' | 'improvement'; code: string; th: string; en: string }[]
  level: Decimal | null
  /** `quality` and so on; of who is ranked by level. */
  level_band: string | null
  level_rank: number | null
  level_rank_low: number | null
  level_rank_high: number | null
  improvement: Decimal | null
  improvement_rank: number | null
  improvement_rank_low: number | null
  improvement_rank_high: number | null
  /** Per cent of the weight. */
  coverage: Decimal
  improvement_coverage: Decimal
  kpis: number
  demonstration: boolean
}
/** A number of the published rules that is in force for the year, with where it is from. */
export interface RuleRow {
  rule: string
  value: Decimal
  unit: 'percent' | 'points' | 'months' | 'count'
  name_th: string
  name_en: string
  source_th: string
  source_en: string
  verified: boolean
}
export interface Scoreboard {
  fiscal_year: number
  /** The month to which the values stand. */
  period: string
  computed_at: string
  demonstration: boolean
  rules: RuleRow[]
  /** What this way of ranking cannot say. */
  limits: { th: string; en: string }[]
  provinces: ScoreRow[]
}

export type Membership = Answer<'Membership'>
export type ProvincePage = Answer<'ProvincePage'>
export type TreeHead = Answer<'SignedHead'>
export type LatestHead = Answer<'LatestHead'>
export type Entry = Answer<'Entry'>

export type CaseLists = Answer<'CentreLists'>
export type CaseState = Schemas['CaseState']
export type CaseSummary = Answer<'CaseSummary'>
export type Case = Answer<'Case'>
export type FoundCase = Answer<'FoundCase'>
export type TextPiece = FoundCase['title'][number]
export type AlikeCase = Answer<'AlikeCase'>
export type AlikeQuestion = Schemas['AlikeQuestion']
export type CaseApplication = Answer<'CaseApplication'>
export type ApplicationService = Answer<'ApplicationService'>
export type ApplicationPaper = Answer<'ApplicationPaper'>
export type ApplicationPayment = Answer<'ApplicationPayment'>
export type ServiceSummary = Answer<'ServiceSummary'>
export type CatalogueService = Answer<'CatalogueService'>
export type FeeDay = Answer<'FeeDay'>
export type CaseAssignment = Case['assignments'][number]
export type CaseBoard = Answer<'CaseBoard'>
export type CountRow = CaseBoard['by_state'][number]
export type CounterDay = Answer<'CounterDay'>
export type QueueTicket = CounterDay['tickets'][number]
export type CounterTime = Schemas['CounterTime']
export type Weekday = Schemas['Weekday']
export type RecurringCases = Answer<'RecurringCases'>
export type PlaceNeed = Answer<'PlaceNeed'>
export type ProvinceBoard = Answer<'ProvinceBoard'>
export type ProvinceRow = ProvinceBoard['total']
export type HeatSpot = ProvinceBoard['spots'][number]
export type ClosingGround = Schemas['ClosingGround']
export type FilePurpose = Schemas['FilePurpose']
export type NewCase = Schemas['NewCase']
export type Receipt = Answer<'Receipt'>
export type ReporterType = Schemas['ReporterType']
export type RevealedReporters = Answer<'RevealedReporters'>
export type RevealPurpose = Schemas['RevealPurpose']
export type ToldAlready = Schemas['ToldAlready']
export type MonthlyReport = Answer<'MonthlyReport'>
export type FlowNumbers = MonthlyReport['month_total']
