/**
 * The few scripts there are. Every page works without; each is inline and carries the nonce of the frame.
 * Written for the browser as text, because the pages have no build step of their own.
 */
export const scripts = {
  // `submit` is taken from the prototype: a field that is named "submit" would hide the method.
  auto_submit: 'HTMLFormElement.prototype.submit.call(document.getElementById("departure"));',
  copy: [
    'for(const b of document.querySelectorAll("[data-copy]")){if(!navigator.clipboard)break;b.hidden=false;',
    'b.addEventListener("click",async()=>{await navigator.clipboard.writeText(document.getElementById(b.dataset.copy).textContent);',
    'b.nextElementSibling.textContent=b.dataset.done})}',
  ].join(''),
  // copies, and looks again by itself where something is waited for, while somebody looks and for ten minutes at most
  portal: [
    'const wire=r=>{for(const b of r.querySelectorAll("[data-copy]")){if(!navigator.clipboard)break;b.hidden=false;',
    'b.addEventListener("click",async()=>{await navigator.clipboard.writeText(document.getElementById(b.dataset.copy).textContent);b.nextElementSibling.textContent=b.dataset.done})}};wire(document);',
    '{let n=0,on=0;const again=async()=>{const e=document.querySelector("[data-live]");if(!e||n++>150){on=0;return}',
    'if(!document.hidden&&!e.contains(document.activeElement))try{const r=await fetch(location.href);',
    'const f=r.ok?new DOMParser().parseFromString((await r.text()).replace(/<style[^]*?<.style>/,""),"text/html").getElementById(e.id):null;',
    'if(f&&f.textContent!==e.textContent){const m=document.importNode(f,true);e.replaceWith(m);wire(m)}}catch{}',
    'setTimeout(again,4000)};const start=()=>{n=0;if(!on){on=1;setTimeout(again,2500)}};if(document.querySelector("[data-live]"))start();',
    // what goes on in another tab ends here
    'addEventListener("submit",e=>{const r=document.getElementById("result");if(r&&e.target.target==="_blank"){r.dataset.live="";start()}})}',
  ].join(''),
  password: [
    '{const p=document.getElementById("password"),b=document.getElementById("reveal"),c=document.getElementById("caps");b.hidden=false;',
    'b.addEventListener("click",()=>{const s=p.type==="password";p.type=s?"text":"password";b.textContent=s?b.dataset.hide:b.dataset.show;p.focus()});',
    'p.form.addEventListener("submit",()=>{p.type="password"});',
    'const k=e=>{const on=e.getModifierState&&e.getModifierState("CapsLock");c.textContent=on?c.dataset.text:""};p.addEventListener("keydown",k);p.addEventListener("keyup",k)}',
  ].join(''),
} as const;

export type ScriptName = keyof typeof scripts;
