/** What the portal adds to the one style sheet: a bar, the list of steps, wider content. */
export const portal_style = `
body.portal{padding:0 0 1.5rem;gap:0;align-items:stretch}
.bar{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.5rem 1.5rem;padding:.875rem clamp(1rem,4vw,2.5rem);background:var(--card);border-block-end:1px solid var(--line);font-size:1rem}
.bar .who{display:flex;align-items:center;gap:.75rem;min-inline-size:0}
.bar .left{color:var(--muted);font-weight:400;font-size:.875rem}
.desk{flex:1;display:grid;grid-template-columns:minmax(0,1fr);gap:1.25rem;inline-size:100%;max-inline-size:76rem;margin-inline:auto;padding:1.25rem 1rem 2rem}
.desk main{max-inline-size:none;box-shadow:none;align-self:start}
.trail{min-inline-size:0}
.trail ol{list-style:none;margin:0;padding:0;display:flex;gap:.25rem;counter-reset:step}
.trail li{flex:1;counter-increment:step}
.trail a,.trail span.here{display:block;block-size:.375rem;border-radius:99px;background:var(--line);color:inherit;text-decoration:none}
.trail a{block-size:1.5rem;background:none;position:relative}
.trail a::before{content:"";position:absolute;inset-inline:0;inset-block-start:.5625rem;block-size:.375rem;border-radius:99px;background:var(--line)}
.trail span.here{margin-block:.5625rem;background:var(--fill)}
.trail .done a::before{background:var(--fill);opacity:.55}
.trail li>*>b{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.trail .at{margin:0 0 .25rem;font-size:.875rem;color:var(--muted)}
@media (min-width:62rem){
.desk{grid-template-columns:15.5rem minmax(0,1fr);gap:2rem;padding:2.25rem 2.5rem 3rem}
.trail{position:sticky;inset-block-start:1.5rem;align-self:start}
.trail .at{display:none}
.trail ol{display:grid;gap:.125rem}
.trail li>a,.trail li>span.here{position:relative;display:flex;align-items:center;gap:.75rem;block-size:auto;min-block-size:2.5rem;margin:0;padding:.375rem .75rem;border-radius:.625rem;background:none;color:var(--muted);font-size:.9375rem}
.trail li>a::before,.trail li>span.here::before{content:counter(step);position:static;flex:none;display:grid;place-items:center;inline-size:1.5rem;block-size:1.5rem;border-radius:50%;border:1px solid var(--edge);background:var(--card);font-size:.8125rem;font-weight:600;opacity:1}
.trail li.done>a{color:var(--text)}
.trail li.done>a::before{content:"\\2713";background:var(--good-soft);border-color:transparent;color:var(--good);opacity:1}
.trail li>span.here{background:var(--card);color:var(--text);font-weight:600;box-shadow:inset 0 0 0 1px var(--line)}
.trail li>span.here::before{background:var(--fill);border-color:transparent;color:var(--on-fill)}
.trail li>a:hover{background:var(--soft)}
.trail li>*>b{position:static;inline-size:auto;block-size:auto;clip-path:none;white-space:normal;font-weight:inherit}
}
.desk .eyebrow{margin:0 0 .25rem;color:var(--muted);font-size:.875rem}
h3{margin:1.5rem 0 0;font-size:1rem;font-weight:650}
.next{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:.75rem;margin-block-start:2rem;padding-block-start:1.25rem;border-block-start:1px solid var(--line)}
.next form,.inline form{margin:0}
.next button,.next .button,.inline button,.inline .button{inline-size:auto;min-block-size:2.75rem}
.inline{display:flex;flex-wrap:wrap;align-items:center;gap:.625rem;margin-block-start:1rem}
.inline .small{min-block-size:2.25rem}
.bar .inline{margin:0}
.panel{margin-block-start:1rem;padding:1.125rem 1.25rem;border:1px solid var(--line);border-radius:.875rem}
.outcome{display:flex;align-items:flex-start;gap:1rem}
.outcome :is(h2,p,.icon){margin:0}
.outcome p{color:var(--muted)}
.notice+.lead{margin-block-start:1rem}
.card .small{padding-inline:.625rem;font-size:.8125rem}
.card .inline{gap:.5rem}
.panel>:first-child{margin-block-start:0}
.panel .line h2{margin:0;display:flex;flex-wrap:wrap;align-items:center;gap:.625rem}
.soft{background:var(--soft);border-color:transparent}
.value{display:grid;grid-template-columns:minmax(0,1fr) auto;align-items:center;gap:.125rem .75rem;margin-block-start:.75rem}
.value .name{grid-column:1/-1;font-size:.875rem;color:var(--muted)}
.value code,.value pre{display:block;margin:0;padding:.5rem .75rem;border:1px solid var(--line);border-radius:.5rem;background:var(--soft);white-space:pre-wrap;overflow-wrap:anywhere;max-block-size:11rem;overflow:auto}
.panel.soft .value code,.panel.soft .value pre{background:var(--card)}
.value pre{font:500 .8125rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.value .act{display:flex;align-items:center;gap:.5rem}
.value .act>span:empty{display:none}
.panel form:not(.inline form){margin-block-start:1rem}
.panel>h2+form{margin-block-start:.25rem}
.panel form>button:not(.small){inline-size:auto;min-block-size:2.75rem}
.value .act:not(:has(button:not([hidden]))){display:none}
.guide{list-style:none;margin:1.5rem 0 0;padding:0;counter-reset:guide;display:grid;gap:1.5rem}
.guide>li{counter-increment:guide;display:grid;grid-template-columns:2rem minmax(0,1fr);gap:0 1rem}
.guide>li::before{content:counter(guide);display:grid;place-items:center;inline-size:2rem;block-size:2rem;border-radius:50%;background:var(--soft);color:var(--accent);font-weight:650;font-size:.9375rem}
.guide h2{margin:0;padding-block-start:.25rem}
.cards{list-style:none;margin:1.5rem 0 0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(15.5rem,100%),1fr));gap:.75rem}
.card{display:flex;flex-direction:column;gap:.75rem;padding:1rem;border:1px solid var(--line);border-radius:.875rem}
.card.chosen{border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.card .top{display:flex;align-items:center;gap:.75rem;font-weight:600}
.card .top .mark{background:var(--soft);color:var(--accent);border-color:var(--line)}
.card .inline{margin-block:auto 0}
.card form{margin:0}
fieldset{margin:1.5rem 0 0;padding:0;border:0;min-inline-size:0}
legend{padding:0;font-size:1.0625rem;font-weight:650}
legend+.field,legend+.hint+.field{margin-block-start:.75rem}
.desk.single{grid-template-columns:minmax(0,46rem);justify-content:center}
.ways{display:grid;gap:.625rem;margin-block-start:.75rem}
.way{border:1px solid var(--line);border-radius:.75rem}
.way>label{display:flex;align-items:flex-start;gap:.75rem;margin:0;padding:.875rem 1rem;cursor:pointer}
.way>label small{display:block;font-weight:400;color:var(--muted);font-size:.875rem}
.way>.inside{padding:0 1rem 1rem 2.875rem}
.way:has(>label input:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
@supports selector(:has(*)){.way:not(:has(>label input:checked))>.inside{display:none}}
@media (max-width:30rem){.way>.inside{padding-inline-start:1rem}}
:is(.way,.tick)>label>input,.tick>input{flex:none}
.desk input[type=radio],.desk input[type=checkbox]{inline-size:1.5rem;block-size:1.5rem;min-block-size:0;margin:0;padding:0;accent-color:var(--fill)}
.tick{margin-block:0 1rem}
.tick label{display:flex;align-items:flex-start;gap:.75rem;font-weight:400}
textarea,select{display:block;inline-size:100%;min-block-size:3rem;padding:.625rem .875rem;font:inherit;color:inherit;background:var(--card);border:1px solid var(--edge);border-radius:.625rem}
textarea{min-block-size:7rem;resize:vertical;font:500 .8125rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
:is(textarea,select)[aria-invalid=true]{border-color:var(--bad);box-shadow:inset 0 0 0 1px var(--bad)}
.desk input[type=file]{padding:.625rem .75rem}
.wrong{margin:.375rem 0 0;color:var(--bad);font-size:.9375rem;font-weight:550}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(15rem,100%),1fr));gap:0 1.25rem}
.notice ul{margin:.375rem 0 0;padding-inline-start:1.25rem}
.notice.good{border-inline-start-color:var(--good);background:var(--good-soft)}
.notice.good strong{color:var(--good)}
.notice.calm strong{color:inherit}
summary{cursor:pointer;min-block-size:1.75rem;font-weight:600}
details{margin-block-start:1.25rem}
details>summary+*{margin-block-start:.75rem}
.wait{display:inline-block;inline-size:.75rem;block-size:.75rem;margin-inline-end:.5rem;border-radius:50%;border:2px solid var(--line);border-block-start-color:var(--accent);animation:turn 1s linear infinite;vertical-align:-.0625rem}
@keyframes turn{to{transform:rotate(1turn)}}
.fix ul{margin:.25rem 0 0;padding-inline-start:1.125rem}
.fix li+li{margin-block-start:.375rem}
.scroll{overflow-x:auto}
.scroll table{min-inline-size:32rem}
.desk dl{grid-template-columns:minmax(6rem,auto) minmax(0,1fr)}
.letter{white-space:pre-wrap;user-select:all}
button[disabled]{cursor:not-allowed;color:var(--muted);background:var(--soft);border-color:var(--line)}
button[disabled]:hover{filter:none}
@media (max-width:22rem){.desk{padding-inline:.5rem}.guide>li{grid-template-columns:minmax(0,1fr)}.guide>li::before{margin-block-end:.375rem}.desk dl{grid-template-columns:minmax(0,1fr)}}
@media (forced-colors:active){.panel,.card,.way,.trail span.here{border:1px solid CanvasText}}
`;
