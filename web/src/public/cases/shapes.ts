// What the public pages read of the service centre's answers (server/modules/service_centre/model.hpp, work_model.hpp,
// lists_model.hpp), which write every member.

export interface Problem {
  status: number
  code: string
  message: { th: string; en: string }
  fields: { pointer: string; code: string; message: { th: string; en: string } }[]
}

export interface Receipt { number: string; tracking_code: string; received_at: string; taken_late: boolean }

export type CaseState =
  | 'received' | 'screening' | 'assigned' | 'accepted' | 'in_progress' | 'resolved' | 'reviewing' | 'closed'
  | 'mediation' | 'sent_up' | 'rejected' | 'merged' | 'withdrawn'

export interface TrackedStep {
  act: string
  at: string
  state: CaseState
  by: 'office' | 'citizen' | 'program'
  office_th: string
  office_en: string
  note: string
}

export interface TrackedCase {
  number: string
  category: string
  state: CaseState
  level: 'district' | 'province' | 'ministry'
  title: string
  district: string
  received_at: string
  settled_at: string | null
  due_at: string | null
  steps: TrackedStep[]
  files_sent: number
  merged: boolean
  may_confirm: boolean
  may_reopen_until: string | null
  may_withdraw: boolean
  demonstration: boolean
  ticket: string
}

interface Row { name_th: string; name_en: string; valid_from: string | null; valid_to: string | null; verified: boolean }
export interface Clock extends Row {
  clock: string
  set: string
  category: string | null
  start: string
  days: number | null
  unit: 'calendar_day' | 'working_day'
}
export interface Lists {
  categories: (Row & { category: string })[]
  clock_sets: (Row & { set: string; in_force: boolean })[]
  clocks: Clock[]
  intake: { citizen_category: string; offline_hours_max: number }
}

export interface Figures {
  area: string
  received: number
  open: number
  late: number
  closed: number
  closed_by_evidence: number
  closed_by_citizen_word: number
  closed_by_answer: number
  closed_without_evidence: number
  reopened_cases: number
  reopened_times: number
  rejected: number
  merged: number
  withdrawn: number
  demonstration: boolean
}
