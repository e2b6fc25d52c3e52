import { as_problem, csrf_header, ProblemError, Unreachable } from './client.ts'

export const upload_bytes_max = 20 * 1024 * 1024
export const upload_types: Record<string, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
}

export function media_type_of(name: string): string | null {
  return upload_types[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? null
}

/** Sends a file as the raw body. XMLHttpRequest, because fetch cannot tell how much of a body has been sent. */
export function upload(url: string, file: File, progress: (share: number) => void, stop: AbortSignal, { method = 'PUT', etag }: { method?: 'PUT' | 'POST'; etag?: string } = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, url)
    for (const [name, value] of Object.entries(csrf_header())) request.setRequestHeader(name, value)
    if (etag) request.setRequestHeader('If-Match', etag)
    request.setRequestHeader('Content-Type', media_type_of(file.name) ?? file.type)
    request.responseType = 'json'
    request.upload.onprogress = event => { if (event.lengthComputable) progress(event.loaded / event.total) }
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve()
      else reject(new ProblemError(as_problem(request.response, request.status)))
    }
    request.onerror = () => reject(new Unreachable('upload'))
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'))
    stop.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}
