import type { SetupGuideView } from '../pages/index.ts';
import { called, fill, fix_for, type Guide, type GuideValues } from './guides/index.ts';
import { in_portal_words } from './words.ts';

/** A guide with our real values in it. What this connection does not have is left out. */
export function guide_view(guide: Guide, values: GuideValues): SetupGuideView {
  const filled = (text: string): string => fill(text, values);
  return {
    name: called(guide),
    where: filled(guide.where),
    minutes: guide.minutes,
    steps: guide.steps.map((step) => ({
      title: step.title,
      text: step.text.map(filled),
      values: (step.values ?? [])
        .map(({ label, value }) => ({ label, value: 'ours' in value ? values[value.ours] : filled(value.text) }))
        .filter(({ value }) => value !== ''),
    })),
    asks_back: guide.asks_back.map(({ label, note }) => ({ label, ...(note !== undefined && { note: filled(note) }) })),
    mistakes: guide.mistakes.map(({ mistake, remedy }) => ({ mistake: filled(mistake), remedy: filled(remedy) })),
  };
}

/** Where to change what a crossed check shows, as the forms of the portal call our settings. */
export const places_for = (guide: Guide, check: string, values: GuideValues): ReturnType<typeof fix_for> =>
  fix_for(guide.id, check, values).map(({ mistake, remedy }) => ({ mistake: in_portal_words(mistake), remedy: in_portal_words(remedy) }));
