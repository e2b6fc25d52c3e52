// The way to the service centre for somebody without an account. Cookies stay at home: who happens to be signed in on this
// phone is nobody's business here.
import type { Problem } from './shapes.ts'

const wait_max_ms = 90_000 // a photo on a bad line

/** The server answered, and said no. */
export class Refused extends Error {
  constructor(readonly problem: Problem, readonly retry_after_s: number) { super(problem.code) }
}
/** No answer came, or none of the program's own: it may be tried again. */
export class NoLine extends Error {}

async function ask(method: string, path: string, body: BodyInit | null, headers: Record<string, string>): Promise<Response> {
  try {
    return await fetch(`/api/v1${path}`, { method, body, headers: { accept: 'application/json', ...headers }, credentials: 'omit', signal: AbortSignal.timeout(wait_max_ms) })
  } catch {
    throw new NoLine()
  }
}

export async function call<Body>(method: string, path: string, body: BodyInit | null = null, headers: Record<string, string> = {}): Promise<Body> {
  const answer = await ask(method, path, body, headers)
  let said: unknown
  try {
    said = await answer.json()
  } catch {
    throw new NoLine() // cut off, or a gateway's own words
  }
  if (answer.ok) return said as Body
  if (answer.status >= 500) throw new NoLine()
  throw new Refused(said as Problem, Number(answer.headers.get('retry-after') ?? 0))
}

export function post<Body>(path: string, body: string, headers: Record<string, string> = {}): Promise<Body> {
  return call<Body>('POST', `/service_centre/${path}`, body, { 'content-type': 'application/json', ...headers })
}

export function is_too_many(error: unknown): error is Refused {
  return error instanceof Refused && error.problem.status === 429
}
