import { useRef, useState } from 'react'
import type { FilePurpose } from '../../api/shapes.ts'
import { upload } from '../../api/upload.ts'
import { useWords } from '../../app/words.tsx'
import { Said, useDoing } from '../../components/doing.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { bangkok_day, bangkok_moment, format_time } from '../../lib/dates.ts'
import { parse_position } from './draft.ts'
import { read_photo } from './photo.ts'

const accepted = '.jpg,.jpeg,.png,.pdf'

export function case_file_url(case_id: string, key: string): string {
  return `/api/v1/cases/${encodeURIComponent(case_id)}/files/${encodeURIComponent(key)}`
}

/** A photo or paper: what the camera wrote into it about time and place is shown and stands; what it did not write may be told. */
export function FileForm({ case_id, purposes, on_sent }: { case_id: string; purposes: FilePurpose[]; on_sent: () => void }) {
  const { t, lang } = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [file, set_file] = useState<File | null>(null)
  const [purpose, set_purpose] = useState<FilePurpose>(purposes[0]!)
  const [day, set_day] = useState('')
  const [time, set_time] = useState('')
  const [position, set_position] = useState('')
  const [said, set_said] = useState({ moment: false, place: false }) // by the photo itself
  const [sent, set_sent] = useState<string[]>([])
  const [share, set_share] = useState<number | null>(null)
  const doing = useDoing()
  const taken_at = day.trim() && time.trim() ? bangkok_moment(day, time) : null
  const wrong_moment = (day.trim() !== '' || time.trim() !== '') && taken_at === null
  const place = position.trim() ? parse_position(position) : null
  const wrong_place = position.trim() !== '' && place === null

  async function choose(chosen: File) {
    const { taken_at: moment, position: spot } = await read_photo(chosen)
    set_file(chosen)
    set_said({ moment: moment !== null, place: spot !== null })
    set_day(moment ? bangkok_day(moment) : '')
    set_time(moment ? format_time(moment, 'en', true) : '')
    set_position(spot ? `${spot.latitude}, ${spot.longitude}` : '')
  }
  async function send() {
    if (!file) return
    const key = `file_${Date.now().toString(36)}`
    const query = new URLSearchParams({ name: file.name, purpose, ...(taken_at && { taken_at }), ...(place && { latitude: place.latitude, longitude: place.longitude }) })
    set_share(0)
    // Files are only ever added: whoever changed the case meanwhile is no reason to refuse one.
    const done = await doing.run(() => upload(`${case_file_url(case_id, key)}?${query.toString()}`, file, set_share, new AbortController().signal, { etag: '*' }))
    set_share(null)
    if (!done) return
    set_sent(before => [...before, file.name])
    set_file(null)
    on_sent()
  }
  return (
    <Said doing={doing}>
      {sent.length > 0 && <p className="notice good" role="status"><Icon name="check" /><span>{t('file.sent', { names: sent.join(', ') })}</span></p>}
      <p className="hint">{t('file.hint')}</p>
      <p>
        <button type="button" className="button" disabled={share !== null} onClick={() => input.current?.click()}><Icon name="upload" />{t('file.choose')}</button>
        <input ref={input} type="file" hidden tabIndex={-1} aria-label={t('file.choose')} accept={accepted}
          onChange={event => { const [chosen] = event.target.files ?? []; event.target.value = ''; if (chosen) void choose(chosen) }} />
      </p>
      {file && (
        <div className="stack item">
          <p><Icon name="file" /> <b>{file.name}</b></p>
          {purposes.length > 1 && <ChoiceField pointer="/purpose" label={t('file.purpose')} value={purpose} on_change={set_purpose} options={purposes.map(value => ({ value, label: t(`file.purpose.${value}`) }))} />}
          <div className="trio">
            <TextField pointer="?taken_at" label={t('file.day')} hint={lang === 'th' ? '25/11/2569' : '25/11/2026'} max={30} optional value={day} on_change={set_day} read_only={said.moment} error={wrong_moment ? t('file.moment_wrong') : undefined} />
            <TextField pointer="/taken_time" label={t('file.time')} hint="14:30" max={8} optional value={time} on_change={set_time} read_only={said.moment} />
            <TextField pointer="?latitude" label={t('counter.position')} hint="13.5367, 99.8171" max={60} optional value={position} on_change={set_position} read_only={said.place} error={wrong_place ? t('counter.position_wrong') : undefined} />
          </div>
          {(said.moment || said.place) && <p className="hint">{t('file.from_photo')}</p>}
          {share !== null && <progress max={1} value={share} aria-label={t('file.sending')} />}
          <div className="buttons">
            <button type="button" className="button main" disabled={share !== null || wrong_moment || wrong_place} onClick={() => void send()}>{t('file.send')}</button>
            <button type="button" className="button" onClick={() => set_file(null)}>{t('cancel')}</button>
          </div>
        </div>
      )}
    </Said>
  )
}
