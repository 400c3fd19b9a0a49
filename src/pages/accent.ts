/** Colours for one theme, each `#rrggbb`. */
export interface ThemeColours {
  /** Behind button text; at least 3:1 against the card, so that the button is seen (WCAG 1.4.11). */
  readonly fill: string;
  /** Button text; at least 4.5:1 against `fill` (WCAG 1.4.3). */
  readonly on_fill: string;
  /** Links and focus rings; at least 4.5:1 against card and page. */
  readonly text: string;
}

export interface AccentColours {
  readonly light: ThemeColours;
  readonly dark: ThemeColours;
}

type Rgb = readonly [number, number, number];

export const default_accent = '#3454d1';
/** Card and page of each theme; `style.ts` paints with the same. */
export const surfaces = { light: { card: '#ffffff', page: '#f5f6f8' }, dark: { card: '#181b21', page: '#0e1014' } } as const;

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];

/** Readable colours for both themes made from one brand colour; anything but `#rrggbb` counts as the default accent. */
export function accent_colours(hex: string): AccentColours {
  const accent = parse(hex) ?? parse(default_accent) ?? black;
  return { light: theme(accent, surfaces.light, black), dark: theme(accent, surfaces.dark, white) };
}

/** Contrast of two `#rrggbb` colours, 1 to 21. @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(a: string, b: string): number {
  return ratio(parse(a) ?? black, parse(b) ?? black);
}

function theme(accent: Rgb, surface: { card: string; page: string }, towards: Rgb): ThemeColours {
  const backgrounds = [parse(surface.card) ?? white, parse(surface.page) ?? white];
  const fill = until(accent, towards, backgrounds, 3);
  // White where it is readable, as people expect of a coloured button; black otherwise. One of the two always reaches 4.5:1.
  const on_fill = ratio(fill, white) >= 4.5 ? white : black;
  return { fill: write(fill), on_fill: write(on_fill), text: write(until(accent, towards, backgrounds, 4.8)) };
}

function until(colour: Rgb, towards: Rgb, backgrounds: readonly Rgb[], least: number): Rgb {
  for (let step = 0; step <= 20; step++) {
    const mixed = mix(colour, towards, step / 20);
    if (backgrounds.every((background) => ratio(mixed, background) >= least)) return mixed;
  }
  return towards;
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const channel = (x: number, y: number) => Math.round(x + (y - x) * share);
  return [channel(a[0], b[0]), channel(a[1], b[1]), channel(a[2], b[2])];
}

function ratio(a: Rgb, b: Rgb): number {
  const [high, low] = luminance(a) >= luminance(b) ? [a, b] : [b, a];
  return (luminance(high) + 0.05) / (luminance(low) + 0.05);
}

function luminance(colour: Rgb): number {
  const linear = (value: number) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

function parse(hex: string): Rgb | undefined {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) return undefined;
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
}

function write(colour: Rgb): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
