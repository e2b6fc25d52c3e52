// What the public pages read of the service centre's answers: the generated types by the names that these pages use.
import type { components } from '../../api/schema.d.ts'
import type { Known } from '../../api/shapes.ts'

export type { Problem } from '../../api/shapes.ts'
type Answer<Name extends keyof components['schemas']> = Known<components['schemas'][Name]>
export type Receipt = Answer<'Receipt'>
export type AlikeReports = Answer<'AlikeReports'>
export type TrackedCase = Answer<'TrackedCase'>
export type TrackedStep = Answer<'TrackedStep'>
export type Lists = Answer<'CentreLists'>
export type Figures = Answer<'PublicFigures'>
