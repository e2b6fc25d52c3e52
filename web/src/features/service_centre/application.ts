// What an officer has to see of an application before and after its acts. What may be done is decided by the server; here
// is only counted and sorted.
import type { ApplicationPaper, ApplicationService, CaseApplication, CatalogueService } from '../../api/shapes.ts'
import { parse_decimal } from '../../lib/numbers.ts'
import { satang_of } from '../plans/diff.ts'

export type OfferedOn = 'decide_service' | 'give_certificate' | 'give_late_reason' | 'take_fee' | 'withdraw_service'

/** How many papers an application would ask for with what is chosen, each once; `unread`: services whose papers nobody has read yet. */
export interface PapersAsked { required: number; sometimes: number; unread: number }
export function papers_asked(papers: ApplicationPaper[], chosen: CatalogueService[]): PapersAsked {
  const required = new Map<string, boolean>(papers.map(paper => [paper.paper ?? `#${paper.position}`, paper.required || paper.told]))
  for (const service of chosen)
    for (const paper of service.papers ?? []) required.set(paper.paper, (required.get(paper.paper) ?? false) || paper.required)
  const sure = [...required.values()].filter(Boolean).length
  return { required: sure, sometimes: required.size - sure, unread: chosen.filter(service => service.papers === null).length }
}

/** Not there, and needed: by a service, or because it was told. */
export function is_missing(paper: ApplicationPaper): boolean {
  return paper.state === 'asked' && (paper.required || paper.told)
}
/** Whether it is needed has to be said by the officer. */
export function is_open_question(paper: ApplicationPaper): boolean {
  return paper.state === 'asked' && !is_missing(paper)
}

/** The day by which what was told to be missing is to be brought; null when nothing was told, or nothing was missing. */
export function papers_due_on(of: CaseApplication): string | null {
  return of.checks.at(-1)?.due_on ?? null
}

/** Which outcomes a decision may have now. What was not completed may be returned when its day is over. */
export function outcomes_of(service: ApplicationService, of: CaseApplication, today: string): ('granted' | 'refused' | 'returned')[] {
  if (service.state === 'complete') return service.deemed_granted ? ['granted'] : ['granted', 'refused']
  const due_on = papers_due_on(of)
  return service.state === 'applied' && due_on !== null && due_on < today ? ['returned'] : []
}

/** The acts on one service, in the order in which they come. */
export function acts_on(service: ApplicationService, of: CaseApplication, today: string): OfferedOn[] {
  const fits: Record<OfferedOn, boolean> = {
    decide_service: outcomes_of(service, of, today).length > 0,
    give_certificate: service.state === 'granted',
    give_late_reason: service.late_reasons.late,
    take_fee: service.state !== 'withdrawn' && service.state !== 'returned',
    withdraw_service: service.state === 'applied' || service.state === 'complete',
  }
  return (Object.keys(fits) as OfferedOn[]).filter(act => fits[act] && of.acts.includes(act))
}

/** Baht as typed ("1,020.50", "๒๐") in satang; null when it is no amount, or there are parts of a satang. */
export function satang_typed(text: string): number | null {
  const baht = parse_decimal(text)
  return baht === null ? null : satang_of(baht)
}

/** What is still to be paid, as it would be typed; empty where the catalogue has no amount. */
export function baht_left(service: ApplicationService): string {
  const left = service.fee_kind === 'fixed' && service.fee_satang !== null ? service.fee_satang - service.paid_satang : 0
  if (left <= 0) return ''
  return `${Math.floor(left / 100)}.${String(left % 100).padStart(2, '0')}`
}
