import { accent_colours, default_accent, surfaces, type ThemeColours } from './accent.ts';

/** The one style sheet, with the accent of a brand in it. Only colours that `accent_colours` wrote are ever interpolated. */
export function style_sheet(accent: string | undefined): string {
  const colours = accent_colours(accent ?? default_accent);
  return `:root{${theme(surfaces.light, colours.light)}${light}}@media (prefers-color-scheme:dark){:root{${theme(surfaces.dark, colours.dark)}${dark}}}${sheet}`;
}

function theme(surface: { card: string; page: string }, colours: ThemeColours): string {
  return `--page:${surface.page};--card:${surface.card};--fill:${colours.fill};--on-fill:${colours.on_fill};--accent:${colours.text};`;
}

const light =
  '--text:#171a20;--muted:#565d6b;--line:#e4e7ec;--edge:#858c9a;--soft:#f5f6f8;--bad:#ad231b;--bad-soft:#fdf1f0;--good:#17703f;--good-soft:#ecf8f1;--glow:9%;--shadow:0 1px 2px #1018280d,0 12px 32px -8px #1018281f';
const dark =
  '--text:#eceef2;--muted:#a6aebb;--line:#2a2f39;--edge:#717a8a;--soft:#20242c;--bad:#ffb0a8;--bad-soft:#351b1a;--good:#7fdca6;--good-soft:#15291e;--glow:14%;--shadow:0 1px 2px #0006,0 16px 40px -8px #0009';

const sheet = `
*,::before,::after{box-sizing:border-box}
[hidden]{display:none!important}
html{color-scheme:light dark;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-block-size:100vh;min-block-size:100dvh;display:flex;flex-direction:column;align-items:center;gap:1.5rem;padding:clamp(1rem,6vh,4.5rem) 1rem 1.5rem;
background:radial-gradient(70rem 26rem at 50% -8rem,color-mix(in srgb,var(--fill) var(--glow),transparent),transparent) no-repeat var(--page);color:var(--text);
font:400 1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Hiragino Sans","Noto Sans CJK JP","Noto Sans Arabic",sans-serif;overflow-wrap:anywhere}
header{display:flex;align-items:center;justify-content:center;gap:.75rem;max-inline-size:100%;min-block-size:2.5rem;font-weight:600;font-size:1.0625rem}
header img{display:block;max-block-size:2.75rem;max-inline-size:min(14rem,100%)}
.mark{flex:none;display:grid;place-items:center;inline-size:2.25rem;block-size:2.25rem;border-radius:.625rem;background:var(--fill);color:var(--on-fill);font-weight:650;border:1px solid transparent}
main{inline-size:100%;max-inline-size:27rem;padding:clamp(1.25rem,5vw,2.25rem);background:var(--card);border:1px solid var(--line);border-radius:1.125rem;box-shadow:var(--shadow)}
main.wide{max-inline-size:46rem}
h1{margin:0;font-size:1.5rem;line-height:1.25;font-weight:650;letter-spacing:-.015em;text-wrap:balance}
:is(:lang(ja),:lang(ar)) h1{letter-spacing:0}
h2{margin:1.75rem 0 .5rem;font-size:1rem;font-weight:650}
p{margin:.5rem 0 0}
.lead{color:var(--muted);text-wrap:pretty}
.fine{color:var(--muted);font-size:.875rem}
form,.actions{margin-block-start:1.5rem}
form+p{margin-block-start:1rem}
form form,.row form,li form{margin:0}
.actions{display:grid;gap:.75rem}
.field{margin-block-end:1.125rem}
.line{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:0 1rem}
label{display:block;font-weight:550;margin-block-end:.375rem}
.hint{color:var(--muted);font-size:.875rem;margin:.375rem 0 0}
input:not([type=hidden]){display:block;inline-size:100%;min-block-size:3rem;padding:.5rem .875rem;font:inherit;color:inherit;background:var(--card);border:1px solid var(--edge);border-radius:.625rem;transition:border-color .15s}
input:hover{border-color:var(--text)}
input[aria-invalid=true]{border-color:var(--bad);box-shadow:inset 0 0 0 1px var(--bad)}
input.code{font:600 1.5rem/1.4 ui-monospace,SFMono-Regular,Menlo,monospace;letter-spacing:.12em;text-align:center;text-transform:uppercase}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
button,.button{display:flex;align-items:center;justify-content:center;gap:.5rem;inline-size:100%;min-block-size:3rem;padding:.625rem 1.125rem;font:inherit;font-weight:600;line-height:1.3;text-align:center;text-decoration:none;cursor:pointer;color:var(--on-fill);background:var(--fill);border:1px solid transparent;border-radius:.625rem;transition:filter .15s,background-color .15s,border-color .15s}
button:hover,.button:hover{filter:brightness(1.08)}
.quiet{color:var(--text);background:transparent;border-color:var(--edge)}
.quiet:hover{filter:none;background:var(--soft);border-color:var(--text)}
.small{inline-size:auto;min-block-size:2rem;padding:.25rem .75rem;font-size:.875rem}
.text{inline-size:auto;min-block-size:1.75rem;padding:.125rem .25rem;margin-inline:-.25rem;color:var(--accent);background:none;font-size:.875rem;text-decoration:underline;text-underline-offset:.2em}
a{color:var(--accent);text-underline-offset:.2em}
a.loose{display:inline-block;min-block-size:1.75rem;font-size:.9375rem}
.choices{list-style:none;margin:1.5rem 0 0;padding:0;display:grid;gap:.625rem}
.choice{justify-content:flex-start;text-align:start;min-block-size:3.5rem;color:var(--text);background:transparent;border-color:var(--line)}
.choice:hover{filter:none;background:var(--soft);border-color:var(--accent)}
.choice .mark{inline-size:2rem;block-size:2rem;font-size:.9375rem}
.choice .grow{flex:1;min-inline-size:0}
.choice small,.row small{display:block;font-weight:400;font-size:.875rem;color:var(--muted)}
.badge{flex:none;padding:.125rem .5rem;border-radius:99px;font-size:.8125rem;font-weight:550;background:var(--soft);color:var(--muted);border:1px solid var(--line)}
.badge.good{background:var(--good-soft);color:var(--good)}
.badge.bad{background:var(--bad-soft);color:var(--bad)}
.remembered{margin-block:0 1rem}
.silent{position:absolute;inline-size:1px;block-size:1px;min-block-size:0;padding:0;overflow:hidden;opacity:0}
.or{display:flex;align-items:center;gap:.875rem;margin:1.5rem 0 0;color:var(--muted);font-size:.875rem}
.or::before,.or::after{content:"";flex:1;border-block-start:1px solid var(--line)}
.notice{margin-block-start:1.25rem;padding:.75rem 1rem;border-radius:.625rem;border:1px solid transparent;border-inline-start:4px solid var(--bad);background:var(--bad-soft)}
.notice strong{display:block;color:var(--bad)}
.notice p{margin:0}
.notice.calm{border-inline-start-color:var(--accent);background:var(--soft)}
.icon{display:grid;place-items:center;inline-size:3rem;block-size:3rem;margin-block-end:1rem;border-radius:50%;background:var(--bad-soft);color:var(--bad)}
.icon.good{background:var(--good-soft);color:var(--good)}
.icon.calm{background:var(--soft);color:var(--accent)}
.icon svg{inline-size:1.5rem;block-size:1.5rem}
svg{flex:none;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
ul.plain{margin:.25rem 0 0;padding-inline-start:1.25rem}
ul.plain li{margin-block:.25rem}
ul.plain li::marker{color:var(--muted)}
.rows{list-style:none;margin:.75rem 0 0;padding:0;border-block-start:1px solid var(--line)}
.row{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1rem;padding-block:.875rem;border-block-end:1px solid var(--line)}
.row .grow{flex:1 1 12rem;min-inline-size:0}
.row.top{align-items:flex-start;flex-wrap:nowrap}
.row.top .grow{flex-basis:0}
.row svg{inline-size:1.25rem;block-size:1.25rem;margin-block-start:.15rem}
.good>svg,svg.good{color:var(--good)}
.bad>svg,svg.bad{color:var(--bad)}
.fix{margin-block-start:.5rem;padding:.5rem .75rem;border-radius:.5rem;background:var(--soft);font-size:.9375rem}
dl{margin:1.75rem 0 0;padding:1rem;border-radius:.75rem;background:var(--soft);display:grid;grid-template-columns:auto 1fr;align-items:baseline;gap:.5rem 1rem;font-size:.875rem}
h2+dl{margin-block-start:.5rem}
dt{color:var(--muted)}
dd{margin:0;display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem .75rem;min-inline-size:0}
code,.mono{font:500 .875rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;user-select:all}
.big{display:block;margin:1.25rem 0 0;padding:.875rem;border-radius:.75rem;background:var(--soft);text-align:center;font:600 1.75rem/1.3 ui-monospace,SFMono-Regular,Menlo,monospace;letter-spacing:.1em}
table{inline-size:100%;border-collapse:collapse;font-size:.875rem;margin-block-start:.75rem}
th,td{padding:.5rem .75rem;padding-inline-start:0;text-align:start;vertical-align:top;border-block-end:1px solid var(--line)}
thead th{color:var(--muted);font-weight:550}
tbody th{font-weight:500;inline-size:40%}
td div+div{margin-block-start:.125rem}
footer{margin-block-start:auto;padding-block-start:.5rem;font-size:.875rem;color:var(--muted);text-align:center}
footer ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;justify-content:center;gap:.25rem 1.5rem}
footer a{display:inline-block;min-block-size:1.5rem;color:inherit}
footer a:hover{color:var(--text)}
@media (max-width:30rem){body{gap:1rem;padding-block-start:1.25rem}}
@media (max-width:22rem){dl{grid-template-columns:1fr;gap:.125rem}dd{margin-block-end:.5rem}}
@media (prefers-reduced-motion:reduce){*,::before,::after{transition:none!important;animation:none!important}}
@media (prefers-contrast:more){:root{--muted:var(--text);--line:var(--edge)}}
@media (forced-colors:active){main,.notice,.choice,.badge,.mark,button,.button{border-color:CanvasText}:focus-visible{outline-color:Highlight}}
`;
