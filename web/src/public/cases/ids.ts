const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** An id that nobody else makes, as the server makes them: milliseconds and 80 random bits in Crockford's base 32. */
export function new_id(now_ms: number): string {
  const random = crypto.getRandomValues(new Uint8Array(16))
  let time = ''
  for (let i = 0, left = now_ms; i < 10; i++, left = Math.floor(left / 32)) time = alphabet[left % 32] + time
  return time + [...random].map(byte => alphabet[byte % 32]).join('')
}
