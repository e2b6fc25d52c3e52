import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { Body, BodyPage, CommitteeMember, Seat } from '../../api/shapes.ts'
import { Link, useParams } from '../../app/router.tsx'
import { home_province, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useProvinces } from '../../components/provinces.ts'
import { format_date, parse_date } from '../../lib/dates.ts'
import '../../styles/committees.css'
import { ActForm, text_or_none, Unverified, useDoing } from './doing.tsx'
import { bodies_query, body_query, provincial_bodies_query } from './queries.ts'

function Period({ body }: { body: Body }) {
  const { t, lang } = useWords()
  const from = body.valid_from ? format_date(body.valid_from, lang, 'short') : t('bodies.from_unknown')
  const to = body.valid_to ? format_date(body.valid_to, lang, 'short') : t('bodies.to_open')
  return <span className="soft small">{from} – {to}{!body.validity_verified && (body.valid_from !== null || body.valid_to !== null) && <> <span className="mark grey">{t('bodies.period_unverified')}</span></>}</span>
}

function BodyList({ bodies }: { bodies: Body[] }) {
  const { t, pick } = useWords()
  const name = (code: string | null) => { const found = bodies.find(body => body.code === code); return found ? pick(found.abbreviation_th, found.name_en) || pick(found.name_th, found.name_en) : code }
  return (
    <ul className="rows panel body-list">
      {bodies.map(body => (
        <li key={body.code}>
          <span className="grow">
            <Link to="/bodies/$code" params={{ code: body.code }}>{pick(body.name_th, body.name_en)}</Link>{body.abbreviation_th && <> <span className="soft">({body.abbreviation_th})</span></>}<br />
            <Period body={body} />{body.succeeded_by && <span className="soft small"> · {t('bodies.succeeded', { who: name(body.succeeded_by) ?? '' })}</span>}
          </span>
          <span><span className="mark teal">{t(`body.kind.${body.kind}`)}</span> <Unverified of={body} /></span>
        </li>
      ))}
    </ul>
  )
}

export function Bodies() {
  const { t, pick } = useWords()
  const me = useMe()
  const provinces = useProvinces()
  const [province, set_province] = useState(home_province(me) ?? '')
  const national = useQuery(bodies_query)
  const own = useQuery(provincial_bodies_query(province))
  const error = national.error ?? own.error
  return (
    <>
      <p className="crumbs"><Link to="/meetings">{t('meetings.title')}</Link></p>
      <header className="page-head"><h1>{t('bodies.title')}</h1><p className="soft">{t('bodies.text')}</p></header>
      {error && <Failure error={error} />}
      <section className="stack" aria-labelledby="of-province">
        <h2 id="of-province">{t('bodies.of_province')}</h2>
        <ChoiceField pointer="/province" label={t('bodies.province')} value={province} on_change={set_province}
          options={provinces.list.map(area => ({ value: area.code, label: pick(area.name_th, area.name_en) }))} />
        {own.data && (own.data.items.length > 0 ? <BodyList bodies={own.data.items} /> : <p className="empty">{t('bodies.none')}</p>)}
      </section>
      <section className="stack" aria-labelledby="of-country">
        <h2 id="of-country">{t('bodies.of_country')}</h2>
        {national.data ? <BodyList bodies={national.data.items} /> : <Waiting />}
      </section>
    </>
  )
}

export function BodyDesk() {
  const { t, pick } = useWords()
  const { code } = useParams('/bodies/$code')
  const page = useQuery(body_query(code))
  const [adds, set_adds] = useState(false)
  const [ends, set_ends] = useState<CommitteeMember | null>(null)
  if (page.error) return <Failure error={page.error} again={() => void page.refetch()} />
  if (!page.data) return <Waiting />
  const { body, constitution, members, acted_for_by_me } = page.data
  return (
    <>
      <p className="crumbs"><Link to="/bodies">{t('bodies.title')}</Link></p>
      <header className="page-head split">
        <div>
          <h1>{pick(body.name_th, body.name_en)}</h1>
          <p className="page-facts"><span className="mark teal">{t(`body.kind.${body.kind}`)}</span> <Period body={body} /> <Unverified of={body} /></p>
          <p className="soft small">{t('bodies.source', { source: body.source })}{body.note && <> · {body.note}</>}</p>
        </div>
        {acted_for_by_me && <p className="buttons"><Link to="/meetings/plan" search={{ body: body.code }} className="button main"><Icon name="plus" />{t('plan.title')}</Link></p>}
      </header>
      {constitution ? <Rules page={page.data} /> : <p className="empty">{t('bodies.no_constitution')}</p>}
      <section className="panel stack" aria-labelledby="members">
        <div className="split"><h2 id="members">{t('members.title')}</h2>{acted_for_by_me && <button type="button" className="button" onClick={() => set_adds(true)}><Icon name="plus" />{t('members.add')}</button>}</div>
        {members.length === 0 ? <p className="soft">{t('members.none')}</p> : <Members members={members} may_end={acted_for_by_me} end={set_ends} />}
      </section>
      {adds && constitution && <Dialog title={t('members.add')} on_close={() => set_adds(false)}><NewMember code={code} seats={constitution.seats} close={() => set_adds(false)} /></Dialog>}
      {ends && <Dialog title={t('members.end')} on_close={() => set_ends(null)}><EndMember member={ends} close={() => set_ends(null)} /></Dialog>}
    </>
  )
}

function Rules({ page: { constitution } }: { page: BodyPage }) {
  const { t, pick } = useWords()
  if (!constitution) return null
  const { quorum, majority, circulation, seats } = constitution
  return (
    <section className="panel stack" aria-labelledby="rules">
      <h2 id="rules">{t('rules.title')}</h2>
      <dl className="facts">
        <dt>{t('rules.quorum')}</dt><dd>{t('rules.quorum_text', { n: quorum.numerator, of: quorum.denominator })} {t(quorum.substitutes_count ? 'rules.substitutes' : 'rules.no_substitutes')} <Unverified of={quorum} /><br /><span className="soft small">{quorum.source}</span></dd>
        <dt>{t('rules.majority')}</dt><dd>{t(majority.casting_vote ? 'rules.casting' : 'rules.no_casting')} <Unverified of={majority} /><br /><span className="soft small">{majority.source}</span></dd>
        <dt>{t('rules.circulation')}</dt><dd>{t(circulation.allowed ? 'rules.circulation_text' : 'rules.no_circulation')} <Unverified of={circulation} /></dd>
      </dl>
      <h3>{t('seats.title')}</h3>
      <div className="scroll" tabIndex={0} role="group" aria-label={t('seats.title')}>
        <table className="stacking">
          <thead><tr><th scope="col">{t('seats.seat')}</th><th scope="col">{t('seats.place')}</th><th scope="col">{t('seats.count')}</th><th scope="col">{t('seats.vote')}</th></tr></thead>
          <tbody>
            {seats.map(seat => (
              <tr key={seat.key}>
                <th scope="row">{pick(seat.title_th, seat.title_en)} <Unverified of={seat} /></th>
                <td data-label={t('seats.place')}>{t(`seat.${seat.place}`)}</td>
                <td data-label={t('seats.count')}>{seat.count ?? t('seats.as_entered')}</td>
                <td data-label={t('seats.vote')}>{t(seat.voting ? 'seats.yes' : 'seats.no')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Members({ members, may_end, end }: { members: CommitteeMember[]; may_end: boolean; end: (member: CommitteeMember) => void }) {
  const { t, lang, pick } = useWords()
  return (
    <ul className="rows">
      {members.map(member => (
        <li key={member.member_id}>
          <span className="grow">
            <b>{pick(member.title_th, member.title_en)}</b>{member.name_th && <> · <span lang="th">{member.name_th}</span></>}<br />
            <span className="soft small">{pick(member.seat_th, member.seat_en)} · {format_date(member.from_date, lang, 'short')} – {member.to_date ? format_date(member.to_date, lang, 'short') : t('bodies.to_open')}
              {member.order_number && member.order_date && <> · {t('members.by_order', { number: member.order_number, date: format_date(member.order_date, lang, 'short') })}</>}</span>
          </span>
          {may_end && member.end_reason === null && <button type="button" className="button quiet small-button" onClick={() => end(member)}>{t('members.end')}<span className="hidden-visually"> {pick(member.title_th, member.title_en)}</span></button>}
        </li>
      ))}
    </ul>
  )
}

function NewMember({ code, seats, close }: { code: string; seats: Seat[]; close: () => void }) {
  const { t, pick } = useWords()
  const doing = useDoing()
  const [seat, set_seat] = useState('')
  const [title_th, set_title] = useState('')
  const [name_th, set_name] = useState('')
  const [username, set_username] = useState('')
  const [order_number, set_order] = useState('')
  const [order_day, set_order_day] = useState('')
  const [from_day, set_from] = useState('')
  const from_date = parse_date(from_day)
  const send = () => doing.run(() => take(api.POST('/api/v1/bodies/{code}/members', {
    params: { path: { code } },
    body: { seat, title_th: title_th.trim(), name_th: text_or_none(name_th), username: text_or_none(username), order_number: text_or_none(order_number), order_date: parse_date(order_day), from_date: from_date ?? '' },
  })), close)
  return (
    <ActForm doing={doing} label={t('members.add')} ready={seat !== '' && title_th.trim() !== '' && from_date !== null} send={send} on_cancel={close}>
      <ChoiceField pointer="/seat" label={t('seats.seat')} value={seat} on_change={set_seat} options={seats.map(each => ({ value: each.key, label: pick(each.title_th, each.title_en) }))} />
      <TextField pointer="/title_th" label={t('members.post')} hint={t('members.post_hint')} lang="th" max={300} value={title_th} on_change={set_title} />
      <TextField pointer="/name_th" label={t('members.name')} hint={t('members.name_hint')} lang="th" optional max={200} value={name_th} on_change={set_name} />
      <TextField pointer="/username" label={t('members.account')} hint={t('members.account_hint')} optional max={64} value={username} on_change={set_username} />
      <div className="pair">
        <TextField pointer="/order_number" label={t('members.order')} optional lang="th" max={300} value={order_number} on_change={set_order} />
        <TextField pointer="/order_date" label={t('members.order_date')} hint={t('meeting.date_hint')} optional max={30} value={order_day} on_change={set_order_day} />
      </div>
      <TextField pointer="/from_date" label={t('members.from')} hint={t('meeting.date_hint')} max={30} value={from_day} on_change={set_from} error={from_day.trim().length >= 8 && !from_date ? t('meeting.bad_date') : undefined} />
    </ActForm>
  )
}

function EndMember({ member, close }: { member: CommitteeMember; close: () => void }) {
  const { t, pick } = useWords()
  const doing = useDoing()
  const [day, set_day] = useState('')
  const [reason, set_reason] = useState('')
  const to_date = parse_date(day)
  const send = () => doing.run(() => take(api.POST('/api/v1/members/{member_id}/end', { params: { path: { member_id: member.member_id } }, body: { to_date: to_date ?? '', reason: reason.trim() } })), close)
  return (
    <ActForm doing={doing} label={t('members.end')} ready={to_date !== null && reason.trim() !== ''} send={send} on_cancel={close}>
      <p><b>{pick(member.title_th, member.title_en)}</b></p>
      <TextField pointer="/to_date" label={t('members.last_day')} hint={t('meeting.date_hint')} max={30} value={day} on_change={set_day} />
      <TextField pointer="/reason" label={t('reason')} lang="th" rows={2} max={4000} value={reason} on_change={set_reason} />
    </ActForm>
  )
}
