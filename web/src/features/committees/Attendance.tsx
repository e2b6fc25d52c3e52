import { useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { WholeMeeting, Presence } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { Said } from '../../components/doing.tsx'
import { if_match, useDoing } from './doing.tsx'
import { QuorumLight } from './MeetingDesk.tsx'

const presences: Presence[] = ['present', 'substitute', 'leave', 'absent']

/** Who is there, seat by seat; the light shows what is stored. */
export function Attendance({ page, may_edit }: { page: WholeMeeting; may_edit: boolean }) {
  const { t, pick } = useWords()
  const doing = useDoing()
  const [changed, set_changed] = useState<Record<string, Presence>>({})
  const [substitutes, set_substitutes] = useState<Record<string, string>>({})
  const { meeting, members } = page
  const of = (id: string, stored: Presence) => changed[id] ?? stored
  const send = () => doing.run(() => take(api.PUT('/api/v1/meetings/{meeting_id}/attendance', {
    params: { path: { meeting_id: meeting.meeting_id } }, headers: if_match(page.version),
    body: { entries: members.map(({ member, presence, substitute_title_th }) => {
      const now = of(member.member_id, presence)
      return { member_id: member.member_id, presence: now, substitute_title_th: now === 'substitute' ? (substitutes[member.member_id] ?? substitute_title_th ?? '').trim() || null : null }
    }) },
  })), () => { set_changed({}); set_substitutes({}) })
  const all = () => set_changed(Object.fromEntries(members.map(({ member }) => [member.member_id, 'present' as const])))
  return (
    <section className="panel stack" aria-labelledby="attendance">
      <div className="split"><h2 id="attendance">{t('attendance.title')}</h2><QuorumLight quorum={page.quorum} /></div>
      <Said doing={doing}>
        {may_edit && <p><button type="button" className="button quiet small-button" onClick={all}>{t('attendance.all')}</button></p>}
        <ul className="rows attendance">
          {members.map(({ member, presence, substitute_title_th }) => {
            const title = pick(member.title_th, member.title_en)
            const now = of(member.member_id, presence)
            return (
              <li key={member.member_id}>
                <span className="grow"><b>{title}</b><br /><span className="soft small">{pick(member.seat_th, member.seat_en)}{!member.voting && ` · ${t('seats.no_vote')}`}</span></span>
                {may_edit
                  ? (
                    <span className="attendance-fields">
                      <select aria-label={t('attendance.of', { who: title })} value={now} onChange={event => set_changed({ ...changed, [member.member_id]: event.target.value as Presence })}>
                        {presences.map(value => <option key={value} value={value}>{t(`presence.${value}`)}</option>)}
                      </select>
                      {now === 'substitute' && <input aria-label={t('attendance.substitute', { who: title })} placeholder={t('attendance.substitute_hint')} lang="th" maxLength={300} value={substitutes[member.member_id] ?? substitute_title_th ?? ''} onChange={event => set_substitutes({ ...substitutes, [member.member_id]: event.target.value })} />}
                    </span>
                  )
                  : <span className={`mark ${presence === 'present' || presence === 'substitute' ? 'green' : 'grey'}`}>{t(`presence.${presence}`)}{substitute_title_th && `: ${substitute_title_th}`}</span>}
              </li>
            )
          })}
        </ul>
        {may_edit && <p className="buttons"><button type="button" className="button main" disabled={doing.busy} onClick={send}>{t('attendance.save')}</button></p>}
      </Said>
    </section>
  )
}
