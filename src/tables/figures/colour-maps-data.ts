/** Dark to light with even steps, also in grey and for colour-blind readers: viridis. @source https://bids.github.io/colormap/ */
export const sequential: readonly string[] = [
  '#440154', '#482475', '#414487', '#355f8d', '#2a788e', '#21918c', '#22a884', '#44bf70', '#7ad151', '#bddf26', '#fde725',
] // prettier-ignore

/** Blue for less, orange for more, from the colours of Okabe and Ito. */
export const diverging: readonly string[] = [
  '#00406b', '#0072b2', '#56a3d3', '#a8cfe8', '#f7f7f7', '#f3c7a4', '#e6955c', '#d55e00', '#8a3b00',
] // prettier-ignore

/** @param share 0 to 1 */
export function mapColour(map: readonly string[], share: number): string {
  const place = Math.min(1, Math.max(0, share)) * (map.length - 1)
  const low = Math.min(map.length - 2, Math.floor(place))
  const [from, to] = [map[low] ?? '#000000', map[low + 1] ?? '#000000']
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [Number.parseInt(from.slice(at, at + 2), 16), Number.parseInt(to.slice(at, at + 2), 16)]
    return Math.round(a + (b - a) * (place - low)).toString(16).padStart(2, '0')
  })
  return `#${channels.join('')}`
}
