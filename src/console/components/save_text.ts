/** Hands a text to the browser as a file. */
export function save_text(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replaceAll(/[^\w.@-]+/g, '_');
  link.click();
  URL.revokeObjectURL(url);
}
