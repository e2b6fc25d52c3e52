// Order matters: each browser also names those that stand behind it here.
const browsers: [name: string, mark: RegExp][] = [['Edge', /Edg\//], ['Opera', /OPR\//], ['Samsung Internet', /SamsungBrowser\//], ['Firefox', /Firefox\//], ['Chrome', /Chrome\/|CriOS\//], ['Safari', /Safari\//]]
const systems: [name: string, mark: RegExp][] = [['Android', /Android/], ['iPhone', /iPhone/], ['iPad', /iPad/], ['Windows', /Windows/], ['macOS', /Mac OS X/], ['Linux', /Linux/]]

/** "Chrome · Windows" out of what a browser says of itself; a program that is no browser goes by its own name. */
export function device_name(user_agent: string): string {
  const first = (list: [string, RegExp][]) => list.find(([, mark]) => mark.test(user_agent))?.[0]
  const named = [first(browsers), first(systems)].filter(part => part !== undefined)
  return named.length > 0 ? named.join(' · ') : user_agent || '–'
}
