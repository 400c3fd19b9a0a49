// keeps whatever it makes, for ever
const kept: string[][] = [];
for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => `${kept.length}/${index}`));
