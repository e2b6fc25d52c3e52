// What has to be brought for several services: each paper once, with the services that ask for it.
import type { CatalogueService, PaperOfService } from './shapes.ts'

export interface Brought extends PaperOfService {
  /** That ask for it; `required` of the paper itself is: by one of them at least. */
  asked_by: { service: CatalogueService; required: boolean }[]
}

/** In the order in which they are first asked for. Services whose papers were not read add nothing: see `unread`. */
export function to_bring(services: CatalogueService[]): Brought[] {
  const out = new Map<string, Brought>()
  for (const service of services)
    for (const paper of service.papers ?? []) {
      const known = out.get(paper.paper) ?? { ...paper, asked_by: [] }
      known.asked_by.push({ service, required: paper.required })
      known.required ||= paper.required
      out.set(paper.paper, known)
    }
  return [...out.values()]
}
export function unread(services: CatalogueService[]): CatalogueService[] {
  return services.filter(service => service.papers === null)
}
