import { icon_paths, type IconName } from '../lib/icons.ts'

export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return <svg className={`icon ${className}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={icon_paths[name]} /></svg>
}

export function Wordmark() {
  return (
    <svg viewBox="0 0 40 40" aria-hidden="true" focusable="false">
      <rect width="40" height="40" rx="9" fill="#0a3140" />
      <path d="M9 29C16 29 15 20 20 20s5-9 11-9" fill="none" stroke="#e3bd6b" strokeWidth="3" strokeLinecap="round" />
      <g fill="#fffdf8"><circle cx="9" cy="29" r="3.6" /><circle cx="20" cy="20" r="3.6" /></g>
      <circle cx="31" cy="11" r="4.6" fill="#e3bd6b" />
    </svg>
  )
}
