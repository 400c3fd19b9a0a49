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
  password: [
    '{const p=document.getElementById("password"),b=document.getElementById("reveal"),c=document.getElementById("caps");b.hidden=false;',
    'b.addEventListener("click",()=>{const s=p.type==="password";p.type=s?"text":"password";b.textContent=s?b.dataset.hide:b.dataset.show;p.focus()});',
    'p.form.addEventListener("submit",()=>{p.type="password"});',
    'const k=e=>{const on=e.getModifierState&&e.getModifierState("CapsLock");c.textContent=on?c.dataset.text:""};p.addEventListener("keydown",k);p.addEventListener("keyup",k)}',
  ].join(''),
} as const;

export type ScriptName = keyof typeof scripts;
