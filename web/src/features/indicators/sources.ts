import type { SourceClass } from '../../api/shapes.ts'

/** From the most to the least checkable. */
export const source_classes: SourceClass[] = ['official_statistic', 'administrative_record', 'surveyed', 'self_reported']
