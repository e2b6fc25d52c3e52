// What the public pages read of the catalogue of services: the generated types by the names that these pages use.
import type { components } from '../../api/schema.d.ts'
import type { Known } from '../../api/shapes.ts'

type Answer<Name extends keyof components['schemas']> = Known<components['schemas'][Name]>
export type ServiceList = Answer<'ServiceList'>
export type ServiceSummary = Answer<'ServiceSummary'>
export type CatalogueService = Answer<'CatalogueService'>
export type PaperOfService = Answer<'PaperOfService'>
export type TrackedApplication = Answer<'TrackedApplication'>
export type FreeTimes = Answer<'FreeTimes'>
