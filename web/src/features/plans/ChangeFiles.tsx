import { useRef, useState } from 'react'
import { api, ProblemError, take } from '../../api/client.ts'
import type { Change } from '../../api/shapes.ts'
import { media_type_of, upload, upload_types } from '../../api/upload.ts'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import { Sure } from '../../components/Sure.tsx'
import { format_bytes } from '../../lib/numbers.ts'

export function file_url(change_id: string, key: string): string {
  return `/api/v1/changes/${encodeURIComponent(change_id)}/files/${encodeURIComponent(key)}`
}

/** Attachments of a request: sent one by one under keys of their own. */
export function ChangeFiles({ change, etag, read_only, on_changed }: { change: Change; etag: string; read_only: boolean; on_changed: () => void }) {
  const { t, lang } = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [sent, set_sent] = useState<number | null>(null)
  const [error, set_error] = useState<string | null>(null)
  const explain = (failure: unknown) => set_error(failure instanceof ProblemError ? failure.problem.message[lang] : t('error.unexpected'))

  async function send(file: File) {
    set_error(null)
    if (!media_type_of(file.name)) return set_error(t('changefiles.wrong_type', { name: file.name }))
    set_sent(0)
    try {
      await upload(`${file_url(change.change_id, `file_${change.version}`)}?name=${encodeURIComponent(file.name)}`, file, set_sent, new AbortController().signal, { etag })
      on_changed()
    } catch (failure) {
      explain(failure)
    } finally {
      set_sent(null)
    }
  }
  async function remove(key: string) {
    set_error(null)
    try {
      await take(api.DELETE('/api/v1/changes/{change_id}/files/{key}', { params: { path: { change_id: change.change_id, key } }, headers: { 'If-Match': etag } }))
      on_changed()
    } catch (failure) {
      explain(failure)
    }
  }
  return (
    <section className="panel stack" aria-labelledby="files-title">
      <h2 id="files-title">{t('changefiles.title')}</h2>
      {change.files.length === 0 && <p className="soft">{t('changefiles.none')}</p>}
      {change.files.map(file => (
        <p key={file.key} className="stored-file">
          <Icon name="file" /><span><a href={file_url(change.change_id, file.key)} download={file.name}>{file.name}</a> <span className="soft small">{format_bytes(file.bytes)}</span></span>
          {!read_only && <Sure quiet icon="bin" question={t('changefiles.remove_sure')} act={t('changefiles.remove')} of={file.name} go={() => void remove(file.key)} />}
        </p>
      ))}
      {sent !== null && <p><progress max={1} value={sent} aria-label={t('changefiles.title')} /></p>}
      {error && <p className="error" role="alert"><Icon name="warning" />{error}</p>}
      {!read_only && (
        <>
          <p className="hint">{t('changefiles.hint')}</p>
          <p>
            <button type="button" className="button" disabled={sent !== null} onClick={() => input.current?.click()}><Icon name="upload" />{t('changefiles.choose')}</button>
            <input ref={input} type="file" hidden tabIndex={-1} aria-label={t('changefiles.choose')} accept={Object.keys(upload_types).map(ending => `.${ending}`).join(',')}
              onChange={event => { const [file] = event.target.files ?? []; event.target.value = ''; if (file) void send(file) }} />
          </p>
        </>
      )}
    </section>
  )
}
