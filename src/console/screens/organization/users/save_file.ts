/** Hands a value to the browser as a file. */
export function save_file(name: string, value: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replaceAll(/[^\w.@-]+/g, '_');
  link.click();
  URL.revokeObjectURL(url);
}
