import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, server_now_ms, take } from '../../api/client.ts'
import { Link, navigate_after_saving, useAddressPart, useLeaveQuestion } from '../../app/router.tsx'
import { home_province, useMe } from '../../app/session.ts'
import { useWords } from '../../app/words.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { MomentField } from '../../components/MomentField.tsx'
import { from_thai_digits } from '../../lib/numbers.ts'
import { ActForm, text_or_none, useDoing } from './doing.tsx'
import { bodies_query, provincial_bodies_query } from './queries.ts'

const week_ms = 7 * 86_400_000

/** A meeting to come, or a resolution sent round: only bodies for which the reader's office is the secretariat are offered. */
export function PlanPage() {
  const { t, pick } = useWords()
  const me = useMe()
  const national = useQuery(bodies_query)
  const own = useQuery(provincial_bodies_query(home_province(me) ?? ''))
  const roles = me?.offices.map(office => office.role as string) ?? []
  const bodies = [...(own.data?.items ?? []), ...(national.data?.items ?? [])].filter(body => body.secretariat !== null && roles.includes(body.secretariat))
  const wanted = useAddressPart('body')
  const [chosen, set_body] = useState(wanted)
  const body = bodies.some(each => each.code === chosen) ? chosen : bodies.length === 1 ? bodies[0]!.code : ''
  const [form, set_form] = useState<'sitting' | 'circulation'>('sitting')
  const [number, set_number] = useState('')
  const [at, set_at] = useState(() => new Date(Math.ceil((server_now_ms() + week_ms) / 3_600_000) * 3_600_000).toISOString())
  const [place_th, set_place] = useState('')
  const [title_th, set_title] = useState('')
  const [detail_th, set_detail] = useState('')
  const [proposal_th, set_proposal] = useState('')
  const doing = useDoing()
  useLeaveQuestion([number, place_th, title_th, detail_th].some(text => text !== '') && !doing.busy ? t('leave.question') : null)
  const plain = from_thai_digits(number).trim()
  const open = (meeting_id: string) => navigate_after_saving({ to: '/meetings/$meeting_id', params: { meeting_id } })
  const send = () => doing.run(async () => {
    const meeting = form === 'sitting'
      ? await take(api.POST('/api/v1/meetings/plan', { body: { body, number: plain, starts_at: at, place_th: text_or_none(place_th) } }))
      : await take(api.POST('/api/v1/circulations', { body: { body, number: plain.startsWith('ว') ? plain : `ว${plain}`, title_th: title_th.trim(), detail_th: detail_th.trim(), proposal_th: proposal_th.trim(), deadline_at: at } }))
    open(meeting.meeting_id)
  })
  const ready = body !== '' && plain !== '' && (form === 'sitting' || (title_th.trim() !== '' && detail_th.trim() !== '' && proposal_th.trim() !== ''))
  return (
    <>
      <p className="crumbs"><Link to="/meetings">{t('meetings.title')}</Link></p>
      <header className="page-head"><h1>{t('plan.title')}</h1><p className="soft">{t('plan.text')}</p></header>
      {bodies.length === 0 && national.data
        ? <p className="empty"><Icon name="lock" />{t('plan.nobody')}</p>
        : (
          <section className="panel form" aria-label={t('plan.title')}>
            <ActForm doing={doing} label={t(form === 'sitting' ? 'plan.send' : 'plan.circulate')} ready={ready} send={send}>
              <ChoiceField pointer="/body" label={t('meeting.body')} value={body} on_change={set_body} options={bodies.map(each => ({ value: each.code, label: pick(each.name_th, each.name_en) }))} />
              <ChoiceField pointer="/form" label={t('plan.form')} value={form} on_change={set_form} options={[{ value: 'sitting', label: t('form.sitting') }, { value: 'circulation', label: t('form.circulation') }]} />
              <TextField pointer="/number" label={t('meeting.number')} hint={t('meeting.number_hint')} max={20} value={number} on_change={set_number} />
              <MomentField pointer={form === 'sitting' ? '/starts_at' : '/deadline_at'} label={t(form === 'sitting' ? 'plan.starts' : 'plan.deadline')} value={at} on_change={set_at} />
              {form === 'sitting'
                ? <TextField pointer="/place_th" label={t('meeting.place')} max={300} lang="th" optional value={place_th} on_change={set_place} />
                : (
                  <>
                    <TextField pointer="/title_th" label={t('item.title')} max={300} lang="th" value={title_th} on_change={set_title} />
                    <TextField pointer="/detail_th" label={t('item.detail')} max={4000} rows={4} lang="th" value={detail_th} on_change={set_detail} />
                    <TextField pointer="/proposal_th" label={t('plan.proposal')} max={4000} rows={2} lang="th" value={proposal_th} on_change={set_proposal} />
                  </>
                )}
            </ActForm>
          </section>
        )}
    </>
  )
}
