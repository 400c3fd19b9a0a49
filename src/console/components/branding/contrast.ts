/** Luminance and contrast of colours (WCAG 2.2), to tell before it is saved how a brand's accent will be changed to be read. */
type Rgb = readonly [number, number, number];

const parse = (hex: string): Rgb | undefined => {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) return undefined;
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
};

function luminance(colour: Rgb): number {
  const linear = (value: number) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

/** 1 to 21; undefined for what is no `#rrggbb`. */
export function contrast(a: string, b: string): number | undefined {
  const [one, other] = [parse(a), parse(b)];
  if (one === undefined || other === undefined) return undefined;
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

function mix(hex: string, towards: Rgb, share: number): string {
  const colour = parse(hex) ?? towards;
  const channel = (at: 0 | 1 | 2) => Math.round(colour[at] + (towards[at] - colour[at]) * share);
  return `#${([0, 1, 2] as const).map((at) => channel(at).toString(16).padStart(2, '0')).join('')}`;
}

/** The nearest colour to the accent that stands out from a surface by so much. */
export function readable(hex: string, surface: string, least: number): string {
  const towards: Rgb = (contrast(surface, '#ffffff') ?? 1) < 4 ? [0, 0, 0] : [255, 255, 255];
  for (let step = 0; step <= 20; step++) {
    const mixed = mix(hex, towards, step / 20);
    if ((contrast(mixed, surface) ?? 0) >= least) return mixed;
  }
  return towards[0] === 0 ? '#000000' : '#ffffff';
}
