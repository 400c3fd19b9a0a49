/** `postern serve`: the broker, until it is told to end. A wrong setting ends the process with every mistake listed. */
export async function serve_command(): Promise<void> {
  const { load_settings, serve } = await import('../main.ts');
  await serve(load_settings());
}
