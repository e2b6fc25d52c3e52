import createClient from 'openapi-fetch'
import type { paths } from './schema.d.ts'
import type { Known, Problem } from './shapes.ts'

/** A refusal that the server explained. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code)
  }
}
/** No answer came: the network, or the server, is away. */
export class Unreachable extends Error {}

let csrf_token = ''
let clock_ahead_ms = 0

export function keep_csrf_token(token: string): void {
  csrf_token = token
}
export function csrf_header(): Record<string, string> {
  return { 'X-CSRF-Token': csrf_token }
}

/** The time on the server: a deadline must not depend on the clock of a desk. */
export function server_now_ms(): number {
  return Date.now() + clock_ahead_ms
}

function learn_clock(response: Response): void {
  const date = Date.parse(response.headers.get('date') ?? '')
  // The header has whole seconds; a smaller difference is noise.
  if (Number.isFinite(date)) clock_ahead_ms = Math.abs(date - Date.now()) < 2000 ? 0 : date - Date.now()
}

export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? '',
  fetch: request => globalThis.fetch(request),
})
api.use({
  onRequest({ request }) {
    if (request.method !== 'GET' && request.method !== 'HEAD') request.headers.set('X-CSRF-Token', csrf_token)
    return request
  },
  onResponse({ response }) {
    learn_clock(response)
  },
})

const unexplained: Problem['message'] = {
  th: 'ระบบตอบกลับมาในแบบที่ไม่คาดไว้ ลองอีกครั้ง หากยังเกิดซ้ำให้แจ้งผู้ดูแลระบบ',
  en: 'The system answered in an unexpected way. Try again; if it happens again, tell the administrator.',
}

/** Whatever came back, as a problem document. */
export function as_problem(body: unknown, status: number): Problem {
  if (typeof body === 'object' && body !== null && 'code' in body && 'message' in body) return body as Problem
  return { type: 'about:blank', title: unexplained.th, status, code: 'unexpected', detail: unexplained.th, message: unexplained, fields: [], request_id: '' }
}

export interface Taken<Body> { body: Known<Body>; etag: string }

/** Waits for an answer of openapi-fetch; a refusal becomes an exception, so that queries and acts end in one place. */
export async function take_with_etag<Body>(
  answer: Promise<{ data?: Body; error?: unknown; response: Response }>,
): Promise<Taken<Body>> {
  const { data, error, response } = await answer.catch((cause: unknown) => { throw new Unreachable('no answer', { cause }) })
  if (!response.ok) throw new ProblemError(as_problem(error, response.status))
  return { body: data as Known<Body>, etag: response.headers.get('etag') ?? '' }
}
export async function take<Body>(answer: Promise<{ data?: Body; error?: unknown; response: Response }>): Promise<Known<Body>> {
  return (await take_with_etag(answer)).body
}
