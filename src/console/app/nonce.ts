/** The nonce that the broker gave this page: what Mantine writes into style elements carries it, or the policy refuses it. */
export function page_nonce(): string {
  return document.querySelector<HTMLElement>('script[nonce]')?.nonce ?? '';
}

/** Where `react-remove-scroll`, under Mantine's overlays, looks for it. */
export function lend_nonce(nonce: string): void {
  Object.assign(globalThis, { __webpack_nonce__: nonce });
}
