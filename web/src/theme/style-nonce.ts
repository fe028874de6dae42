/** The nonce that the server gave to this page: style elements that are made here are applied only with it. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
}

/** The library that stops the page from scrolling below a dialogue looks for the nonce under this name. */
export function passOnStyleNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
}
