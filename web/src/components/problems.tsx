import { createContext, use, useEffect, useRef, type ReactNode } from 'react'
import type { FieldProblem, Finding, Problem } from '../api/shapes.ts'
import { useWords } from '../app/words.tsx'
import { Icon } from './Icon.tsx'

/** The id of the control that edits the place a JSON pointer names. */
export function field_id(pointer: string): string {
  return `field${pointer.replaceAll('/', '-')}`
}

export function focus_field(pointer: string): boolean {
  const control = document.getElementById(field_id(pointer))
  control?.focus()
  control?.scrollIntoView({ block: 'center' })
  return control !== null
}

interface Remarks { errors: Record<string, string>; findings: Record<string, string> }
const remarks = createContext<Remarks>({ errors: {}, findings: {} })

/** Gives every field below what is said about it: refusals of the server and findings of whoever checked. */
export function RemarksProvider({ fields = [], findings = [], prefix = '', children }: { fields?: FieldProblem[]; findings?: Finding[]; prefix?: string; children: ReactNode }) {
  const { lang } = useWords()
  const without_prefix = (pointer: string) => (prefix && pointer.startsWith(prefix) ? pointer.slice(prefix.length) : pointer)
  const value: Remarks = {
    errors: Object.fromEntries(fields.map(field => [without_prefix(field.pointer), field[lang]])),
    findings: Object.fromEntries(findings.map(finding => [without_prefix(finding.pointer), finding.text])),
  }
  return <remarks.Provider value={value}>{children}</remarks.Provider>
}
export function useRemarks(pointer: string): { error?: string; finding?: string } {
  const { errors, findings } = use(remarks)
  return { error: errors[pointer], finding: findings[pointer] }
}

/** The summary of a refusal: takes the focus, and each line leads to its field. */
export function ProblemSummary({ problem, prefix = '', go_to = focus_field }: { problem: Problem | null; prefix?: string; go_to?: (pointer: string) => void }) {
  const { t, lang } = useWords()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => { if (problem) box.current?.focus() }, [problem])
  if (!problem) return null
  const place = (pointer: string) => (prefix && pointer.startsWith(prefix) ? pointer.slice(prefix.length) : pointer)
  return (
    <div className="notice bad" role="alert" tabIndex={-1} ref={box}>
      <Icon name="warning" />
      <div>
        <p><b>{problem.message[lang]}</b></p>
        {problem.fields.length > 0 && (
          <ul>
            {problem.fields.map(field => (
              <li key={field.pointer + field.code}>
                <a href={`#${field_id(place(field.pointer))}`} onClick={event => { event.preventDefault(); go_to(place(field.pointer)) }}>{field[lang]}</a>
              </li>
            ))}
          </ul>
        )}
        {problem.request_id && <p className="small soft">{t('error.request', { id: problem.request_id })}</p>}
      </div>
    </div>
  )
}
