import { useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { AgendaItem, WholeMeeting, Resolution, ResolutionKind } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { parse_date } from '../../lib/dates.ts'
import { from_thai_digits } from '../../lib/numbers.ts'
import { ActForm, if_match, text_or_none, useDoing } from './doing.tsx'
import { QuorumLight } from './MeetingDesk.tsx'

export function ItemForm({ page, part, item, close }: { page: WholeMeeting; part: number; item?: AgendaItem; close: () => void }) {
  const { t } = useWords()
  const doing = useDoing()
  const [title_th, set_title] = useState(item?.title_th ?? '')
  const [detail_th, set_detail] = useState(item?.detail_th ?? '')
  const [proposal_th, set_proposal] = useState(item?.proposal_th ?? '')
  const texts = { title_th: title_th.trim(), detail_th: text_or_none(detail_th), proposal_th: text_or_none(proposal_th) }
  const headers = if_match(page.version)
  const send = () => doing.run(async () => {
    if (item) await take(api.PATCH('/api/v1/agenda-items/{item_id}', { params: { path: { item_id: item.item_id } }, headers, body: texts }))
    else await take(api.POST('/api/v1/meetings/{meeting_id}/items', { params: { path: { meeting_id: page.meeting.meeting_id } }, headers, body: { part, ...texts } }))
  }, close)
  return (
    <ActForm doing={doing} label={t('save')} ready={title_th.trim() !== ''} send={send} on_cancel={close}>
      <p className="soft">{t('agenda.part', { n: part })} {t(`agenda.${part as 1}`)}</p>
      <TextField pointer="/title_th" label={t('item.title')} lang="th" max={300} value={title_th} on_change={set_title} />
      <TextField pointer="/detail_th" label={t('item.detail')} lang="th" optional rows={4} max={4000} value={detail_th} on_change={set_detail} />
      <TextField pointer="/proposal_th" label={t('item.proposal')} lang="th" optional rows={2} max={4000} value={proposal_th} on_change={set_proposal} />
    </ActForm>
  )
}

export function ConflictForm({ item, close }: { item: AgendaItem; close: () => void }) {
  const { t } = useWords()
  const doing = useDoing()
  const [reason_th, set_reason] = useState('')
  const send = () => doing.run(() => take(api.POST('/api/v1/agenda-items/{item_id}/conflicts', { params: { path: { item_id: item.item_id } }, body: { reason_th: reason_th.trim() } })), close)
  return (
    <ActForm doing={doing} label={t('interest.declare')} ready={reason_th.trim() !== ''} send={send} on_cancel={close}>
      <p>{t('interest.text')}</p>
      <TextField pointer="/reason_th" label={t('reason')} lang="th" rows={2} max={4000} value={reason_th} on_change={set_reason} />
    </ActForm>
  )
}

const kinds: ResolutionKind[] = ['approve', 'approve_in_principle', 'approve_with_changes', 'acknowledge', 'revise', 'reject', 'assign', 'defer', 'withdraw']
const count = (text: string) => (/^\d{1,4}$/.test(from_thai_digits(text).trim()) ? Number(from_thai_digits(text)) : null)

/** What was resolved on one item; with the votes where one was taken, and with what somebody has to do. */
export function ResolveForm({ page, item, close }: { page: WholeMeeting; item: AgendaItem; close: () => void }) {
  const { t } = useWords()
  const doing = useDoing()
  const [kind, set_kind] = useState<ResolutionKind>(item.part === 5 || item.part === 2 ? 'approve' : 'acknowledge')
  const [text_th, set_text] = useState('')
  const [voted, set_voted] = useState(false)
  const [yes, set_yes] = useState('')
  const [no, set_no] = useState('0')
  const [abstain, set_abstain] = useState('0')
  const [is_public, set_public] = useState(page.body.province === null)
  const [work, set_work] = useState('')
  const [who, set_who] = useState('')
  const [due, set_due] = useState('')
  const votes = voted ? { in_favour: count(yes) ?? -1, against: count(no) ?? -1, abstain: count(abstain) ?? -1 } : null
  const send = () => doing.run(() => take(api.POST('/api/v1/agenda-items/{item_id}/resolutions', {
    params: { path: { item_id: item.item_id } }, headers: if_match(page.version),
    body: { kind, text_th: text_th.trim(), votes, is_public, follow_up: work.trim() === '' ? null : [{ text_th: work.trim(), responsible_th: who.trim(), due: parse_date(due) }] },
  })), close)
  const ready = text_th.trim() !== '' && (work.trim() === '' || who.trim() !== '') && (!voted || (count(yes) !== null && count(no) !== null && count(abstain) !== null)) && (due.trim() === '' || parse_date(due) !== null)
  return (
    <ActForm doing={doing} label={t('item.resolve')} ready={ready} send={send} on_cancel={close}>
      <p><QuorumLight quorum={item.quorum} /></p>
      <ChoiceField pointer="/kind" label={t('resolution.title')} value={kind} on_change={set_kind} options={kinds.map(value => ({ value, label: t(`resolution.${value}`) }))} />
      <TextField pointer="/text_th" label={t('resolution.text')} lang="th" rows={3} max={4000} value={text_th} on_change={set_text} />
      <label className="check"><input type="checkbox" checked={voted} onChange={event => set_voted(event.target.checked)} />{t('votes.taken')}</label>
      {voted && (
        <div className="trio">
          <TextField pointer="/votes/in_favour" label={t('votes.yes')} input_mode="numeric" max={4} value={yes} on_change={set_yes} />
          <TextField pointer="/votes/against" label={t('votes.no')} input_mode="numeric" max={4} value={no} on_change={set_no} />
          <TextField pointer="/votes/abstain" label={t('votes.abstain')} input_mode="numeric" max={4} value={abstain} on_change={set_abstain} />
        </div>
      )}
      <label className="check"><input type="checkbox" checked={is_public} onChange={event => set_public(event.target.checked)} />{t('resolution.make_public')}</label>
      <fieldset className="plain-set stack">
        <legend>{t('assignments.new')}</legend>
        <TextField pointer="/follow_up/0/text_th" label={t('assignments.what')} lang="th" optional rows={2} max={4000} value={work} on_change={set_work} />
        <div className="pair">
          <TextField pointer="/follow_up/0/responsible_th" label={t('assignments.who')} lang="th" optional max={300} value={who} on_change={set_who} />
          <TextField pointer="/follow_up/0/due" label={t('assignments.due')} hint={t('meeting.date_hint')} optional max={30} value={due} on_change={set_due} error={due.trim().length >= 8 && !parse_date(due) ? t('meeting.bad_date') : undefined} />
        </div>
      </fieldset>
    </ActForm>
  )
}

export function CorrectResolutionForm({ resolution, close }: { resolution: Resolution; close: () => void }) {
  const { t } = useWords()
  const doing = useDoing()
  const [kind, set_kind] = useState<ResolutionKind>(resolution.kind)
  const [text_th, set_text] = useState(resolution.text_th)
  const [reason, set_reason] = useState('')
  const send = () => doing.run(() => take(api.POST('/api/v1/resolutions/{resolution_id}/correct', {
    params: { path: { resolution_id: resolution.resolution_id } }, body: { reason: reason.trim(), kind: kind === resolution.kind ? null : kind, text_th: text_th.trim() },
  })), close)
  return (
    <ActForm doing={doing} label={t('resolution.correct')} ready={reason.trim() !== '' && text_th.trim() !== ''} send={send} on_cancel={close}>
      <p>{t('meeting.correct.text')}</p>
      <ChoiceField pointer="/kind" label={t('resolution.title')} value={kind} on_change={set_kind} options={kinds.map(value => ({ value, label: t(`resolution.${value}`) }))} />
      <TextField pointer="/text_th" label={t('resolution.text')} lang="th" rows={3} max={4000} value={text_th} on_change={set_text} />
      <TextField pointer="/reason" label={t('reason')} lang="th" rows={2} max={4000} value={reason} on_change={set_reason} />
    </ActForm>
  )
}
