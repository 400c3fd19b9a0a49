// never answers, and listens to nobody
for (;;);
