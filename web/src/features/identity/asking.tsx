// What the dialogs of this feature share: sending an act, saying what was refused, and days as people write them.
import type { ReactNode } from 'react'
import { server_now_ms } from '../../api/client.ts'
import type { Role } from '../../api/shapes.ts'
import { has_role, useMe } from '../../app/session.ts'
import { useWords } from '../../app/words.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Said, useDoing } from '../../components/doing.tsx'
import { TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { bangkok_day, format_date, parse_date } from '../../lib/dates.ts'

export function today(): string {
  return bangkok_day(new Date(server_now_ms()).toISOString())
}

export const readers_of_offices: Role[] = ['administrator', 'governor', 'provincial_office']
export const readers_of_persons: Role[] = ['administrator']

/** A page for some offices; to others it says for whom it is, and asks the server nothing. */
export function Reserved({ of, children }: { of: 'offices' | 'persons'; children: ReactNode }) {
  const { t } = useWords()
  if (has_role(useMe(), ...(of === 'offices' ? readers_of_offices : readers_of_persons))) return children
  return (
    <>
      <header className="page-head"><h1>{t(`${of}.title`)}</h1></header>
      <p className="empty"><Icon name="lock" />{t(`${of}.not_yours`)}</p>
    </>
  )
}

/** A form in a dialog: sends, and stays open with the server's words when it is refused. */
export function AskDialog({ title, text, go, ready, send, on_close, children }: { title: string; text?: string; go: string; ready: boolean; send: () => Promise<void>; on_close: () => void; children?: ReactNode }) {
  const { t } = useWords()
  const doing = useDoing()
  return (
    <Dialog title={title} on_close={on_close}>
      {text && <p>{text}</p>}
      <Said doing={doing}>
        <form className="stack" onSubmit={event => { event.preventDefault(); void doing.run(send) }}>
          {children}
          <div className="buttons">
            <button type="submit" className="button main" disabled={doing.busy || !ready}>{doing.busy ? t('waiting') : go}</button>
            <button type="button" className="button" onClick={on_close}>{t('cancel')}</button>
          </div>
        </form>
      </Said>
    </Dialog>
  )
}

/** A day as it was typed, and the day that it means: null while it is none. */
export interface TypedDay { typed: string; day: string | null }
export function typed_day(iso: string | null, lang: 'th' | 'en'): TypedDay {
  return { typed: iso === null ? '' : format_date(iso, lang, 'short'), day: iso }
}

export function DayField({ pointer, label, value, on_change, optional = false }: { pointer: string; label: string; value: TypedDay; on_change: (value: TypedDay) => void; optional?: boolean }) {
  const { t, lang } = useWords()
  const meant = value.day !== null && format_date(value.day, lang)
  return (
    <TextField pointer={pointer} label={label} hint={meant || t('holding.day_hint')} max={30} optional={optional} value={value.typed}
      on_change={typed => on_change({ typed, day: parse_date(typed) })}
      error={value.typed.trim().length >= 8 && value.day === null ? t('me.token_bad_date') : undefined} />
  )
}
/** Whether it can be sent: a real day, or nothing where nothing is allowed. */
export function is_day_ready(value: TypedDay, optional = false): boolean {
  return value.day !== null || (optional && value.typed.trim() === '')
}
