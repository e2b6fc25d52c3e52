import { useRef, useState } from 'react'
import { api, ProblemError, take, Unreachable } from '../../api/client.ts'
import type { Requirement, StoredFile } from '../../api/shapes.ts'
import { media_type_of, upload, upload_bytes_max, upload_types } from '../../api/upload.ts'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import { Sure } from '../../components/Sure.tsx'
import { field_id, useRemarks } from '../../components/problems.tsx'
import { format_moment } from '../../lib/dates.ts'
import { format_bytes } from '../../lib/numbers.ts'

interface Props { application_id: string; requirements: Requirement[]; files: StoredFile[]; read_only: boolean; on_changed: () => void }

export function FilesSection({ requirements, ...rest }: Props) {
  const { t } = useWords()
  const wanted = requirements.filter(requirement => requirement.kind === 'file')
  if (wanted.length === 0) return <p className="soft">{t('files.none_wanted')}</p>
  return (
    <div className="stack">
      <p className="hint">{t('files.hint', { max: format_bytes(upload_bytes_max) })}</p>
      {wanted.map(requirement => <FileSlot key={requirement.key} requirement={requirement} {...rest} />)}
    </div>
  )
}

function FileSlot({ requirement, application_id, files, read_only, on_changed }: Omit<Props, 'requirements'> & { requirement: Requirement }) {
  const { t, lang, pick } = useWords()
  const input = useRef<HTMLInputElement>(null)
  const stop = useRef<AbortController | null>(null)
  const [sent, set_sent] = useState<number | null>(null)
  const [name, set_name] = useState('')
  const [error, set_error] = useState<string | null>(null)
  const pointer = `/files/${requirement.key}`
  const { finding } = useRemarks(pointer)
  const stored = files.filter(file => file.key === requirement.key)
  const url = `/api/v1/applications/${encodeURIComponent(application_id)}/files/${encodeURIComponent(requirement.key)}`
  const label = pick(requirement.label_th, requirement.label_en)

  function explain(failure: unknown): string | null {
    if (failure instanceof ProblemError) return failure.problem.message[lang]
    if (failure instanceof DOMException) return null
    return t(failure instanceof Unreachable ? 'error.unreachable' : 'error.unexpected')
  }

  async function send(file: File) {
    set_error(null)
    if (!media_type_of(file.name)) return set_error(t('files.wrong_type', { name: file.name }))
    if (file.size > upload_bytes_max) return set_error(t('files.too_big', { name: file.name, size: format_bytes(file.size), max: format_bytes(upload_bytes_max) }))
    stop.current = new AbortController()
    set_name(file.name)
    set_sent(0)
    try {
      await upload(`${url}?name=${encodeURIComponent(file.name)}`, file, set_sent, stop.current.signal)
      on_changed()
    } catch (failure) {
      set_error(explain(failure))
    } finally {
      set_sent(null)
    }
  }

  async function remove() {
    set_error(null)
    try {
      await take(api.DELETE('/api/v1/applications/{application_id}/files/{key}', { params: { path: { application_id: application_id, key: requirement.key } } }))
      on_changed()
    } catch (failure) {
      set_error(explain(failure))
    }
  }

  return (
    <div className="file-slot" onDragOver={event => event.preventDefault()} onDrop={event => {
      event.preventDefault()
      const [file] = event.dataTransfer.files
      if (file && !read_only) void send(file)
    }}>
      <p><b>{label}</b> <span className="soft small">({t(requirement.required ? 'requirement.required' : 'optional')})</span></p>
      {finding && <p className="finding"><Icon name="edit" /><span><b>{t('finding')}:</b> {finding}</span></p>}
      {stored.map(file => (
        <p key={file.sha256} className="stored-file">
          <Icon name="file" />
          <span><a href={url} download={file.name}>{file.name}</a> <span className="soft small">{format_bytes(file.bytes)} · {format_moment(file.uploaded_at, lang, 'short')}</span></span>
          {!read_only && <Sure quiet icon="bin" question={t('files.remove_sure')} act={t('remove')} of={file.name} go={() => void remove()} />}
        </p>
      ))}
      {sent !== null && (
        <p className="sending">
          <label>{t('files.sending', { name })} <progress max={1} value={sent} /></label> <span className="number">{Math.round(sent * 100)}%</span>
          <button type="button" className="button quiet" onClick={() => stop.current?.abort()}>{t('cancel')}</button>
        </p>
      )}
      {error && <p className="error" role="alert"><Icon name="warning" />{error}</p>}
      {!read_only && sent === null && (
        <p>
          <button type="button" id={field_id(pointer)} className="button" onClick={() => input.current?.click()}><Icon name="upload" />{t(stored.length > 0 ? 'files.replace' : 'files.choose')}<span className="hidden-visually"> {label}</span></button>
          <input ref={input} type="file" hidden tabIndex={-1} aria-label={label} accept={Object.keys(upload_types).map(ending => `.${ending}`).join(',')}
            onChange={event => { const [file] = event.target.files ?? []; event.target.value = ''; if (file) void send(file) }} />
        </p>
      )}
    </div>
  )
}
