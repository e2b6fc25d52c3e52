// What is typed at the counter, and the case that it makes.
import type { CaseLists, NewCase, ReporterType, ToldAlready } from '../../api/shapes.ts'
import { from_thai_digits } from '../../lib/numbers.ts'

export interface Draft {
  title: string
  detail: string
  wanted: string
  area: string
  landmark: string
  position: string
  reporter_type: Exclude<ReporterType, 'secret'>
  secret: boolean
  name: string
  phone: string
  citizen_id: string
  email: string
  address: string
  kind: string
  category: string
  channel: string
  importance: string
  told_already: ToldAlready
  accused: string
  accused_detail: string
}

/** A kind that asks something is closed by an answer: nobody is accused, and nobody has been told before. */
export function only_asks(lists: CaseLists | undefined, kind: string): boolean {
  const rows = lists?.intake.closing_grounds ?? []
  const row = rows.find(each => each.kinds.includes(kind)) ?? rows.find(each => each.kinds.length === 0)
  return row?.grounds.includes('answer_given') ?? false
}

/** The channel stays from case to case: calls come after calls. */
export function new_draft(lists: CaseLists | undefined, area: string, channel = lists?.channels[0]?.channel ?? ''): Draft {
  const intake = lists?.intake
  return {
    title: '', detail: '', wanted: '', area, landmark: '', position: '', reporter_type: 'person', secret: false, name: '', phone: '', citizen_id: '', email: '', address: '',
    kind: intake?.citizen_kind ?? '', category: intake?.citizen_category ?? '', importance: intake?.citizen_importance ?? '', channel, told_already: 'not_told', accused: '', accused_detail: '',
  }
}

/** "13.5367, 99.8171", as maps give it; null when it is no place on earth. */
export function parse_position(text: string): { latitude: string; longitude: string } | null {
  const match = /^(-?\d{1,2}(?:\.\d{1,6})?)\d*[,\s]+(-?\d{1,3}(?:\.\d{1,6})?)\d*$/.exec(from_thai_digits(text).trim())
  if (!match || Math.abs(Number(match[1])) > 90 || Math.abs(Number(match[2])) > 180) return null
  const decimal = (digits: string) => String(Number(digits))
  return { latitude: decimal(match[1]!), longitude: decimal(match[2]!) }
}

const given = (text: string) => text.trim() || null

/** `null` where the position cannot be read. */
export function case_of(draft: Draft, lists: CaseLists | undefined, client_id: string, taken_at: string): NewCase | null {
  const position = draft.position.trim() === '' ? null : parse_position(draft.position)
  if (position === null && draft.position.trim() !== '') return null
  const nameless = draft.reporter_type === 'anonymous' && !draft.secret
  const asks = only_asks(lists, draft.kind)
  return {
    kind: draft.kind, category: draft.category, channel: draft.channel, importance: draft.importance,
    title: draft.title.trim(), detail: draft.detail.trim(), wanted: given(draft.wanted),
    place: { area: draft.area, landmark: given(draft.landmark), position, given: position ? 'map' : 'typed' },
    told_already: asks ? null : draft.told_already,
    accused: asks || draft.accused.trim() === '' ? null : [{ name: draft.accused.trim(), detail: given(draft.accused_detail) }],
    reporters: [{
      type: draft.secret ? 'secret' : draft.reporter_type,
      name: nameless ? null : given(draft.name), citizen_id: nameless ? null : given(from_thai_digits(draft.citizen_id)),
      phone: given(from_thai_digits(draft.phone)), email: given(draft.email), address: given(draft.address),
    }],
    client_id, taken_at,
  }
}

/** A case that was refused, to be corrected in the form. */
export function draft_of(body: NewCase): Draft {
  const [reporter] = body.reporters
  const secret = reporter?.type === 'secret'
  const { position } = body.place
  return {
    title: body.title, detail: body.detail, wanted: body.wanted ?? '', area: body.place.area, landmark: body.place.landmark ?? '', position: position ? `${position.latitude}, ${position.longitude}` : '',
    reporter_type: secret || !reporter ? 'person' : reporter.type as Draft['reporter_type'], secret, name: reporter?.name ?? '', phone: reporter?.phone ?? '', citizen_id: reporter?.citizen_id ?? '', email: reporter?.email ?? '', address: reporter?.address ?? '',
    kind: body.kind, category: body.category, channel: body.channel, importance: body.importance, told_already: body.told_already ?? 'not_told',
    accused: body.accused?.[0]?.name ?? '', accused_detail: body.accused?.[0]?.detail ?? '',
  }
}
