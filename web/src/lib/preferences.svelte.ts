export type Theme = 'system' | 'light' | 'dark';
export type Density = 'system' | 'compact' | 'comfortable';

const themes: readonly Theme[] = ['system', 'light', 'dark'];
const densities: readonly Density[] = ['system', 'compact', 'comfortable'];

function remembered<Value extends string>(name: string, allowed: readonly Value[], fallback: Value): Value {
  const stored = localStorage.getItem(`zagon.${name}`);
  return allowed.find((value) => value === stored) ?? fallback;
}

const chosen = $state({
  theme: remembered('theme', themes, 'system'),
  density: remembered('density', densities, 'system'),
});

function remember(name: 'theme' | 'density', value: string): void {
  if (value === 'system') {
    localStorage.removeItem(`zagon.${name}`);
    document.documentElement.removeAttribute(`data-${name}`);
    return;
  }
  localStorage.setItem(`zagon.${name}`, value);
  document.documentElement.dataset[name] = value;
}

/** Theme and density as the person likes them; app.html applies what is remembered before the first paint. */
export const preferences = {
  get theme(): Theme {
    return chosen.theme;
  },
  set theme(value: Theme) {
    chosen.theme = value;
    remember('theme', value);
  },
  get density(): Density {
    return chosen.density;
  },
  set density(value: Density) {
    chosen.density = value;
    remember('density', value);
  },
};
