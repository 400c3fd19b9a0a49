/** Waits for something that another process brings about. @throws Error when it does not come within half a minute */
export async function comes_true(is_so: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (await is_so()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('it has not come true');
}
