import { parentPort } from 'node:worker_threads';

// keeps some 200 MB: several times what a worker is given
const kept: string[][] = [];
while (kept.length < 400) kept.push(Array.from({ length: 10_000 }, (_, index) => `${kept.length}/${index}`));
parentPort?.postMessage(kept.length);
